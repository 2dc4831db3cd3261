"""Damaged provision numbers at the beginning of lines: what each is, by the order of all."""

from __future__ import annotations

import pytest

from evidencereview.readers.interleaved.lines import read_lines
from evidencereview.readers.interleaved.marks import find_marks

ORDER = ("4.5", "4.6", "4.7", "4.8", "5.1", "5.9", "5.10", "5.11", "6.1")


def found(*texts: str) -> list[tuple[str, str]]:
    return [(mark.raw, mark.number) for mark in find_marks(read_lines(texts), ORDER)[1]]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("4.7", "4.7"), ("4. 7", "4.7"), ("4.7.", "4.7"), ("4,7", "4.7"), ("47", "4.7"), ("a7", "4.7"), ("A7", "4.7"),
        ("4:7", "4.7"), ("Section 4.7", "4.7"), ("(4.7)", "4.7"), ("4.T", "4.7"), (".7", "4.7"), ("7", "4.7"),
    ],
)  # fmt: skip
def test_one_damaged_number_between_two_plain_ones(printed, number):
    assert found("4.6 Landlords must", f"{printed} Landlords must", "4.8 Landlords must")[1] == (printed, number)


@pytest.mark.parametrize(
    ("printed", "number"), [("5.l0", "5.10"), ("5.1O", "5.10"), ("510", "5.10"), ("5l0", "5.10"), ("S.10", "5.10")]
)
def test_figures_read_as_letters(printed, number):
    assert found("5.9 A", f"{printed} B", "5.11 C")[1] == (printed, number)


@pytest.mark.parametrize(
    "text", ["7 working days are", "In 4.7 of them", "23/24.", "(1).pdf", "2022 (1).pdf", "a policy", "so it is", "I am"]
)
def test_what_is_no_number(text):
    assert found("4.6 Landlords must", text, "4.8 Landlords must") == [("4.6", "4.6"), ("4.8", "4.8")]


def test_order_decides_between_two_readings():
    assert found("4.8 A", "51 B", "5.9 C") == [("4.8", "4.8"), ("51", "5.1"), ("5.9", "5.9")]
    assert found("5.10 A", "5l1 B", "6.1 C") == [("5.10", "5.10"), ("5l1", "5.11"), ("6.1", "6.1")]


def test_a_number_out_of_order_is_a_reference():
    assert found("4.5 A", "4.6 B", "6.1 is where it stands", "4.7 C", "4.8 D", "5.1 E") == [
        ("4.5", "4.5"), ("4.6", "4.6"), ("4.7", "4.7"), ("4.8", "4.8"), ("5.1", "5.1"),
    ]  # fmt: skip


def test_nothing_is_found_in_nothing():
    assert found() == []
    assert found("", "no numbers here") == []
    assert find_marks(read_lines(["4.5 A"]), ()) == (0.0, ())
