"""The text does not speak to what this provision asks.

What it finds
-------------
A row with text whose relevance is 0 or 1: a neighbouring topic, another provision's answer, or nothing of the kind.

Why it matters
--------------
The provision has in effect no evidence, though the cell is full.

Example
-------
Trend meetings offered where the provision asks whether older reports are weighed in a single case.

What to ask
-----------
For an answer to the question that this provision puts.

Known limits
------------
A terse row in words of the landlord's own may look far from the question; the other provisions of the Code serve as the
comparison, except those that ask the same. A row that is likelier to say its duty again is not called off-topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import asked_of, topic_of
from evidencereview.checks.finding import finding
from evidencereview.checks.registry import check
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence


@check("ER401", "off-topic", Severity.MEDIUM, since="0.1.0", ask="an answer to the question that this provision puts")
def off_topic(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row with text of relevance 0 or 1."""
    for row in view.rows:
        scores = view.scores[row.index]
        if row.is_blank or scores.relevance > 1:
            continue
        sentence = _longest(row)
        topic = topic_of(row)
        because = f"the text is about something else than {topic}"
        confidence = 1 - scores.relevance_score
        span = sentence.span if sentence else None
        yield finding("off-topic", row, span, because, confidence=confidence, ask=asked_of(row))


def _longest(row: RowView) -> Sentence | None:
    return max(row.sentences, key=lambda s: len(s.words), default=None)
