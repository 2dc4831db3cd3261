"""The two generated pages are what their generators make of the files there, and say what the files say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evidencereview.errors import LabelError
from evidencereview.readers.rows_io import write_rows
from evidencereview.training import card, figures
from evidencereview.training.agreement import SecondLabel, agreement
from evidencereview.training.datasheet import datasheet
from evidencereview.training.figures import OPEN_FORMS, flag_intervals, measured, tfidf_judge
from evidencereview.training.judgements import judgements_of
from evidencereview.training.labels import FLAGS, Label
from evidencereview.training.markdown import bullets, cell, table
from evidencereview.training.tables import build_table
from toy_models import toy_models, toys_in_place

from .invented import a_label, a_row, review_that_says, write_labels

ROOT = Path(__file__).parents[2]
LABELS = [
    a_label("1.2", "generic-reference", tier=2),
    a_label("1.3", "bare-assertion", tier=2),
    a_label("1.4", tier=0, relevance=3),
    a_label("1.5", "admitted-gap", tier=3),
]
HEADS = {
    "version": "abc",
    "encoder": "toy",
    "rows": 10,
    "landlords": 2,
    "largest_export_difference": 2e-6,
    "real_shares": {"off-topic": 0.04},
    "held_out": {
        "off-topic": {
            "positives": 3,
            "threshold": 0.31,
            "held_out_f1": 0.52,
            "brier": 0.021,
            "reliability": [[0.05, 0.04, 7], [0.7, 0.66, 3]],
        }
    },
}


def test_the_model_card_is_what_the_generator_makes() -> None:
    page = ROOT / "models" / "README.md"
    assert page.is_file(), "run python -m evidencereview.training.card"
    assert page.read_text(encoding="utf-8") == card.model_card(card.read_sources(ROOT / "models"))


def test_the_datasheet_is_what_the_generator_makes() -> None:
    page = ROOT / "training_data" / "README.md"
    assert page.is_file(), "run python -m evidencereview.training.datasheet"
    assert page.read_text(encoding="utf-8") == datasheet(ROOT / "training_data")


def some_figures() -> dict[str, Any]:
    return {
        "date": "2026-11-22", "heads": "abc", "encoder": "toy", "inputs": {},
        **measured([review_that_says(LABELS)], [LABELS], [{}], {}, 5),
    }  # fmt: skip


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(figures, "plain_baselines", lambda: {})
    (tmp_path / "heads").mkdir()
    write(tmp_path / "heads" / "card.json", HEADS)
    write(tmp_path / "figures-2026-11-21.json", {**some_figures(), "heads": "older"})
    write(tmp_path / "figures-2026-11-22.json", some_figures())
    f1 = {"landlords": {"off-topic": 0.5}, "sections": {"off-topic": None}}
    write(tmp_path / "sections.json", {"version": "abc", "splits": [[1, 4], [2]], "f1": f1})
    kinds = {"minimum": {"cases": 4, "passed": 3}}
    write(
        tmp_path / "behaviour.json",
        {"heads": "older", "cases": 4, "passed": 3, "kinds": kinds, "failures": {"minimum: x": "lacks y"}},
    )
    return tmp_path


def write(path: Path, record: object) -> None:
    path.write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize(
    "said",
    [
        "| heads, version | abc |",
        "| off-topic | 3 | 0.04 | 0.31 | 0.52 | 0.021 |",
        "0.05 → 0.04 (7); 0.70 → 0.66 (3)",
        "From `figures-2026-11-22.json`",
        "| Figure | elmfold (worst) | all |",
        "| micro-F1* | 1.00 (1.00 to 1.00) | 1.00 (1.00 to 1.00) |",
        "- admitted-gap: elmfold 1.5, hit",
        "| off-topic | 0.50 | – |",
        "3 of 4 cases pass (75%). These figures are of earlier heads",
        "- Behaviour case minimum: x: lacks y.",
        "Not looked at yet.",
    ],
)
def test_the_card_says_what_stands_in_the_files(models: Path, said: str) -> None:
    assert said in card.model_card(card.read_sources(models))


def test_a_look_at_the_sealed_form_is_shown(models: Path) -> None:
    form = {**some_figures()["forms"][0], "form": "kept-shut", "micro_f1": 0.77}
    entry = {"date": "2026-11-23T10:00:00", "commit": "f" * 40, "evaluations": [{"left_out": ["x"], "forms": [form]}]}
    write(models / "sealed.log.jsonl", entry)
    page = card.model_card(card.read_sources(models))
    assert "| 2026-11-23 | ffffffffff | kept-shut | 0.77 |" in page
    assert "Not looked at yet" not in page


def test_a_card_without_figures_says_so(tmp_path: Path) -> None:
    (tmp_path / "heads").mkdir()
    write(tmp_path / "heads" / "card.json", HEADS)
    page = card.model_card(card.read_sources(tmp_path))
    assert "Not measured yet" in page
    assert "Behaviour cases" not in page


def test_figures_hold_no_word_of_a_form_and_leave_the_sealed_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evidencereview import pipeline

    monkeypatch.setattr(figures, "plain_baselines", lambda: {})
    (tmp_path / "labels").mkdir()
    (tmp_path / "corpus").mkdir()
    for name in (*OPEN_FORMS, "kept-shut"):
        labels = [replace(each, form=name) for each in every_provision()]
        rows = [a_row(each.provision, "Our porter keeps the ledger", form=name) for each in labels]
        write_labels(tmp_path / "labels" / f"{name}.labels.jsonl", labels)
        (tmp_path / "corpus" / f"{name}.rows.jsonl").write_text(write_rows(rows), encoding="utf-8")
    (tmp_path / "labels" / "kept-shut.labels.jsonl").write_text("no JSON: opening it would fail", encoding="utf-8")
    with toys_in_place():
        assert pipeline.load_models(None).heads is toy_models().heads
        made = figures.open_figures(tmp_path, {}, date(2026, 11, 22), resamples=2)
    assert [form["form"] for form in made["forms"]] == list(OPEN_FORMS)
    assert len(made["inputs"]) == 2 * len(OPEN_FORMS)
    assert "porter" not in json.dumps(made)
    assert made["date"] == "2026-11-22"


def every_provision() -> list[Label]:
    from evidencereview.provisions import load_pack

    return [a_label(number, "generic-reference", tier=2) for number in load_pack("2024").numbers]


def test_intervals_hold_the_figure_and_are_the_same_twice() -> None:
    wrong = [LABELS[0], replace(LABELS[1], flags=("generic-reference",)), *LABELS[2:]]
    rows = [(a_row(each.provision), each) for each in LABELS]
    tables = [build_table("elmfold", rows, judgements_of(review_that_says(wrong)))]
    bounds = flag_intervals(tables, 50, 1)
    assert bounds == flag_intervals(tables, 50, 1)
    low, high = bounds["generic-reference"]
    assert 0 <= low <= 2 / 3 <= high <= 1
    assert "stale-date" not in bounds


def test_the_learned_baseline_is_taught_boilerplate_too(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    lines = [training_row(order, number) for order, number in enumerate(("1.2", "1.3", "1.4", "1.5"), 1)]
    (tmp_path / "rows" / "elmfold-2024.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    said = tfidf_judge(tmp_path)([a_row("1.2", "We care about every resident deeply.")])
    assert "boilerplate" in said[0].flags


def training_row(order: int, number: str) -> dict[str, Any]:
    text = "Nothing of the kind." if order == 4 else "We care about every resident deeply."
    return {
        "form": "elmfold-2024", "order": order, "section": 1, "provision": number, "requirement": "r",
        "answer_raw": "Yes", "answer": "yes", "evidence": text, "commentary": "", "mandatory": True, "flags": [],
        "relevance": 2, "specificity": 1, "tier": 1, "spans": {}, "linked": [], "near": [], "note": "",
    }  # fmt: skip


def second(order: int, *flags: str, tier: int = 2) -> SecondLabel:
    return SecondLabel("elmfold", order, frozenset(flags), 2, 1, tier)


def test_two_readers_are_compared_over_the_rows_of_the_second() -> None:
    first = [second(1, "off-topic"), second(2, "boilerplate", tier=1), second(3, "hedged-practice"), second(4)]
    found = agreement(first, [second(1, "off-topic"), second(2, "off-topic", tier=1), second(3, "hedged-practice")], FLAGS)
    assert (found.rows, found.forms, found.micro_f1) == (3, 1, pytest.approx(0.8))
    assert found.kappas["tier"] == 1
    assert "boilerplate" not in found.flags


@pytest.mark.parametrize("labels", [[], [second(9)], [second(1), second(1)]], ids=["none", "unknown row", "twice"])
def test_second_labels_that_do_not_fit_are_refused(labels: Sequence[SecondLabel]) -> None:
    with pytest.raises(LabelError):
        agreement([second(1)], labels, FLAGS)


@pytest.mark.parametrize(("value", "shown"), [(None, "–"), (0.456, "0.46"), (3, "3"), ("x", "x")])
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_tables_and_lists_are_markdown() -> None:
    assert table(("A", "b"), [("x", 1)]) == "| A | b |\n| --- | ---: |\n| x | 1 |"
    assert bullets(["one", "two  words"]) == "- one\n- two words"
