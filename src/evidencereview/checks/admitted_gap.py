"""The answer is Yes, and the text itself says that the duty is not fully met.

What it finds
-------------
"Not yet", "currently generic", "has not been documented", "more work is needed" in a row answered Yes or left blank.

Why it matters
--------------
The form contradicts itself within one row. The board would sign a Yes that its own officers deny.

Example
-------
Yes: "The objective has not been written down yet."

What to ask
-----------
For the answer No or Partial, with the reason, an owner and a date.

Known limits
------------
A past gap that has been closed, and a "not" that states the duty itself, look alike; the learned judgement weighs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import clause, decide, finding, likeliest
from evidencereview.checks.registry import check
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView


@check(
    "ER303",
    "admitted-gap",
    Severity.HIGH,
    since="0.1.0",
    ask="the answer No or Partial, with the reason, an owner and a date",
)
def admitted_gap(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each Yes whose text admits a gap."""
    for row in view.rows:
        sentence = likeliest(view, row, "admitted-gap", list(row.sentences_with("gap")))
        if sentence is None or not row.claims:
            continue
        confidence = decide(view, row, "admitted-gap", 0.55)
        if confidence is not None:
            start, end = next(((hit.start, hit.end) for hit in sentence.hits("gap")), (sentence.start, sentence.end))
            words = row.row.cell(sentence.cell)[start:end]
            because = f"'{words}' says that the duty is not fully met, while the answer claims that it is"
            span = clause(row, sentence, start, end)
            yield finding("admitted-gap", row, span, because, confidence=confidence, ask=_ask(row))


def _ask(row: RowView) -> str:
    topic = topic_of(row)
    return f"the answer No or Partial on {topic}, with the reason, an owner and a date"
