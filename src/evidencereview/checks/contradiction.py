"""The row cannot be right together with another row of the same form.

What it finds
-------------
A No, a Partial or an admitted gap on one provision beside a Yes on another that contains the same duty or needs the same
practice. Candidates come from the map of shared duties; both rows carry the flag and name each other.

Why it matters
--------------
One of the two answers is wrong, and the form itself shows it. Readers of the published form find such pairs at once.

Example
-------
No: acknowledgements do not yet set out the complaint. Yes: every closing letter confirms the definition that was agreed.

What to ask
-----------
For both rows to be squared: which one is true, and what does the other mean?

Known limits
------------
Pairs that need goodwill to see are left out. A Yes that answers the other row's gap in its own words is not paired.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.finding import answer_span, finding, stands
from evidencereview.checks.registry import check
from evidencereview.records import Answer, Finding, Severity, Span

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView


@check(
    "ER501",
    "contradiction",
    Severity.HIGH,
    since="0.1.0",
    ask="which of the two rows is true, and the other one mended",
)
def contradiction(view: FormView) -> Iterator[Finding]:
    """Yield two findings for each pair, one a row."""
    pairs = [(denial, claim, why) for denial in view.rows for claim, why in _claims_beside(view, denial)]
    for row in view.rows:
        own = [(claim, denial, why) for denial, claim, why in pairs if claim is row]
        own += [(denial, claim, why) for denial, claim, why in pairs if denial is row]
        if own:
            yield _finding(row, [other for _, other, _ in own], own[0][2])


def _claims_beside(view: FormView, denial: RowView) -> Iterator[tuple[RowView, str]]:
    """Yield the rows that claim what this row denies, with the reason why both cannot stand."""
    if denial.provision is None or not _denies(view, denial):
        return
    for share in denial.provision.shares:
        other = view.by_number.get(share.number) if share.edition == view.pack.edition else None
        if share.excludes and other is not None and _claims_barely(view, other):
            yield other, share.why


def _claims_barely(view: FormView, row: RowView) -> bool:
    """Whether a row says Yes without particulars of its own; a Yes that shows its practice may well be true."""
    scores = view.scores[row.index]
    shown = scores.relevance == 3 and scores.specificity >= 2
    return row.row.answer is Answer.YES and not row.is_blank and not shown and not _denies(view, row)


def _denies(view: FormView, row: RowView) -> bool:
    if row.row.answer in (Answer.NO, Answer.PARTIAL):
        return True
    return row.claims and stands(view, row, "admitted-gap") and any(row.sentences_with("gap"))


def _finding(row: RowView, others: list[RowView], why: str) -> Finding:
    numbers = tuple(dict.fromkeys(other.row.number for other in others))
    quoted = "; ".join(f"{other.row.number} says '{_quote(other)}'" for other in others[:2])
    because = f"{why}; {quoted}"
    ask = f"this row squared with {' and '.join(numbers)}: which of them is true?"
    return finding("contradiction", row, _words(row), because, confidence=0.7, ask=ask, linked=numbers)


def _words(row: RowView) -> Span | None:
    """The words that deny or claim: an admission, else the first sentence that is no promise, else the first."""
    admitted = next(row.sentences_with("gap"), None)
    plain = next((s for s in row.prose if not s.has("promise")), None)
    chosen = admitted or plain or next(iter(row.sentences), None)
    return chosen.span if chosen else answer_span(row)


def _quote(row: RowView) -> str:
    span = _words(row)
    words = row.words(span) if span else row.row.answer_raw
    return words if len(words) <= 120 else words[:117] + "…"
