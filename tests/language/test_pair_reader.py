"""What the cross-encoder says outright: its own column, through the card's sigmoid; and the checks that ask it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from evidencereview.checks.registry import find_check
from evidencereview.language.build import build_view
from evidencereview.language.candidate_pairs import candidate_pairs
from evidencereview.language.cross_encoder import READINGS
from evidencereview.language.pair_reader import PairReader
from evidencereview.language.pair_texts import CONFLICT, CONTRADICTION, DROPPED, Pair
from evidencereview.language.view import FormView
from evidencereview.provisions import load_pack
from evidencereview.records import Finding, Form
from made_reviews import made_row
from toy_models import toy_models

SURE, UNSURE = 4.0, -4.0
PLAIN = {CONFLICT: (1.0, 0.0), CONTRADICTION: (1.0, 0.0)}
CUTS = {CONFLICT: 0.5, CONTRADICTION: 0.5, DROPPED: 0.1}


class Says:
    """A cross-encoder that is sure of the pairs in which a word stands."""

    name = "says"

    def __init__(self, word: str) -> None:
        self._word = word

    def encode(self, texts: Sequence[Pair]) -> NDArray[np.float32]:
        found = [[SURE if self._word in text[1] else UNSURE] * len(READINGS) for text in texts]
        return np.asarray(found, dtype=np.float32).reshape(len(texts), len(READINGS))


def look(word: str, *said: tuple[str, str]) -> FormView:
    rows = tuple(made_row(number, order=i, evidence=text) for i, (number, text) in enumerate(said, 1))
    view = build_view(Form("f", "jsonl", "", rows), load_pack("2024"), toy_models())
    chances = tuple(0.9 if word in row.row.evidence else 0.1 for row in view.rows)
    return replace(
        view,
        reader=PairReader(Says(word), PLAIN),
        heads={CONFLICT: chances},
        thresholds=CUTS,
    )


def found(view: FormView, flag: str) -> list[Finding]:
    return list(find_check(flag).function(view))


def test_a_chance_is_the_outputs_own_column_through_its_sigmoid() -> None:
    class Counts:
        name = "counts"

        def encode(self, texts: Sequence[Pair]) -> NDArray[np.float32]:
            return np.tile(np.arange(len(READINGS), dtype=np.float32) - len(READINGS), (len(texts), 1))

    reader = PairReader(Counts(), {CONFLICT: (0.5, 1.0), CONTRADICTION: (1.0, 0.0)})
    assert reader.chances(CONFLICT, [("a", "b")] * 2) == pytest.approx([1 / (1 + np.exp(0.0))] * 2)
    assert reader.chances(CONTRADICTION, [("a", "b")]) == pytest.approx([1 / (1 + np.exp(1.0))])
    assert reader.chances(CONFLICT, []) == []


def test_a_breach_that_no_rule_knows_quotes_the_sentence_that_shows_it() -> None:
    view = look(
        "teapot", ("3.2", "Complaints come in by phone, letter and email. Each is put beside the teapot. It is counted.")
    )
    (finding,) = found(view, CONFLICT)
    assert finding.words == "Each is put beside the teapot."
    assert finding.confidence == pytest.approx(0.9)
    assert "or the answer No with the reason" in finding.ask
    assert found(look("kettle", ("3.2", "Complaints come in by phone, letter and email.")), CONFLICT) == []


def test_two_sentences_that_exclude_each_other_are_linked_both_ways() -> None:
    said = (
        ("6.3", "The register of complaints is blue and lies beside a door."),
        ("6.4", "The register of complaints is green and lies beside a teapot."),
    )
    findings = found(look("teapot", *said), CONTRADICTION)
    assert {(each.provision, each.linked) for each in findings} == {("6.3", ("6.4",)), ("6.4", ("6.3",))}
    assert found(look("kettle", *said), CONTRADICTION) == []


def test_a_pair_that_facts_show_is_dropped_where_nothing_links_the_rows_and_both_can_surely_be_true() -> None:
    said = (
        ("6.3", "Stage 1 is answered within ten working days."),
        ("6.7", "Our stage 1 answers leave within 15 working days."),
    )
    assert len(found(replace(look("kettle", *said), reader=None), CONTRADICTION)) == 2
    assert found(look("kettle", *said), CONTRADICTION) == []
    assert len(found(look("15", *said), CONTRADICTION)) == 2


def test_of_many_such_pairs_the_surest_three_are_told() -> None:
    numbers = load_pack("2024").numbers[:12]
    roles = (
        "manager",
        "director",
        "head",
        "officer",
        "team",
        "board",
        "committee",
        "panel",
        "member",
        "clerk",
        "chair",
        "warden",
    )
    said = tuple((n, f"The teapot of complaints is kept by the {role}.") for n, role in zip(numbers, roles, strict=True))
    view = look("teapot", *said)
    assert len(candidate_pairs(view)) > 3
    pairs = {frozenset((each.provision, other)) for each in found(view, CONTRADICTION) for other in each.linked}
    assert len(pairs) == 3
