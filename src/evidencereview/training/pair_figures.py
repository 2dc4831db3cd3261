"""Calibration and thresholds of what the cross-encoder says outright, from readings that were held out of its training.

Chances must hold where faults are rare, so what is no fault is taken from whole forms: their rows, and the pairs of
sentences that a review would ask about. The faults are nearly all planted, in `conflicts/` and `contradictions/`.
Look-alikes have no say: no form holds as many. What share of planted faults and of look-alikes passes the threshold stands
beside it ("planted").
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evidencereview.language.cross_encoder import READINGS, PairEncoder
from evidencereview.language.pair_reader import direct_chances
from evidencereview.language.pair_texts import CONTRADICTION, DIRECT, DROPPED
from evidencereview.training.pair_examples import PAIRS, SINGLE, Taught
from evidencereview.training.prevalence import REAL_SHARES, calibrated_output, held_out_figures

# This share of the pairs that truly clash may be dropped, for the sake of those that do not.
DROPPED_SHARE = 0.05


def pair_figures(taught: Taught, encoder: PairEncoder) -> dict[str, dict[str, Any]]:
    """Return sigmoid, threshold and held-out figures of each direct output, as the card has them.

    An output of which the text shows no fault, or nothing but faults, is left out.

    Args:
        taught: all pairs that the cross-encoder learned from.
        encoder: gives their held-out readings.
    """
    readings = encoder.encode(taught.pairs)
    return {name: _settle(taught, readings, name) for name in DIRECT if _has_both_kinds(taught, name)}


def _has_both_kinds(taught: Taught, name: str) -> bool:
    column = READINGS.index(name)
    targets = taught.targets[taught.taught[:, column], column]
    return len(set(targets.tolist())) > 1 and bool(taught.natural[taught.taught[:, column]].any())


def _settle(taught: Taught, readings: np.ndarray[Any, np.dtype[np.float32]], name: str) -> dict[str, Any]:
    column, share = READINGS.index(name), REAL_SHARES[name]
    targets = taught.targets[:, column]
    kept = taught.taught[:, column] & (taught.natural | (targets == 1))
    raw = 1 / (1 + np.exp(-readings[kept, column].astype(np.float64)))
    found = calibrated_output(name, raw, targets[kept], share)
    chances = found.chances(raw)
    figures = held_out_figures(found, chances, targets[kept], share)
    if name == CONTRADICTION:
        figures["drop"] = min(found.cut, float(np.quantile(chances[targets[kept] == 1], DROPPED_SHARE)))
    said = direct_chances(readings, name, figures["sigmoid"]) >= figures["threshold"]
    planted = taught.taught[:, column] & np.isin(taught.kinds, (SINGLE, PAIRS))
    return figures | {"planted": [_share(said[planted & (targets == kind)]) for kind in (1, 0)]}


def _share(said: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    return round(float(said.mean()), 3) if len(said) else 0.0


def thresholds_of(figures: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return the thresholds by the names that the checks know them by."""
    cuts = {name: float(entry["threshold"]) for name, entry in figures.items()}
    return cuts | ({DROPPED: float(figures[CONTRADICTION]["drop"])} if CONTRADICTION in figures else {})
