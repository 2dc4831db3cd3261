"""Whose form it is, as far as it says."""

import pytest

from evidencereview.batch.landlord import from_file_name, landlord_of
from evidencereview.records import Form, Note
from made_reviews import made_row


@pytest.mark.parametrize(
    ("notes", "texts", "expected"),
    [
        (["Elmwood Homes: self-assessment"], [], "Elmwood Homes"),
        (["London Borough of Harrowdale"], ["The Housing Ombudsman Service"], "London Borough of Harrowdale"),
        ([], ["At Copper Lane Housing Trust we reply.", "Copper Lane Housing Trust"], "Copper Lane Housing Trust"),
        ([], ["Mentioned once: Pine Homes."], "Rosehill"),
        ([], ["The Housing Ombudsman. The Housing Ombudsman."], "Rosehill"),
        ([], [], "Rosehill"),
        (["Borough of Stone and Vale"], [], "Borough of Stone and Vale"),
    ],
)  # fmt: skip
def test_landlord_of(notes: list[str], texts: list[str], expected: str) -> None:
    rows = tuple(made_row(f"5.{n}", n, evidence=text) for n, text in enumerate(texts, 1))
    told = tuple(Note("outside-table", text) for text in notes)
    assert landlord_of(Form("rosehill-2024", "docx", "0", rows, told)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("elm-homes-2024 FINAL", "Elm Homes"),
        ("CHC_self-assessment_LBH_v2", "LBH"),
        ("2024", "2024"),
        ("", ""),
        ("Oakmere complaint handling code self assessment (signed)", "Oakmere"),
    ],
)
def test_what_is_left_of_a_file_name(name: str, expected: str) -> None:
    assert from_file_name(name) == expected
