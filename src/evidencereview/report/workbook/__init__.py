"""Excel: the list in which audit decides, a summary with a picture, every row, the flags, and how it was made."""

from __future__ import annotations

import io
from datetime import date

from openpyxl.workbook import Workbook

from evidencereview.records import Review
from evidencereview.report.wording import counted
from evidencereview.report.workbook.other_sheets import (
    add_all_rows,
    add_flags_explained,
    add_how_made,
    add_summary,
)
from evidencereview.report.workbook.review_list import add_not_matched, add_review_list
from evidencereview.report.workbook.timeless import timeless


def render(review: Review, *, min_tier: int = 0) -> bytes:
    """Return the workbook, the same bytes for the same review on the same day."""
    items = [item for item in review.items if item.tier >= min_tier]
    missing = len(review.items) - len(items)
    left_out = f"{counted(missing, 'row')} below tier {min_tier} left out of the lists." if missing else ""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_review_list(book, review, items)
    add_summary(book, review, left_out)
    add_all_rows(book, review, items)
    add_not_matched(book, review)
    add_flags_explained(book, review)
    add_how_made(book, review)
    book.properties.creator = "evidencereview"
    book.properties.title = "Review of a self-assessment"
    saved = io.BytesIO()
    book.save(saved)
    return timeless(saved.getvalue(), date.today().isoformat())
