"""Measures the open published forms and writes the figures down, dated, with the hashes of what was measured.

    python -m evidencereview.training.figures [--shared FOLDER] [--data FOLDER] [--out FOLDER] [--date DAY]

The file holds numbers, names and hashes alone: no word of a form. It says nothing of the commit, so the same inputs and
the same heads give the same figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from evidencereview.config import parse_day
from evidencereview.language.build import Models, build_view
from evidencereview.language.model_files import models_folder
from evidencereview.language.nlp import row_sentences
from evidencereview.language.repeats import repeated_sentences
from evidencereview.language.view import RowView
from evidencereview.provisions import choose_pack
from evidencereview.records import Form, Review, Row
from evidencereview.training import metrics
from evidencereview.training.baselines import plain_baselines
from evidencereview.training.data import TrainingForm, load_training_forms
from evidencereview.training.evaluate import find_pairs
from evidencereview.training.judgements import Judge, judgements_of
from evidencereview.training.labels import CONSISTENCY_FLAGS, FLAGS, Label, join, load_labels
from evidencereview.training.measure import bootstrap, calibrations, flag_figures, measure, rare_rows
from evidencereview.training.tables import FormTable, build_table
from evidencereview.training.tfidf import fit_tfidf
from evidencereview.training.train import DATA

OPEN_FORMS = ("southwark-2024", "westminster-2022")
SCHEMA = "evidencereview-figures/1"
RESAMPLES, SEED = 500, 20261122
TFIDF = "TF-IDF, trained on our rows"

Probabilities = Mapping[str, Mapping[str, float]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write `figures-YYYY-MM-DD.json` beside the models."""
    parser = argparse.ArgumentParser(prog="python -m evidencereview.training.figures", description="Dated figures.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds corpus and labels")
    parser.add_argument("--data", type=Path, default=DATA, help="our training text, for the learned baseline")
    parser.add_argument("--out", type=Path, default=None, help="folder to write to (default: models)")
    parser.add_argument("--date", default=None, help="day of the file's name (default: today)")
    options = parser.parse_args(arguments)
    day = parse_day(options.date, "--date") if options.date else date.today()
    figures = open_figures(options.shared, {TFIDF: tfidf_judge(options.data)}, day)
    target = (options.out or models_folder()) / f"figures-{day.isoformat()}.json"
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def open_figures(
    shared: Path, learned: Mapping[str, Judge], day: date, *, forms: Sequence[str] = OPEN_FORMS, resamples: int = RESAMPLES
) -> dict[str, Any]:
    """Review the open forms and return the figures as plain values.

    Raises:
        LabelError: forms or labels are missing or do not belong together.
        EvidenceReviewError: a form cannot be read or reviewed.
    """
    from evidencereview.pipeline import load_models, review
    from evidencereview.readers import read_form

    others = [path.name.partition(".")[0] for path in (shared / "labels").iterdir()]
    pairs = find_pairs(shared / "corpus", shared / "labels", [name for name in others if name not in forms])
    read = [read_form(rows) for rows, _ in pairs]
    models = load_models(None)
    labels = [load_labels(path) for _, path in pairs]
    reviews = [review(form) for form in read]
    return {
        "schema": SCHEMA,
        "date": day.isoformat(),
        "heads": models.versions["heads"],
        "encoder": models.versions["encoder"],
        "inputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for pair in pairs for path in pair},
        **measured(reviews, labels, [probabilities(form, models) for form in read], learned, resamples),
    }


