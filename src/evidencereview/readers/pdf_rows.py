"""Rows of a table whose rows are not drawn: provision numbers and answers mark them, and the white space between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import quantiles

from evidencereview.readers.answers import is_answer
from evidencereview.readers.headings import is_header
from evidencereview.readers.numbers import is_number, read_number
from evidencereview.readers.pdf_lines import TextLine, lines_of
from evidencereview.readers.pdf_page import Word
from evidencereview.readers.pdf_ruled import Cells

_FONT = 0.1  # of a font's height at both ends, where hardly a letter reaches
_AT = 0.45  # of a font's height: a gap that near above a line is the gap above it
_HALF = 0.8  # of a font's height: lines that near overlap, so they are different columns
_LARGER = 1.3  # times the gaps between lines: the gaps between rows
_SHARE = 0.7  # of the numbers that must stand at the head of their row for all to do so
Gap = tuple[float, float]  # its middle, its size


@dataclass(frozen=True)
class Zone:
    """The words of a table between two headings or page ends, and what they say about its rows.

    `slots` holds the lines of each column, `heads` from where to where headings stand.
    """

    words: tuple[Word, ...]
    slots: tuple[tuple[TextLine, ...], ...]
    slot: Callable[[Word], int]
    heads: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, words: Sequence[Word], slot: Callable[[Word], int], columns: int, headings: frozenset[str]) -> Zone:
        """Sort words into columns and find the lines that are the table's headings, also printed again."""
        cells: list[list[Word]] = [[] for _ in range(columns)]
        for word in words:
            cells[slot(word)].append(word)
        heads = tuple(_heads(lines_of(words), headings))
        return cls(tuple(words), tuple(tuple(lines_of(cell)) for cell in cells), slot, heads)

    def is_body(self, line: TextLine) -> bool:
        """Tell whether a line stands under the headings and not in them."""
        return not any(top <= line.top + 1 and line.bottom - 1 <= bottom for top, bottom in self.heads)

    @cached_property
    def gaps(self) -> list[Gap]:
        """White bands across all columns, from the top."""
        spans = sorted((word.top + _FONT * word.height, word.bottom - _FONT * word.height) for word in self.words)
        gaps: list[Gap] = []
        low = spans[0][1] if spans else 0.0
        for top, bottom in spans:
            if top > low:
                gaps.append(((low + top) / 2, top - low))
            low = max(low, bottom)
        return gaps

    @cached_property
    def numbers(self) -> list[TextLine]:
        """The lines that are provision numbers, of the column that has most of them."""
        counts = [sum(is_number(line.text) for line in lines) for lines in self.slots]
        best = max(range(len(counts)), key=lambda place: (counts[place], -place))
        if counts[best]:
            return [line for line in self.slots[best] if is_number(line.text) and self.is_body(line)]
        # Perhaps number and requirement share a column.
        return [line for line in self.slots[0] if read_number(line.text) and self.is_body(line) and self.above(line)]

    @cached_property
    def titles(self) -> list[TextLine]:
        """The fullest line of each block of headings."""
        return [line for line in lines_of(self.words) if is_header(line.pieces, least=3)]

    @cached_property
    def answers(self) -> list[TextLine]:
        """The lines that are answers and nothing else, of the column that has most of them."""
        counts = [sum(is_answer(line.text) for line in lines) for lines in self.slots]
        best = max(range(len(counts)), key=lambda place: counts[place])
        return [line for line in self.slots[best] if is_answer(line.text) and self.is_body(line)]

    def above(self, line: TextLine) -> Gap | None:
        """Return the white band right above a line, None where another column's words stand beside its upper end."""
        place = line.top + _FONT * line.height
        near = [gap for gap in self.gaps if -1 <= place - (gap[0] + gap[1] / 2) <= _AT * line.height]
        return near[-1] if near else None

    def columns_below(self, gap: Gap) -> int:
        """Return in how many columns a line begins right below a white band."""
        edge = gap[0] + gap[1] / 2
        return sum(
            any(abs(line.top + _FONT * line.height - edge) < _AT * line.height for line in lines) for lines in self.slots
        )


