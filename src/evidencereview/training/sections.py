"""A harder trial of the heads: whole sections of the Code left out of training, and judged afterwards.

    python -m evidencereview.training.sections [--data FOLDER] [--out FILE]

A head that had learned what a topic looks like, and not what weak evidence looks like, would fall here.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.build import Models
from evidencereview.language.features import OUTPUTS, ROW_FLAGS, row_features
from evidencereview.language.model_files import models_folder
from evidencereview.language.view import FormView
from evidencereview.training.data import (
    TrainingForm,
    TrainingSentence,
    load_training_forms,
    load_training_sentences,
)
from evidencereview.training.examples import FormExamples, form_examples, single_sentences
from evidencereview.training.fit import (
    Fitted,
    duty_chances,
    fit,
    judged_duties,
    open_gates,
    row_targets,
    sentence_scores,
)
from evidencereview.training.metrics import Counts, count
from evidencereview.training.prevalence import REAL_SHARES, calibrated_output
from evidencereview.training.readings import training_models
from evidencereview.training.train import DATA, fingerprint

# Each split leaves out three sections, so that both long ones (5 and 6) and short ones are tried.
SPLITS = ((1, 4, 7), (2, 5, 8), (3, 6, 9))
Marks = NDArray[np.bool_]
Floats = NDArray[np.float64]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure from a checkout and write `models/sections.json`."""
    parser = argparse.ArgumentParser(prog="python -m evidencereview.training.sections", description="Sections left out.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of rows/, duties/ and sentences/")
    parser.add_argument("--out", type=Path, default=None, help="file to write (default: models/sections.json)")
    options = parser.parse_args(arguments)
    from evidencereview.language.encoder import Encoder

    figures = measure_sections(options.data, training_models(Encoder(), options.data))
    target = options.out or models_folder() / "sections.json"
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure_sections(data: Path, models: Models, splits: Sequence[Collection[int]] = SPLITS) -> dict[str, Any]:
    """Return F1 a flag with landlords left out and with sections left out, over all splits.

    The sections are left out of what the heads learn. The cross-encoder behind them has seen other landlords' rows there.

    Raises:
        LabelError: the training text is missing or broken.
    """
    forms, sentences = load_training_forms(data), load_training_sentences(data)
    kinds = ("landlords", "sections")
    sums = {kind: {flag: Counts(0, 0, 0) for flag in ROW_FLAGS} for kind in kinds}
    for left_out in splits:
        for kind, counts in zip(kinds, _one_split(forms, sentences, models, left_out), strict=True):
            sums[kind] = {flag: _plus(sums[kind][flag], counts[flag]) for flag in ROW_FLAGS}
    return {
        "version": fingerprint(data),
        "encoder": models.needed_encoder.name,
        "splits": [sorted(split) for split in splits],
        "f1": {kind: {flag: _f1(counts) for flag, counts in sums[kind].items()} for kind in kinds},
    }


def without_sections(form: TrainingForm, sections: Collection[int]) -> TrainingForm:
    """Return the form without the rows of some sections; links to rows that are gone stay as they were."""
    kept = [i for i, row in enumerate(form.form.rows) if row.section not in sections]
    return replace(
        form,
        form=replace(form.form, rows=tuple(form.form.rows[i] for i in kept)),
        labels=tuple(form.labels[i] for i in kept),
        near=tuple(form.near[i] for i in kept),
        spoken=tuple(form.spoken[i] for i in kept),
    )


def _one_split(
    forms: Sequence[TrainingForm], sentences: Sequence[TrainingSentence], models: Models, left_out: Collection[int]
) -> tuple[dict[str, Counts], dict[str, Counts]]:
    """Fit without some sections; count on landlords not seen (sections known) and on the sections left out."""
    others = [n for n in range(1, 10) if n not in left_out]
    known = [form_examples(each, models) for form in forms if (each := without_sections(form, left_out)).labels]
    unknown = [form_examples(each, models) for form in forms if (each := without_sections(form, others)).labels]
    singles = [each for each in sentences if int(each.provision.partition(".")[0]) not in left_out]
    fitted = fit(known, single_sentences(singles, models.needed_encoder) if singles else None)
    marked = np.concatenate([row_targets(form.labels) for form in unknown])
    views = [judged_duties(form, duty_chances(fitted.duties, form.signs)) for form in unknown]
    gates = np.concatenate([open_gates(view) for view in views])
    judged = np.concatenate([_judged(fitted, form, view) for form, view in zip(unknown, views, strict=True)])
    return (
        _counted(fitted, fitted.held_out, fitted.targets, fitted.possible),
        _counted(fitted, judged, marked, gates),
    )


def _judged(fitted: Fitted, form: FormExamples, view: FormView) -> Floats:
    features = row_features(view, sentence_scores(fitted.sentences, form.features), form.places)
    return np.stack([head.predict_proba(features)[:, 1] for head in fitted.rows], axis=1)


def _counted(fitted: Fitted, chances: Floats, targets: NDArray[np.int64], possible: NDArray[np.bool_]) -> dict[str, Counts]:
    """Count at thresholds that were chosen on landlords held out of the sections that are known."""
    counts = {}
    for flag in ROW_FLAGS:
        k, share = OUTPUTS.index(flag), REAL_SHARES[flag]
        seen = fitted.possible[:, k]
        found = calibrated_output(flag, fitted.held_out[seen, k], fitted.targets[seen, k], share)
        said: Marks = (found.chances(chances[:, k]) >= found.cut) & possible[:, k]
        counts[flag] = count(targets[:, k] == 1, said)
    return counts


def _plus(one: Counts, other: Counts) -> Counts:
    return Counts(one.gold + other.gold, one.said + other.said, one.hit + other.hit)


def _f1(counts: Counts) -> float | None:
    return None if counts.f1 is None else round(counts.f1, 3)


if __name__ == "__main__":
    main()
