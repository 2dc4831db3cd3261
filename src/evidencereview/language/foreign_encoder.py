"""Any sentence-transformers model in place of the shipped encoder, for relevance alone (extra `[encoder]`)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError


class ForeignEncoder:
    """A sentence-transformers model from a folder on this machine; nothing is fetched.

    Args:
        folder: where the model was saved.

    Raises:
        ModelError: no such folder, no model in it, or the extra is not installed.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise ModelError(f"{folder}: no such folder", "name the folder of a saved sentence-transformers model")
        self._model = _load(folder)
        self.name = f"{folder.name} ({_fingerprint(folder)})"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text, shape (texts, dimensions)."""
        if not texts:
            return np.zeros((0, int(self._model.get_sentence_embedding_dimension())), dtype=np.float32)
        made = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(made, dtype=np.float32)


def _load(folder: Path) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError("--encoder needs sentence-transformers", "pip install 'evidencereview[encoder]'") from error
    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except Exception as error:
        raise ModelError(f"{folder}: holds no sentence-transformers model ({error})", "name another folder") from error


def _fingerprint(folder: Path) -> str:
    """Hash of the folder's file names and sizes: enough to tell two models apart in a report."""
    listed = sorted((path.name, path.stat().st_size) for path in folder.rglob("*") if path.is_file())
    return hashlib.sha256(repr(listed).encode()).hexdigest()[:12]
