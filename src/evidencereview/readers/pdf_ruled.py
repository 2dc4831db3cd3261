"""Tables with drawn columns: the rules around each word say in which cell it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidencereview.readers.pdf_page import Page, Rule, Word

_NEAR = 2.5  # points: rules that near to each other are one
_REACH = 4.0  # points that a rule may end short of the corner
_COLUMNS = 3  # a table of fewer is a frame around text
Cells = list[list[Word]]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page shows of a table: the words of each cell, row by row.

    `edges` are the places between its columns (points from the left); a table that goes on has the same ones.
    """

    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]
    rows: tuple[Cells, ...]

    @property
    def words(self) -> list[Word]:
        """All words, row by row."""
        return [word for row in self.rows for cell in row for word in cell]


def ruled_pieces(page: Page, words: Sequence[Word]) -> tuple[list[Piece], list[Word]]:
    """Return the tables of a page whose columns are drawn, from the top, and the words that stand in none."""
    down, across = merged(page.down), merged(page.across)
    found: list[Piece] = []
    rest = list(words)
    for top, bottom in _zones(down):
        inside = [word for word in rest if top - _NEAR <= word.middle <= bottom + _NEAR]
        piece = _table(page.number, top, bottom, inside, down, across)
        if piece is not None:
            found.append(piece)
            taken = set(map(id, inside))
            rest = [word for word in rest if id(word) not in taken]
    return found, rest


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join rules that lie on one line and touch; a table's lines are often drawn cell by cell."""
    lines: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lines and rule.at - lines[-1][0].at <= _NEAR:
            lines[-1].append(rule)
        else:
            lines.append([rule])
    return [whole for line in lines for whole in _runs(line)]


def _runs(line: Sequence[Rule]) -> Iterable[Rule]:
    at = line[0].at
    start, end = 0.0, float("-inf")
    for rule in sorted(line, key=lambda rule: rule.start):
        if rule.start <= end + _REACH:
            end = max(end, rule.end)
            continue
        if end > start:
            yield Rule(at, start, end)
        start, end = rule.start, rule.end
    yield Rule(at, start, end)


def _zones(down: Sequence[Rule]) -> list[tuple[float, float]]:
    """Return the stretches of the page that at least two rules run down."""
    heights = sorted({place for rule in down for place in (rule.start, rule.end)})
    zones: list[tuple[float, float]] = []
    for top, bottom in pairwise(heights):
        if sum(rule.start <= top and rule.end >= bottom for rule in down) < 2:
            continue
        if zones and top - zones[-1][1] <= _NEAR:
            zones[-1] = (zones[-1][0], bottom)
        else:
            zones.append((top, bottom))
    return zones


def _table(
    page: int, top: float, bottom: float, words: Sequence[Word], down: Sequence[Rule], across: Sequence[Rule]
) -> Piece | None:
    sides = [rule for rule in down if rule.end > top + _NEAR and rule.start < bottom - _NEAR]
    edges: list[float] = []
    for rule in sorted(sides, key=lambda rule: rule.at):
        if not edges or rule.at - edges[-1] > _REACH:
            edges.append(rule.at)
    places = [_cell(word, edges, sides) for word in words]
    used = {slot for slot, _ in places}
    # Before the first rule and behind the last there is a column only where words stand.
    first, last = (0 if 0 in used else 1), (len(edges) if len(edges) in used else len(edges) - 1)
    if last - first + 1 < _COLUMNS or not words:
        return None
    floors = [rule for rule in across if top - _REACH <= rule.at <= bottom + _REACH]
    heights = sorted({rule.at for rule in floors if any(_spans(rule, a, b) for a, b in pairwise(edges))})
    rows: list[Cells] = [[[] for _ in range(first, last + 1)] for _ in range(len(heights) + 1)]
    for word, (slot, (left, right)) in zip(words, places, strict=True):
        ceiling = max((r.at for r in floors if r.at <= word.middle and _spans(r, left, right)), default=None)
        row = 0 if ceiling is None else bisect_right(heights, ceiling)
        rows[row][slot - first].append(word)
    filled = tuple(row for row in rows if any(row))
    return Piece(page, top, bottom, tuple(edges[first:last]), filled)


def _cell(word: Word, edges: Sequence[float], sides: Sequence[Rule]) -> tuple[int, tuple[float, float]]:
    """Return the column in which a word's cell begins, and the cell's left and right ends."""
    centre = (word.x0 + word.x1) / 2
    beside = [rule.at for rule in sides if rule.start - _NEAR <= word.middle <= rule.end + _NEAR]
    left = max((at for at in beside if at <= centre), default=None)
    right = min((at for at in beside if at > centre), default=word.x1)
    if left is None:
        return 0, (word.x0, right)
    return bisect_right(edges, left + _REACH), (left, right)


def _spans(rule: Rule, left: float, right: float) -> bool:
    return rule.start <= left + _REACH and rule.end >= right - _REACH
