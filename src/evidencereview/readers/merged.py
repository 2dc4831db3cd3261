"""Cells that are merged with the cell above: what they show holds for their row too, unless the row only goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencereview.readers.columns import Columns
from evidencereview.readers.grid import GridRow
from evidencereview.readers.headings import Role

_SHARED = frozenset({Role.REQUIREMENT, Role.ANSWER, Role.EVIDENCE, Role.COMMENTARY})


def goes_on(row: GridRow, columns: Columns) -> bool:
    """Tell whether a row is a further part of the provision above, whose number or requirement it is merged with."""
    number, requirement = columns.place(Role.NUMBER), columns.place(Role.REQUIREMENT)
    if number is not None and number in row.above:
        return True
    unnumbered = number is None or number >= len(row.cells) or not row.cells[number].strip()
    return unnumbered and requirement is not None and requirement in row.above


def fill_down(rows: Sequence[GridRow], columns: Columns) -> Iterator[tuple[GridRow, bool]]:
    """Yield each row with the text of the cells that it shares with the row above, and whether any were written in.

    A row that goes on with its provision stays as it is: there the text already stands.
    """
    shown: dict[int, str] = {}
    for row in rows:
        shared = {} if goes_on(row, columns) else {place: shown.get(place, "") for place in _shared(row, columns)}
        cells = tuple(shared.get(place, cell) for place, cell in enumerate(row.cells))
        shown |= {place: cell for place, cell in enumerate(cells) if place not in row.above or cell.strip()}
        yield replace(row, cells=cells), any(shared.values())


def _shared(row: GridRow, columns: Columns) -> list[int]:
    return [place for place in row.above if place < columns.width and columns.roles[place] in _SHARED]
