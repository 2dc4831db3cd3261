"""Claims about stages, refusals, people, views and practice: what is claimed, and what only looks like it."""

from __future__ import annotations

from time import perf_counter

import pytest

from evidencereview.language.claims import durations
from evidencereview.language.claims_people import employee_members, outside_officer, same_person
from evidencereview.language.claims_practice import PRACTICES, ruled_out_practices, sparse_periods
from evidencereview.language.claims_refusals import extra_grounds
from evidencereview.language.claims_stages import extra_stages, steps_before
from evidencereview.language.claims_standing import is_asserted, is_measured
from evidencereview.language.claims_views import narrowed_definitions, views_of_volumes
from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import RowView
from evidencereview.provisions import known_editions, load_pack
from evidencereview.records import Answer, Row


def row(text: str, number: str = "5.3") -> RowView:
    made = Row("x", 1, 5, number, None, "", "Yes", Answer.YES, text, "", True)
    return RowView(0, made, load_pack("2024").by_number[number], row_sentences(made))


@pytest.mark.parametrize(
    ("text", "words", "asserted"),
    [
        ("There is a third stage.", "third stage", True),
        ("There is no third stage.", "third stage", False),
        ("The third stage was abolished.", "third stage", False),
        ("If they are not happy there is a third stage.", "third stage", True),
        ("We do not delay, but there is a third stage.", "third stage", True),
        ("No later than day five; a third stage follows.", "third stage", True),
        ("The third stage is not used.", "third stage", False),
    ],
)
def test_denied_and_past_words_are_not_asserted(text: str, words: str, asserted: bool) -> None:
    start = text.index(words)
    assert is_asserted(text, start, start + len(words)) is asserted


def test_a_result_is_measured_and_a_rule_is_not() -> None:
    assert is_measured("91% were answered in 12 days", 24, 31)
    assert not is_measured("answered in 12 days; 91% met it", 12, 19)


@pytest.mark.parametrize(
    ("text", "allowed", "found"),
    [
        ("We run a three-stage process.", 2, True),
        ("We run a three-stage process.", 3, False),
        ("We run a four-stage process.", 3, True),
        ("There were 3 stage 1s last year.", 2, False),
        ("After stage 2 they can ask for a panel hearing.", 2, True),
        ("After stage 2 they can ask the Ombudsman for a review.", 2, False),
    ],
)
def test_stages(text: str, allowed: int, found: bool) -> None:
    assert any(extra_stages(row(text), allowed)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We have a chat first, then log it.", True),
        ("If that fails it becomes stage 1.", True),
        ("The pre-complaint step takes a week.", True),
        ("The complaint is logged first, then we have a chat.", False),
        ("If the answer to a service request disappoints, it becomes a complaint.", False),
    ],
)
def test_steps_before_the_first_stage(text: str, found: bool) -> None:
    assert any(steps_before(row(text, "5.2"))) is found


@pytest.mark.parametrize(
    ("text", "escalation", "words"),
    [
        ("We do not accept vexatious complaints.", False, "vexatious"),
        ("We exclude older matters, court claims and staff conduct.", False, "staff conduct"),
        ("We exclude older matters and court claims.", False, ""),
        ("We do not refuse vexatious complaints.", False, ""),
        ("Two were refused last year, one of them anonymous.", False, ""),
        ("Reviews are declined where there is no new evidence.", True, "where there is no new evidence"),
        ("Reviews are declined where there is no new evidence.", False, ""),
    ],
)
def test_grounds_for_refusal(text: str, escalation: bool, words: str) -> None:
    view = row(text, "2.2")
    found = [view.words(each.span) for each in extra_grounds(view, load_pack("2024").exclusions, escalation=escalation)]
    assert (found[0] if found else "") == words


@pytest.mark.parametrize(
    ("text", "own_topic", "found"),
    [
        ("The Head of Housing is the MRC.", False, True),
        ("The MRC is our Chief Executive.", False, True),
        ("Ms Bell, the clerk, does this.", True, True),
        ("Ms Bell, the clerk, does this.", False, False),
        ("The Chair of the Audit Committee is the MRC.", True, False),
        ("The MRC meets the Complaints Manager.", True, False),
        ("The Head of Housing is not the MRC.", True, False),
    ],
)
def test_an_employee_as_member_responsible(text: str, own_topic: bool, found: bool) -> None:
    assert any(employee_members(row(text, "9.5"), own_topic=own_topic)) is found


def test_one_person_at_both_stages() -> None:
    assert any(same_person(row("Both stages are handled by the manager.", "6.13")))
    assert not any(same_person(row("The same manager never decides both.", "6.13")))
    assert not any(same_person(row("If the same manager is due, another steps in.", "6.13")))


def test_an_outside_officer() -> None:
    assert any(outside_officer(row("Complaint handling is outsourced to a call firm.", "4.1")))
    assert not any(outside_officer(row("Complaint handling is not outsourced.", "4.1")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We want to reduce the number of complaints.", True),
        ("Only four complaints came in, which shows how happy people are.", True),
        ("High numbers of complaints are seen as a failure.", True),
        ("High numbers of complaints are not seen as a failure.", False),
        ("We reduce complaints that need stage 2.", False),
        ("Low numbers of complaints are questioned, as people may lack access.", False),
    ],
)
def test_views_of_volumes(text: str, found: bool) -> None:
    assert any(views_of_volumes(row(text, "3.3"))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A complaint must be made in writing.", True),
        ("Only tenants can complain.", True),
        ("Our definition covers tenants only.", True),
        ("It need not be in writing.", False),
    ],
)
def test_definitions(text: str, found: bool) -> None:
    assert any(narrowed_definitions(row(text, "1.2"))) is found


@pytest.mark.parametrize(
    ("number", "text", "found"),
    [
        ("6.12", "Residents must tell us why they want stage 2.", True),
        ("6.12", "Residents need not tell us why.", False),
        ("6.6", "We respond once all repairs are complete.", True),
        ("6.6", "We respond when the answer is known and not when repairs are complete.", False),
        ("3.6", "Friends may not speak at meetings.", True),
        ("6.3", "Friends may not speak at meetings.", False),
    ],
)
def test_practice_that_a_duty_rules_out(number: str, text: str, found: bool) -> None:
    assert any(ruled_out_practices(row(text, number))) is found


def test_periods() -> None:
    assert any(sparse_periods(row("We report every other year.", "8.1")))
    assert not any(sparse_periods(row("The policy is reviewed every two years.", "8.1")))


def test_every_practice_has_a_provision() -> None:
    topics = [p.topic for edition in known_editions() for p in load_pack(edition).provisions]
    assert all(any(practice.topic.search(topic) for topic in topics) for practice in PRACTICES)


@pytest.mark.parametrize("text", ["only " * 4000, "complaints low are " * 1500, "stage 1 and " * 2000, "within 10 " * 3000])
def test_a_hostile_cell_is_not_slow(text: str) -> None:
    view = row(text, "3.3")
    start = perf_counter()
    for find in (steps_before, same_person, views_of_volumes, narrowed_definitions, outside_officer, durations):
        list(find(view))
    list(extra_stages(view, 2))
    list(employee_members(view, own_topic=True))
    list(extra_grounds(view, load_pack("2024").exclusions, escalation=True))
    assert perf_counter() - start < 5
