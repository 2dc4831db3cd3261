"""Which sentences of two rows the cross-encoder is asked about: linked rows first, one pair for two rows, only so many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidencereview.language.build import build_view
from evidencereview.language.candidate_pairs import candidate_pairs
from evidencereview.language.pair_texts import texts_of
from evidencereview.language.view import FormView
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Form
from made_reviews import made_row
from toy_models import toy_models

LIMIT = "Stage 1 answers are sent within ten working days of the acknowledgement."
OTHER = "Stage 1 answers are sent within fifteen working days of the acknowledgement."


def look(*said: tuple[str, str], answers: dict[str, Answer] | None = None) -> FormView:
    given = answers or {}
    rows = tuple(
        replace(made_row(number, order=i, evidence=text), answer=given.get(number, Answer.YES))
        for i, (number, text) in enumerate(said, 1)
    )
    return build_view(Form("f", "jsonl", "", rows), load_pack("2024"), toy_models())


def test_two_figures_for_one_thing_come_together() -> None:
    view = look(("6.3", f"The policy is on the website. {LIMIT}"), ("6.4", OTHER))
    (pair,) = candidate_pairs(view)
    assert texts_of(view, pair) == (f"yes. {LIMIT}", f"yes. {OTHER}")


@pytest.mark.parametrize(
    ("said", "other"),
    [
        (LIMIT, ""),  # nothing is said
        (LIMIT, "Yes indeed."),  # too short to exclude anything
        (LIMIT, "Lifts have their own engineer every autumn."),  # of another thing
    ],
)
def test_sentences_that_cannot_meet_stay_apart(said: str, other: str) -> None:
    assert candidate_pairs(look(("6.3", said), ("6.4", other))) == ()


def test_two_rows_that_both_say_no_claim_nothing() -> None:
    both = {"6.3": Answer.NO, "6.4": Answer.NO}
    assert candidate_pairs(look(("6.3", LIMIT), ("6.4", OTHER), answers=both)) == ()
    assert len(candidate_pairs(look(("6.3", LIMIT), ("6.4", OTHER), answers={"6.3": Answer.NO}))) == 1


def test_rows_without_a_link_stay_apart() -> None:
    pack = load_pack("2024")
    assert not any(share.number == "9.8" and share.edition == "2024" for share in pack.by_number["3.2"].shares)
    assert candidate_pairs(look(("3.2", LIMIT), ("9.8", OTHER))) == ()


def test_sentences_that_say_the_same_cannot_clash() -> None:
    assert candidate_pairs(look(("6.3", LIMIT), ("6.4", LIMIT))) == ()


def test_only_the_likeliest_are_asked_about() -> None:
    numbers = load_pack("2024").numbers
    view = look(
        *((number, f"Answers are sent within {i} working days of the acknowledgement.") for i, number in enumerate(numbers))
    )
    chosen = candidate_pairs(view, 7)
    assert len(chosen) == 7
    assert chosen == candidate_pairs(view, 12)[:7]
    assert all(pair.row < pair.other for pair in chosen)


def test_a_form_without_vectors_or_words_has_none() -> None:
    assert candidate_pairs(replace(look(("6.3", LIMIT), ("6.4", OTHER)), vectors=None)) == ()
    assert candidate_pairs(look(("6.3", ""), ("6.4", ""))) == ()
