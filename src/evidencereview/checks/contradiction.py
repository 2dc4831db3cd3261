"""The row cannot be right together with another row of the same form.

What it finds
-------------
Four kinds of pairs; both rows carry the flag and name each other.

- A No, a Partial or an admitted gap on one provision beside a Yes on another that contains the same duty or needs the same
  practice. Candidates come from the map of shared duties.
- Rows that state different facts: a limit, the number of stages, who decides at a stage, who holds a role, how many handle
  complaints, how often something is done, the name, version or date of the complaints policy, whose complaints are taken.
- One row says that there is none, or that it is never done, and the other tells of it: no extension, no survey, no limits on
  contact, calls that are written down nowhere.
- Two sentences that a small model, trained on pairs of ours, reads as excluding each other. Of its own accord it is asked
  about rows that the map links alone, the eight likeliest pairs.

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
one fact, it was probably read wrongly, and nothing is said. Pairs of rows that the map does not link are dropped where
that model gives them less of a chance than 95 in 100 of the pairs of ours that truly clash. It knows single sentences alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencereview.checks.finding import answer_span, clause, finding, stands
from evidencereview.checks.registry import check
from evidencereview.language.denials import Denials, admits_now, denies_now, explains, is_sweeping_denial
from evidencereview.language.disagreements import disagreements
from evidencereview.language.pair_texts import CLAIMING, CONTRADICTION, DROPPED, answered, texts_of
from evidencereview.records import Answer, Finding, Severity, Span

if TYPE_CHECKING:
    from evidencereview.language.denials import Denial
    from evidencereview.language.pair_texts import CandidatePair
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
# Pairs of one form that the cross-encoder alone may bring up, the surest: more would hide those that matter.
_MOST_READ = 3


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rows that cannot both be right, the words of each (None: the answer), and why."""

    row: RowView
    other: RowView
    words: Span | None
    against: Span | None
    why: str
    confidence: float = 0.7

    @property
    def key(self) -> tuple[int, int]:
        """The places of the two rows, the earlier one first."""
        return min(self.row.index, self.other.index), max(self.row.index, self.other.index)

    def turned(self) -> Clash:
        """The same pair as the other row sees it."""
        return Clash(self.other, self.row, self.against, self.words, self.why, self.confidence)


@check(
    "ER501",
    "contradiction",
    Severity.HIGH,
    since="0.1.0",
    ask="which of the two rows is true, and the other one mended",
)
def contradiction(view: FormView) -> Iterator[Finding]:
    """Yield one finding a row, for all the rows that it cannot be right together with."""
    pairs: dict[tuple[int, int], Clash] = {}
    denials = Denials(view)
    told = _likely(view, (*_stated_facts(view), *_denied_practices(view, denials)))
    for pair in (*_denied_duties(view, denials), *told):
        pairs.setdefault(pair.key, pair)
    for pair in _read_as_excluding(view, pairs.keys()):
        pairs[pair.key] = pair
    for row in view.rows:
        own = [pair if pair.row is row else pair.turned() for pair in pairs.values() if row in (pair.row, pair.other)]
        if own:
            yield _finding(row, own)


def _likely(view: FormView, pairs: Sequence[Clash]) -> list[Clash]:
    """The pairs of rows that the map links, and of the others those that the cross-encoder does not all but rule out."""
    unlinked = [pair for pair in pairs if pair.key not in view.links]
    if view.reader is None or not unlinked:
        return list(pairs)
    texts = [(_sentence_of(pair.row, pair.words), _sentence_of(pair.other, pair.against)) for pair in unlinked]
    chances = zip(unlinked, view.reader.chances(CONTRADICTION, texts), strict=True)
    dropped = [pair for pair, chance in chances if chance < view.thresholds[DROPPED]]
    return [pair for pair in pairs if pair not in dropped]


def _sentence_of(row: RowView, words: Span | None) -> str:
    """What the cross-encoder reads of a row: the sentence that holds the words."""
    assert words is not None  # facts and denials are words of a sentence
    held = row.sentence_at(words)
    return answered(row, held.text if held else row.words(words))


