"""Clauses: the parts of a sentence that may each speak to a duty of their own."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.language.build import Models, look_at_rows
from evidencereview.language.clauses import clause_spans, parted_sentences
from evidencereview.language.parted import Parted
from evidencereview.provisions import load_pack
from evidencereview.records import Form
from made_reviews import made_row


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Letters state the outcome, give clear reasons and name any redress.",
            ["Letters state the outcome", "give clear reasons", "and name any redress."],
        ),
        ("A register is kept; it is read every month.", ["A register is kept", "it is read every month."]),
        ("We reply within ten days – the date goes in the log.", ["We reply within ten days", "the date goes in the log."]),
        ("Residents are told who decides when they ask us.", ["Residents are told", "when they ask us."]),
        ("All complaints are logged.", []),
        ("Yes, no, and so", []),
        ("", []),
    ],
)
def test_where_a_sentence_falls_into_clauses(text: str, parts: list[str]) -> None:
    assert list(Parted(text, clause_spans(text)).parts) == parts


@given(st.text(max_size=300))
def test_a_clause_stands_in_its_sentence(text: str) -> None:
    spans = clause_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(len(re.findall(r"\w+", part)) >= 3 for part in Parted(text, spans).parts)


@pytest.mark.parametrize(
    ("number", "evidence", "count"),
    [
        ("6.9", "Letters state the outcome, give clear reasons and name any redress.", 3),
        ("6.9", "As evidenced in our complaints policy, and in our complaint handling procedure.", 0),
        ("5.3", "There are two stages, each with a letter, and nothing comes before them.", 0),
        ("6.9", "", 0),
    ],
)
def test_clauses_are_wanted_where_there_are_duties_to_tell_apart(number: str, evidence: str, count: int) -> None:
    pack = load_pack("2024")
    (row,) = look_at_rows(Form("f", "jsonl", "", (made_row(number, evidence=evidence),)), pack, Models(None))
    assert sum(len(text.spans) for text in parted_sentences(row)) == count