@dataclass(frozen=True, slots=True)
class Habit:
    """How the rows of one table are set: number at the head of its row or not, and how large the gaps between rows are."""

    at_head: bool
    least_gap: float

    @classmethod
    def of(cls, zones: Sequence[Zone]) -> Habit:
        """Learn from all pages of a table."""
        marks = [(zone, line) for zone in zones for line in zone.numbers or zone.answers]
        rows = [gap for zone, line in marks if (gap := zone.above(line)) is not None and gap is not zone.gaps[0]]
        heads = sum(zone.above(line) is not None or line.top <= _first(zone) + 1 for zone, line in marks)
        at_head = heads >= _SHARE * len(marks)
        known = {id(gap) for gap in rows}
        between = [size for zone in zones for gap in zone.gaps if id(gap) not in known and (size := gap[1]) > 0]
        least = _quantile([size for _, size in rows], 0.2)
        clear = at_head and len(rows) >= 3 and least > _LARGER * _quantile(between, 0.9) + 0.5
        return cls(at_head, 0.9 * least if clear else float("inf"))


def split_rows(zone: Zone, habit: Habit, floors: Sequence[float] = ()) -> list[Cells]:
    """Return the words of each cell, row by row; `floors` are heights at which rules run across the whole table."""
    inner = [floor for floor in floors if any(w.middle < floor for w in zone.words)]
    cuts = sorted({*_marked(zone, habit), *_large(zone, habit)})
    if len(inner) >= 2 and len(inner) + 2 >= 0.6 * len(zone.numbers):
        # Rules between rows leave nothing to guess, but where one of them is missing.
        cuts = sorted({*inner, *_crowded(zone, inner)})
    heads = zone.heads if habit.at_head else ()
    inside = [cut for cut in cuts if not any(top < cut < bottom for top, bottom in heads)]
    cuts = sorted({*inside, *(edge for head in heads for edge in head)})
    rows: list[Cells] = [[[] for _ in zone.slots] for _ in range(len(cuts) + 1)]
    for word in zone.words:
        rows[bisect_right(cuts, word.middle)][zone.slot(word)].append(word)
    return [row for row in rows if any(row)]


def _heads(lines: Sequence[TextLine], headings: frozenset[str]) -> Iterator[tuple[float, float]]:
    """Yield from where to where lines of headings stand, whole blocks only."""
    run: list[TextLine] = []
    for place, line in enumerate(lines):
        beside = [near for near in lines[max(0, place - 1) : place + 2] if abs(near.top - line.top) < _HALF * line.height]
        # Lines set half a line higher or lower than one of the headings belong to its neighbours.
        if any(near.text in headings for near in beside):
            run.append(line)
        if run and (run[-1] is not line or place == len(lines) - 1):
            if any(is_header(each.pieces, least=3) for each in run):
                yield run[0].top, run[-1].bottom
            run = []


def _marked(zone: Zone, habit: Habit) -> list[float]:
    """Return where rows begin by their numbers and answers."""
    if habit.at_head:
        answers = [line for line in zone.answers if zone.above(line)]
        return [_over(zone, line) for line in (*zone.numbers, *answers)]
    marks = zone.numbers if len(zone.numbers) >= len(zone.answers) else zone.answers
    marks = sorted([*marks, *zone.titles], key=lambda line: line.top)
    cuts = _below_headings(zone, marks[0]) if marks and marks[0] not in zone.titles else []
    for before, after in pairwise(marks):
        between = [gap for gap in zone.gaps if before.top < gap[0] < after.bottom]
        cuts.append(max(between, key=lambda gap: gap[1])[0] if between else _over(zone, after))
    return cuts


def _below_headings(zone: Zone, first: TextLine) -> list[float]:
    """Return the widest gap above the first row above which, taken together, headings stand."""
    for middle, _ in sorted((gap for gap in zone.gaps if gap[0] < first.top), key=lambda gap: -gap[1]):
        cells = [" ".join(line.text for line in lines if line.bottom - 1 < middle) for lines in zone.slots]
        if is_header(cells, least=3):
            return [middle]
    return []


def _large(zone: Zone, habit: Habit) -> list[float]:
    return [gap[0] for gap in zone.gaps if gap[1] >= habit.least_gap and zone.columns_below(gap) >= 2]


def _crowded(zone: Zone, floors: Sequence[float]) -> list[float]:
    """Return the marks that share the space between two rules with another one."""
    marks = zone.numbers
    crowd = [b for a, b in pairwise(marks) if bisect_right(floors, a.bottom) == bisect_right(floors, b.bottom)]
    return [_over(zone, line) for line in crowd]


def _over(zone: Zone, line: TextLine) -> float:
    gap = zone.above(line)
    return gap[0] if gap else line.top - 0.05 * line.height


def _first(zone: Zone) -> float:
    return min((word.top for word in zone.words), default=0.0)


def _quantile(sizes: Sequence[float], share: float) -> float:
    if len(sizes) < 2:
        return sizes[0] if sizes else 0.0
    return quantiles(sizes, n=10, method="inclusive")[min(8, max(0, round(share * 10) - 1))]
