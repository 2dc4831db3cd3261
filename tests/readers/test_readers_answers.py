from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.readers.answers import is_answer, read_answer
from evidencereview.records import Answer

YES, NO, PARTIAL, NA, BLANK = Answer.YES, Answer.NO, Answer.PARTIAL, Answer.NOT_APPLICABLE, Answer.BLANK

PLAIN = [
    ("Yes", YES), ("YES", YES), ("yes.", YES), ("Y", YES), ("y", YES), (" Yes \n", YES), ("✓", YES),
    ("✔", YES), ("☑", YES),
    ("Compliant", YES), ("Fully compliant", YES), ("Yes - fully compliant", YES), ("Met", YES),
    ("TRUE", YES), ("[x]", YES),
    ("“Yes”", YES), ("Yes!", YES),
    ("No", NO), ("N", NO), ("no.", NO), ("Non-compliant", NO), ("non compliant", NO), ("Not compliant", NO), ("✗", NO),
    ("Not met", NO), ("Not yet", NO), ("No – not yet", NO), ("FALSE", NO),
    ("Partial", PARTIAL), ("Partially", PARTIAL), ("Partially compliant", PARTIAL), ("In part", PARTIAL),
    ("partly.", PARTIAL),
    ("Yes / Partial", PARTIAL), ("Yes/Partial", PARTIAL), ("Yes and No", PARTIAL), ("Working towards", PARTIAL),
    ("Not fully", PARTIAL), ("Yes (partially)", PARTIAL), ("Mostly", PARTIAL),
    ("N/A", NA), ("n/a", NA), ("NA", NA), ("N / A", NA), ("n.a.", NA), ("Not applicable", NA), ("Not Applicable.", NA),
    ("", BLANK), ("  ", BLANK), ("-", BLANK), ("–", BLANK), ("…", BLANK), ("?", BLANK),
    ("☒ Yes ☐ No", YES), ("☐ Yes ☒ No", NO), ("☐Yes ☑No ☐N/A", NO), ("[x] Yes [ ] No", YES),
    ("☐ Yes ☐ No ☒ Partial", PARTIAL),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "meaning"), PLAIN)
def test_plain_answers(raw, meaning):
    reading = read_answer(raw)
    assert reading.answer is meaning
    assert reading.remainder == ""
    assert reading.doubt == ""
    assert is_answer(raw) is (meaning is not BLANK)


@pytest.mark.parametrize(
    "raw",
    [
        "Yes, for the Complaints team",
        "Yes, but not at the weekend",
        "Yes – except for leaseholders",
        "Yes where the resident agrees",
        "Yes (once the new system is live)",
        "Yes, subject to the board's approval",
        "Yes in principle",
    ],
)
def test_qualified_yes_is_partial(raw):
    reading = read_answer(raw)
    assert (reading.answer, reading.remainder, reading.doubt) == (PARTIAL, "", "")


@pytest.mark.parametrize(
    ("raw", "meaning", "remainder"),
    [
        ("Yes – see policy 3.1", YES, "see policy 3.1"),
        ("Yes. Our handbook covers it.", YES, "Our handbook covers it."),
        ("Yes see the handbook", YES, "see the handbook"),
        ("Yes, when a call comes in we log it", YES, "when a call comes in we log it"),
        ("Yes, for example the rota of May", YES, "for example the rota of May"),
        ("Y - rota of May", YES, "rota of May"),
        ("Yes\nHandbook, page 2", YES, "Handbook, page 2"),
        ("No, the rota starts in June", NO, "the rota starts in June"),
        ("N/A – we have no such stage", NA, "we have no such stage"),
        ("Partial: two depots to go", PARTIAL, "two depots to go"),
        ("Compliant - audited in May", YES, "audited in May"),
        ("✓ Handbook", YES, "Handbook"),
        ("☒ Yes ☐ No see annex", YES, "see annex"),
    ],
)
def test_evidence_in_the_answer_cell(raw, meaning, remainder):
    reading = read_answer(raw)
    assert (reading.answer, reading.remainder) == (meaning, remainder)
    assert not is_answer(raw)


@pytest.mark.parametrize(
    "raw",
    ["TBC", "to be confirmed", "Yes/No", "Yes / No", "Y/N", "Choose an item.", "☐ Yes ☐ No", "☒ Yes ☒ No", "x",
     "Ask Priya", "N. Marrow", "Y block", "No concerns were raised", "Partial refunds are paid", "42"],
)  # fmt: skip
def test_no_answer_is_blank_and_says_why(raw):
    reading = read_answer(raw)
    assert reading.answer is BLANK
    assert reading.doubt
    assert not is_answer(raw)


@given(st.text(max_size=200))
def test_any_text_has_a_meaning_and_loses_nothing(raw):
    reading = read_answer(raw)
    assert isinstance(reading.answer, Answer)
    if reading.remainder and "☐" not in raw:
        assert reading.remainder in raw or raw.strip().endswith(reading.remainder[-1])
