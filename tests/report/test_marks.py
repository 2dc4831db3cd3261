"""Marked words stay on the very words, whatever overlaps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.records import Cell
from evidencereview.report.marks import Piece, excerpt, marked_cell, pieces
from made_reviews import made_finding, made_item, made_row


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], []),
        ([(0, 3)], ["one"]),
        ([(4, 7), (0, 3)], ["one", "two"]),
        ([(0, 5), (4, 7)], ["one two"]),
        ([(0, 4), (4, 7)], ["one two"]),
        ([(0, 7), (1, 2)], ["one two"]),
        ([(8, 99)], ["three"]),
        ([(5, 5), (7, 2), (50, 60), (-4, -1)], []),
    ],
)
def test_spans(spans: list[tuple[int, int]], marked: list[str]) -> None:
    parts = pieces("one two three", spans)
    assert [part.text for part in parts if part.marked] == marked


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=5))
def test_pieces_join_to_the_text_again(text: str, spans: list[tuple[int, int]]) -> None:
    parts = pieces(text, spans)
    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts)
    assert all(a.marked != b.marked for a, b in pairwise(parts))


def test_marks_count_code_points() -> None:
    row = made_row(evidence="👍🏽 we aim to answer")
    item = made_item(row, findings=(made_finding(row, "hedged-practice", "ER302", "aim to answer"),))
    assert [part.text for part in marked_cell(item, Cell.EVIDENCE) if part.marked] == ["aim to answer"]
    assert [part.marked for part in marked_cell(item, Cell.ANSWER)] == [False]


def test_excerpt_keeps_the_marked_words_and_says_where_it_cut() -> None:
    text = "start " * 100 + "MARK" + " end" * 100
    parts = excerpt(pieces(text, [(600, 604)]))
    shown = "".join(part.text for part in parts)
    assert parts[1] == Piece("MARK", True)
    assert shown.startswith("…") and shown.endswith("…")
    assert 100 < len(shown) < 200
    assert set(shown.replace("…", "").split()) == {"start", "MARK", "end"}


@pytest.mark.parametrize("spans", [[], [(0, 40_000)], [(10, 20), (30_000, 30_010)]])
@pytest.mark.parametrize("text", ["x" * 40_000, "word " * 8000])
def test_excerpt_is_short_whatever_the_cell(text: str, spans: list[tuple[int, int]]) -> None:
    parts = excerpt(pieces(text, spans))
    assert 0 < sum(len(part.text) for part in parts) < 700
    assert "…" in "".join(part.text for part in parts)


def test_a_short_cell_is_shown_whole() -> None:
    parts = pieces("We aim to answer.", [(3, 6)])
    assert excerpt(parts) == parts
