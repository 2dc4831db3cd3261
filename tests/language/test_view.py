"""What a view tells of its rows: which of them the map links, and the sentence in which words begin."""

from __future__ import annotations

import pytest

from evidencereview.errors import ModelError
from evidencereview.language.build import Models, build_view
from evidencereview.language.view import FormView
from evidencereview.provisions import load_pack
from evidencereview.records import Cell, Form, Span
from made_reviews import made_row


def look(*said: tuple[str, str]) -> FormView:
    rows = tuple(made_row(number, order=i, evidence=text) for i, (number, text) in enumerate(said, 1))
    return build_view(Form("f", "jsonl", "", rows), load_pack("2024"), Models(None))


def test_links_go_both_ways_and_to_every_row_of_a_provision() -> None:
    pack = load_pack("2024")
    share = pack.by_number["1.2"].shares[0]
    assert share.edition == "2024"
    view = look(("1.2", "One."), (share.number, "Two."), (share.number, "Three."), ("9.8", "Four."), ("77.1", "Five."))
    assert view.links == {(0, 1), (1, 0), (0, 2), (2, 0)}


def test_a_provision_of_another_edition_is_not_linked() -> None:
    pack = load_pack("2024")
    numbers = [each.number for each in pack.provisions]
    own = {(a.number, share.number) for a in pack.provisions for share in a.shares if share.edition == "2024"}
    view = look(*((number, "Done.") for number in numbers))
    assert view.links == {
        (i, j) for i, a in enumerate(numbers) for j, b in enumerate(numbers) if (a, b) in own or (b, a) in own
    }


@pytest.mark.parametrize(
    ("cell", "at", "words"),
    [
        (Cell.EVIDENCE, 0, "It is done."),
        (Cell.EVIDENCE, 12, "It is kept."),
        (Cell.EVIDENCE, 500, None),
        (Cell.COMMENTARY, 0, None),
    ],
)
def test_words_begin_in_a_sentence_or_in_none(cell: Cell, at: int, words: str | None) -> None:
    (row,) = look(("1.2", "It is done. It is kept.")).rows
    found = row.sentence_at(Span(cell, at, at + 2))
    assert (found.text if found else None) == words


def test_what_needs_an_encoder_says_so() -> None:
    with pytest.raises(ModelError, match="encoder is missing"):
        _ = Models(None).needed_encoder
