"""Compliance is asserted with neither a source nor anything that could be checked.

What it finds
-------------
A row that only says that the duty is met ("This is standard practice"). Any checkable particular in the row, such as a
role, a date, a figure or a described step, rescues it.

Why it matters
--------------
An assertion is what the form asks the landlord to prove; repeating it proves nothing.

Example
-------
"Every complaint is treated fairly." Who does so, under which procedure, and where is it recorded?

What to ask
-----------
For one particular: who does it, where it is recorded, how often it was done.

Known limits
------------
What counts as a checkable step is a learned judgement, and two readers differ on it more than on most flags.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import clause, decide, finding, likeliest
from evidencereview.checks.registry import check
from evidencereview.language.acting import named_actors
from evidencereview.language.facts import loose_sources
from evidencereview.language.gates import may_only_assert
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence


@check(
    "ER202",
    "bare-assertion",
    Severity.MEDIUM,
    since="0.1.0",
    ask="who does this, where it is recorded, and a recent case or figure",
)
def bare_assertion(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that asserts and proves nothing."""
    for row in view.rows:
        sentence = likeliest(view, row, "bare-assertion", _assertions(row)) if may_only_assert(view, row) else None
        if sentence is None:
            continue
        confidence = decide(view, row, "bare-assertion", _rule(row, sentence))
        if confidence is not None:
            because = "it says that the duty is met, and names nothing that could be checked"
            span = clause(row, sentence, sentence.start, sentence.end)
            yield finding("bare-assertion", row, span, because, confidence=confidence, ask=_ask(row))


def _assertions(row: RowView) -> list[Sentence]:
    """The sentences that assert, plainest first: no source, no pointer to another row, no promise."""
    plain = [s for s in row.prose if not s.has("promise", "cross-reference", "gap")]
    loose = {s.start for s in loose_sources(row)}
    free = [s for s in plain if s.start not in loose]
    return sorted(free, key=lambda s: (not s.has("assertion"), len(s.words)))


def _rule(row: RowView, sentence: Sentence) -> float:
    if loose_sources(row) or named_actors(row) or len(row.prose) > 2:
        return 0.2
    return 0.7 if sentence.has("assertion") and len(sentence.words) <= 20 else 0.35


def _ask(row: RowView) -> str:
    topic = topic_of(row)
    return f"who is responsible for {topic}, where it is recorded, and a recent case or figure"
