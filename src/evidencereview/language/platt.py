"""Platt's sigmoid: log-odds of a model → chances that hold on published forms (Platt 1999, "Probabilistic outputs …")."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Beyond one in ten thousand no training run of ours can tell.
_LEAST = 1e-4
_SUREST = float(np.log((1 - _LEAST) / _LEAST))


def log_odds(probabilities: NDArray[Any]) -> NDArray[np.float64]:
    """Return log-odds; certainty is cut at one in ten thousand."""
    clipped = np.clip(np.asarray(probabilities, dtype=np.float64), _LEAST, 1 - _LEAST)
    return np.asarray(np.log(clipped / (1 - clipped)))


def calibrated(probabilities: NDArray[Any], slope: float, intercept: float) -> NDArray[np.float64]:
    """Return probabilities through the sigmoid on their log-odds, as the training run fitted it."""
    return chances_of_odds(log_odds(probabilities), slope, intercept)


def chances_of_odds(odds: NDArray[Any], slope: float, intercept: float) -> NDArray[np.float64]:
    """Return the chances of log-odds, which are cut where `log_odds` cuts."""
    kept = np.clip(np.asarray(odds, dtype=np.float64), -_SUREST, _SUREST)
    return np.asarray(1 / (1 + np.exp(-(slope * kept + intercept))))
