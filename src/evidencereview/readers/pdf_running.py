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
        pages: the lines of each page from the top.
        heights: of the pages, in points; a footer is known by its distance from the bottom.
    """
    if len(pages) < 2:
        return set()
    tops = _repeated([page[:_DEEP] for page in pages], [0.0] * len(pages))
    bottoms = _repeated([page[: -_DEEP - 1 : -1] for page in pages], heights)
    return tops | bottoms


def _repeated(pages: Sequence[Sequence[TextLine]], edges: Sequence[float]) -> set[TextLine]:
    places: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for page, (lines, edge) in enumerate(zip(pages, edges, strict=True)):
        for line in lines:
            places[_shape(line)].append((line.top - edge, page))
    least = max(2.0, _SHARE * len(pages))
    found: set[TextLine] = set()
    for lines, edge in zip(pages, edges, strict=True):
        for line in lines:
            near = {page for place, page in places[_shape(line)] if abs(place - (line.top - edge)) <= _MOVES}
            if len(near) < least or _is_row(line):
                break
            found.add(line)
    return found


def _is_row(line: TextLine) -> bool:
    """Tell whether a line is the table's: a provision number, or the headings of its columns."""
    return read_number(line.text) is not None or is_header(line.pieces, least=2)


def _shape(line: TextLine) -> str:
    return _DIGITS.sub("0", line.text)
