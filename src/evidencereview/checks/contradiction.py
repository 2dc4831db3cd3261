"""The row cannot be right together with another row of the same form.

What it finds
-------------
Three kinds of pairs; both rows carry the flag and name each other.

- A No, a Partial or an admitted gap on one provision beside a Yes on another that contains the same duty or needs the same
  practice. Candidates come from the map of shared duties.
- Rows that state different facts: a limit, the number of stages, who decides at a stage, who holds a role, how many handle
  complaints, how often something is done, the name, version or date of the complaints policy, whose complaints are taken.
- One row says that there is none, or that it is never done, and the other tells of it: no extension, no survey, no limits on
  contact, calls that are written down nowhere.

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
Pairs that need goodwill to see are left out. A Yes that answers the other row's gap in its own words is not paired, nor are
past and present, two stages, a limit and a target, or one case and the rule. Where more than three rows lie apart on
one fact, it was probably read wrongly, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencereview.checks.finding import answer_span, clause, finding, stands
from evidencereview.checks.registry import check
from evidencereview.language.denials import Denials, admits_now, denies_now, explains, is_sweeping_denial
from evidencereview.language.disagreements import disagreements, is_linked
from evidencereview.records import Answer, Finding, Severity, Span

if TYPE_CHECKING:
    from evidencereview.language.denials import Denial
    from evidencereview.language.statements import Statement
    from evidencereview.language.view import FormView, RowView

# Cosine between the sentence that denies and the one that claims, from which on the two speak of one practice: for rows
# that the map excludes, that it links, and that it does not link. Chosen on training forms and the open planted rows.
EXCLUDED, LINKED, UNLINKED = 0.42, 0.45, 0.25
SURELY = 0.62  # from here on rows that the map links need no rare word in common
# Nearness of a claim to the duty that the other row denies as a whole.
ASSERTED = 0.55
# Nearness of an admitted gap to the duty of the other row, from which on it is a gap in that duty.
ABOUT = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that cannot both be right, the words of each (None: the answer), and why."""

    row: RowView
    other: RowView
    words: Span | None
    against: Span | None
    why: str


@check(
    "ER501",
    "contradiction",
    Severity.HIGH,
    since="0.1.0",
    ask="which of the two rows is true, and the other one mended",
)
def contradiction(view: FormView) -> Iterator[Finding]:
    """Yield one finding a row, for all the rows that it cannot be right together with."""
    pairs: dict[tuple[int, int], Pair] = {}
    denials = Denials(view)
    for pair in (*_denied_duties(view, denials), *_stated_facts(view), *_denied_practices(view, denials)):
        pairs.setdefault((min(pair.row.index, pair.other.index), max(pair.row.index, pair.other.index)), pair)
    for row in view.rows:
        own = [(pair.words, pair.other, pair.against, pair.why) for pair in pairs.values() if pair.row is row]
        own += [(pair.against, pair.row, pair.words, pair.why) for pair in pairs.values() if pair.other is row]
        if own:
            yield _finding(row, own)


def _denied_duties(view: FormView, denials: Denials) -> Iterator[Pair]:
    """A No beside a plain Yes where the map of shared duties says that both cannot be true."""
    for denial in view.rows:
        if denial.provision is None or not _denies(view, denial):
            continue
        for share in denial.provision.shares:
            claim = view.by_number.get(share.number) if share.edition == view.pack.edition else None
            if not share.excludes or claim is None or not (_claims(view, claim) and _claims_barely(view, claim)):
                continue
            if denial.row.answer is Answer.NO or _is_about(view, denials, denial, claim):
                yield Pair(denial, claim, _words(denial), _words(claim), share.why)


def _is_about(view: FormView, denials: Denials, denial: RowView, claim: RowView) -> bool:
    """Whether what a row lacks in part is what the other row's duty is about."""
    if view.vectors is None or claim.provision is None:
        return True
    near = view.vectors.to_provision(denial.index, view.pack.numbers.index(claim.provision.number))
    return any(near[i] >= ABOUT for i in denials.denying[denial.index])


