"""Who does something in a row, or is given it; and who merely is or knows."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from views import view

from evidencereview.language.acting import acting_roles


@pytest.mark.parametrize(
    ("text", "acting"),
    [
        ("Directors sign off every stage 2 letter.", ["Directors"]),
        ("Stage 2 is looked at by the Complaints Manager.", ["Complaints Manager"]),
        ("Signed off by our Head of Homes.", ["Head of Homes"]),
        ("The Housing Ombudsman is named in each letter.", []),
        ("Letters go to the Complaints Manager.", ["Complaints Manager"]),
        ("A lead officer is in post.", []),
        ("The Repairs Team oversees this.", ["Repairs Team"]),
        ("Repairs officers triage each call and directors decide.", ["Repairs officers", "directors"]),
        ("The Resolution Team are trained and competent in this.", []),
        ("The Resolution Team is fully aware of these rules.", []),
        ("The Resolution Team are empowered to put things right.", []),
        ("The Resolution Team comprises people of many trades.", []),
        ("The Resolution Team have received regular refresher training.", []),
        ("The Resolution Team has the authority it needs.", []),
        ("The Resolution Team is told of each delay.", ["Resolution Team"]),
        ("The Resolution Team has chased every promise.", ["Resolution Team"]),
        ("The Resolution Team will always ring first.", ["Resolution Team"]),
        ("The Resolution Team ensures that this is met.", []),
        ("Each letter is read by a member of the Resolution Team.", ["Resolution Team"]),
        ("Themes are reported monthly to the Scrutiny Panel.", ["Scrutiny Panel"]),
        ("Lessons are shared with the Repairs Team.", ["Repairs Team"]),
        ("Residents write to the Resolution Team.", []),
        ("Residents complain by email to the Resolution Team.", []),
        ("Residents can contact the Resolution Team as soon as they wish.", []),
        ("Resolution Team members are kind.", []),
        ("The Resolution Team do not look at these.", []),
        ("The Resolution Team is not told.", []),
        ("The Resolution Manager reviewed each case.", ["Resolution Manager"]),
        ("The Resolution Manager now reviews each case.", ["Resolution Manager"]),
        ("Themes are presented every quarter to the Scrutiny Panel.", ["Scrutiny Panel"]),
        ("Signed off by  the  Resolution Manager.", ["Resolution Manager"]),
    ],
)
def test_who_does_something(text: str, acting: list[str]) -> None:
    row = view(text)
    asked = replace(row, row=replace(row.row, requirement="The landlord has a lead officer for complaints."))
    assert [name.removeprefix("the ") for name in acting_roles(asked)] == acting


@pytest.mark.parametrize(
    "piece", ["by a member of the ", "reported every to the ", "The Repairs Team also always ", "Repairs Team has been the "]
)
def test_a_hostile_cell_is_judged_in_time(piece: str) -> None:
    row = view(piece * (8_000 // len(piece)))
    started = time.perf_counter()
    acting_roles(row)
    assert time.perf_counter() - started < 5
