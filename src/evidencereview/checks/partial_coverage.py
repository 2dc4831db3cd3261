"""The provision has several duties, and at least one has nothing said for it.

What it finds
-------------
A row that speaks to some duty of its provision in its own terms and leaves a substantial one unspoken. A bare pointer to a
policy is not partial, and a row about something else is off-topic instead. A head gives each duty the chance that the row
speaks to it, from nearness and the duty's own terms; the chances of all duties decide. The length of a row has no say.

Why it matters
--------------
The Ombudsman reads duty by duty. What is not spoken to counts as not shown.

Example
-------
Channels listed for a provision that also asks how adjustments are foreseen.

What to ask
-----------
For the duty with nothing said, by name.

Known limits
------------
A duty may be met in words that neither its terms nor its examples foresee.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evidencereview.checks.finding import decide, finding
from evidencereview.checks.registry import check
from evidencereview.language.duties import unspoken
from evidencereview.language.gates import may_be_partial
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.coverage import DutyCoverage
    from evidencereview.language.view import FormView, RowView


@check(
    "ER402",
    "partial-coverage",
    Severity.MEDIUM,
    since="0.1.0",
    ask="the duties of this provision with nothing said for them",
)
def partial_coverage(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that leaves a substantial duty unspoken."""
    for row in view.rows:
        coverage = view.coverage[row.index]
        substantial = [c for c in coverage if c.duty.substantial]
        if not may_be_partial(view, row) or view.scores[row.index].relevance < 2:
            continue
        confidence = decide(view, row, "partial-coverage", _rule(row, substantial))
        if confidence is not None:
            unmet = unspoken(substantial)
            because = f"nothing on: {'; '.join(c.duty.text for c in unmet)}"
            ask = "; ".join(c.duty.ask for c in unmet)
            yield finding("partial-coverage", row, None, because, confidence=confidence, ask=ask)


def _rule(row: RowView, coverage: Sequence[DutyCoverage]) -> float:
    met = sum(c.met for c in coverage)
    own_words = any(not s.has("pointer") or len(s.words) > 14 for s in row.prose)
    return 0.7 if 0 < met < len(coverage) and own_words else 0.3
