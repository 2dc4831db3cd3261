"""Lengths of time as typed claims: value, unit, what they are for, from which event, at which stage."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencereview.language.claims import About, Duration, Event, about_duty, durations, event_rank
from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import RowView
from evidencereview.provisions import known_editions, load_pack
from evidencereview.records import Answer, Row


@cache
def row(text: str, number: str = "6.3") -> RowView:
    made = Row("x", 1, 6, number, None, "", "Yes", Answer.YES, text, "", True)
    return RowView(0, made, load_pack("2024").by_number[number], row_sentences(made))


def only(text: str) -> Duration:
    (found,) = durations(row(text))
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We answer within 15 working days.", 15, "working days"),
        ("We answer in twenty-five working days.", 25, "working days"),
        ("We answer within ten (10) business days.", 10, "working days"),
        ("We answer within 10 to 12 working days.", 12, "working days"),
        ("We answer within 15wd.", 15, "working days"),
        ("A fifteen-working-day limit holds.", 15, "working days"),
        ("We answer not later than the third working day.", 3, "working days"),
        ("We answer by day nine.", 9, "days"),
        ("We answer within 28 calendar days.", 28, "calendar days"),
        ("We answer within a month.", 1, "months"),
        ("We answer within a fortnight.", 1, "fortnights"),
    ],
)
def test_value_and_unit(text: str, value: int, unit: str) -> None:
    found = only(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Complaints are acknowledged within five working days.", About.ACKNOWLEDGE),
        ("Within five working days we acknowledge the complaint.", About.ACKNOWLEDGE),
        ("The full response follows within ten working days.", About.RESPOND),
        ("Responses leave within ten working days of the acknowledgement.", About.RESPOND),
        ("An extension of up to 15 working days is possible.", About.EXTEND),
        ("The time can be extended to 25 working days.", About.TOTAL),
        ("Residents have six months from the incident.", About.ACCEPT),
        ("The repair is booked within 28 days.", About.OTHER),
        ("Residents can ask for stage 2 within 20 working days.", About.OTHER),
        ("The policy is looked at every six months.", About.PERIOD),
        ("15 working days for all services.", About.UNKNOWN),
    ],
)
def test_what_it_is_for(text: str, about: About) -> None:
    assert only(text).about is about


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Ten working days from receipt.", Event.RECEIPT),
        ("Ten working days from the date the case is logged.", Event.LOGGED),
        ("Ten working days of the acknowledgement of the complaint.", Event.ACKNOWLEDGED),
        ("Ten working days from the day on which it is allocated to an officer.", Event.ALLOCATED),
        ("Ten working days from receiving all papers.", Event.ALLOCATED),
        ("Ten working days.", Event.UNKNOWN),
    ],
)
def test_from_which_event(text: str, event: int) -> None:
    assert only(text).event == event


@pytest.mark.parametrize(
    "text",
    [
        "The old limit of 30 working days was dropped.",
        "We never take 30 working days.",
        "The average was 15 working days.",
        "Until 2023 we had 15 working days.",
        "One answer took 15 working days.",
    ],
)
def test_what_is_denied_past_or_measured_is_no_rule(text: str) -> None:
    assert not list(durations(row(text)))


def test_a_threshold_is_no_limit() -> None:
    assert only("Extensions over 10 working days are signed by the director.").over
    assert not only("Extensions are no more than 10 working days.").over


def test_stages_go_with_their_lengths() -> None:
    found = list(durations(row("Stage 1 is answered within 10 working days, stage 2 within 20 working days.")))
    assert [(each.stage, each.value) for each in found] == [(1, 10), (2, 20)]


def test_every_limit_in_days_of_the_packs_is_understood() -> None:
    limits = [limit for edition in known_editions() for p in load_pack(edition).provisions for limit in p.limits]
    days = [limit for limit in limits if limit.unit == "working days"]
    assert days
    assert all(about_duty(limit.what) in (About.ACKNOWLEDGE, About.RESPOND, About.EXTEND) for limit in days)
    assert all(event_rank(limit.event) for limit in days if not limit.extension)


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from(list("0123456789 -()workingdaysfmthuntil,.;£%–")), max_size=200))
def test_words_of_a_length_are_words_of_the_cell(text: str) -> None:
    view = row.__wrapped__(text)
    for each in durations(view):
        assert 0 <= each.span.start < each.span.end <= len(text)
        assert each.value >= 0 and each.working_days >= 0 and each.months >= 0
