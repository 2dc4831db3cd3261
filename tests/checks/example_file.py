"""Reads the example files of the checks: cases that fire, cases that stay quiet, and known limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evidencereview.provisions import Pack, load_pack
from evidencereview.readers.answers import read_answer
from evidencereview.records import Cell, Form, Row, Span

PARTS = ("Fires", "Stays quiet", "Known limits")
_KEYS = ("provision", "edition", "answer", "evidence", "commentary", "as-of", "rows", "and", "why")
_LINE = re.compile(r"(?:- |  )(?P<key>[a-z-]+):(?: (?P<value>.*))?")
_MARKED = re.compile(r"==(?P<words>.+?)==")


@dataclass(frozen=True, slots=True)
class Other:
    """A further row of the same form."""

    provision: str
    answer: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Case:
    """One example: the row in question, further rows of its form, and the words that a finding must touch."""

    line: int
    provision: str
    edition: str
    answer: str
    evidence: str
    commentary: str
    marked: Span | None = None
    as_of: date | None = None
    others: tuple[Other, ...] = ()
    why: str = ""

    @property
    def name(self) -> str:
        """The case in one line, for messages."""
        text = self.evidence or self.commentary or "(blank)"
        return f"line {self.line}: {self.provision} {self.answer!r} {text}"

    def form(self) -> Form:
        """The form of this case; the requirement is the pack's own summary."""
        pack = load_pack(self.edition)
        first = Other(self.provision, self.answer, self.evidence)
        rows = [_row(pack, order, other) for order, other in enumerate((first, *self.others), 1)]
        rows[0] = replace(rows[0], commentary=self.commentary)
        return Form("example", "md", "", tuple(rows))


def read_examples(path: Path) -> dict[str, tuple[Case, ...]]:
    """Return the cases of each part.

    Raises:
        ValueError: the parts are not exactly the three, or a case is not in the fixed format.
    """
    parts: dict[str, list[Case]] = {}
    blocks: list[tuple[int, list[str]]] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), ""], 1):
        if line.startswith("## "):
            parts[line[3:].strip()] = []
        elif line.strip():
            if line.startswith("- ") or not blocks:
                blocks.append((number, []))
            blocks[-1][1].append(line)
        elif blocks:
            if not parts:
                raise ValueError(f"{path.name}: a case before the first part")
            part = list(parts)[-1]
            parts[part] += [_case(start, lines, f"{path.name}, line {start}", part) for start, lines in blocks]
            blocks = []
    if tuple(parts) != PARTS:
        raise ValueError(f"{path.name}: the parts are {', '.join(parts)} and not {', '.join(PARTS)}")
    return {part: tuple(cases) for part, cases in parts.items()}


def _case(line: int, lines: list[str], where: str, part: str) -> Case:
    fields = _fields(lines, where)
    cells = {cell: fields[cell.value][0] for cell in (Cell.EVIDENCE, Cell.COMMENTARY)}
    marked = [found for cell, text in cells.items() for found in _marks(cell, text)]
    if len(marked) > 1 or (marked and part != "Fires"):
        raise ValueError(f"{where}: words are marked once at most, and only where the check fires")
    others = tuple(_other(text, where) for text in fields.get("and", ()))
    rows = fields.get("rows", ["1"])[0]
    if rows != str(len(others) + 1):
        raise ValueError(f"{where}: says {rows} rows and has {len(others) + 1}")
    why = fields.get("why", [""])[0]
    if bool(why) != (part == "Known limits"):
        raise ValueError(f"{where}: 'why' belongs to each known limit and to nothing else")
    day = fields.get("as-of", [""])[0]
    return Case(
        line=line,
        provision=fields["provision"][0],
        edition=fields["edition"][0],
        answer=fields["answer"][0],
        evidence=_plain(cells[Cell.EVIDENCE]),
        commentary=_plain(cells[Cell.COMMENTARY]),
        marked=marked[0] if marked else None,
        as_of=date.fromisoformat(day) if day else None,
        others=others,
        why=why,
    )


def _fields(lines: list[str], where: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None or match["key"] not in _KEYS or (match["key"] in fields and match["key"] != "and"):
            raise ValueError(f"{where}: '{line}' is no line of a case")
        fields.setdefault(match["key"], []).append((match["value"] or "").strip())
    lacking = [key for key in _KEYS[:5] if key not in fields]
    if lacking:
        raise ValueError(f"{where}: lacks {', '.join(lacking)}")
    return fields


def _marks(cell: Cell, text: str) -> list[Span]:
    """The marked words as a span of the cell without its marks."""
    return [Span(cell, m.start(), m.start() + len(m["words"])) for m in _MARKED.finditer(text)]


def _plain(text: str) -> str:
    return _MARKED.sub(lambda match: match["words"], text)


def _other(text: str, where: str) -> Other:
    fields = [field.strip() for field in f"{text} ".split(" | ", 2)]
    if len(fields) != 3:
        raise ValueError(f"{where}: a further row is 'number | answer | evidence'")
    return Other(*fields)


def _row(pack: Pack, order: int, other: Other) -> Row:
    provision = pack.by_number[other.provision]
    return Row(
        form="example",
        order=order,
        section=provision.section,
        provision=other.provision,
        provision_inferred=None,
        requirement=provision.summary,
        answer_raw=other.answer,
        answer=read_answer(other.answer).answer,
        evidence=other.evidence,
        commentary="",
        mandatory=provision.modality == "must",
    )
