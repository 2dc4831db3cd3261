"""One page for reading and printing: a single file without script, that asks nothing of anybody.

The page forbids itself everything but its own style sheet (Content-Security-Policy), and every text goes in as text.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from lxml import html

from evidencereview.records import Review
from evidencereview.report.harmless import one_line
from evidencereview.report.web_page.pieces import E, Node
from evidencereview.report.web_page.rows import every_row, first_rows
from evidencereview.report.web_page.summary import ending, opening, summary

_STYLE = Path(__file__).with_name("page.css")


def render(review: Review, *, min_tier: int = 0) -> bytes:
    """Return the page as UTF-8 HTML, the same bytes for the same review on the same day."""
    shown = [item for item in review.items if item.tier >= min_tier]
    body = E.body(
        E.a("Skip to the first rows to look at", {"class": "skip", "href": "#first"}),
        opening(review),
        E.main(summary(review, min_tier), first_rows(review, shown), every_row(review, shown)),
        ending(review),
    )
    page = E.html(_head(review), body, lang="en-GB")
    text = html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{text}\n".encode()


def _head(review: Review) -> Node:
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return E.head(
        E.meta(charset="utf-8"),
        E.meta({"http-equiv": "Content-Security-Policy", "content": policy}),
        E.meta(name="viewport", content="width=device-width, initial-scale=1"),
        E.meta(name="referrer", content="no-referrer"),
        E.title(f"Review of {one_line(review.form.name)}"),
        E.style(style),
    )
