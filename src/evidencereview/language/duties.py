"""How a row stands to each duty of its provision: spoken to, with its words, or with nothing.

`partial-coverage` and its ask come from `unspoken`, and so does the list, so that the two never tell different things.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evidencereview.language.coverage import DutyCoverage
from evidencereview.language.substance import says_something, substance
from evidencereview.language.view import RowView
from evidencereview.records import Answer, DutyStanding, DutyState

_CLAIMS_NOTHING = (Answer.NO, Answer.NOT_APPLICABLE)


def duty_standings(row: RowView, coverage: Sequence[DutyCoverage], flags: Collection[str]) -> tuple[DutyStanding, ...]:
    """Return the standing of each duty of a row, in the order of the pack; `flags` are those that stand on the row."""
    lacking = {each.duty.id for each in _lacking(coverage, flags)}
    otherwise = _without_words(row, coverage)
    return tuple(_standing(row, each, each.duty.id in lacking, otherwise) for each in coverage)


def spoken_to(each: DutyCoverage) -> bool:
    """Tell whether a duty has words: near it, and more than a stock sentence with none of the duty's own terms."""
    return each.met and (each.terms > 0 or (each.sentence is not None and substance(each.sentence) > 0))


def has_own_words(row: RowView, coverage: Sequence[DutyCoverage]) -> bool:
    """Tell whether a row does more than point: it says something, or has a duty's own term in plain words."""
    return says_something(row) or any(each.met and _in_plain_words(each) for each in coverage)


def _in_plain_words(each: DutyCoverage) -> bool:
    """Tell whether a duty's own term stands in a sentence that neither points nor affirms ("there is a complaints team")."""
    sentence = each.sentence
    return sentence is not None and each.terms > 0 and not sentence.has("pointer", "dangling", "assertion")


def unspoken(coverage: Sequence[DutyCoverage]) -> list[DutyCoverage]:
    """Return the duties with nothing said; where all seem met, the one least spoken to."""
    unmet = [c for c in coverage if not spoken_to(c)]
    if len(unmet) == len(coverage):
        # Some duty is spoken to, else the row would be a pointer or off-topic: leave out the nearest.
        unmet.remove(max(unmet, key=_likelihood))
    return unmet or [min(coverage, key=_likelihood)]


def _likelihood(each: DutyCoverage) -> tuple[float, bool, float]:
    """What duties are put in order by: the head's chance, or nearness where there is no head."""
    return each.chance or 0.0, each.terms > 0, each.nearness


def _lacking(coverage: Sequence[DutyCoverage], flags: Collection[str]) -> list[DutyCoverage]:
    """Return the duties without words; what a finding says of the row as a whole goes before the single duty."""
    if "off-topic" in flags:
        return list(coverage)
    if "partial-coverage" not in flags:
        return [each for each in coverage if not spoken_to(each)]
    substantial = [each for each in coverage if each.duty.substantial]
    minor = [each for each in coverage if not each.duty.substantial and not spoken_to(each)]
    return [*unspoken(substantial), *minor]


def _without_words(row: RowView, coverage: Sequence[DutyCoverage]) -> DutyState:
    """Return what it means for a row that a duty has no words: a bare pointer is not partial, and a No claims nothing."""
    if row.row.answer in _CLAIMS_NOTHING:
        return DutyState.NOT_CLAIMED
    substantial = [each for each in coverage if each.duty.substantial]
    return DutyState.UNMET if row.is_blank or has_own_words(row, substantial) else DutyState.POINTED


def _standing(row: RowView, each: DutyCoverage, lacking: bool, otherwise: DutyState) -> DutyStanding:
    if lacking or each.sentence is None or otherwise is DutyState.NOT_CLAIMED:
        return DutyStanding(each.duty.id, each.duty.text, otherwise)
    span = each.sentence.span
    return DutyStanding(each.duty.id, each.duty.text, DutyState.MET, span, row.words(span))
