from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.readers.numbers import infer, is_number, lost_zero, read_number, section_of


@pytest.mark.parametrize(
    ("text", "raw", "number", "rest"),
    [
        ("1.2", "1.2", "1.2", ""),
        ("5.10", "5.10", "5.10", ""),
        (" 6.14. ", "6.14.", "6.14", ""),
        ("6. 14", "6. 14", "6.14", ""),
        ("6.l4", "6.l4", "6.14", ""),
        ("6,14", "6,14", "6.14", ""),
        ("Section 6.14", "Section 6.14", "6.14", ""),
        ("Code provision 6.14", "Code provision 6.14", "6.14", ""),
        ("§ 6.14", "§ 6.14", "6.14", ""),
        ("(6.14)", "(6.14)", "6.14", ""),
        ("1.2 The words behind", "1.2", "1.2", "The words behind"),
        ("3.2.1", "3.2.1", "3.2.1", ""),
    ],
)
def test_numbers_as_printed(text, raw, number, rest):
    found = read_number(text)
    assert found is not None
    assert (found.raw, found.number, found.rest) == (raw, number, rest)
    assert is_number(text) is (not rest)


@pytest.mark.parametrize(
    "text", ["", "Yes", "5", "1.0", "0.5", "2024", "12.05.2024", "£1.20", "1.2m pounds", "v1.2", "a 1.2"]
)
def test_no_numbers(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("numbers", "sections", "filled"),
    [
        (["9.6", "", "9.8"], [9, 9, 9], "9.7"),
        (["7.4", "", "8.2"], [7, 8, 8], "8.1"),
        (["7.4", "", "8.2"], [7, 0, 8], "8.1"),
        (["7.4", "", "8.1"], [7, 0, 8], "7.5"),
        (["9.7", ""], [9, 9], "9.8"),
        (["", "1.3"], [0, 1], "1.2"),
        (["1.3", "", "1.6", "1.4"], [1, 0, 1, 1], "1.5"),
        (["5.9", "", "5.11"], [0, 0, 0], "5.10"),
        ([""], [3], "3.1"),
        ([""], [0], ""),
    ],
)
def test_lost_number_from_its_neighbours(numbers, sections, filled):
    assert infer(numbers, sections)[numbers.index("")] == filled


def test_two_lost_numbers_in_a_row():
    assert infer(["2.1", "", "", "2.4"], [2, 2, 2, 2]) == ["2.1", "2.2", "2.3", "2.4"]


def test_expected_numbers_decide():
    expected = ["1.3", "1.6", "1.7"]
    assert infer(["1.3", "", "1.7"], [1, 1, 1], expected) == ["1.3", "1.6", "1.7"]
    assert infer(["", "1.6"], [1, 1], expected)[0] == "1.3"


@pytest.mark.parametrize(
    ("previous", "number", "following", "twice", "restored"),
    [
        ("5.9", "5.1", "5.11", False, "5.10"),
        ("6.19", "6.2", "7.1", False, "6.20"),
        ("4.9", "4.1", "4.16", True, "4.10"),
        ("5.17", "5.2", "5.2", True, "5.20"),
        ("4.9", "5.1", "5.2", False, ""),
        ("1.9", "1.10", "1.11", False, ""),
        ("", "5.1", "5.2", True, ""),
        ("5.1", "5.2", "5.3", False, ""),
    ],
)
def test_zero_that_a_spreadsheet_dropped(previous, number, following, twice, restored):
    assert lost_zero(previous, number, following, twice=twice) == restored


@given(st.lists(st.sampled_from(["", "1.2", "1.3", "2.1", "2.10", "9.9"]), max_size=12), st.data())
def test_inference_keeps_what_is_printed(numbers, data):
    sections = [data.draw(st.integers(0, 9)) for _ in numbers]
    filled = infer(numbers, sections)
    assert len(filled) == len(numbers)
    assert all(after == before for before, after in zip(numbers, filled, strict=True) if before)


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_none(text):
    found = read_number(text)
    if found is not None:
        assert section_of(found.number) > 0
