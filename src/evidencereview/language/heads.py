"""Learned scores: scikit-learn models exported to ONNX, so that scoring imports neither scikit-learn nor pickle.

Three graphs: `duties.onnx` gives each duty of a row the probability that the row speaks to it; `sentences.onnx` gives
each sentence one for each sentence flag; `rows.onnx` gives each row one for each flag and each step of relevance and
specificity. Thresholds stand in `card.json`, written by the training run alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError
from evidencereview.language.acting import acting_roles
from evidencereview.language.chances import duty_signs, with_chances
from evidencereview.language.coverage import SIGNS
from evidencereview.language.cross_encoder import PairEncoder
from evidencereview.language.facts import locators
from evidencereview.language.features import (
    ROW_NAMES,
    SENTENCE_FLAGS,
    SENTENCE_NAMES,
    row_features,
    sentence_features,
)
from evidencereview.language.gates import GATES
from evidencereview.language.model_files import models_folder
from evidencereview.language.pair_reader import PairReader, direct_chances
from evidencereview.language.pair_texts import CONFLICT, DIRECT, DROPPED
from evidencereview.language.platt import calibrated
from evidencereview.language.view import FormView, RowView
from evidencereview.records import Scores

Matrix = NDArray[np.float32]
CARD = "card.json"
GRAPHS = ("duties", "sentences", "rows")
SCALES = ("relevance", "specificity")
_NAMED = 2  # the grade of specificity of one checkable particular
DUTY_OUTPUTS = ("spoken-to",)


@dataclass(frozen=True)
class Heads:
    """The learned heads with their card."""

    duties: Any
    sentences: Any
    rows: Any
    card: Mapping[str, Any]

    @property
    def version(self) -> str:
        """Hash of the training text, as the training run wrote it."""
        return str(self.card["version"])

    def reader(self, cross_encoder: PairEncoder | None) -> PairReader | None:
        """Return what reads pairs with the calibration of the card; None where there is no cross-encoder."""
        known = self.card["sigmoids"].keys() & self.card["thresholds"].keys()
        if cross_encoder is None or not known.issuperset(DIRECT) or DROPPED not in self.card["thresholds"]:
            return None
        return PairReader(cross_encoder, {name: self.card["sigmoids"][name] for name in DIRECT})

    def judge(self, view: FormView) -> FormView:
        """Return the view with learned scores, probabilities and thresholds."""
        signs, duties = duty_signs(view.coverage)
        spoken = run_heads(self.duties, signs, DUTY_OUTPUTS)[:, 0]
        view = replace(view, coverage=with_chances(view.coverage, duties, spoken.tolist()))
        features, places = sentence_features(view)
        shown = run_heads(self.sentences, features, SENTENCE_FLAGS)
        table = row_features(view, shown, places)
        outputs = list(self.card["outputs"])
        raw = dict(zip(outputs, run_heads(self.rows, table, outputs).T, strict=True))
        judged = {name: calibrated(values, *self.card["sigmoids"][name]) for name, values in raw.items()}
        return replace(
            view,
            scores=tuple(_scores(judged, view, row, self.card) for row in view.rows),
            heads={**_flags(judged), **self._direct(view)},
            thresholds=self.card["thresholds"],
            shown=_by_row(view, shown, places),
        )

    def _direct(self, view: FormView) -> dict[str, tuple[float, ...]]:
        """The chance of each row that its words break its provision: the cross-encoder's own, with no head behind it."""
        if view.reader is None or not view.readings:
            return {}
        chances = direct_chances(np.asarray(view.readings, dtype=np.float32), CONFLICT, self.card["sigmoids"][CONFLICT])
        return {CONFLICT: tuple(map(float, chances))}


def _flags(judged: Mapping[str, NDArray[Any]]) -> dict[str, tuple[float, ...]]:
    return {name: tuple(map(float, values)) for name, values in judged.items() if ">=" not in name}


def _by_row(view: FormView, shown: Matrix, places: list[tuple[int, int]]) -> tuple[Mapping[str, tuple[float, ...]], ...]:
    owners = np.asarray([i for i, _ in places], dtype=np.intp)
    return tuple(
        {flag: tuple(float(v) for v in shown[owners == row.index, k]) for k, flag in enumerate(SENTENCE_FLAGS)}
        for row in view.rows
    )


def _scores(judged: Mapping[str, NDArray[Any]], view: FormView, row: RowView, card: Mapping[str, Any]) -> Scores:
    """Grade one row; whether it is off-topic decides between relevance 1 and 2, as LABELS has it."""
    if row.is_blank:
        return Scores(0, 0, 0.0, 0.0)
    cuts, i = card["thresholds"], row.index
    passed = {name: bool(judged[name][i] >= cuts[name]) for name in (*judged,) if ">=" in name}
    said = {name: judged[name][i] >= cuts[name] and GATES[name](view, row) for name in ("off-topic", "restated-requirement")}
    # What says its duty again speaks to it: of the two flags the likelier stands (no row of ours carries both).
    likelier = judged["off-topic"][i] > judged["restated-requirement"][i]
    off_topic = said["off-topic"] and (likelier or not said["restated-requirement"])
    relevance = int(passed["relevance>=1"]) if off_topic else 2 + passed["relevance>=3"]
    # The steps of a scale are learned apart; the grade is the highest step below which none is missing.
    specificity = next((k - 1 for k in card["steps"]["specificity"] if not passed[f"specificity>={k}"]), 3)
    if not off_topic and specificity < _NAMED and (locators(row, view.numbers) or acting_roles(row)):
        # LABELS: an exact locator is specificity 2 even where nothing else is there, and so is who does what.
        specificity = _NAMED
    means = [sum(float(judged[f"{scale}>={k}"][i]) for k in card["steps"][scale]) / 3 for scale in SCALES]
    return Scores(relevance, specificity, round(means[0], 4), round(means[1], 4))


def run_heads(session: Any, features: Matrix, outputs: Any) -> Matrix:
    """Run a graph; returns shape (texts, outputs), zero texts included."""
    if not len(features):
        return np.zeros((0, len(outputs)), dtype=np.float32)
    (result,) = session.run(None, {session.get_inputs()[0].name: features})
    return np.asarray(result, dtype=np.float32)


def load_heads(encoder: str, cross_encoder: str) -> Heads | None:
    """Return the shipped heads, or None where none are shipped.

    Args:
        encoder: name of the encoder.
        cross_encoder: name of the cross-encoder; "none" where there is none.

    Raises:
        ModelError: heads are there, but were trained for other models or other features.
    """
    folder = models_folder() / "heads"
    if not (folder / CARD).is_file():
        return None
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    expected = {
        "encoder": encoder,
        "cross_encoder": cross_encoder,
        "duty_features": list(SIGNS),
        "sentence_features": list(SENTENCE_NAMES),
        "row_features": list(ROW_NAMES),
    }
    for key, value in expected.items():
        if card.get(key) != value:
            raise ModelError(f"the heads in {folder} were trained for another {key.replace('_', ' ')}", "run 'make train'")
    duties, sentences, rows = (_session(folder / f"{name}.onnx") for name in GRAPHS)
    return Heads(duties, sentences, rows, card)


def _session(path: Path) -> Any:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # Small graphs, run once a form: looking for improvements costs more than they bring.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"{path.name} cannot be loaded ({error})", "reinstall the package, or run 'make train'") from error
