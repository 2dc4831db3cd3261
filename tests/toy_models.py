"""A toy encoder (words hashed into 64 places), so that the flow can be tested without the shipped models."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from evidencereview import pipeline
from evidencereview.language.build import Models

SIZE = 64


@cache
def toy_vector(text: str) -> NDArray[np.float32]:
    """Return the unit vector of a text: texts that share words are near each other."""
    vector = np.full(SIZE, 1e-3, dtype=np.float32)
    for word in re.findall(r"\w+", text.lower()):
        vector[zlib.crc32(word.encode()) % SIZE] += 1.0
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


class ToyEncoder:
    """Stands in for the encoder."""

    name = "toy"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (texts, 64)."""
        return np.stack([toy_vector(text) for text in texts]) if texts else np.zeros((0, SIZE), dtype=np.float32)


def toy_models() -> Models:
    """The toy encoder and no heads: rules alone decide."""
    return Models(ToyEncoder(), None, {"encoder": "toy", "heads": "none"})


@contextmanager
def toys_in_place() -> Iterator[None]:
    """Let `review` run on the toy encoder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "load_models", lambda _encoder: toy_models())
        yield
