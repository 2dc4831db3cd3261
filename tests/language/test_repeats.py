"""Repeated sentences, against the definition written out plainly."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st
from views import view

from evidencereview.language.repeats import normal_form, repeated_sentences
from evidencereview.language.verbs import has_verb

WORDS = ["we", "keep", "letters", "letter", "policy", "is", "applied", "10", "20", "staff", "are", "trained", "daily"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(lambda words: "We keep " + " ".join(words) + ".")
FORMS = st.lists(st.lists(SENTENCES, min_size=0, max_size=2), min_size=3, max_size=6)


def plain(text: str) -> tuple[list[str], str]:
    low = re.sub(r"[^\w\s]", " ", text.lower())
    return re.findall(r"\d+", low), " ".join(re.sub(r"\d+", " ", low).split())


def ratios(one: str, other: str) -> list[float]:
    """difflib's ratio depends on the order of its arguments, so there are two."""
    (numbers, a), (others, b) = plain(one), plain(other)
    if numbers != others:
        return [0.0]
    return [SequenceMatcher(None, a, b).ratio(), SequenceMatcher(None, b, a).ratio()]


@given(FORMS)
def test_rows_are_those_of_the_definition(form: list[list[str]]) -> None:
    rows = [view(" ".join(cell), index=i) for i, cell in enumerate(form)]
    counted = [(i, s) for i, cell in enumerate(form) for s in cell if len(s.split()) >= 3]
    certain = {i for i, s in counted if len({j for j, t in counted if min(ratios(s, t)) >= 0.90}) >= 3}
    possible = {i for i, s in counted if len({j for j, t in counted if max(ratios(s, t)) >= 0.90}) >= 3}
    assert certain <= set(repeated_sentences(rows)) <= possible


def test_two_rows_are_not_enough_and_one_row_thrice_is_one() -> None:
    two = [view("Staff are trained yearly.", index=i) for i in range(2)]
    assert not repeated_sentences(two)
    assert not repeated_sentences([view("Staff are trained. Staff are trained. Staff are trained.")])


def test_bare_titles_short_sentences_and_other_numbers_do_not_count() -> None:
    for text in ("Complaints Policy", "See policy.", "Complaints Policy | Tarnfold", "https://www.tarnfold.example/policy"):
        assert not repeated_sentences([view(text, index=i) for i in range(3)])
    assert not repeated_sentences([view(f"We answer within {n} days.", index=n) for n in range(3)])


def test_near_sentences_in_three_rows_count_and_the_words_are_returned() -> None:
    texts = (
        "The officer rings each tenant first.",
        "The officer rings each tenant first",
        "The officers ring each tenant first.",
    )
    found = repeated_sentences([view(text, index=i) for i, text in enumerate(texts)])
    assert {i: s[0].text for i, s in found.items()} == dict(enumerate(texts))


def test_normal_form() -> None:
    assert normal_form("We ANSWER, within 10 days!") == (("10",), "we answer within days")


def test_has_verb() -> None:
    prose = (
        "We answer within 10 days",
        "The Head of Governance sees to it.",
        "Council reserves this",
        "It varies",
        "STAFF ARE TRAINED",
    )
    titles = (
        "Complaints Policy",
        "Code of Conduct",
        "Annual Report 2024",
        "Large print copies",
        "Conditions of Use and Let",
    )
    assert [text for text in prose if not has_verb(text)] == []
    assert [text for text in titles if has_verb(text)] == []
