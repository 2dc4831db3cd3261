"""Parts of a text, and which of its pieces each holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.language.parted import Parted, piece_ranges

# "We reply. Soon." with a mark at either end.
OFFSETS = [(0, 0), (0, 2), (3, 8), (8, 9), (10, 14), (14, 15), (0, 0)]


@pytest.mark.parametrize(
    ("span", "pieces"),
    [
        ((0, 2), (1, 2)),
        ((0, 9), (1, 4)),
        ((10, 15), (4, 6)),
        ((5, 12), (2, 5)),
        ((9, 10), (4, 4)),
        ((15, 30), (6, 6)),
        ((0, 15), (1, 6)),
    ],
)
def test_the_pieces_that_a_span_holds(span: tuple[int, int], pieces: tuple[int, int]) -> None:
    assert piece_ranges(OFFSETS, [span]) == (pieces,)


def test_a_text_without_pieces() -> None:
    assert piece_ranges([(0, 0), (0, 0)], [(0, 3)]) == ((0, 0),)
    assert piece_ranges(OFFSETS, []) == ()


@given(st.integers(0, 20), st.integers(1, 20))
def test_a_piece_is_held_where_it_shares_a_character(start: int, length: int) -> None:
    ((first, last),) = piece_ranges(OFFSETS, [(start, start + length)])
    shared = [i for i, (a, b) in enumerate(OFFSETS) if a < b and a < start + length and b > start]
    assert list(range(first, last)) == shared


def test_parts_in_words() -> None:
    assert Parted("We reply. Soon.", ((0, 8), (10, 14))).parts == ("We reply", "Soon")
