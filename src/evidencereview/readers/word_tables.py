"""Walks a cleared Word tree in reading order: tables become grids, paragraphs between them loose text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.readers.grid import Grid, GridRow, Loose, Meter
from evidencereview.readers.numbers import read_number
from evidencereview.readers.word_beside import Beside
from evidencereview.readers.word_controls import is_prompt
from evidencereview.readers.word_names import W, below, plain_text, value, whole
from evidencereview.readers.word_remarks import Remarks
from evidencereview.readers.word_text import Prose

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WIDEST = 60  # columns; no form is wider, so a cell that claims more is damaged


class Walker:
    """Walks a cleared body; counts tables and paragraphs, so that notes can say where."""

    def __init__(self, prose: Prose, beside: Beside, remarks: Remarks, meter: Meter) -> None:
        self._prose = prose
        self._beside = beside
        self._remarks = remarks
        self._meter = meter
        self._tables = 0
        self._paragraphs = 0

    def blocks(self, parent: Element) -> Iterator[Grid | Loose]:
        """Yield the tables and filled paragraphs below `parent` in reading order."""
        for element in parent:
            self._meter.tick()
            if element.tag == W + "p":
                self._paragraphs += 1
                where = f"paragraph {self._paragraphs}"
                self._remarks.places[element] = where
                text = self._with_notes(self._prose.text(element))
                if text.strip():
                    yield Loose(text.strip(), where, self._prose.is_heading(element))
            elif element.tag == W + "tbl":
                yield from self._table(element)
            elif len(element):
                yield from self.blocks(element)

    def _table(self, table: Element) -> Iterator[Grid | Loose]:
        rows = table.findall(W + "tr")
        if _is_frame(rows):
            for row in rows:
                for cell in row.findall(W + "tc"):
                    yield from self.blocks(cell)
            return
        self._tables += 1
        number = self._tables
        yield Grid(tuple(self._row(row, f"table {number}, row {place}") for place, row in enumerate(rows, 1)))

    def _row(self, row: Element, where: str) -> GridRow:
        self._remarks.places[row] = where
        cells = [""] * _span(row, "trPr/gridBefore")
        above: set[int] = set()
        for cell in row.findall(W + "tc"):
            text = self._with_notes(self._cell(cell, where))
            if _goes_on(cell) and not text.strip():
                above.add(len(cells))
            cells.append(self._filled_in(text, where))
            # A merged cell takes several columns: its text stands in the first, so the others keep their place.
            cells += [""] * (_span(cell, "tcPr/gridSpan") - 1)
        return self._meter.row(cells, where, above)

    def _cell(self, cell: Element, where: str) -> str:
        lines: list[str] = []
        for element in cell:
            if element.tag == W + "p":
                lines.append(self._prose.text(element))
            elif element.tag == W + "tbl":
                inner = self._nested(element, where)
                self._remarks.add("nested-table", "read line by line: " + " / ".join(inner), where)
                lines += inner
        return "\n".join(lines)

    def _nested(self, table: Element, where: str) -> list[str]:
        rows = table.findall(W + "tr")
        return [" | ".join(self._cell(cell, where) for cell in row.findall(W + "tc")) for row in rows]

    def _with_notes(self, text: str) -> str:
        """Put the footnotes that a text refers to behind it."""
        if not self._prose.called:
            return text
        called, self._prose.called = self._prose.called, []
        notes = [self._beside.note(*call) for call in called]
        return "\n".join([text, *(note for note in notes if note)])

    def _filled_in(self, text: str, where: str) -> str:
        """Empty a cell that only asks to be filled in."""
        if not is_prompt(text):
            return text
        self._remarks.add("placeholder", text, where, shown=True)
        return ""


def _is_frame(rows: list[Element]) -> bool:
    """Tell whether a table only frames others: tables of a form stand in its cells."""
    inner = [table for row in rows for cell in row.findall(W + "tc") for table in cell.findall(W + "tbl")]
    own = [cell for row in rows for cell in row.findall(W + "tc")]
    if len(own) == 1 and inner:
        return True
    return any(_holds_provisions(table) for table in inner)


def _holds_provisions(table: Element) -> bool:
    """Tell whether the rows of a table look like a form's: three cells or more, one of them a provision number."""
    rows = [row.findall(W + "tc") for row in table.findall(W + "tr")]
    return any(len(cells) > 2 and any(read_number(plain_text(cell)) for cell in cells[:2]) for cells in rows)


def _goes_on(cell: Element) -> bool:
    merged = below(cell, "tcPr/vMerge")
    return merged is not None and value(cell, "tcPr/vMerge") != "restart"


def _span(element: Element, path: str) -> int:
    return whole(value(element, path), most=_WIDEST)
