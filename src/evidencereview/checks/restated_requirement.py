"""The text repeats the provision's own words and adds no fact of the landlord's.

What it finds
-------------
Evidence that paraphrases the requirement closely. One that names an arrangement (who, how, which plan) is not restated; a
conditional duty answered with a bare promise to comply is.

Why it matters
--------------
Saying the duty again shows that it was read, not that it is met.

Example
-------
"When something has gone wrong we will put it right and say so."

What to ask
-----------
For one fact of the landlord's own: who does it, in which step, with what result.

Known limits
------------
Forms print the official wording, ours is our own: closeness is measured against both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import asked_of
from evidencereview.checks.finding import clause, decide, finding, likeliest
from evidencereview.checks.registry import check
from evidencereview.language.gates import may_restate
from evidencereview.language.overlap import restating
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView


@check(
    "ER403",
    "restated-requirement",
    Severity.LOW,
    since="0.1.0",
    ask="one fact of your own: who does it, how, and with what result",
)
def restated_requirement(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that only says the duty again."""
    for row in view.rows:
        scores = view.scores[row.index]
        if not may_restate(view, row) or scores.specificity > 1:
            continue
        ranked = restating(row)
        sentence = likeliest(view, row, "restated-requirement", [s for s, _ in ranked]) or ranked[0][0]
        share = {s.span: value for s, value in ranked}[sentence.span]
        confidence = decide(view, row, "restated-requirement", share if not sentence.has("particular") else share / 2)
        if confidence is not None:
            because = "it says what the provision says, and adds no fact of the landlord's own"
            span = clause(row, sentence, sentence.start, sentence.end)
            yield finding("restated-requirement", row, span, because, confidence=confidence, ask=_ask(row))


def _ask(row: RowView) -> str:
    return f"{asked_of(row)}: who does it here, in which step, and with what result"
