"""A pack: the provisions of one edition as typed facts, read from TOML.

A pack is data. Another regulator's form of the same kind needs another file and no code (`--provisions FILE`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from evidencereview.config import reject_unknown
from evidencereview.errors import EditionError
from evidencereview.records import Modality

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Duty:
    """One separate duty of a provision, with the words and example sentences by which evidence speaks to it."""

    id: str
    text: str
    ask: str
    terms: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    substantial: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that the Code fixes: `value` `unit` counted from `event`."""

    what: str
    value: int
    unit: str
    event: str = ""
    extension: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A role or body that a provision names, with what it must (not) be."""

    name: str
    must_be: str = ""
    must_not_be: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A link to another provision that contains the same duty or needs the same practice, and why.

    `excludes` says that a No on this provision and a plain Yes on the other one cannot both be true.
    """

    edition: str
    number: str
    why: str
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A ground on which the Code lets a landlord decline a complaint."""

    text: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision as facts. `twins` ask the same thing in the same edition; `objects` are things that it asks for.

    `marks` are words, in lower case, by which the print of this edition is told from that of another.
    """

    number: str
    modality: Modality
    topic: str
    summary: str
    duties: tuple[Duty, ...]
    good: str = ""
    conditional: bool = False
    condition: str = ""
    always_applies: bool = True
    twins: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    roles: tuple[Role, ...] = ()
    shares: tuple[Share, ...] = ()

    @property
    def section(self) -> int:
        """The number before the dot."""
        return int(self.number.partition(".")[0])


@dataclass(frozen=True)
class Pack:
    """All provisions of one edition, in the order of the printed form."""

    edition: str
    title: str
    provisions: tuple[Provision, ...]
    in_force: str = ""
    regulator: str = ""
    sections: Mapping[int, str] = field(default_factory=dict)
    exclusions: tuple[Exclusion, ...] = ()

    @cached_property
    def by_number(self) -> Mapping[str, Provision]:
        """Number to provision."""
        return {provision.number: provision for provision in self.provisions}

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The numbers in printed order."""
        return tuple(provision.number for provision in self.provisions)


def known_editions() -> tuple[str, ...]:
    """Return the editions that travel with the package, oldest first."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("*.toml")))


@cache
def load_pack(edition: str) -> Pack:
    """Return the pack of an edition that travels with the package.

    Raises:
        EditionError: there is no such edition.
    """
    if edition not in known_editions():
        raise EditionError(f"edition '{edition}' is not known", f"choose one of {', '.join(known_editions())}")
    return read_pack(Path(__file__).parent / f"{edition}.toml")


def read_pack(path: Path) -> Pack:
    """Read a pack from a TOML file.

    Raises:
        EditionError: the file cannot be read, or does not hold a pack.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _pack(table, path.name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EditionError(f"{path}: cannot be read as a pack ({error})", "name a TOML file of provisions") from error
    except (KeyError, TypeError, ValueError) as error:
        raise EditionError(f"{path}: not a pack of provisions ({error})", "compare it with provisions/2024.toml") from error


def _pack(table: dict[str, Any], source: str) -> Pack:
    known = ("edition", "title", "in_force", "regulator", "section", "exclusion", "provision")
    reject_unknown(table, known, source)
    return Pack(
        edition=table["edition"],
        title=table["title"],
        in_force=table.get("in_force", ""),
        regulator=table.get("regulator", ""),
        sections={entry["number"]: entry["title"] for entry in table.get("section", ())},
        exclusions=tuple(_record(Exclusion, entry, source) for entry in table.get("exclusion", ())),
        provisions=tuple(_provision(entry, source) for entry in table["provision"]),
    )


_PARTS: dict[str, tuple[str, type]] = {
    "duty": ("duties", Duty),
    "limit": ("limits", Limit),
    "role": ("roles", Role),
    "shares": ("shares", Share),
}


def _provision(entry: dict[str, Any], source: str) -> Provision:
    where = f"{source}: provision {entry.get('number', '?')}"
    plain = {key: value for key, value in entry.items() if key not in _PARTS}
    for key, (name, kind) in _PARTS.items():
        plain[name] = tuple(_record(kind, part, f"{where} {key}") for part in entry.get(key, ()))
    plain["modality"] = Modality(plain["modality"])
    provision = _record(Provision, plain, where)
    if not provision.duties:
        raise ValueError(f"{where} has no duty")
    return provision


def _record(kind: type[T], entry: dict[str, Any], where: str) -> T:
    """Build a frozen record from a table; lists become tuples, unknown keys are errors."""
    known = fields(kind)  # type: ignore[arg-type]
    reject_unknown(entry, [f.name for f in known], where)
    missing = [f.name for f in known if f.default is MISSING and f.default_factory is MISSING and f.name not in entry]
    if missing:
        raise ValueError(f"{where} lacks {', '.join(missing)}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
