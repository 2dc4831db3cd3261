"""`make train`: labelled text of ours → heads, thresholds, vectors of the packs, and the card; seeded, without torch."""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evidencereview.language.build import Models
from evidencereview.language.coverage import SIGNS
from evidencereview.language.features import OUTPUTS, ROW_NAMES, SENTENCE_FLAGS, SENTENCE_NAMES, STEPS
from evidencereview.language.model_files import models_folder
from evidencereview.language.vectors import keep_pack_vectors
from evidencereview.provisions import known_editions, load_pack
from evidencereview.training.data import load_training_forms, load_training_sentences
from evidencereview.training.examples import form_examples, row_sentences, single_sentences
from evidencereview.training.export import export_heads
from evidencereview.training.fit import Fitted, fit
from evidencereview.training.pair_examples import taught_pairs
from evidencereview.training.pair_figures import pair_figures, thresholds_of
from evidencereview.training.prevalence import (
    PUBLISHED_SHIFTS,
    REAL_SHARES,
    calibrated_output,
    held_out_figures,
)
from evidencereview.training.readings import training_models

Figures = dict[str, dict[str, Any]]

log = logging.getLogger(__name__)
DATA = Path("training_data")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train from a checkout: `python -m evidencereview.training.train [--data FOLDER] [--out FOLDER]`."""
    parser = argparse.ArgumentParser(prog="evidencereview-train", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of training text")
    parser.add_argument("--out", type=Path, default=None, help="folder to write heads to (default: models/heads)")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    from evidencereview.language.encoder import Encoder

    train(options.data, options.out or models_folder() / "heads", training_models(Encoder(), options.data))


def train(data: Path, target: Path, models: Models) -> dict[str, Any]:
    """Fit, calibrate, export and describe the heads.

    Args:
        data: folder of training text.
        target: folder for duties.onnx, sentences.onnx, rows.onnx and card.json.
        models: the shipped encoder, and what the cross-encoder makes of landlords that it has not seen.

    Returns:
        The card, as written.

    Raises:
        LabelError: the training text is missing or broken.
        ModelError: an exported head differs from its original.
    """
    started, encoder = time.perf_counter(), models.needed_encoder
    labelled = load_training_forms(data)
    for edition in known_editions():
        keep_pack_vectors(load_pack(edition), encoder)
    forms = [form_examples(form, models) for form in labelled]
    sentences = load_training_sentences(data)
    singles = single_sentences(sentences, encoder) if sentences else None
    log.info("%d forms, %d single sentences: %.0f s", len(forms), len(sentences), time.perf_counter() - started)
    fitted = fit(forms, singles)
    figures = {name: _settle(fitted, k, name) for k, name in enumerate(OUTPUTS)}
    direct = pair_figures(taught_pairs(forms, data), models.cross_encoder) if models.cross_encoder else {}
    worst = max(
        export_heads((fitted.duties,), np.concatenate([form.signs for form in forms]), target / "duties.onnx"),
        export_heads(fitted.sentences, row_sentences(forms).features, target / "sentences.onnx"),
        export_heads(fitted.rows, fitted.features, target / "rows.onnx"),
    )
    card = _card(data, models, fitted, figures, direct, worst)
    (target / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    log.info("heads written to %s: %.0f s", target, time.perf_counter() - started)
    return card


def _settle(fitted: Fitted, column: int, name: str) -> dict[str, Any]:
    """Calibrate one head at the prevalence of real forms, choose its threshold, and measure it on held-out landlords."""
    share, possible = REAL_SHARES[name], fitted.possible[:, column]
    targets = fitted.targets[possible, column]
    found = calibrated_output(name, fitted.held_out[possible, column], targets, share)
    fitted.held_out[:, column] = found.chances(fitted.held_out[:, column]) * possible
    figures = held_out_figures(found, fitted.held_out[possible, column], targets, share)
    moved = found.shifted(PUBLISHED_SHIFTS.get(name, 0.0))
    return figures | {"sigmoid": [moved.slope, moved.intercept]}


def _card(data: Path, models: Models, fitted: Fitted, heads: Figures, direct: Figures, worst: float) -> dict[str, Any]:
    figures = heads | direct
    thresholds = {name: entry["threshold"] for name, entry in heads.items()}
    return {
        "version": fingerprint(data),
        "encoder": models.needed_encoder.name,
        "cross_encoder": models.cross_encoder.name if models.cross_encoder else "none",
        "duty_features": list(SIGNS),
        "sentence_features": list(SENTENCE_NAMES),
        "row_features": list(ROW_NAMES),
        "sentence_outputs": list(SENTENCE_FLAGS),
        "outputs": list(OUTPUTS),
        "steps": {scale: list(steps) for scale, steps in STEPS.items()},
        "thresholds": thresholds | (thresholds_of(direct) if direct else {}),
        "sigmoids": {name: entry["sigmoid"] for name, entry in figures.items()},
        "real_shares": dict(REAL_SHARES),
        "held_out": figures,
        "rows": len(fitted.features),
        "landlords": len(set(fitted.groups)),
        "largest_export_difference": float(np.format_float_scientific(worst, precision=2)),
    }


def fingerprint(data: Path) -> str:
    """Return a short hash of the training text, by file name and content."""
    digest = hashlib.sha256()
    for path in sorted(data.glob("*/*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    main()
