"""Where in a Word document the words of a finding stand, or the cell that it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from evidencereview.records import Cell, Finding, Row
from evidencereview.report.docx_align import Aligned, Pair, align, coverage, shown
from evidencereview.report.docx_rows import row_regions
from evidencereview.report.docx_text import CellText, Line, Place

_ENOUGH = 0.9  # share of a cell's text that must be found before looking further afield
_TRUSTED = 0.6  # share of a finding's words that must be found for its comment to stand on them
_TELLING = 12  # characters from which equal texts say what a column holds


@dataclass(frozen=True, slots=True)
class Words:
    """The first and the last character of some words in the document."""

    first: Place
    last: Place


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a comment goes: on words, else on a whole cell or paragraph. `sure` says that it is the right one."""

    words: Words | None
    element: Any
    sure: bool = True


class _Stream:
    """The text of some cells as one, and where each of its characters stands."""

    def __init__(self, cells: Sequence[CellText]) -> None:
        self._cells = cells
        self._starts = list(accumulate((len(cell.text) for cell in cells), initial=0))
        self.text = "".join(cell.text for cell in cells)

    def cell(self, index: int) -> CellText:
        """Return the cell in which a character stands."""
        return self._cells[bisect_right(self._starts, index) - 1]

    def words(self, found: Sequence[Pair]) -> Words | None:
        """Return the words between characters; of words in several cells the part in the cell that holds most of them."""
        most = Counter(bisect_right(self._starts, first) - 1 for first, _ in found).most_common(1)
        if not most:
            return None
        number = most[0][0]
        cell, start, end = self._cells[number], self._starts[number], self._starts[number + 1]
        kept = [pair for pair in found if start <= pair[0] < end]
        first, last = cell.place(kept[0][0] - start), cell.place(kept[-1][1] - start)
        return Words(first, last) if first and last else None


class Finder:
    """Finds the words of findings; the document's text is looked at once."""

    def __init__(self, rows: Sequence[Row], lines: Sequence[Line]) -> None:
        printed = sorted(rows, key=lambda row: row.order)
        self._lines = lines
        self._regions = {row.order: region for row, region in zip(printed, row_regions(printed, lines), strict=True)}
        self._roles = self._columns(printed)
        self._aligned: dict[tuple[int, Cell], tuple[_Stream, Aligned]] = {}

    def spot(self, row: Row, finding: Finding | None) -> Spot:
        """Return where the comment on a finding goes; None stands for the row as a whole."""
        span = finding.span if finding else None
        name = span.cell if span else _cell_about(finding)
        words = None
        if finding and span and finding.words.strip():
            words = self._words(row, span.cell, span.start, span.end) or self._search(row, finding.words)
        found = self._regions[row.order].found
        return Spot(words, self._element(row, name), sure=words is not None or (span is None and found))

    def _words(self, row: Row, name: Cell, start: int, end: int) -> Words | None:
        stream, aligned = self._cell(row, name)
        solid = [k for k in range(start, min(end, len(aligned))) if not row.cell(name)[k].isspace()]
        found = [pair for k in solid if (pair := aligned[k]) is not None]
        if not found or len(found) < _TRUSTED * len(solid):
            return None
        return stream.words(found)

    def _search(self, row: Row, words: str) -> Words | None:
        """Look for words as they are in every cell of the row."""
        for cell in self._cells(self._regions[row.order].lines):
            aligned = align(words, cell.text)
            if coverage(words, aligned) == 1.0:
                return _Stream([cell]).words([pair for pair in aligned if pair])
        return None

    def _cell(self, row: Row, name: Cell) -> tuple[_Stream, Aligned]:
        """Lay a cell of the row beside the cells of the document that may hold it; the best of a few ways counts."""
        key = (row.order, name)
        if key not in self._aligned:
            text = row.cell(name)
            best: tuple[float, _Stream, Aligned] = (-1.0, _Stream([]), [None] * len(text))
            for cells in self._ways(row, name):
                stream = _Stream(cells)
                aligned = align(text, stream.text)
                share = coverage(text, aligned)
                if share > best[0]:
                    best = (share, stream, aligned)
                if share >= _ENOUGH:
                    break
            self._aligned[key] = best[1:]
        return self._aligned[key]

    def _ways(self, row: Row, name: Cell) -> Iterator[list[CellText]]:
        """Yield the choices of cells in which a row's cell may stand, likeliest first."""
        region = self._regions[row.order].lines
        here = list(self._cells(region))
        solid = "".join(shown(row.cell(name)).split())
        of_role = [cell for cell in here if self._role(cell) is name]
        yield of_role
        yield [cell for cell in here if cell.solid and (cell.solid in solid or solid in cell.solid)]
        yield [cell for cell in here if self._role(cell) in (name, None)]
        wider = range(max(region.start - 2, 0), min(region.stop + 2, len(self._lines)))
        yield [cell for cell in self._cells(wider) if self._role(cell) is name]
        yield here

    def _element(self, row: Row, name: Cell) -> Any:
        """Return the cell of the document that is a row's evidence (or answer, …), as far as the columns tell."""
        stream, aligned = self._cell(row, name)
        first = next((pair for pair in aligned if pair), None)
        if first is not None:
            return stream.cell(first[0]).element
        region = self._regions[row.order].lines
        for cell in self._cells(region):
            if self._role(cell) is name:
                return cell.element
        return next((cell.element for line in self._lines[region.start :][:1] for cell in line.cells[-1:]), None)

    def _cells(self, region: range) -> Iterator[CellText]:
        return (cell for line in self._lines[region.start : region.stop] for cell in line.cells)

    def _role(self, cell: CellText) -> Cell | None:
        own = self._roles.get((cell.table, cell.column))
        return own or self._roles.get((-cell.width, cell.column))

    def _columns(self, rows: Sequence[Row]) -> dict[tuple[int, int], Cell]:
        """Learn what each column of each table holds, and of the tables of a width (under minus that width)."""
        votes: dict[tuple[int, int], Counter[Cell]] = defaultdict(Counter)
        for row in rows:
            texts = {name: "".join(shown(row.cell(name)).split()) for name in Cell}
            for cell in self._cells(self._regions[row.order].lines):
                for name, solid in texts.items():
                    if cell.table and _votes_for(cell.solid, solid, name):
                        votes[cell.table, cell.column][name] += 1
                        votes[-cell.width, cell.column][name] += 1
        return {key: found.most_common(1)[0][0] for key, found in votes.items()}


def _votes_for(cell: str, solid: str, name: Cell) -> bool:
    if not cell or not solid:
        return False
    return cell == solid if name is Cell.ANSWER or len(cell) < _TELLING else cell in solid


def _cell_about(finding: Finding | None) -> Cell:
    """Return the cell in which something that is absent should stand."""
    return Cell.ANSWER if finding is not None and finding.flag == "missing-answer" else Cell.EVIDENCE
