"""Settings: `evidencereview.toml`, or `[tool.evidencereview]` of a pyproject.toml, as one frozen record.

An unknown key is an error that names the nearest known one, so a misspelt wish is never ignored in silence.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from evidencereview.errors import SettingsError
from evidencereview.records import Severity

FILE_NAME = "evidencereview.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what a reader takes in; a refusal names the cap and its value.

    Sizes are bytes, `seconds` is wall time for reading one file, `page_objects` are characters and shapes of one page.
    """

    file_bytes: int = 25_000_000
    inflated_bytes: int = 200_000_000
    zip_members: int = 5_000
    pages: int = 400
    page_objects: int = 200_000
    rows: int = 5_000
    cells: int = 200_000
    cell_characters: int = 100_000
    seconds: int = 120
    scan_words: int = 30_000


@dataclass(frozen=True, slots=True)
class Ignored:
    """A provision whose findings stay listed and do not count, for a reason, and until a day where one is given."""

    provision: str
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force for one run.

    Attributes:
        only: ids or flags of the checks to run (empty: all).
        skip: ids or flags of the checks not to run.
        severities: flag or id to severity, where the user differs from the check's default.
        thresholds: flag or id to least confidence at which a finding is shown (0 to 1).
        asks: flag or id to the user's own wording of what to ask for; {ask}, {words} and {provision} are filled in.
        ignore: provisions whose findings stay listed and do not count.
        as_of: the day against which dates are judged; None means the date that the form states, if any.
        edition: overrules the detected edition ("" means detect).
        partial: an excerpt is meant, so missing provisions are no error.
        limits: caps for reading.
    """

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    asks: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[Ignored, ...] = ()
    as_of: date | None = None
    edition: str = ""
    partial: bool = False
    limits: Limits = Limits()

    def to_dict(self) -> dict[str, object]:
        """Return the settings as plain values, for a report."""
        plain = asdict(self)
        plain["as_of"] = self.as_of.isoformat() if self.as_of else None
        plain["severities"] = {flag: str(level) for flag, level in self.severities.items()}
        plain["only"], plain["skip"] = list(self.only), list(self.skip)
        plain["ignore"] = [{**asdict(wish), "until": wish.until.isoformat() if wish.until else None} for wish in self.ignore]
        return plain


def find_settings_file(start: Path) -> Path | None:
    """Return the nearest settings file at or above `start`: evidencereview.toml, else a pyproject.toml that has ours."""
    for folder in (start, *start.parents):
        own = folder / FILE_NAME
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        if shared.is_file() and "evidencereview" in _load(shared).get("tool", {}):
            return shared
    return None


def load_settings(path: Path | None) -> Settings:
    """Read settings from a TOML file; None gives the defaults.

    Raises:
        SettingsError: unreadable file, unknown key, or a value of the wrong kind.
    """
    if path is None:
        return Settings()
    table = _load(path)
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("evidencereview", {})
    return settings_from(table, str(path))


def settings_from(table: Mapping[str, Any], source: str) -> Settings:
    """Build settings from a parsed table.

    Raises:
        SettingsError: unknown key or a value of the wrong kind.
    """
    reject_unknown(table, [f.name for f in fields(Settings)], source)
    values = {key: _CONVERT[key](value, f"{source}: {key}") for key, value in table.items()}
    return replace(Settings(), **values)


def reject_unknown(table: Mapping[str, Any], known: Iterable[str], source: str) -> None:
    """Raise SettingsError for the first key that is not known, naming the nearest one that is."""
    names = list(known)
    for key in table:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(sorted(names))}"
            raise SettingsError(f"{source}: unknown key '{key}'", hint)


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML ({error})", "mend the file or name another") from error


def _names(value: Any, where: str) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    raise SettingsError(f"{where}: must be a list of texts", 'write it as ["ER201", "boilerplate"]')


def _table(kind: Callable[[Any, str], Any]) -> Callable[[Any, str], dict[str, Any]]:
    def convert(value: Any, where: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise SettingsError(f"{where}: must be a table of flags", "write it under a [header] of its own")
        return {key: kind(entry, f"{where}.{key}") for key, entry in value.items()}

    return convert


def _severity(value: Any, where: str) -> Severity:
    try:
        return Severity(value)
    except ValueError:
        raise SettingsError(f"{where}: '{value}' is no severity", "use high, medium or low") from None


def _share(value: Any, where: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise SettingsError(f"{where}: must be a number from 0 to 1", "write it as 0.6")


def _text(value: Any, where: str) -> str:
    if isinstance(value, str):
        return value
    raise SettingsError(f"{where}: must be a text", "put it in quotes")


def _flag(value: Any, where: str) -> bool:
    if isinstance(value, bool):
        return value
    raise SettingsError(f"{where}: must be true or false", "write it without quotes")


def _day(value: Any, where: str) -> date:
    if type(value) is date:
        return value
    return parse_day(_text(value, where), where)


def parse_day(text: str, where: str) -> date:
    """Read a day written as 2026-11-22.

    Raises:
        SettingsError: it is not such a day.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{where}: '{text}' is not a date", "write it as 2026-11-22") from None


def _limits(value: Any, where: str) -> Limits:
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: must be a table", "write it under [limits]")
    reject_unknown(value, [f.name for f in fields(Limits)], where)
    for key, entry in value.items():
        if not isinstance(entry, int) or isinstance(entry, bool) or entry < 1:
            raise SettingsError(f"{where}.{key}: must be a whole number above 0", "write it as 5000")
    return replace(Limits(), **cast("dict[str, int]", value))


def _ignored(value: Any, where: str) -> tuple[Ignored, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise SettingsError(f"{where}: must be tables", "write each provision under [[ignore]]")
    return tuple(_one_ignored(entry, where) for entry in value)


def _one_ignored(entry: dict[str, Any], where: str) -> Ignored:
    reject_unknown(entry, [f.name for f in fields(Ignored)], where)
    provision, reason = (_text(entry.get(key, ""), f"{where}.{key}").strip() for key in ("provision", "reason"))
    if not provision or not reason:
        raise SettingsError(f"{where}: needs a provision and a reason", 'write provision = "8.3" and reason = "…" below it')
    until = entry.get("until")
    return Ignored(provision, reason, None if until is None else _day(until, f"{where}.until"))


_CONVERT: dict[str, Callable[[Any, str], Any]] = {
    "only": _names,
    "skip": _names,
    "severities": _table(_severity),
    "thresholds": _table(_share),
    "asks": _table(_text),
    "ignore": _ignored,
    "as_of": _day,
    "edition": _text,
    "partial": _flag,
    "limits": _limits,
}
