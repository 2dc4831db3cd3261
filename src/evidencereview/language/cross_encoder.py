"""The cross-encoder: what a provision asks and what a row says, read together by one small model.

Vectors of single sentences cannot tell how a text bears on a requirement: whether it only says it again, whether a practice
has a who, whether "will" is a rule here or a promise. A small transformer that reads both together tells some of it. Its
log-odds are features of the row heads, beside cues, counts and vectors; it decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.encoder import Encoder, shipped_encoder
from evidencereview.language.features import OUTPUTS
from evidencereview.language.model_files import models_folder
from evidencereview.language.view import RowView

Pair = tuple[str, str]
FOLDER = "cross_encoder"


class PairEncoder(Protocol):
    """Whatever reads pairs of texts."""

    @property
    def name(self) -> str:
        """Name and version of the model."""
        ...

    def encode(self, texts: Sequence[Pair]) -> NDArray[np.float32]:
        """Return one log-odds a pair and output, shape (pairs, len(OUTPUTS))."""
        ...


@runtime_checkable
class EarlyPairEncoder(Protocol):
    """One that can begin before it is asked."""

    def expect(self, texts: Sequence[Pair]) -> None:
        """Begin what will be asked for, where that saves time."""
        ...


class CrossEncoder(Encoder):
    """Turns pairs of texts into one log-odds an output (`OUTPUTS`); otherwise as the encoder, whose tokenizer it shares."""

    remedy = "reinstall the package, or run 'make cross-encoder' in a checkout"

    @property
    def dimensions(self) -> int:
        """How many outputs it has."""
        return len(OUTPUTS)


def pair_of(view: RowView) -> Pair:
    """Return what is read of a row: our summary of its provision, and the answer with evidence and commentary.

    The printed requirement is read where the provision is not known: the summary is the same in all forms of an edition.
    """
    asked = view.provision.summary if view.provision else view.row.requirement
    cells = [cell for cell in (view.row.evidence, view.row.commentary) if cell.strip()]
    return asked, f"{view.row.answer.value}. {' / '.join(cells)}"


@cache
def shipped_cross_encoder() -> CrossEncoder | None:
    """Return the cross-encoder that travels with the package, one a process; None where there is none."""
    folder = models_folder() / FOLDER
    return CrossEncoder(folder, beside=shipped_encoder()) if folder.is_dir() else None
