"""Word: a copy of the form with a comment on the very words of each finding, for the officer who works in it.

A form that was not Word becomes a new document, a table with the same comments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from evidencereview.errors import WriteError
from evidencereview.records import Form, Item, Review
from evidencereview.report.docx_comments import (
    Remark,
    add_comment,
    first_free_number,
    in_printed_order,
    quoted,
    remarks,
    summary,
)
from evidencereview.report.docx_marks import Marker
from evidencereview.report.docx_package import WordPackage
from evidencereview.report.docx_places import Finder, Spot
from evidencereview.report.docx_table import form_as_word
from evidencereview.report.docx_text import Line, document_lines


def render(review: Review, *, min_tier: int = 0, source: bytes | None = None) -> bytes:
    """Return a Word file with comments, the same bytes for the same review.

    Args:
        review: what to write.
        min_tier: rows below this tier get no comments.
        source: the Word file that was reviewed, of which the result is a copy; None makes a new document of the rows.

    Raises:
        WriteError: the source is no Word file that can be copied.
    """
    package = WordPackage(source if source is not None else form_as_word(review.form))
    lines = document_lines(package.body)
    placed = _placed(review, lines, min_tier)
    marker = Marker()
    top = summary(review, min_tier, sum(1 for _, spot in placed if not spot.sure))
    everything = ((top, Spot(None, _top(package, lines))), *placed)
    for number, (remark, spot) in enumerate(everything, first_free_number(package.comments)):
        add_comment(package.comments, number, remark.title, quoted(remark, spot.sure))
        if spot.words is not None:
            marker.mark_words(spot.words, number)
        else:
            marker.mark_whole(spot.element if spot.element is not None else _top(package, lines), number)
    return package.to_bytes()


def source_of(form: Form, inputs: Iterable[Path]) -> bytes | None:
    """Return the Word file that a form was read from, None where the form was not Word or its file is not among `inputs`.

    Raises:
        WriteError: none of the files is the one that was read.
    """
    files = [path for path in inputs if path.is_file()] if form.format == "docx" else []
    for path in files:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == form.sha256:
            return data
    if files:
        raise WriteError(f"{files[0].name} is no longer the file that was read", "run the review again")
    return None


def _placed(review: Review, lines: tuple[Line, ...], min_tier: int) -> list[tuple[Remark, Spot]]:
    """Return every comment with its place, rows in printed order; all are found before the first mark is made."""
    finder = Finder([item.row for item in review.items], lines)
    items: list[Item] = in_printed_order(review.items, min_tier)
    return [(remark, finder.spot(item.row, remark.finding)) for item in items for remark in remarks(item)]


def _top(package: WordPackage, lines: tuple[Line, ...]) -> object:
    """Return the first cell or paragraph with words in it, else the body."""
    filled = (cell.element for line in lines for cell in line.cells if cell.solid)
    return next(filled, package.body)
