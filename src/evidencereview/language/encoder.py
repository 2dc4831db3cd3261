"""Sentence vectors without torch: the exported encoder run by onnxruntime, one text a run.

A text never shares a run with another. Nothing is padded or masked, and its vector cannot depend on its neighbours, on the
number of threads or on what was encoded before; several threads take texts from one queue, the longest first.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError
from evidencereview.language.model_files import models_folder

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]

DIMENSIONS = 384
MAX_PIECES = 256
# Bounds the time of cutting a text into pieces; ordinary words fill 256 pieces long before.
MAX_CHARACTERS = 100_000
CACHED_TEXTS = 8192
_REMEDY = "reinstall the package, or run 'make encoder' in a checkout"


class Encoder:
    """Turns texts into unit vectors of 384 numbers; equal texts are encoded once and the last ones are remembered.

    A text counts up to 256 word pieces, as in the original model, the marks at its two ends included; what follows has no
    say in its vector (`is_truncated` tells). An empty text has a vector as well. Model files are opened at the first text.
    """

    def __init__(self, folder: Path | None = None, *, threads: int | None = None, cached_texts: int = CACHED_TEXTS) -> None:
        """Choose files and limits; loads nothing.

        Args:
            folder: holds model.onnx, tokenizer.json and card.json; by default the shipped one.
            threads: texts encoded at the same time; by default two, or one where the machine or OMP_NUM_THREADS says so.
            cached_texts: how many vectors are remembered (1.5 kB each); the one unused for longest goes first.

        Raises:
            ValueError: `threads` is below 1 or `cached_texts` is negative.
        """
        self.threads = default_threads() if threads is None else threads
        if self.threads < 1 or cached_texts < 0:
            raise ValueError("an encoder needs at least one thread and a cache of no negative size")
        self._given = folder
        self._cached_texts = cached_texts
        self._cache: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        """Name and version of the model: equal names give equal vectors.

        Raises:
            ModelError: the model's card is missing or broken.
        """
        return str(self.card["name"])

    @cached_property
    def card(self) -> Mapping[str, Any]:
        """What `card.json` says of the model.

        Raises:
            ModelError: it is missing or broken.
        """
        path = self._file("card.json")
        try:
            card: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"the encoder's card {path} cannot be read ({error})", _REMEDY) from error
        return card

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, in the order given; float32, shape (texts, 384).

        Raises:
            ModelError: the model's files are missing or broken.
        """
        with self._lock:
            vectors = self._recall(texts)
            missing = [text for text in dict.fromkeys(texts) if text not in vectors]
            made = self._encode_all(missing)
            self._remember(made)
            vectors.update(made)
        return np.stack([vectors[text] for text in texts]) if texts else np.zeros((0, DIMENSIONS), dtype=np.float32)

    def is_truncated(self, text: str) -> bool:
        """Whether the end of a text has no say in its vector.

        Raises:
            ModelError: the model's files are missing or broken.
        """
        return len(text) > MAX_CHARACTERS or bool(self._tokenizer.encode(_readable(text)).overflowing)

    def _recall(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Return what the cache holds of these texts, and mark it as used."""
        known = {}
        for text in texts:
            if text in self._cache:
                self._cache.move_to_end(text)
                known[text] = self._cache[text]
        return known

    def _remember(self, made: Mapping[str, Vector]) -> None:
        self._cache.update(made)
        while len(self._cache) > self._cached_texts:
            self._cache.popitem(last=False)

    def _encode_all(self, texts: Sequence[str]) -> dict[str, Vector]:
        """Encode distinct texts; the longest first, so that no thread is left alone with one at the end."""
        if not texts:
            return {}
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch_fast([_readable(text) for text in texts])]
        order = sorted(range(len(texts)), key=lambda i: -len(pieces[i]))
        made = self._run_all([pieces[i] for i in order])
        return {texts[i]: vector for i, vector in zip(order, made, strict=True)}

    def _run_all(self, pieces: Sequence[Sequence[int]]) -> list[Vector]:
        session = self._session
        if self.threads == 1 or len(pieces) == 1:
            return [_run(session, ids) for ids in pieces]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(lambda ids: _run(session, ids), pieces))

    @cached_property
    def _session(self) -> Any:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The graph is stored as it is to be run; looking for improvements would only cost time at the start.
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
        path = self._file("model.onnx")
        try:
            return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise ModelError(f"the encoder {path} cannot be loaded ({error})", _REMEDY) from error

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        path = self._file("tokenizer.json")
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:
            raise ModelError(f"the encoder's tokenizer {path} cannot be loaded ({error})", _REMEDY) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_PIECES)
        return tokenizer

    def _file(self, name: str) -> Path:
        path = (self._given or models_folder() / "encoder") / name
        if not path.is_file():
            raise ModelError(f"the encoder's file {path} is missing", _REMEDY)
        return path


def default_threads() -> int:
    """Return two, or one where OMP_NUM_THREADS (as set for batch workers) or the machine allows no more."""
    wished = os.environ.get("OMP_NUM_THREADS", "")
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(2, allowed, int(wished) if wished.isdecimal() else 2))


def _run(session: Any, ids: Sequence[int]) -> Vector:
    (vectors,) = session.run(None, {"ids": np.asarray([ids], dtype=np.int64)})
    return np.asarray(vectors[0], dtype=np.float32)


def _readable(text: str) -> str:
    """Return what the tokenizer can take: half characters (lone surrogates) become question marks."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
