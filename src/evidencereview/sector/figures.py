"""Figures over many forms: standing of a form among the others, and quartiles of a provision."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def standings(values: Sequence[float] | Numbers) -> Numbers:
    """Return, for each value, the share of the others (0 to 100) that are higher, equal ones counted by half.

    Values are amounts of work left (a score, a number of findings), so 100 is the best standing. Alone, a value stands at
    50.
    """
    numbers = np.asarray(values, dtype=np.float64)
    if len(numbers) < 2:
        return np.full(len(numbers), 50.0)
    ordered = np.sort(numbers)
    higher = len(numbers) - np.searchsorted(ordered, numbers, side="right")
    equal = len(numbers) - higher - np.searchsorted(ordered, numbers, side="left") - 1
    return np.asarray(100.0 * (higher + equal / 2) / (len(numbers) - 1))


def quartiles(values: Sequence[float] | Numbers) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile (zeros for no values)."""
    if not len(values):
        return (0.0, 0.0, 0.0)
    low, middle, high = np.percentile(np.asarray(values, dtype=np.float64), [25, 50, 75])
    return (round(float(low), 4), round(float(middle), 4), round(float(high), 4))
