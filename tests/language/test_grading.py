"""How heads' chances become grades: what a row names, and which of two chances counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from views import view

from evidencereview.language.features import OUTPUTS, STEPS
from evidencereview.language.heads import _scores
from evidencereview.language.view import FormView
from evidencereview.provisions import load_pack
from evidencereview.records import Form, Scores

CARD: dict[str, Any] = {
    "thresholds": dict.fromkeys(OUTPUTS, 0.5) | {"off-topic": 0.2},
    "steps": {scale: list(steps) for scale, steps in STEPS.items()},
}


def graded(text: str, **chances: float) -> Scores:
    """Grade one row at the given chances; the rest are none, but that it says something of its provision."""
    row = view(text)
    form = FormView(Form("f", "jsonl", "", (row.row,)), load_pack("2024"), (row,), (Scores(0, 0, 0.0, 0.0),), {})
    given = {"relevance>=1": 0.9, "relevance>=2": 0.9, "specificity>=1": 0.9} | chances
    return _scores({name: np.asarray([given.get(name, 0.0)]) for name in OUTPUTS}, form, row, CARD)


@pytest.mark.parametrize(
    ("text", "specificity"),
    [
        ("Complaints are looked at again where somebody asks.", 1),
        ("Complaints Policy, section 4.2", 2),
        ("Directors sign off every stage 2 letter.", 2),
        ("Themes are reported monthly to the Scrutiny Panel.", 2),
        ("The Resolution Team are trained and competent in this.", 1),
    ],
)
def test_who_does_what_and_where_it_stands_are_particulars(text: str, specificity: int) -> None:
    assert graded(text).specificity == specificity


@pytest.mark.parametrize(("restated", "relevance"), [(0.1, 1), (0.3, 1), (0.6, 2)])
def test_what_says_its_duty_again_is_not_off_topic(restated: float, relevance: int) -> None:
    said = graded(
        "Complaints are looked at again where somebody asks.", **{"off-topic": 0.4, "restated-requirement": restated}
    )
    assert said.relevance == relevance


@pytest.mark.parametrize(("off_topic", "relevance"), [(0.19, 2), (0.21, 1)])
def test_off_topic_decides_between_two_grades(off_topic: float, relevance: int) -> None:
    assert graded("Complaints are looked at again where somebody asks.", **{"off-topic": off_topic}).relevance == relevance


def test_a_row_off_topic_has_nothing_by_who_does_something() -> None:
    assert graded("Directors sign off every stage 2 letter.", **{"off-topic": 0.9}).specificity == 1
