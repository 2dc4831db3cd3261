"""The one place that decides what each cell of a document is: walks the grids and names every column.

Nothing is joined here: what comes out are table lines with named cells, loose text, and what was left aside, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidencereview.readers.answers import is_answer
from evidencereview.readers.columns import Columns, align, from_content, from_headings
from evidencereview.readers.grid import Document, GridRow, Loose
from evidencereview.readers.headings import Role, is_block_title, is_header, is_header_rest, is_separator
from evidencereview.readers.merged import fill_down, goes_on
from evidencereview.readers.numbers import is_number, read_number
from evidencereview.readers.visible import visible

_CONTINUED = re.compile(r"\W*(?:\(?cont(?:inued|['’]?d)?\.?\)?)?\W*", re.IGNORECASE)
_CELLS = (Role.NUMBER, Role.REQUIREMENT, Role.ANSWER, Role.EVIDENCE, Role.COMMENTARY)


@dataclass(frozen=True, slots=True)
class Line:
    """One table row with its cells named; "" where the column is missing or the cell is blank.

    `extra` holds the cells of columns that are none of these, each behind its heading; `headed` counts the visible
    characters of those headings; `goes_on` says that the table itself makes the line a further part of the row above (their
    number cells are one).
    """

    number: str
    requirement: str
    answer: str
    evidence: str
    commentary: str
    where: str
    extra: str = ""
    headed: int = 0
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that was left aside on purpose: `kind` says as what."""

    kind: str
    text: str
    where: str


Laid = Line | Loose | Aside


def lay_out(document: Document) -> Iterator[Laid]:
    """Name the cells of every table of a document; tables that are no part of a form come out as loose text."""
    columns: Columns | None = None
    for block in document.blocks:
        if isinstance(block, Loose):
            yield block
            continue
        rows = [row for row in block.rows if any(cell.strip() for cell in row.cells)]
        for segment in _segments(rows, columns):
            yield from segment.asides
            yield from _lines(segment)
            columns = segment.columns or columns


@dataclass(frozen=True, slots=True)
class _Segment:
    """Table rows under one row of headings (or under none), with the columns that hold for them."""

    asides: tuple[Aside, ...]
    columns: Columns | None
    rows: tuple[GridRow, ...]


def _segments(rows: Sequence[GridRow], known: Columns | None) -> Iterator[_Segment]:
    """Cut a grid at its rows of headings."""
    starts = [i for i, row in enumerate(rows) if _heads(row.cells, known)]
    first = starts[0] if starts else len(rows)
    if first:
        head = tuple(rows[:first])
        yield _Segment((), _without_headings(head, known), head)
    for start, end in pairwise([*starts, len(rows)]):
        yield _under_headings(rows[start:end])


def _heads(cells: Sequence[str], known: Columns | None) -> bool:
    # Once the headings are known, a short row of the form itself must not pass for another set of them.
    if known is not None and [c.strip().casefold() for c in cells] == [h.strip().casefold() for h in known.headings]:
        return True
    return is_header(cells, least=2 if known is None else 3)


def _under_headings(rows: Sequence[GridRow]) -> _Segment:
    headings, taken = list(rows[0].cells), 1
    while taken < len(rows) and is_header_rest(rows[taken].cells, headings):
        below = [*rows[taken].cells, *[""] * len(headings)]
        headings = [_stack(above, below[i]) for i, above in enumerate(headings)]
        taken += 1
    # Headings without a place in the file are a reader's own, and no text of the form.
    asides = tuple(Aside("column-headings", _flat(row), row.where) for row in rows[:taken] if row.where)
    return _Segment(asides, from_headings(headings, [row.cells for row in rows[taken:]]), tuple(rows[taken:]))


def _stack(above: str, below: str) -> str:
    return above if below.casefold() in above.casefold() else f"{above} {below}".strip()


def _without_headings(rows: Sequence[GridRow], known: Columns | None) -> Columns | None:
    if known is not None and _carries_on(rows, known):
        return known
    return from_content([row.cells for row in rows if not is_separator(row.cells)])


def _carries_on(rows: Sequence[GridRow], columns: Columns) -> bool:
    """Tell whether a table without headings goes on with the one before it."""
    table = [align(row.cells, columns) for row in rows if not is_separator(row.cells) and not _is_title(row.cells, columns)]
    if not table or any(cell.strip() for row in table for cell in row[columns.width :]):
        return False
    number, answer = columns.place(Role.NUMBER), columns.place(Role.ANSWER)
    if number is not None and not (is_number(table[0][number]) or _is_continued(table[0][number])):
        return False
    proven = [p for p in (number, answer) if p is not None]
    if any(is_number(row[p]) if p == number else is_answer(row[p]) for row in table for p in proven):
        return True
    # Only continued text: a form breaks a row over a page once or twice, other tables have more and shorter cells.
    return len(table) <= 2 and all(sum(bool(c) and len(c.split()) <= 3 for c in row) < 3 for row in table)


def _lines(segment: _Segment) -> Iterator[Laid]:
    rows = fill_down(segment.rows, segment.columns) if segment.columns else ((row, False) for row in segment.rows)
    for row, filled in rows:
        if is_separator(row.cells):
            yield Aside("separator", _flat(row), row.where)
        elif segment.columns is None or (_is_title(row.cells, segment.columns) and not row.above):
            yield Loose(_flat(row), row.where)
        else:
            yield from _line(row, segment.columns)
        if filled:
            yield Aside("merged-cell", "a cell that is merged with the one above was read for each of its rows", row.where)


def _is_title(cells: Sequence[str], columns: Columns) -> bool:
    """Tell whether a row is a title across the table: one filled cell, and it is no number nor continued text."""
    filled = [i for i, cell in enumerate(cells) if cell.strip()]
    if len(filled) != 1:
        return False
    text = cells[filled[0]]
    if is_block_title(text):
        return True
    place = columns.place(Role.NUMBER)
    return filled[0] == place and read_number(text) is None and not _is_continued(text)


def _is_continued(text: str) -> bool:
    return len(text) <= 20 and _CONTINUED.fullmatch(text) is not None


def _line(row: GridRow, columns: Columns) -> Iterator[Laid]:
    named: dict[Role, list[str]] = {role: [] for role in Role}
    extra: list[str] = []
    headed = 0
    cells_in_place = align(row.cells, columns)
    for place, cell in enumerate(cells_in_place):
        if not cell.strip():
            continue
        role = columns.roles[place] if place < columns.width else _beyond(columns, cells_in_place[place - 1])
        if role is None:
            yield Aside("stray-cell", cell, row.where)
        elif role is Role.EXTRA:
            extra.append(f"{columns.headings[place]}: {cell}")
            headed += visible(columns.headings[place], ":")
        else:
            named[role].append(cell)
    number, requirement, answer, evidence, commentary = ("\n".join(named[role]) for role in _CELLS)
    further = goes_on(row, columns)
    yield Line(number, requirement, answer, evidence, commentary, row.where, "\n".join(extra), headed, further)


def _beyond(columns: Columns, left: str) -> Role | None:
    """Return the role of a cell beyond the last heading: the end of the text at its left, or a stray (None)."""
    if not left.strip():
        return None
    texts = [role for role in columns.roles if role in (Role.EVIDENCE, Role.COMMENTARY)]
    return texts[-1] if texts else None


def _flat(row: GridRow) -> str:
    return " | ".join(cell.strip() for cell in row.cells if cell.strip())
