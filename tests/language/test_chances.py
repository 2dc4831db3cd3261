"""The chance that a row speaks to a duty: what the head looks at, and what the chances of a row come to."""

from __future__ import annotations

import pytest

from evidencereview.language.build import build_view
from evidencereview.language.chances import DUTY_NAMES, duty_signs, lacking_duties, with_chances
from evidencereview.language.coverage import SIGNS, SPOKEN, DutyCoverage
from evidencereview.provisions import Duty, load_pack
from evidencereview.records import Form
from made_reviews import made_row
from toy_models import toy_models


def covered(*chances: float | None, minor: tuple[int, ...] = ()) -> list[DutyCoverage]:
    return [
        DutyCoverage(Duty(f"d{i}", f"does {i}", f"the {i}", substantial=i not in minor), 0, 0.0, None, (), chance)
        for i, chance in enumerate(chances)
    ]


def told(coverage: list[DutyCoverage]) -> dict[str, float]:
    return dict(zip(DUTY_NAMES, lacking_duties(coverage), strict=True))


@pytest.mark.parametrize(
    ("chance", "near", "met"), [(0.51, 0.0, True), (0.49, 0.9, False), (None, 0.9, True), (None, 0.1, False)]
)
def test_the_head_decides_where_there_is_one(chance: float | None, near: float, met: bool) -> None:
    assert DutyCoverage(Duty("d", "does", "the"), 0, near, None, (), chance).met is met


def test_what_the_chances_of_a_row_come_to() -> None:
    found = told(covered(0.9, 0.2, 0.5))
    assert (found["least"], found["second"], found["most"], found["number"]) == (0.2, 0.5, 0.9, 3)
    assert found["mean"] == pytest.approx(1.6 / 3)
    assert found["lacking"] == pytest.approx(1.4)
    assert found["any-lacking"] == pytest.approx(1 - 0.9 * 0.2 * 0.5)
    assert found["none-spoken"] == pytest.approx(0.1 * 0.8 * 0.5)
    assert (found["unspoken"], found["unspoken-share"]) == (1, pytest.approx(1 / 3))


def test_minor_duties_and_rows_without_chances_lack_nothing() -> None:
    assert told(covered(0.9, 0.1, minor=(1,)))["least"] == 0.9
    for nothing in (covered(), covered(None, None), covered(0.1, minor=(0,))):
        found = told(nothing)
        assert (found["lacking"], found["any-lacking"], found["least"]) == (0, 0, 1)


def test_a_single_duty_is_its_own_second() -> None:
    assert told(covered(0.3))["second"] == 0.3


def test_signs_of_a_row_do_not_depend_on_what_stands_beside_them() -> None:
    said = "Residents are told of each extension, with the reason and the new date."
    more = f"{said} The garden club meets on Mondays and the stairs are swept by our caretakers every week."
    views = [
        build_view(Form("f", "jsonl", "", (made_row("6.4", evidence=text),)), load_pack("2024"), toy_models())
        for text in (said, more)
    ]
    short, long = (duty_signs(view.coverage) for view in views)
    assert short[1] == long[1] == [(0, j) for j in range(len(views[0].coverage[0]))]
    assert short[0].shape == (len(short[1]), len(SIGNS))
    # A second sentence can only bring a row nearer to a duty.
    assert (long[0] >= short[0] - 1e-6).all()


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("As evidenced in our complaints policy and procedure.", False),
        ("This is standard practice for all complaints.", False),
        ("Residents hear the reason for an extension and the new date.", True),
    ],
)
def test_a_sentence_that_only_points_or_affirms_is_near_to_no_duty(text: str, speaks: bool) -> None:
    view = build_view(Form("f", "jsonl", "", (made_row("6.4", evidence=text),)), load_pack("2024"), toy_models())
    assert any(each.nearness > 0 for each in view.coverage[0]) is speaks


def test_blank_rows_have_no_signs_and_keep_no_chance() -> None:
    rows = (made_row("6.4", evidence=""), made_row("6.5", evidence="The letter names the Ombudsman."))
    view = build_view(Form("f", "jsonl", "", rows), load_pack("2024"), toy_models())
    _, places = duty_signs(view.coverage)
    assert {row for row, _ in places} == {1}
    judged = with_chances(view.coverage, places, [0.7] * len(places))
    assert {each.chance for each in judged[0]} == {None}
    assert {each.chance for each in judged[1]} == {0.7}
    assert all(each.met for each in judged[1]) and SPOKEN < 0.7
