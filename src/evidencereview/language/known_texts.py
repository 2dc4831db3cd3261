"""Vectors of texts that are known beforehand: the requirements as forms print them, which most forms share.

They are kept under a hash of their word pieces, so that case and white space do not matter and no text is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.model_files import models_folder

Vector = NDArray[np.float32]
_KEY_BYTES = 16


@dataclass(frozen=True)
class KnownTexts:
    """Vectors by the key of their pieces; equal to those that the encoder would make."""

    vectors: Mapping[bytes, Vector]

    @classmethod
    def none(cls) -> KnownTexts:
        """Return the memory of an encoder of which nothing is kept."""
        return cls({})

    def __contains__(self, pieces: Sequence[int]) -> bool:
        return key_of(pieces) in self.vectors

    def find(self, pieces: Sequence[int]) -> Vector:
        """Return the vector of a text that is known.

        Raises:
            KeyError: it is not.
        """
        return self.vectors[key_of(pieces)]


def key_of(pieces: Sequence[int]) -> bytes:
    """Return the key of a text's word pieces."""
    return hashlib.sha256(np.asarray(pieces, dtype="<i4").tobytes()).digest()[:_KEY_BYTES]


def known_texts_file() -> Path:
    """Return the place of the kept vectors."""
    return models_folder() / "vectors" / "requirements.npz"


def load_known_texts(encoder: str) -> KnownTexts:
    """Return the vectors that this encoder made; none where the file is missing or another encoder made it."""
    path = known_texts_file()
    if not path.is_file():
        return KnownTexts.none()
    with np.load(path, allow_pickle=False) as archive:
        if str(archive["encoder"]) != encoder:
            return KnownTexts.none()
        keys, vectors = archive["keys"], archive["vectors"]
    return KnownTexts({key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)})


def keep_known_texts(pieces: Sequence[Sequence[int]], vectors: NDArray[np.float32], encoder: str) -> Path:
    """Write the vectors of texts given by their pieces; in full precision, so that nothing moves by being kept."""
    keys = np.stack([np.frombuffer(key_of(ids), dtype=np.uint8) for ids in pieces])
    path = known_texts_file()
    np.savez(path, keys=keys, vectors=vectors, encoder=np.array(encoder))
    return path