def _denied_practices(view: FormView, denials: Denials) -> Iterator[Pair]:
    """A sentence that denies a practice beside one of another row that claims it."""
    for denial in view.rows:
        if denial.provision is None or not denials.denying[denial.index]:
            continue
        denying = _denies(view, denial) or (denial.claims and admits_now(denial))
        sweeping = any(is_sweeping_denial(denial.sentences[i]) for i in denials.denying[denial.index])
        for claim in view.rows:
            linked = denying and is_linked(denial, claim, view.pack.edition)
            if claim is denial or not (linked or sweeping) or not _claims(view, claim):
                continue
            near = denials.nearest(denial, claim, least=0.0 if linked else UNLINKED, sweeping=not linked)
            if near is None or not _contradicts(view, denial, claim, near, linked=linked):
                near = _asserted(denials, denial, claim) if linked and denial.row.answer is Answer.NO else None
            if near is not None:
                why = "one row says that it is not done and the other that it is"
                yield Pair(denial, claim, near.denied.span, near.claimed.span, why)


def _asserted(denials: Denials, denial: RowView, claim: RowView) -> Denial | None:
    """A claim of the very duty that the other row's No denies, however short that No is."""
    plain = denials.asserts(claim, denial)
    return plain if plain is not None and plain.cosine >= ASSERTED and plain.things >= 1 and plain.acts >= 1 else None


def _contradicts(view: FormView, denial: RowView, claim: RowView, near: Denial, *, linked: bool) -> bool:
    assert denial.provision is not None
    shares = [s for s in denial.provision.shares if s.edition == view.pack.edition and s.number == claim.row.number]
    if linked and any(share.excludes for share in shares):
        return near.cosine >= EXCLUDED and len(near.shared) >= 1
    if linked:
        if near.cosine >= SURELY and near.acts >= 1:
            return True
        rich = near.things >= 2 and near.acts >= 1
        return near.cosine >= (LINKED - 0.1 if rich else LINKED) and near.things >= 1 and len(near.shared) >= 2
    return near.sweeping and near.things >= 1 and near.acts >= 1


def _stated_facts(view: FormView) -> Iterator[Pair]:
    """Two rows that state different facts."""
    for found in disagreements(view):
        if found.row.row.answer in _CLAIMING or found.other.row.answer in _CLAIMING:
            yield Pair(
                found.row, found.other, _around(found.row, found.said), _around(found.other, found.against), found.why
            )


_CLAIMING = (Answer.YES, Answer.BLANK, Answer.PARTIAL)


def _around(row: RowView, said: Statement) -> Span:
    start, end = said.span.start, said.span.end
    return clause(row, said.sentence, start, end)


def _claims(view: FormView, row: RowView) -> bool:
    return row.row.answer is Answer.YES and not row.is_blank and not _denies(view, row) and not explains(row)


def _claims_barely(view: FormView, row: RowView) -> bool:
    """Whether a row says Yes without particulars of its own; a Yes that shows its practice may well be true."""
    scores = view.scores[row.index]
    return not (scores.relevance == 3 and scores.specificity >= 2)


def _denies(view: FormView, row: RowView) -> bool:
    """Whether a row denies its duty: No, Partial, or a gap that it admits."""
    if row.row.answer in (Answer.NO, Answer.PARTIAL):
        return True
    gap = any(denies_now(sentence) for sentence in row.sentences_with("gap"))
    return row.claims and stands(view, row, "admitted-gap") and gap


def _finding(row: RowView, pairs: list[tuple[Span | None, RowView, Span | None, str]]) -> Finding:
    numbers = tuple(dict.fromkeys(other.row.number for _, other, _, _ in pairs))
    quoted = "; ".join(f"{other.row.number} says '{_quote(other, span)}'" for _, other, span, _ in pairs[:2])
    because = f"{pairs[0][3]}; {quoted}"
    ask = f"this row squared with {' and '.join(numbers)}: which of them is true?"
    return finding("contradiction", row, pairs[0][0], because, confidence=0.7, ask=ask, linked=numbers)


def _words(row: RowView) -> Span | None:
    """The words that deny or claim: an admission, else the first sentence that is no promise, else the first."""
    admitted = next(row.sentences_with("gap"), None)
    plain = next((s for s in row.prose if not s.has("promise")), None)
    chosen = admitted or plain or next(iter(row.sentences), None)
    return chosen.span if chosen else answer_span(row)


def _quote(row: RowView, span: Span | None) -> str:
    words = row.words(span) if span else row.row.answer_raw
    return words if len(words) <= 120 else words[:117] + "…"
