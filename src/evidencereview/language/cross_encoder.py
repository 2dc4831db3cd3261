"""The cross-encoder: what a provision asks and what a row says, read together by one small model.

Vectors of single sentences cannot tell how a text bears on a requirement: whether it only says it again, whether a practice
has a who, whether "will" is a rule here or a promise. A small transformer that reads both together tells some of it. Its
log-odds are features of the row heads, beside cues, counts and vectors. Two more outputs have no head behind them: whether a
row's words break its provision, and, of two sentences of different rows, whether both can be true.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.encoder import Encoder, shipped_encoder
from evidencereview.language.features import OUTPUTS
from evidencereview.language.model_files import models_folder
from evidencereview.language.pair_texts import DIRECT, Pair

FOLDER = "cross_encoder"
READINGS = (*OUTPUTS, *DIRECT)


class PairEncoder(Protocol):
    """Whatever reads pairs of texts."""

    @property
    def name(self) -> str:
        """Name and version of the model."""
        ...

    def encode(self, texts: Sequence[Pair]) -> NDArray[np.float32]:
        """Return one log-odds a pair and output, shape (pairs, len(READINGS))."""
        ...


class CrossEncoder(Encoder):
    """Turns pairs of texts into one log-odds an output (`READINGS`); otherwise as the encoder, whose tokenizer it shares."""

    remedy = "reinstall the package, or run 'make cross-encoder' in a checkout"

    @property
    def dimensions(self) -> int:
        """How many outputs it has."""
        return len(READINGS)


@cache
def shipped_cross_encoder() -> CrossEncoder | None:
    """Return the cross-encoder that travels with the package, one a process; None where there is none."""
    folder = models_folder() / FOLDER
    return CrossEncoder(folder, beside=shipped_encoder()) if folder.is_dir() else None
