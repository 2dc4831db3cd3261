"""The proof rests on a date or version that had passed when the form was written.

What it finds
-------------
Where the form states its own date, or `--as-of` gives one: a promise dated before that day; a policy, plan or review whose
date had run out by then, unless the row says what came of it.

Why it matters
--------------
A promise that has fallen due without a word is a breach nobody noticed; an expired policy proves nothing.

Example
-------
A form of May 2025: "The new policy will be approved in September 2024."

What to ask
-----------
For what came of it, with the date, or for the version now in force.

Known limits
------------
Only dates with a year are judged. The file's own date is never taken for the form's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.finding import finding
from evidencereview.checks.registry import check
from evidencereview.language.dates import last_day
from evidencereview.language.due_dates import is_due, is_settled
from evidencereview.language.mentions import Kind
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from datetime import date

    from evidencereview.language.mentions import Mention
    from evidencereview.language.view import FormView, RowView, Sentence


@check("ER304", "stale-date", Severity.MEDIUM, since="0.1.0", ask="what came of it and when, or the version now in force")
def stale_date(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that rests on a date that has passed."""
    if view.as_of is None:
        return
    for row in view.rows:
        place = _stale(row, view.as_of)
        if place is not None:
            sentence, mention = place
            because = f"'{mention.text}' had passed by {view.as_of:%d %B %Y}, the date of the form"
            ask = f"what came of it after {mention.text}, or the version now in force"
            yield finding("stale-date", row, sentence.span, because, confidence=0.7, ask=ask)


def _stale(row: RowView, as_of: date) -> tuple[Sentence, Mention] | None:
    for place, sentence in enumerate(row.sentences):
        cell = row.row.cell(sentence.cell)
        following = row.sentences[place + 1].text if place + 1 < len(row.sentences) else ""
        for mention in sentence.mentions_of(Kind.DATE):
            day = last_day(mention.text)
            if (
                day is not None
                and day < as_of
                and is_due(mention, sentence, cell)
                and not is_settled(mention, sentence, cell, following)
            ):
                return sentence, mention
    return None
