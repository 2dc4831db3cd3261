"""The chance that a row speaks to each of its duties: what the head sees, and what a row's chances come to together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.coverage import SIGNS, SPOKEN, DutyCoverage

Matrix = NDArray[np.float32]
Coverage = tuple[tuple[DutyCoverage, ...], ...]
Place = tuple[int, int]
# Over the substantial duties of a row: the least chances and their spread, how many duties are expected to have no
# words, the chance that some duty has none, and that none has any.
DUTY_NAMES = (
    "least", "second", "mean", "most", "lacking", "any-lacking", "none-spoken", "number", "unspoken", "unspoken-share",
)  # fmt: skip
_NOTHING_LACKS = (1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def duty_signs(coverage: Coverage) -> tuple[Matrix, list[Place]]:
    """Return the signs of each duty of each row that has text, and where it stands (row, duty); shape (duties, signs)."""
    places = [(i, j) for i, duties in enumerate(coverage) for j, each in enumerate(duties) if each.signs]
    if not places:
        return np.zeros((0, len(SIGNS)), dtype=np.float32), places
    return np.asarray([coverage[i][j].signs for i, j in places], dtype=np.float32), places


def with_chances(coverage: Coverage, places: Sequence[Place], chances: Sequence[float]) -> Coverage:
    """Return the coverage with a chance for each duty at the given places."""
    known = {place: float(chance) for place, chance in zip(places, chances, strict=True)}
    return tuple(
        tuple(replace(each, chance=known.get((i, j))) for j, each in enumerate(duties)) for i, duties in enumerate(coverage)
    )


def lacking_duties(coverage: Sequence[DutyCoverage]) -> tuple[float, ...]:
    """Return what the chances of a row's substantial duties come to, in the order of `DUTY_NAMES`."""
    chances = np.sort([each.chance for each in coverage if each.duty.substantial and each.chance is not None])
    if not len(chances):
        return _NOTHING_LACKS
    below = chances < SPOKEN
    return (
        float(chances[0]), float(chances[min(1, len(chances) - 1)]), float(chances.mean()), float(chances[-1]),
        float((1 - chances).sum()), float(1 - chances.prod()), float((1 - chances).prod()),
        float(len(chances)), float(below.sum()), float(below.mean()),
    )  # fmt: skip
