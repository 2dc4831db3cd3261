"""What the cross-encoder is taught, and the thresholds of what it says outright."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evidencereview.language.candidate_pairs import MOST
from evidencereview.language.cross_encoder import READINGS
from evidencereview.language.features import OUTPUTS
from evidencereview.language.pair_texts import CONFLICT, CONTRADICTION, DIRECT, DROPPED, Pair
from evidencereview.provisions import load_pack
from evidencereview.training.clashes import CONFLICTS, CONTRADICTIONS
from evidencereview.training.data import load_training_forms
from evidencereview.training.examples import FormExamples, form_examples
from evidencereview.training.pair_examples import (
    Taught,
    is_one_form,
    taught_candidates,
    taught_conflicts,
    taught_contradictions,
    taught_pairs,
    taught_rows,
)
from evidencereview.training.pair_figures import pair_figures, thresholds_of
from toy_models import toy_models

from .test_clashes import PAIR, ROW

OF_CONFLICT, OF_CONTRADICTION = READINGS.index(CONFLICT), READINGS.index(CONTRADICTION)
CLASH = ("1.2", "1.6")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One whole form in which two rows clash and one breaks its provision, one conflict and one pair."""
    folder = tmp_path_factory.mktemp("text")
    for name, entries in ((CONFLICTS, [ROW]), (CONTRADICTIONS, [PAIR]), ("rows", list(map(row, range(72))))):
        (folder / name).mkdir()
        lines = "".join(json.dumps(entry) + "\n" for entry in entries)
        (folder / name / "elmfold-2024.jsonl").write_text(lines, encoding="utf-8")
    return folder


def row(place: int) -> dict[str, object]:
    number = load_pack("2024").numbers[place]
    flags = [CONTRADICTION] if number in CLASH else [CONFLICT] if number == "6.3" else []
    return {
        "form": "elmfold-2024", "order": place + 1, "section": int(number.split(".")[0]), "provision": number,
        "requirement": "Do it.", "answer_raw": "Yes", "answer": "yes", "commentary": "", "mandatory": True, "flags": flags,
        "evidence": f"Answers of this kind are sent within {place} working days of the acknowledgement.",
        "relevance": 3, "specificity": 2, "tier": 3 if flags else 0, "spans": {}, "near": [], "note": "",
        "linked": [other for other in CLASH if number in CLASH and other != number],
    }  # fmt: skip


@pytest.fixture(scope="module")
def forms(data: Path) -> list[FormExamples]:
    return [form_examples(form, toy_models()) for form in load_training_forms(data)]


def test_a_row_teaches_what_its_labels_say_and_nothing_of_contradictions(forms: list[FormExamples]) -> None:
    taught = taught_rows(forms)
    assert len(taught.pairs) == 72
    assert taught.taught[:, OF_CONFLICT].all()
    assert not taught.taught[:, OF_CONTRADICTION].any()
    assert taught.targets[:, OF_CONFLICT].nonzero()[0].tolist() == [load_pack("2024").numbers.index("6.3")]
    assert taught.natural.all()


def test_a_conflict_teaches_one_output(data: Path) -> None:
    taught = taught_conflicts(data)
    assert taught.pairs == ((load_pack("2024").by_number["6.3"].summary, "yes. Answers take a month."),)
    assert taught.targets.sum() == taught.taught.sum() == taught.targets[0, OF_CONFLICT] == 1
    assert taught.groups == ("conflict elmfold-2024",)
    assert not taught.natural.any()


def test_a_contradiction_is_taught_either_way_round(data: Path) -> None:
    taught = taught_contradictions(data)
    assert taught.pairs == (("yes. It is done.", "yes. It is done."),) * 2
    assert taught.targets[:, OF_CONTRADICTION].tolist() == [1, 1]
    assert taught.taught.sum() == 2


