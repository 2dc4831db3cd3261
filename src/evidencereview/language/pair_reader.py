"""What the cross-encoder says outright, with no head behind it: a breach of the provision, or two sentences that clash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.cross_encoder import READINGS, PairEncoder
from evidencereview.language.pair_texts import Pair
from evidencereview.language.platt import chances_of_odds


@dataclass(frozen=True)
class PairReader:
    """Reads pairs of texts, and turns log-odds into chances that hold on published forms.

    Attributes:
        encoder: the cross-encoder.
        sigmoids: slope and intercept of Platt's sigmoid by output, as the training run fitted them.
    """

    encoder: PairEncoder
    sigmoids: Mapping[str, Sequence[float]]

    def chances(self, output: str, pairs: Sequence[Pair]) -> list[float]:
        """Return one chance a pair."""
        if not pairs:
            return []
        return [float(each) for each in direct_chances(self.encoder.encode(pairs), output, self.sigmoids[output])]


def direct_chances(readings: NDArray[np.float32], output: str, sigmoid: Sequence[float]) -> NDArray[np.float64]:
    """Return the chances of one output from readings of shape (pairs, len(READINGS))."""
    slope, intercept = sigmoid
    return chances_of_odds(readings[:, READINGS.index(output)], slope, intercept)