def measured(
    reviews: Sequence[Review],
    labels: Sequence[Sequence[Label]],
    chances: Sequence[Probabilities],
    learned: Mapping[str, Judge],
    resamples: int,
) -> dict[str, Any]:
    """Return figures, intervals, calibration and baselines; flags of the consistency family are left out where said."""
    without = _tables(reviews, labels, chances, CONSISTENCY_FLAGS)
    every = _tables(reviews, labels, chances, ())
    flags = flag_figures(without)
    flag_bounds = flag_intervals(without, resamples, SEED)
    return {
        "left_out": list(CONSISTENCY_FLAGS),
        "pooled": asdict(measure("review", without, CONSISTENCY_FLAGS).pooled),
        "pooled_all_flags": asdict(measure("review", every).pooled),
        "intervals": _bounds(without, resamples),
        "forms": [
            {**asdict(measure("review", [table], CONSISTENCY_FLAGS).forms[0]), "intervals": _bounds([table], resamples)}
            for table in without
        ],
        "flags": [{**each.to_dict(), "interval": flag_bounds.get(each.flag)} for each in flags],
        "rare": [asdict(each) for each in rare_rows(without, flags)],
        "calibration": [asdict(each) for each in calibrations(without)],
        "baselines": [_beside(name, judge, reviews, labels) for name, judge in {**plain_baselines(), **learned}.items()],
    }


def flag_intervals(tables: Sequence[FormTable], resamples: int, seed: int) -> dict[str, tuple[float, float]]:
    """Return percentile intervals (95 %) of each flag's F1, rows drawn within each form."""
    random = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(resamples):
        sample = [table.take(random.integers(0, len(table.gold), len(table.gold))) for table in tables]
        gold, said = (np.concatenate([getattr(table, name) for table in sample]) for name in ("gold", "said"))
        for flag, counts in zip(FLAGS, metrics.count_flags(gold, said), strict=True):
            if counts.f1 is not None:
                drawn.setdefault(flag, []).append(counts.f1)
    ends = {flag: np.percentile(values, (2.5, 97.5)) for flag, values in drawn.items()}
    return {flag: (round(float(low), 3), round(float(high), 3)) for flag, (low, high) in ends.items()}


def probabilities(form: Form, models: Models) -> dict[str, dict[str, float]]:
    """Return what the heads say of each row of a form: flag to provision to probability."""
    pack = choose_pack(form)
    view = build_view(form, pack, models, form.stated_date)
    numbers = [row.row.number for row in view.rows]
    return {flag: dict(zip(numbers, map(float, values), strict=True)) for flag, values in view.heads.items()}


def tfidf_judge(data: Path) -> Judge:
    """Return the TF-IDF baseline fitted on our training rows; boilerplate, which labels leave to counting, is added.

    Raises:
        LabelError: there is no training text.
    """
    return fit_tfidf([pair for form in load_training_forms(data) for pair in with_boilerplate(form)]).judge


def with_boilerplate(form: TrainingForm) -> list[tuple[Row, Label]]:
    """Return the rows of a training form with their labels, and the mechanical flag where it stands."""
    rows = form.form.rows
    repeated = repeated_sentences([RowView(i, row, None, row_sentences(row)) for i, row in enumerate(rows)])
    return [
        (row, replace(label, flags=tuple(sorted({*label.flags, "boilerplate"}))) if i in repeated else label)
        for i, (row, label) in enumerate(zip(rows, form.labels, strict=True))
    ]


def _tables(
    reviews: Sequence[Review], labels: Sequence[Sequence[Label]], chances: Sequence[Probabilities], left_out: Sequence[str]
) -> list[FormTable]:
    return [
        build_table(gold[0].form, join([item.row for item in each.items], gold), judgements_of(each), left_out, chance)
        for each, gold, chance in zip(reviews, labels, chances, strict=True)
    ]


def _bounds(tables: Sequence[FormTable], resamples: int) -> dict[str, list[float]]:
    found = bootstrap(tables, resamples, SEED, CONSISTENCY_FLAGS).figures
    return {name: [round(low, 3), round(high, 3)] for name, (low, high) in found.items()}


def _beside(name: str, judge: Judge, reviews: Sequence[Review], labels: Sequence[Sequence[Label]]) -> dict[str, Any]:
    tables = []
    for each, gold in zip(reviews, labels, strict=True):
        rows = sorted((item.row for item in each.items), key=lambda row: row.order)
        tables.append(build_table(gold[0].form, join(rows, gold), judge(rows), CONSISTENCY_FLAGS))
    result = measure(name, tables, CONSISTENCY_FLAGS)
    worst = result.worst
    return {"name": name, **asdict(result.pooled), "worst_form": worst.micro_f1 if worst else None}


if __name__ == "__main__":
    main()
