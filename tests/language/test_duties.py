"""How a row stands to each duty of its provision, and that the list and `partial-coverage` tell the same."""

from __future__ import annotations

import pytest

from evidencereview.language.coverage import DutyCoverage
from evidencereview.language.duties import duty_standings, unspoken
from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import RowView
from evidencereview.provisions import Duty, load_pack
from evidencereview.records import Answer, DutyState
from made_reviews import made_row

SAID = "Each extension is agreed by telephone and logged with the new day."
POINTER = "This is set out in our complaints policy."
FAR, NEAR = 0.1, 0.9


def view_of(evidence: str, answer: Answer = Answer.YES) -> RowView:
    row = made_row("6.4", evidence=evidence, answer=answer)
    return RowView(0, row, load_pack("2024").by_number["6.4"], row_sentences(row))


def covered(view: RowView, *nearness: float, minor: tuple[int, ...] = ()) -> list[DutyCoverage]:
    """Duties a, b, c … with the nearness of the row's first sentence to each."""
    sentence = view.sentences[0] if view.sentences else None
    return [
        DutyCoverage(Duty("abcdef"[i], f"does {i}", f"the {i}", substantial=i not in minor), 0, near, sentence)
        for i, near in enumerate(nearness)
    ]


@pytest.mark.parametrize(
    ("evidence", "answer", "nearness", "flags", "states"),
    [
        (SAID, Answer.YES, (NEAR, FAR), "", "met unmet"),
        (SAID, Answer.PARTIAL, (NEAR, FAR), "", "met unmet"),
        (SAID, Answer.BLANK, (FAR, NEAR), "", "unmet met"),
        (SAID, Answer.NO, (NEAR, FAR), "", "not-claimed not-claimed"),
        ("n/a", Answer.NOT_APPLICABLE, (FAR, FAR), "", "not-claimed not-claimed"),
        (POINTER, Answer.YES, (FAR, FAR), "", "pointed pointed"),
        # A pointer near a duty still leaves it to the source; beside a sentence that says something it is nothing said.
        (POINTER, Answer.YES, (NEAR, FAR), "", "pointed pointed"),
        (f"{POINTER} {SAID}", Answer.YES, (NEAR, FAR), "", "unmet unmet"),
        ("", Answer.YES, (FAR, FAR), "missing-evidence", "unmet unmet"),
        ("-", Answer.YES, (FAR, FAR), "missing-evidence", "unmet unmet"),
        # What was found of the row as a whole goes before the single duty.
        (SAID, Answer.YES, (NEAR, NEAR), "off-topic", "unmet unmet"),
        (SAID, Answer.YES, (NEAR, 0.7), "partial-coverage", "met unmet"),
        (SAID, Answer.YES, (FAR, 0.2), "partial-coverage", "unmet met"),
    ],
)
def test_the_state_of_each_duty(evidence: str, answer: Answer, nearness: tuple[float, ...], flags: str, states: str) -> None:
    view = view_of(evidence, answer)
    found = duty_standings(view, covered(view, *nearness), flags.split())
    assert " ".join(each.state for each in found) == states
    for each in found:
        met = each.state is DutyState.MET
        assert (each.span is not None) == bool(each.words) == met
        assert each.span is None or view.words(each.span) == each.words


@pytest.mark.parametrize("nearness", [(NEAR, FAR, FAR), (FAR, FAR, FAR), (NEAR, 0.8, 0.7), (FAR, NEAR, FAR)])
def test_the_list_and_the_finding_name_the_same_duties(nearness: tuple[float, ...]) -> None:
    view = view_of(SAID)
    coverage = covered(view, *nearness)
    listed = [e.id for e in duty_standings(view, coverage, {"partial-coverage"}) if e.state is DutyState.UNMET]
    assert listed == sorted(each.duty.id for each in unspoken(coverage))


def test_a_minor_duty_is_listed_and_is_no_fault() -> None:
    view = view_of(SAID)
    coverage = covered(view, NEAR, 0.7, FAR, minor=(2,))
    listed = [e.id for e in duty_standings(view, coverage, {"partial-coverage"}) if e.state is DutyState.UNMET]
    assert listed == ["b", "c"]
