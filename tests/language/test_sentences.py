"""Sentences of a cell: where they end, and that no word is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.language.nlp import cell_sentences
from evidencereview.language.view import SentenceKind
from evidencereview.records import Cell

CELLS = [
    ("We ring. We write.", ["We ring.", "We write."]),
    ("We ring e.g. on Mondays. Then we write.", ["We ring e.g. on Mondays.", "Then we write."]),
    ("See para. 4 of the policy.", ["See para. 4 of the policy."]),
    ("Version 2.3 is in use.", ["Version 2.3 is in use."]),
    ("• We ring\n• We write", ["• We ring", "• We write"]),
    ("One line\nAnother line", ["One line", "Another line"]),
    ("It is online.We ring.", ["It is online.", "We ring."]),
    ("“It is done.” We ring.", ["“It is done.”", "We ring."]),
    ("Mrs J. Lane rings. She writes.", ["Mrs J. Lane rings.", "She writes."]),
    ("We ring. Tarnfold Policy | Tarnfold Homes", ["We ring.", "Tarnfold Policy | Tarnfold Homes"]),
    ("   ", []),
    ("...", []),
]
KINDS = [
    ("We ring each tenant.", SentenceKind.PROSE),
    ("Complaints Policy", SentenceKind.TITLE),
    ("Complaints Policy | Tarnfold Homes", SentenceKind.LINK),
    ("https://www.tarnfold.example/complaints", SentenceKind.LINK),
]


@pytest.mark.parametrize(("text", "sentences"), CELLS)
def test_a_cell_is_split(text: str, sentences: list[str]) -> None:
    assert [s.text for s in cell_sentences(text, Cell.EVIDENCE)] == sentences


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: SentenceKind) -> None:
    assert [s.kind for s in cell_sentences(text, Cell.EVIDENCE)] == [kind]


@given(st.text(alphabet=st.sampled_from("aB1 .,;:!?\n\t•-–|()'\"“”…😀é\u200b"), max_size=80))
def test_spans_hold_the_text_in_order_and_every_word_is_kept(text: str) -> None:
    sentences = cell_sentences(text, Cell.COMMENTARY)
    # White space is made even in the sentence's text; the span keeps the cell's own.
    assert all(text[s.start : s.end].split() == s.text.split() and s.cell is Cell.COMMENTARY for s in sentences)
    assert all(one.end <= other.start for one, other in pairwise(sentences))
    covered = {i for s in sentences for i in range(s.start, s.end)}
    assert all(i in covered for i, character in enumerate(text) if character.isalnum())
