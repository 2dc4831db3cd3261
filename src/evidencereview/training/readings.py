"""What the cross-encoder makes of our training rows without having seen their landlord.

The heads must learn from such readings: of rows that it was trained on it is far surer than it will be of any form to come.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import LabelError
from evidencereview.language.build import Models
from evidencereview.language.cross_encoder import PairEncoder, shipped_cross_encoder
from evidencereview.language.pair_texts import Pair
from evidencereview.language.vectors import TextEncoder

Readings = NDArray[np.float32]
log = logging.getLogger(__name__)
FILE = "cross_encoder.npz"


class HeldOutReadings:
    """Stands in for the cross-encoder in training: a pair that it learned from has the reading of a model that did not."""

    def __init__(self, kept: Mapping[str, Readings], model: PairEncoder) -> None:
        """Take the kept readings by `key_of` their pair, and the model for pairs that it never saw."""
        self._kept = kept
        self._model = model

    @property
    def name(self) -> str:
        """Name and version of the model."""
        return self._model.name

    def encode(self, texts: Sequence[Pair]) -> Readings:
        """Return one log-odds a pair and output, shape (pairs, outputs)."""
        new = [text for text in texts if key_of(text) not in self._kept]
        if new and len(new) < len(texts):
            log.info(
                "%d of %d pairs have no held-out reading and are read by the model as it is shipped", len(new), len(texts)
            )
        read = dict(zip(new, self._model.encode(new), strict=True)) if new else {}
        made = [read[text] if text in read else self._kept[key_of(text)] for text in texts]
        return np.stack(made).astype(np.float32) if made else self._model.encode([])


def training_models(encoder: TextEncoder, data: Path) -> Models:
    """Return the models that heads are trained with: the encoder, and the held-out readings of the cross-encoder.

    A folder without such readings is text that the shipped cross-encoder has never seen, and is read by it as it is.

    Raises:
        LabelError: the held-out readings belong to another cross-encoder.
    """
    model = shipped_cross_encoder()
    if model is None:
        return Models(encoder)
    if not (data / FILE).is_file():
        log.warning("%s is not there: every row is read by the cross-encoder as it is shipped", data / FILE)
        return Models(encoder, cross_encoder=model)
    return Models(encoder, cross_encoder=HeldOutReadings(load_readings(data / FILE, model.name), model))


def key_of(pair: Pair) -> str:
    """Return a short hash of a pair."""
    return hashlib.sha256("\x00".join(pair).encode()).hexdigest()[:16]


def keep_readings(path: Path, model: str, pairs: Sequence[Pair], readings: Readings) -> None:
    """Write held-out readings, shape (pairs, outputs); a pair that stands twice keeps the mean."""
    keys = np.asarray([key_of(pair) for pair in pairs])
    unique, places = np.unique(keys, return_inverse=True)
    sums = np.zeros((len(unique), readings.shape[1]))
    np.add.at(sums, places, readings)
    means = sums / np.bincount(places)[:, None]
    np.savez_compressed(path, model=np.array(model), keys=unique, readings=means.astype(np.float16))


def load_readings(path: Path, model: str) -> dict[str, Readings]:
    """Read what `keep_readings` wrote.

    Raises:
        LabelError: another model made it.
    """
    with np.load(path, allow_pickle=False) as archive:
        if str(archive["model"]) != model:
            raise LabelError(f"{path} was made by another cross-encoder", "run 'make cross-encoder'")
        return dict(zip(archive["keys"].tolist(), archive["readings"].astype(np.float32), strict=True))
