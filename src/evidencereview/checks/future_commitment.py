"""What would make the Yes true lies in the future, or is under way.

What it finds
-------------
Promises and work in progress in a row answered Yes (or left blank): "will be published", "is being refreshed", "once
approved". A standing rule told in the future tense is none ("the officer will then write to the resident"); what the
landlord owes by the calendar is one unless a past instance is named.

Why it matters
--------------
The form says what is true today. A promise under a Yes is the answer most often found untrue afterwards.

Example
-------
Yes: "The annual report will be issued once the figures are in."

What to ask
-----------
For what is in place today, or for the answer No with an owner and a date.

Known limits
------------
Rule and promise can share every word; the learned judgement looks at who acts, on what event, and in which provision.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import clause, decide, finding, likeliest
from evidencereview.checks.registry import check
from evidencereview.language.commitment import promise_strength, promises
from evidencereview.language.gates import may_promise
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView


@check(
    "ER301",
    "future-commitment",
    Severity.HIGH,
    since="0.1.0",
    ask="what is in place today, or the answer No with an owner and a date",
)
def future_commitment(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each Yes that rests on a promise."""
    for row in view.rows:
        sentence = likeliest(view, row, "future-commitment", promises(row)) if may_promise(view, row) else None
        if sentence is None:
            continue
        confidence = decide(view, row, "future-commitment", promise_strength(row, sentence))
        if confidence is not None:
            start, end = next(((hit.start, hit.end) for hit in sentence.hits("promise")), (sentence.start, sentence.end))
            words = row.row.cell(sentence.cell)[start:end]
            because = f"'{words}' puts it in the future, while the answer claims it for today"
            span = clause(row, sentence, start, end)
            yield finding("future-commitment", row, span, because, confidence=confidence, ask=_ask(row))


def _ask(row: RowView) -> str:
    topic = topic_of(row)
    return f"what is in place today on {topic}, with its date; otherwise the answer No with an owner and a day"