def test_candidates_of_a_whole_form_can_both_be_true_unless_labels_link_them(forms: list[FormExamples]) -> None:
    taught = taught_candidates(forms)
    days = {f"yes. {row.sentences[0].text}": row.row.number for row in forms[0].view.rows}
    clashing = {
        frozenset(days[text] for text in pair)
        for pair, target in zip(taught.pairs, taught.targets, strict=True)
        if target.any()
    }
    assert len(taught.pairs) == 40
    assert taught.natural.tolist() == [True] * MOST + [False] * (40 - MOST)
    assert clashing == {frozenset(CLASH)}


def test_rows_of_several_landlords_are_no_form(forms: list[FormExamples]) -> None:
    (form,) = forms
    twice = replace(
        form, view=replace(form.view, rows=(*form.view.rows[:-1], replace(form.view.rows[-1], row=form.view.rows[0].row)))
    )
    assert is_one_form(form)
    assert not is_one_form(twice)
    assert not is_one_form(replace(form, view=replace(form.view, rows=form.view.rows[:20])))


def test_everything_is_counted_by_kind(forms: list[FormExamples], data: Path) -> None:
    taught = taught_pairs(forms, data)
    assert taught.counts == {"rows": 72, "conflicts": 1, "contradictions": 1, "candidates": 40}
    assert len(taught.pairs) == len(taught.groups) == 72 + 1 + 2 + 40
    assert taught.targets.shape == taught.taught.shape == (115, len(OUTPUTS) + len(DIRECT))


class Reads:
    """Gives each pair the log-odds that stand in it."""

    name = "reads"

    def encode(self, texts: Sequence[Pair]) -> NDArray[np.float32]:
        return np.asarray([[float(text[0])] * len(READINGS) for text in texts], dtype=np.float32)


def taught(odds: Sequence[float], faulty: Sequence[bool], natural: Sequence[bool]) -> Taught:
    targets = np.repeat(np.asarray(faulty, dtype=np.int64)[:, None], len(READINGS), axis=1)
    known = np.ones_like(targets, dtype=np.bool_)
    kinds = tuple("rows" if each else "conflicts" for each in natural)
    return Taught(tuple((str(each), "") for each in odds), targets, known, ("x",) * len(odds), kinds, np.asarray(natural))


def test_look_alikes_have_no_say_in_a_threshold() -> None:
    chance = np.random.default_rng(4)
    odds = [*chance.normal(3, 1, 200), *chance.normal(-3, 1, 2000), *chance.normal(3, 1, 200)]
    faulty = [True] * 200 + [False] * 2200
    plain = pair_figures(taught(odds[:2200], faulty[:2200], [False] * 200 + [True] * 2000), Reads())
    beside = pair_figures(taught(odds, faulty, [False] * 200 + [True] * 2000 + [False] * 200), Reads())
    for name in DIRECT:
        assert plain[name].pop("planted")[1] == 0.0
        assert beside[name].pop("planted")[1] > 0.9
    assert plain == beside
    assert plain[CONFLICT]["positives"] == 200


def test_an_output_without_faults_or_without_plain_text_has_no_figures() -> None:
    for faulty, natural in (([False] * 4, [True] * 4), ([True] * 4, [False] * 4)):
        assert pair_figures(taught([1, 2, 3, 4], faulty, natural), Reads()) == {}
    assert thresholds_of({}) == {}


def test_what_a_rule_found_is_dropped_below_nearly_all_that_clash() -> None:
    odds = [*np.linspace(-4, 6, 101), *np.linspace(-10, 0, 300)]
    figures = pair_figures(taught(odds, [True] * 101 + [False] * 300, [False] * 101 + [True] * 300), Reads())
    cuts = thresholds_of(figures)
    assert set(cuts) == {*DIRECT, DROPPED}
    slope, intercept = figures[CONTRADICTION]["sigmoid"]
    assert cuts[DROPPED] == pytest.approx(1 / (1 + np.exp(-(slope * -3.5 + intercept))), abs=1e-4)
    assert cuts[DROPPED] < cuts[CONTRADICTION]
