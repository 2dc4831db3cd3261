"""Calibration at the prevalence of real forms, and thresholds that prefer silence to noise.

Our training text is richer in rare faults than published forms are, so probabilities fitted on it would be too high or too
low there. The shares below were counted once on two published forms (southwark-2024 and westminster-2022, 144 rows). They,
and the kind of head for `generic-reference` (see `fit`), are what training takes from published forms.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from evidencereview.language.heads import log_odds

Floats = NDArray[np.float64]

REAL_SHARES: Mapping[str, float] = {
    "generic-reference": 0.60, "bare-assertion": 0.09, "cross-reference": 0.04, "dangling-pointer": 0.03,
    "future-commitment": 0.09, "hedged-practice": 0.07, "admitted-gap": 0.02, "restated-requirement": 0.09,
    "partial-coverage": 0.33, "off-topic": 0.04,
    "relevance>=1": 0.97, "relevance>=2": 0.94, "relevance>=3": 0.25,
    "specificity>=1": 0.95, "specificity>=2": 0.34, "specificity>=3": 0.03,
}  # fmt: skip
# Among thresholds whose F1 is within this share of the best one, the highest is taken: silence before noise.
TOLERANCE = 0.02
# A flag is never said at less than this chance of being right, whatever that costs in recall.
LEAST_CHANCE = 0.25
_EDGE = 1e-4


def weights(targets: NDArray[np.int64], share: float) -> Floats:
    """Return one weight a row with which the targets have the given share of ones."""
    here = min(max(float(targets.mean()), _EDGE), 1 - _EDGE)
    return np.where(targets == 1, share / here, (1 - share) / (1 - here))


def sigmoid_of(held_out: Floats, targets: NDArray[np.int64], share: float) -> tuple[float, float]:
    """Fit Platt's sigmoid on held-out probabilities at the given share; returns slope and intercept on the log-odds."""
    odds = log_odds(held_out).reshape(-1, 1)
    fitted = LogisticRegression(C=10.0).fit(odds, targets, sample_weight=weights(targets, share))
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def threshold(probabilities: Floats, targets: NDArray[np.int64], share: float) -> tuple[float, float]:
    """Return the threshold to use and its F1 at the given share, on held-out probabilities of the training rows."""
    weight = weights(targets, share)
    tried = np.unique(np.round(probabilities, 3))
    scores = np.asarray([_f1(probabilities >= cut, targets, weight) for cut in tried])
    good = np.flatnonzero(scores >= (1 - TOLERANCE) * scores.max())
    cut = max(float(tried[good[-1]]), LEAST_CHANCE)
    return cut, _f1(probabilities >= cut, targets, weight)


def matching_cut(probabilities: Floats, targets: NDArray[np.int64], share: float) -> float:
    """Return the cut at which the share said equals the share there is, for a step of a scale.

    On a scale, too high and too low cost the same, so neither side is preferred.
    """
    weight = weights(targets, share)
    order = np.argsort(-probabilities)
    reached = np.cumsum(weight[order]) / weight.sum()
    place = min(int(np.searchsorted(reached, share)), len(order) - 1)
    return float(probabilities[order[place]])


def _f1(said: NDArray[np.bool_], targets: NDArray[np.int64], weight: Floats) -> float:
    hit = float(weight[said & (targets == 1)].sum())
    return 2 * hit / max(float(weight[said].sum() + weight[targets == 1].sum()), _EDGE)


def brier(probabilities: Floats, targets: NDArray[np.int64], share: float) -> float:
    """Mean squared error of the probabilities, weighted to the given share."""
    weight = weights(targets, share)
    return float((weight * (probabilities - targets) ** 2).sum() / weight.sum())


def reliability(probabilities: Floats, targets: NDArray[np.int64], share: float) -> list[tuple[float, float, int]]:
    """Return, for five bins, mean probability, share of ones (both weighted) and number of rows."""
    weight = weights(targets, share)
    table = []
    for low in np.arange(0.0, 1.0, 0.2):
        inside = (probabilities >= low) & (probabilities < low + 0.2 + (1e-9 if low > 0.7 else 0))
        if inside.any():
            total = weight[inside].sum()
            mean = float((weight * probabilities)[inside].sum() / total)
            table.append((round(mean, 3), round(float((weight * targets)[inside].sum() / total), 3), int(inside.sum())))
    return table
