"""What counts as a locator, a particular, a loose source, and a pointer at another row."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from views import view

from evidencereview.language.facts import locators, loose_sources, particulars
from evidencereview.language.row_pointers import row_pointers
from evidencereview.provisions import load_pack

NUMBERS = frozenset({"2.1", "2.2", "3.2", "5.6", "5.9", "6.2", "6.4", "7.2"})

LOCATORS = [
    ("Complaints Policy, clause 2.1", ["clause 2.1"]),
    ("Complaints Policy section 5.6", ["section 5.6"]),
    ("Complaints Policy, March 2024", ["March 2024"]),
    ("Complaints Policy Feb 24", ["Feb 24"]),
    ("Complaints Policy v4", ["v4"]),
    ("See section 5.6 of this form.", []),
    ("See section 5.6 above.", []),
    ("We follow section 4 of the Code.", []),
    ("Complaints Policy", []),
    ("We met in March 2024.", []),
]
POINTERS = [
    ("As per 5.6", ["5.6"]),
    ("see 5,6", ["5,6"]),
    ("cf. 2.1", ["2.1"]),
    ("(5.6 refers)", ["5.6"]),
    ("5.6", ["5.6"]),
    ("The letter is the same as 5.6.", ["5.6"]),
    ("Our plan outlined in section 7.2 helps.", ["section 7.2"]),
    ("See section 5.6.", ["section 5.6"]),
    ("Covered at 2.1 and 2.2", ["2.1", "2.2"]),
    ("Complaints Policy 5.6", []),
    ("The policy says so in section 5.6.", []),
    ("See section 5.6 of our procedure.", []),
    ("Procedure, section 6. Section 6.2 names the form.", []),
    ("The letter meets provision 5.6.", []),
    ("As 5.6 of the Code asks, we ring.", []),
    ("The mean was 7.2 days.", []),
    ("Extended under 6.4 in nine cases.", []),
    ("As per 3.2", []),  # its own number
    ("As per 9.9", []),  # no row of the form
    ("Each point gets an answer of its own, read by a second officer (see also 5.6).", []),
]


@pytest.mark.parametrize(("text", "words"), LOCATORS)
def test_locators(text: str, words: list[str]) -> None:
    assert [m.text for m in locators(view(text), NUMBERS)] == words


@pytest.mark.parametrize(("text", "words"), POINTERS)
def test_row_pointers(text: str, words: list[str]) -> None:
    assert [text[start:end] for _, start, end in row_pointers(view(text), NUMBERS)] == words


def test_a_section_that_the_other_cell_cites_is_a_documents() -> None:
    row = view("Handling Procedure v4, section 6", "Section 6.2 has seven folders a case.")
    assert not list(row_pointers(row, NUMBERS))
    assert list(row_pointers(view("Handling Procedure v4", "Arrangements described in section 6.2."), NUMBERS))


def test_particulars_are_what_could_be_checked() -> None:
    row = view("On 3 June 2025 we paid £40; ring 0151 496 0000. As per 5.6 it takes long.")
    assert [m.text for m in particulars(row)] == ["3 June 2025", "£40", "0151 496 0000"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We answer within 10 working days.", []),
        ("We answer within ten working days.", []),
        ("We answer within 8 working days.", ["8 working days"]),
        ("Letters leave within three working days.", ["three working days"]),
        ("The council looks back twelve months.", ["twelve months"]),
    ],
)
def test_a_length_of_time_that_the_requirement_prints_is_no_particular(text: str, found: list[str]) -> None:
    row = view(text)
    asked = replace(row, row=replace(row.row, requirement="An answer is due within ten (10) working days."))
    assert [m.text for m in particulars(asked)] == found


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("Quarterly reports go to the board.", []),
        ("A quarterly report goes to the board.", []),
        ("Our policy says so, and reports go to the board.", ["Our policy says so, and reports go to the board."]),
    ],
)
def test_what_the_provision_asks_for_is_no_source_be_it_one_or_many(text: str, loose: list[str]) -> None:
    row = replace(view(text), provision=load_pack("2024").by_number["9.7"])
    assert [s.text for s in loose_sources(row)] == loose


def test_a_loose_source_is_one_that_is_leaned_on_first() -> None:
    found = loose_sources(view("We like our policy. As set out in our procedure. The sun shines."))
    assert [s.text for s in found] == ["As set out in our procedure.", "We like our policy."]
    assert not loose_sources(view("The sun shines."))


@pytest.mark.parametrize(
    "piece", ["see 5.6 ", "as per section 5.6 ", "policy plan 5.6, ", "same a a a as 5.6 ", "of the the the the 5.6 "]
)
def test_a_hostile_cell_is_judged_in_time(piece: str) -> None:
    row = view(piece * (8_000 // len(piece)))
    started = time.perf_counter()
    list(row_pointers(row, NUMBERS))
    locators(row, NUMBERS)
    assert time.perf_counter() - started < 5
