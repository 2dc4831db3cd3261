from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from evidencereview.errors import LabelError
from evidencereview.records import Answer, Row
from evidencereview.training.baselines import (
    answer_baseline,
    cosine_baseline,
    keyword_baseline,
    length_baseline,
    tfidf_baseline,
)
from evidencereview.training.evaluate import evaluate_reviews
from evidencereview.training.judgements import Judge, Judgement
from evidencereview.training.labels import FLAGS, load_labels
from evidencereview.training.ranking import simple_tier

from .invented import a_label, a_row, review_that_says

SHARED = Path(__file__).parents[3] / "shared"


class LetterEncoder:
    """A toy: one dimension a letter, so that texts of the same letters point the same way."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float64]:
        letters = "abcdefghijklmnopqrstuvwxyz"
        counts = np.array([[text.lower().count(letter) for letter in letters] for text in texts], dtype=float)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


JUDGES: dict[str, Judge] = {
    "keywords": keyword_baseline,
    "answer": answer_baseline,
    "length": length_baseline,
    "cosine": cosine_baseline(LetterEncoder()),
}


def said_of(judgements: Sequence[Judgement], number: str) -> Judgement:
    return next(judgement for judgement in judgements if judgement.provision == number)


@pytest.mark.parametrize(
    ("text", "answer", "flag"),
    [
        ("", Answer.YES, "missing-evidence"),
        ("N/A", Answer.YES, "missing-evidence"),
        ("Our register is kept.", Answer.BLANK, "missing-answer"),
        ("We have not got round to it.", Answer.NO, "unexplained-no"),
        ("See our Complaints Policy.", Answer.YES, "generic-reference"),
        ("This is standard practice.", Answer.YES, "bare-assertion"),
        ("As above.", Answer.YES, "cross-reference"),
        ("The leaflet is attached.", Answer.YES, "dangling-pointer"),
        ("The procedure will be reviewed.", Answer.YES, "future-commitment"),
        ("We aim to reply in time.", Answer.YES, "hedged-practice"),
        ("Calls are not currently logged.", Answer.YES, "admitted-gap"),
    ],
)
def test_keywords_fire(text: str, answer: Answer, flag: str) -> None:
    (judgement,) = keyword_baseline([a_row("1.2", text, answer=answer)])
    assert flag in judgement.flags


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("See our Complaints Policy, section 4.", "generic-reference"),
        ("Each case is logged within 2 days by the Head of Customer Care.", "bare-assertion"),
        ("The register is kept by our secretary.", "future-commitment"),
    ],
)
def test_keywords_stay_quiet(text: str, flag: str) -> None:
    (judgement,) = keyword_baseline([a_row("1.2", text)])
    assert flag not in judgement.flags


def test_a_no_with_reason_and_date_is_explained() -> None:
    (judgement,) = keyword_baseline([a_row("1.2", "Not held because of moves; done by June.", answer=Answer.NO)])
    assert "unexplained-no" not in judgement.flags


def test_keywords_find_a_sentence_that_stands_in_three_rows() -> None:
    rows = [a_row(f"1.{n}", f"Case {n} is closed. We keep a full register here.") for n in range(1, 4)]
    assert {each.words.get("boilerplate") for each in keyword_baseline(rows)} == {"We keep a full register here."}
    assert not any("boilerplate" in judgement.flags for judgement in keyword_baseline(rows[:2]))


def test_the_answer_alone_puts_the_blank_first() -> None:
    rows = [a_row("1.2"), a_row("1.3", answer=Answer.BLANK), a_row("1.4", answer=Answer.NO)]
    judged = answer_baseline(rows)
    assert [judgement.provision for judgement in judged] == ["1.3", "1.4", "1.2"]
    assert [judgement.tier for judgement in judged] == [3, 3, 2]


def test_length_puts_the_shortest_first() -> None:
    rows = [a_row(f"1.{n}", "word " * (40 - n)) for n in range(1, 31)]
    judged = length_baseline(rows)
    assert [judgement.provision for judgement in judged][:3] == ["1.30", "1.29", "1.28"]
    assert judged[0].tier == 3
    assert judged[-1].tier == 0
    assert said_of(judged, "1.30").specificity < said_of(judged, "1.1").specificity


def test_cosine_puts_what_is_least_like_its_requirement_first() -> None:
    texts = {"1.2": "zzz", "1.3": "aaa", "1.4": "azz"}
    rows = [a_row(number, text, requirement="aaa") for number, text in texts.items()]
    judged = JUDGES["cosine"](rows)
    assert [judgement.provision for judgement in judged] == ["1.2", "1.4", "1.3"]


@pytest.mark.parametrize(
    ("flags", "mandatory", "grades", "tier"),
    [
        (["missing-answer"], False, (2, 1), 3),
        (["unexplained-no"], True, (2, 1), 3),
        (["unexplained-no"], False, (2, 1), 1),
        (["hedged-practice"], True, (3, 3), 2),
        (["generic-reference"], True, (2, 1), 2),
        (["generic-reference"], True, (3, 1), 1),
        ([], True, (3, 3), 0),
        ([], True, (3, 2), 1),
    ],
)
def test_the_simple_rule_of_tiers(flags: list[str], mandatory: bool, grades: tuple[int, int], tier: int) -> None:
    assert simple_tier(flags, a_row("1.2", mandatory=mandatory), *grades) == tier


rows_of_any_text = st.lists(
    st.tuples(st.text(max_size=80), st.text(max_size=40), st.sampled_from(list(Answer)), st.booleans()),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("name", sorted(JUDGES))
@settings(max_examples=40)
@given(texts=rows_of_any_text)
def test_every_row_is_judged_once_within_bounds(name: str, texts: list[tuple[str, str, Answer, bool]]) -> None:
    rows = [
        a_row(f"2.{n}", text, commentary=more, answer=answer, mandatory=must)
        for n, (text, more, answer, must) in enumerate(texts, 1)
    ]
    judged = JUDGES[name](rows)
    assert [judgement.rank for judgement in judged] == list(range(1, len(rows) + 1))
    assert {judgement.provision for judgement in judged} == {row.number for row in rows}
    for judgement in judged:
        assert {judgement.relevance, judgement.specificity, judgement.tier} <= {0, 1, 2, 3}
        assert set(judgement.flags) <= set(FLAGS)
    assert JUDGES[name](rows[::-1]) == judged


def test_tfidf_learns_what_it_was_shown_and_says_nothing_it_was_not() -> None:
    hedged = [(a_row(n, "We aim to answer."), a_label(n, "hedged-practice", tier=2)) for n in ("1.1", "1.2", "1.3")]
    train = hedged + [(a_row(n, "Every case is logged."), a_label(n, tier=0)) for n in ("2.1", "2.2", "2.3")]
    test: list[Row] = [a_row("3.1", "Every case is logged."), a_row("3.2", "We aim to answer.")]
    judged = tfidf_baseline(train, test)
    assert [(each.provision, each.rank, each.tier) for each in judged] == [("3.2", 1, 2), ("3.1", 2, 0)]
    assert [set(judgement.flags) for judgement in judged] == [{"hedged-practice"}, set()]
    assert {judgement.relevance for judgement in judged} == {2}
    assert tfidf_baseline(train, test) == judged


def test_tfidf_needs_rows_to_learn_from() -> None:
    with pytest.raises(LabelError, match="no rows to train on"):
        tfidf_baseline([], [a_row("1.2")])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published forms of ../shared are not there")
def test_keywords_reach_what_is_known_of_forty_lines_of_patterns() -> None:
    from evidencereview.readers.rows_io import read_rows

    labels = load_labels(SHARED / "labels" / "southwark-2024.labels.jsonl")
    rows = read_rows((SHARED / "corpus" / "southwark-2024.rows.jsonl").read_text("utf-8"))
    review = review_that_says(labels, {row.number: row for row in rows})
    evaluation = evaluate_reviews([review], [labels], baselines={"keywords": keyword_baseline})
    figures = evaluation.baselines[0].pooled
    assert evaluation.pooled.micro_f1 == 1.0
    assert 0.55 < (figures.micro_f1 or 0) < 0.85
    assert (figures.kappa_tier or 0) > 0.25
