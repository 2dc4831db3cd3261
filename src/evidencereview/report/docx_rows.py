"""Which lines of a Word document hold which row of the form: found by number and wording, in printed order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from evidencereview.records import Row
from evidencereview.report.docx_align import shown
from evidencereview.report.docx_text import Line

_KEY = 20  # characters of a paragraph's beginning by which it is known again, white space left out
_SHORTEST = 8
_COMMON = 200  # a beginning that stands in more lines than this tells nothing
_PRINTED = re.compile(r"^(\d{1,2}\.\d{1,2})\.?(?!\d)")
_LABEL = re.compile(r"^[^:]{1,30}:")
_WEIGHTS = {"requirement": 3, "evidence": 2, "commentary": 1}
_NUMBER = 2


@dataclass(frozen=True, slots=True)
class Region:
    """The indices of the lines that hold a row; where it was not found, those between its neighbours."""

    lines: range
    found: bool


def row_regions(rows: Sequence[Row], lines: Sequence[Line]) -> tuple[Region, ...]:
    """Return for each row (in printed order) the lines that hold it; they may hold a little more.

    A row ends where the next one begins.
    """
    begins = _chain(_candidates(rows, lines), len(lines))
    found = [begins.get(place) for place in range(len(rows))]
    befores = accumulate(found, lambda last, begin: last if begin is None else begin, initial=0)
    afters = [*accumulate(reversed(found), lambda last, begin: last if begin is None else begin, initial=len(lines))][::-1]
    regions = []
    for begin, before, after in zip(found, [*befores][:-1], afters[1:], strict=True):
        start = (before or 0) if begin is None else begin
        regions.append(Region(range(start, max(after or len(lines), start + 1)), begin is not None))
    return tuple(regions)


def _candidates(rows: Sequence[Row], lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """Return (row, line, weight) for every line that begins as a row does."""
    index: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        for key in dict.fromkeys(_line_keys(line)):
            index[key].append(place)
    found = []
    for row_place, row in enumerate(rows):
        weights: dict[int, int] = defaultdict(int)
        for key, weight in _row_keys(row).items():
            places = index.get(key, ())
            if len(places) <= _COMMON:
                for place in places:
                    weights[place] += weight
        found += [(row_place, place, weight) for place, weight in weights.items()]
    return found


def _line_keys(line: Line) -> Iterator[str]:
    first = next((cell.solid for cell in line.cells if cell.solid), "")
    printed = _PRINTED.match(first)
    if printed:
        yield f"number {printed[1]}"
    for cell in line.cells:
        for paragraph in cell.paragraphs:
            for text in (paragraph, _PRINTED.sub("", paragraph), _LABEL.sub("", paragraph)):
                if len(text) >= _SHORTEST:
                    yield text[:_KEY]


def _row_keys(row: Row) -> Mapping[str, int]:
    keys = {f"number {row.number}": _NUMBER} if row.number else {}
    for name, weight in _WEIGHTS.items():
        for text in str(getattr(row, name)).split("\n")[:3]:
            solid = "".join(shown(text).split()).lstrip("•")
            if len(solid) >= _SHORTEST:
                keys[solid[:_KEY]] = keys.get(solid[:_KEY], 0) + weight
                break
    return keys


def _chain(candidates: list[tuple[int, int, int]], lines: int) -> dict[int, int]:
    """Return row to line so that both run in order and the weights add up to the most."""
    # best[line] is the heaviest chain that ends at or before the line: (weight, number of its last link).
    best: list[tuple[int, int]] = [(0, -1)] * (lines + 1)
    links: list[tuple[int, int, int]] = []
    for row, line, weight in sorted(candidates, key=lambda c: (c[0], -c[1])):
        before, last = _best_before(best, line)
        links.append((row, line, last))
        _offer(best, line, (before + weight, len(links) - 1))
    place = _best_before(best, lines)[1]
    chain: dict[int, int] = {}
    while place >= 0:
        row, line, place = links[place]
        chain[row] = line
    return chain


def _best_before(tree: list[tuple[int, int]], line: int) -> tuple[int, int]:
    """Return the best entry of the lines before `line` (a binary indexed tree of maxima)."""
    found = (0, -1)
    while line > 0:
        found = max(found, tree[line])
        line -= line & -line
    return found


def _offer(tree: list[tuple[int, int]], line: int, entry: tuple[int, int]) -> None:
    line += 1
    while line < len(tree):
        tree[line] = max(tree[line], entry)
        line += line & -line