def _read_as_excluding(view: FormView, known: Collection[tuple[int, int]]) -> list[Clash]:
    """The candidates, but those known, that the cross-encoder takes for excluding each other: the surest few."""
    if view.reader is None:
        return []
    from evidencereview.language.candidate_pairs import candidate_pairs  # the checks' pages are shown without numpy

    candidates = [each for each in candidate_pairs(view) if (each.row, each.other) not in known]
    chances = view.reader.chances(CONTRADICTION, [texts_of(view, each) for each in candidates])
    ordered = sorted(zip(chances, candidates, strict=True), key=lambda each: -each[0])
    said = [(chance, each) for chance, each in ordered if chance >= view.thresholds[CONTRADICTION]]
    return [_read_pair(view, each, chance) for chance, each in said[:_MOST_READ]]


def _read_pair(view: FormView, each: CandidatePair, chance: float) -> Clash:
    row, other = view.rows[each.row], view.rows[each.other]
    words, against = row.sentences[each.sentence].span, other.sentences[each.against].span
    return Clash(row, other, words, against, "read together, these two sentences cannot both be true", chance)


def _denied_duties(view: FormView, denials: Denials) -> Iterator[Clash]:
    """A No beside a plain Yes where the map of shared duties says that both cannot be true."""
    for denial in view.rows:
        if denial.provision is None or not _denies(view, denial):
            continue
        for share in denial.provision.shares:
            claim = view.by_number.get(share.number) if share.edition == view.pack.edition else None
            if not share.excludes or claim is None or not (_claims(view, claim) and _claims_barely(view, claim)):
                continue
            if denial.row.answer is Answer.NO or _is_about(view, denials, denial, claim):
                yield Clash(denial, claim, _words(denial), _words(claim), share.why)


def _is_about(view: FormView, denials: Denials, denial: RowView, claim: RowView) -> bool:
    """Whether what a row lacks in part is what the other row's duty is about."""
    if view.vectors is None or claim.provision is None:
        return True
    near = view.vectors.to_provision(denial.index, view.pack.numbers.index(claim.provision.number))
    return any(near[i] >= ABOUT for i in denials.denying[denial.index])


def _denied_practices(view: FormView, denials: Denials) -> Iterator[Clash]:
    """A sentence that denies a practice beside one of another row that claims it."""
    for denial in view.rows:
        if denial.provision is None or not denials.denying[denial.index]:
            continue
        denying = _denies(view, denial) or (denial.claims and admits_now(denial))
        sweeping = any(is_sweeping_denial(denial.sentences[i]) for i in denials.denying[denial.index])
        for claim in view.rows:
            linked = denying and (denial.index, claim.index) in view.links
            if claim is denial or not (linked or sweeping) or not _claims(view, claim):
                continue
            near = denials.nearest(denial, claim, least=0.0 if linked else UNLINKED, sweeping=not linked)
            if near is None or not _contradicts(view, denial, claim, near, linked=linked):
                near = _asserted(denials, denial, claim) if linked and denial.row.answer is Answer.NO else None
            if near is not None:
                why = "one row says that it is not done and the other that it is"
                yield Clash(denial, claim, near.denied.span, near.claimed.span, why)


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


def _stated_facts(view: FormView) -> Iterator[Clash]:
    """Two rows that state different facts."""
    for found in disagreements(view):
        if found.row.row.answer in CLAIMING or found.other.row.answer in CLAIMING:
            yield Clash(
                found.row, found.other, _around(found.row, found.said), _around(found.other, found.against), found.why
            )


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


def _finding(row: RowView, pairs: Sequence[Clash]) -> Finding:
    numbers = tuple(dict.fromkeys(pair.other.row.number for pair in pairs))
    quoted = "; ".join(f"{pair.other.row.number} says '{_quote(pair.other, pair.against)}'" for pair in pairs[:2])
    ask = f"this row squared with {' and '.join(numbers)}: which of them is true?"
    first = pairs[0]
    because = f"{first.why}; {quoted}"
    return finding(CONTRADICTION, row, first.words, because, confidence=first.confidence, ask=ask, linked=numbers)


def _words(row: RowView) -> Span | None:
    """The words that deny or claim: an admission, else the first sentence that is no promise, else the first."""
    admitted = next(row.sentences_with("gap"), None)
    plain = next((s for s in row.prose if not s.has("promise")), None)
    chosen = admitted or plain or next(iter(row.sentences), None)
    return chosen.span if chosen else answer_span(row)


def _quote(row: RowView, span: Span | None) -> str:
    words = row.words(span) if span else row.row.answer_raw
    return words if len(words) <= 120 else words[:117] + "…"
