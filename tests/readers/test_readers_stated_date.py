from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.readers.stated_date import stated_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Self-assessment undertaken in May 2022.", date(2022, 5, 31)),
        ("Self assessment completed on 3rd March 2024", date(2024, 3, 3)),
        ("Date of self-assessment: 12/05/2023", date(2023, 5, 12)),
        ("Date completed: 2024-06-30", date(2024, 6, 30)),
        ("Completed: 30 June 2024", date(2024, 6, 30)),
        ("Complaint Handling Code self-assessment – Feb 2024", date(2024, 2, 29)),
        ("Date | Sept 2023", date(2023, 9, 30)),
    ],
)
def test_dates_of_the_assessment(text, day):
    assert stated_date(["An introduction.", text]) == day


@pytest.mark.parametrize(
    "text",
    [
        "The next self-assessment is due in May 2025.",
        "The Code came into force on 1 April 2024.",
        "Complaints policy, version of May 2022.",
        "Approved by the board on 3 July 2024 after self-assessment.",
        "Self-assessment 2024",
        "Date completed: 31/02/2024",
        "We met on 3 May 2022.",
        "Self-assessment undertaken from May 2022 to June 2022.",
    ],
)
def test_other_dates(text):
    assert stated_date([text]) is None


def test_two_dates_are_none():
    assert stated_date(["Self-assessment undertaken in May 2022.", "Date completed: 3 June 2022"]) is None


@given(st.text(max_size=200))
def test_any_text(text):
    stated_date([text, "self-assessment " + text])
