"""An aim, an attempt or an escape where the provision demands a fixed duty.

What it finds
-------------
"We aim to", "where possible", "would not generally", "as far as practicable", "target of ten days". A hedge that the
provision itself uses does not count.

Why it matters
--------------
"Must" leaves no room for trying. A hedge tells the Ombudsman that the duty is sometimes not met, or not known to be.

Example
-------
"We aim to acknowledge complaints within five working days."

What to ask
-----------
For the rule as a rule, with the rate achieved.

Known limits
------------
A hedge about something beyond the duty is told apart only by the learned judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import clause, decide, finding, likeliest
from evidencereview.checks.registry import check
from evidencereview.language.commitment import own_hedges
from evidencereview.records import Answer, Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence


@check("ER302", "hedged-practice", Severity.MEDIUM, since="0.1.0", ask="the rule without the hedge, and the rate achieved")
def hedged_practice(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that hedges a fixed duty."""
    for row in view.rows:
        sentence = likeliest(view, row, "hedged-practice", _hedged(row))
        if sentence is None or row.row.answer in (Answer.NO, Answer.NOT_APPLICABLE):
            continue
        confidence = decide(view, row, "hedged-practice", 0.7)
        if confidence is not None:
            start, end = _cue(row, sentence)
            words = row.row.cell(sentence.cell)[start:end]
            because = f"'{words}' leaves room where the provision leaves none"
            span = clause(row, sentence, start, end)
            yield finding("hedged-practice", row, span, because, confidence=confidence, ask=_ask(row, words))


def _hedged(row: RowView) -> list[Sentence]:
    return [s for s in row.sentences_with("hedge") if own_hedges(row, s)]


def _cue(row: RowView, sentence: Sentence) -> tuple[int, int]:
    own = own_hedges(row, sentence)
    return own[0] if own else (sentence.start, sentence.end)


def _ask(row: RowView, words: str) -> str:
    topic = topic_of(row)
    return f"{topic} stated as a rule instead of '{words}', and the rate achieved"
