"""What is found in a cell: kinds, exact words, and no more time than the cell's length deserves."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.language.mentions import Kind, find_mentions

FOUND = [
    ("See clause 4.2(b) of the policy.", Kind.SECTION, "clause 4.2(b)"),
    ("Handbook, page 17", Kind.SECTION, "page 17"),
    ("Plan, appendix C", Kind.SECTION, "appendix C"),
    ("It stands under the heading Remedies there.", Kind.NAMED_PART, "under the heading Remedies"),
    ("On our website under the 'fees' and the 'help' pages.", Kind.NAMED_PART, "under the 'fees' and the 'help' pages"),
    ("Complaints Policy v3.1", Kind.VERSION, "v3.1"),
    ("At https://www.tarnfold.example/complaints.", Kind.ADDRESS, "https://www.tarnfold.example/complaints."),
    ("Complaints Policy | Tarnfold Homes", Kind.LINK_LABEL, "Complaints Policy | Tarnfold Homes"),
    ("Tarnfold Policy.pdf", Kind.LINK_LABEL, "Tarnfold Policy.pdf"),
    ("Write to help@tarnfold.example", Kind.EMAIL, "help@tarnfold.example"),
    ("Ring 0151 496 0000", Kind.PHONE, "0151 496 0000"),
    ("On 3rd of June 2025 it began", Kind.DATE, "3rd of June 2025"),
    ("Template Feb 24 (new)", Kind.DATE, "Feb 24"),
    ("since 6 March 24", Kind.DATE, "6 March 24"),
    ("during 2023/24", Kind.DATE, "2023/24"),
    ("Strategy 2024-27", Kind.DATE, "2024-27"),
    ("by 2024-05-31", Kind.DATE, "2024-05-31"),
    ("in Q3 2025", Kind.DATE, "Q3 2025"),
    ("by easter 2026", Kind.DATE, "easter 2026"),
    ("97.5% in time", Kind.FIGURE, "97.5%"),
    ("up to £1,250 each", Kind.FIGURE, "£1,250"),
    ("we trained 42 new officers", Kind.FIGURE, "42 new officers"),
    ("within ten working days", Kind.LIMIT, "ten working days"),
    ("as per 5.6", Kind.PROVISION, "5.6"),
]  # fmt: skip
NOT_FOUND = [
    ("Residents may 20 days later reply", Kind.DATE),
    ("The Equality Act 2010 counts", Kind.DATE),
    ("£5.60 was paid", Kind.PROVISION),
    ("5.6% of them", Kind.PROVISION),
    ("on 5.6.2024", Kind.PROVISION),
    ("stage 2 complaints", Kind.FIGURE),
    ("the clause says", Kind.SECTION),
    ("It is called 'our way' in 40 pages", Kind.NAMED_PART),
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_a_mention_is_found_with_its_words(text: str, kind: Kind, words: str) -> None:
    assert (kind, words) in [(m.kind, m.text) for m in find_mentions(text)]


@pytest.mark.parametrize(("text", "kind"), NOT_FOUND)
def test_a_look_alike_is_left_alone(text: str, kind: Kind) -> None:
    assert kind not in [m.kind for m in find_mentions(text)]


@given(st.text(alphabet="aA19 .,/-–£%()|:'\nMay24clausevpagehttps@", max_size=200))
def test_words_are_those_of_the_cell_and_do_not_overlap(text: str) -> None:
    mentions = find_mentions(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    plain = [m for m in mentions if m.kind is not Kind.LINK_LABEL]
    assert all(one.end <= other.start for one, other in pairwise(plain))


@pytest.mark.parametrize(
    "piece", ["A", "Aa ", "a.", "1", "1.", "1/", "20", "£1,", "www.a", "Policy ", "May 2", "‘A", "under the heading "]
)
def test_a_hostile_cell_is_read_in_time(piece: str) -> None:
    started = time.perf_counter()
    find_mentions(piece * (20_000 // len(piece)))
    assert time.perf_counter() - started < 5
