"""The last day that a British date names, and which dates something hung on."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from views import view

from evidencereview.language.dates import last_day
from evidencereview.language.due_dates import is_due, is_settled
from evidencereview.language.mentions import Kind

DAYS = [
    ("3 June 2025", date(2025, 6, 3)),
    ("3rd of June 2025", date(2025, 6, 3)),
    ("June 3, 2025", date(2025, 6, 3)),
    ("3 June 25", date(2025, 6, 3)),
    ("Sept 2024", date(2024, 9, 30)),
    ("Feb 24", date(2024, 2, 29)),
    ("Mar '25", date(2025, 3, 31)),
    ("1/9/25", date(2025, 9, 1)),
    ("01.02.2024", date(2024, 2, 1)),
    ("2024-05-31", date(2024, 5, 31)),
    ("Q1 2025", date(2025, 3, 31)),
    ("spring 2024", date(2024, 5, 31)),
    ("autumn 2023", date(2023, 11, 30)),
    ("23/24", date(2024, 3, 31)),
    ("2023/24", date(2024, 3, 31)),
    ("2023-24", date(2024, 3, 31)),
    ("2024-27", date(2027, 12, 31)),
    ("2024", date(2024, 12, 31)),
    ("31 February 2024", None),
    ("13/13/2024", None),
    ("23/27", None),
    ("3 June", None),
    ("Q3", None),
    ("soon", None),
]
DUE = [
    ("It will be published by 30 November 2024.", True),
    ("A review is planned for autumn 2023.", True),
    ("By March 2024 all staff will be trained.", True),
    ("New letters are to go live 1 April 2025.", True),
    ("Policy (next review: March 2023).", True),
    ("The lease expired on 31 March 2022.", True),
    ("Complaints Strategy 2020-2023", True),
    ("Complaints Strategy 2019-22", True),
    ("The report was published in July 2024.", False),
    ("Officers will find it in the Staff Handbook 2024.", False),
    ("Until March 2024 we had three stages.", False),
    ("It will be told each June, as it was in June 2024.", False),
    ("As planned, it opened on 2 January 2025.", False),
    ("Board minutes of 12 May 2024", False),
]
SETTLED = [
    ("The report will be published in July 2024.", "It was published on 2 July.", True),
    ("The lease expired in June 2023 and was renewed.", "", True),
    ("The report will be published in July 2024.", "It names ten lessons.", False),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_last_day(text: str, day: date | None) -> None:
    assert last_day(text) == day


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2089, 12, 31)))
def test_every_day_is_read_back_in_each_way_of_writing_it(day: date) -> None:
    for shape in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"):
        assert last_day(f"{day:{shape}}") == day
    end = last_day(f"{day:%B %Y}")
    assert end is not None and end >= day and (end + timedelta(days=1)).day == 1


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    assert last_day(text) is None or isinstance(last_day(text), date)


@pytest.mark.parametrize(("text", "due"), DUE)
def test_a_date_on_which_something_hung_is_told_from_others(text: str, due: bool) -> None:
    sentence = view(text).sentences[0]
    assert any(is_due(m, sentence, text) for m in sentence.mentions_of(Kind.DATE)) is due


@pytest.mark.parametrize(("text", "following", "settled"), SETTLED)
def test_what_came_of_it_settles_a_date(text: str, following: str, settled: bool) -> None:
    sentence = view(text).sentences[0]
    assert is_settled(sentence.mentions_of(Kind.DATE)[0], sentence, text, following) is settled


@pytest.mark.parametrize(
    "piece", ["will be in 2024 ", "to be due 2024, ", "policy 2020-2023 ", "by the end of the 2024 ", "review: 2024 "]
)
def test_a_hostile_cell_is_judged_in_time(piece: str) -> None:
    text = piece * (8_000 // len(piece))
    sentence = view(text).sentences[0]
    started = time.perf_counter()
    for mention in sentence.mentions_of(Kind.DATE):
        is_due(mention, sentence, text)
        is_settled(mention, sentence, text, "")
    assert time.perf_counter() - started < 5
