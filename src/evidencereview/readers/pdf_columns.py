"""Tables without drawn columns: the white strips that run down between their columns, over all pages of a table."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from evidencereview.readers.headings import is_header
from evidencereview.readers.numbers import read_number
from evidencereview.readers.pdf_lines import TextLine, segments
from evidencereview.readers.pdf_page import Word

_FILL = 0.45  # of a font's height: narrower gaps are spaces between words
_STRAY = 0.015  # share of a table's lines that may cross a strip
_STEP = 0.5  # points: how finely strips are looked for
_MARK = 1.3  # of a font's height: a column no wider holds only the bullets of the next
_MOVED = 6.0  # points: headings that stand elsewhere head another table
_COLUMNS = 3
_HEAD = 8  # lines that headings may take
_ROW, _STEPS = 1.35, 1.2  # of a font's height, of the usual step from line to line: more, and another row begins


@dataclass(frozen=True, slots=True)
class Strips:
    """The columns of one table as (left, right) in points from the left, and the texts of its lines of headings."""

    columns: tuple[tuple[float, float], ...]
    headings: frozenset[str]

    @property
    def edges(self) -> tuple[float, ...]:
        """The places between the columns."""
        # Text begins at the left of its column and ends anywhere, so the strip belongs mostly to the column before it.
        return tuple(a[1] + 0.8 * (b[0] - a[1]) for a, b in pairwise(self.columns))

    def slot(self, word: Word) -> int:
        """Return the column in which a word stands."""
        return bisect_right(self.edges, (word.x0 + word.x1) / 2)

    def holds(self, line: TextLine) -> bool:
        """Tell whether a line is the table's: no run of its words reaches from one column into another."""
        return all(self.slot(segment[0]) == self.slot(segment[-1]) for segment in segments(line.words)) and all(
            self._fits(word) for word in line.words
        )

    def _fits(self, word: Word) -> bool:
        left, right = self.columns[self.slot(word)]
        edges = (float("-inf"), *self.edges, float("inf"))
        slot = self.slot(word)
        return word.x0 >= min(edges[slot], left) - 2 and word.x1 <= max(edges[slot + 1], right) + 2


def tables_of(lines: Iterable[tuple[float, TextLine]]) -> list[tuple[Strips | None, list[TextLine]]]:
    """Cut the lines of a document where another table begins; return each part with its columns (None: no table).

    `lines` come with the width of their page; a page of another width has other columns.
    """
    parts: list[list[TextLine]] = []
    starts: tuple[float, ...] = ()
    width, head = 0.0, None
    for page_width, line in lines:
        heads = is_header(line.pieces, least=3)
        below = head is not None and head.page == line.page and line.top - head.top < 2 * line.height
        moved = heads and not below and not _same(starts, _starts(line))
        if not parts or moved or abs(page_width - width) > 1:
            # Headings set on the middle begin with a line half a line above the fullest one.
            above = parts[-1].pop() if parts and _half_above(parts[-1], line) else None
            parts.append([above] if above else [])
        if heads and not below:
            starts = _starts(line)
        head = line if heads or (below and not any(map(read_number, line.pieces))) else None
        width = page_width
        parts[-1].append(line)
    return [(_strips(part), part) for part in parts]


def _half_above(lines: Sequence[TextLine], line: TextLine) -> bool:
    return bool(lines) and lines[-1].page == line.page and 0 < line.top - lines[-1].top < 0.8 * line.height


def _starts(line: TextLine) -> tuple[float, ...]:
    return tuple(segment[0].x0 for segment in segments(line.words))


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= _MOVED for a, b in zip(one, other, strict=True))


def _strips(lines: Sequence[TextLine]) -> Strips | None:
    rows = [line for line in lines if len(line.pieces) > 1]
    columns = _merge_marks(_covered(rows), rows)
    if len(columns) < _COLUMNS or len(rows) < 2:
        return None
    return Strips(tuple(columns), headings_of(lines))


def _covered(rows: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Return the stretches from left to right over which words stand on more than a stray line."""
    changes: dict[int, int] = {}
    for line in rows:
        for left, right in _extents(line):
            changes[left] = changes.get(left, 0) + 1
            changes[right] = changes.get(right, 0) - 1
    most, depth = max(1.0, _STRAY * len(rows)) if len(rows) > 20 else 0.5, 0
    columns: list[list[float]] = []
    for place in sorted(changes):
        before, depth = depth, depth + changes[place]
        if before <= most < depth:
            columns.append([place * _STEP, place * _STEP])
        elif depth <= most < before:
            columns[-1][1] = place * _STEP
    return [(left, right) for left, right in columns if right > left]


def _extents(line: TextLine) -> Iterable[tuple[int, int]]:
    left, right = line.words[0].x0, line.words[0].x1
    for word in line.words[1:]:
        if word.x0 - right > _FILL * word.height:
            yield int(left / _STEP), int(right / _STEP) + 1
            left = word.x0
        right = max(right, word.x1)
    yield int(left / _STEP), int(right / _STEP) + 1


def _merge_marks(columns: list[tuple[float, float]], rows: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Give the strip of bullets before a column to that column."""
    height = sorted(line.height for line in rows)[len(rows) // 2] if rows else 0.0
    merged: list[tuple[float, float]] = []
    marks: float | None = None
    for left, right in columns:
        if right - left <= _MARK * height and not _numbered(left, right, rows):
            marks = left if marks is None else marks
            continue
        merged.append((left if marks is None else marks, right))
        marks = None
    return merged


def _numbered(left: float, right: float, rows: Sequence[TextLine]) -> bool:
    words = [w.text for line in rows for w in line.words if w.x0 >= left - 1 and w.x1 <= right + 1]
    return any(read_number(word) is not None or word.isalpha() or word in _TICKS for word in words)


_TICKS = frozenset("✓✔☑✗✘☒☐✕✖■×")


def headings_of(lines: Sequence[TextLine]) -> frozenset[str]:
    """Return the texts of the lines from the first row of headings down to the first provision number."""
    start = next((place for place, line in enumerate(lines) if is_header(line.pieces, least=3)), None)
    if start is None:
        return frozenset()
    above = lines[start - 1] if start else lines[start]
    near = above.page == lines[start].page and lines[start].top - above.top < 1.5 * above.height
    # Headings of several lines may be set on the middle, so that the fullest line is not the first.
    beside = len(above.pieces) > 1 or _half_above([above], lines[start])
    texts = [above.text] if near and beside and read_number(above.text) is None else []
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    usual, last = median(steps) if steps else 0.0, lines[start]
    for line in lines[start : start + _HEAD]:
        apart = line is not lines[start] and line.top - last.top > max(_ROW * line.height, _STEPS * usual)
        if apart or any(read_number(piece) is not None for piece in line.pieces):
            return frozenset(texts)
        texts.append(line.text)
        last = line
    return frozenset([lines[start].text])
