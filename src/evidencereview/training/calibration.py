"""Whether a confidence means what it says: Brier score and a table of bins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows whose confidence lies from `low` up to `high`: how sure the review was, and how often it was right."""

    low: float
    high: float
    rows: int
    confidence: float
    share: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of one flag: mean squared error of the confidence, expected calibration error, and the bins that hold rows."""

    flag: str
    brier: float
    expected_error: float
    bins: tuple[Bin, ...]


def brier(confidence: ArrayLike, truth: ArrayLike) -> float:
    """Mean squared difference between confidence (0 to 1) and truth (0 or 1); at least one row is needed."""
    return float(np.mean((np.asarray(confidence, dtype=float) - np.asarray(truth, dtype=float)) ** 2))


def bins_of(confidence: ArrayLike, truth: ArrayLike, bins: int = BINS) -> tuple[Bin, ...]:
    """Sort rows into bins of equal width; a bin holds its lower edge, the last one 1.0 too; empty bins are left out."""
    sure, true = np.asarray(confidence, dtype=float), np.asarray(truth, dtype=float)
    # Rounding keeps a confidence of 0.3 in the bin that starts at 0.3 (0.3 * 10 is not always 3).
    place = np.minimum(np.floor(np.round(sure * bins, 9)).astype(int), bins - 1)
    return tuple(
        Bin(
            n / bins,
            (n + 1) / bins,
            int((place == n).sum()),
            float(sure[place == n].mean()),
            float(true[place == n].mean()),
        )
        for n in sorted(set(place.tolist()))
    )


def expected_error(bins: tuple[Bin, ...]) -> float:
    """Mean gap between confidence and truth over the bins, weighted by their rows."""
    rows = sum(each.rows for each in bins)
    return sum(each.rows * abs(each.confidence - each.share) for each in bins) / rows if rows else 0.0


def calibrate(flag: str, confidence: ArrayLike, truth: ArrayLike) -> Calibration:
    """Measure one flag over all rows (at least one)."""
    bins = bins_of(confidence, truth)
    return Calibration(flag, brier(confidence, truth), expected_error(bins), bins)
