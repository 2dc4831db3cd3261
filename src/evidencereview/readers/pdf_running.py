"""Finds what is printed on many pages at the same height: headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from evidencereview.readers.headings import is_header
from evidencereview.readers.numbers import read_number
from evidencereview.readers.pdf_lines import TextLine

_DIGITS = re.compile(r"\d+")
_SHARE = 0.4  # of the pages on which a line must stand; left and right pages may differ
_MOVES = 6.0  # points that it may move from page to page
_DEEP = 6  # lines from the top or bottom that are looked at


def running_lines(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> set[TextLine]:
    """Return the lines that are no page's own, from the top and the bottom of each page.

    Args:
        pages: the lines of each page from the top, those of drawn tables left out.
        heights: of the pages, in points; a footer is known by its distance from the bottom.
    """
    if len(pages) < 2:
        return set()
    own = [_rows(lines) for lines in pages]
    tops = _repeated([page[:_DEEP] for page in pages], [0.0] * len(pages), own)
    bottoms = _repeated([page[: -_DEEP - 1 : -1] for page in pages], heights, own)
    return tops | bottoms


def shape(text: str) -> str:
    """Return a text with its digits made alike, so that the numbers of pages do not matter."""
    return _DIGITS.sub("0", text)


def on_many(found: int, pages: int) -> bool:
    """Tell whether what stands on so many pages runs over them."""
    return found >= max(2.0, _SHARE * pages)


def _repeated(pages: Sequence[Sequence[TextLine]], edges: Sequence[float], own: Sequence[set[TextLine]]) -> set[TextLine]:
    places: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for page, (lines, edge) in enumerate(zip(pages, edges, strict=True)):
        for line in lines:
            places[shape(line.text)].append((line.top - edge, page))
    found: set[TextLine] = set()
    for lines, edge, rows in zip(pages, edges, own, strict=True):
        for line in lines:
            near = {page for place, page in places[shape(line.text)] if abs(place - (line.top - edge)) <= _MOVES}
            if line in rows or not on_many(len(near), len(pages)):
                break
            found.add(line)
    return found


def _rows(lines: Sequence[TextLine]) -> set[TextLine]:
    """Return the lines that are a table's: provision numbers, headings of columns and what stands close to these."""
    heads = [line for line in lines if is_header(line.pieces, least=3)]
    near = {line for line in lines for head in heads if abs(line.top - head.top) < 1.7 * head.height}
    return near | {line for line in lines if read_number(line.text) is not None}
