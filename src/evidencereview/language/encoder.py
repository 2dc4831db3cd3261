"""Sentence vectors without torch: the exported encoder run by onnxruntime, one text a run.

A text never shares a run with another. Nothing is padded or masked, and its vector cannot depend on its neighbours, on the
number of threads or on what was encoded before; several threads take texts from one queue, the longest first. What is
expected can be begun early, so that encoding and the search for cues share the time.
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError
from evidencereview.language.known_texts import KnownTexts, load_known_texts
from evidencereview.language.model_files import models_folder

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
# A text, or two that a model reads together.
Text = str | tuple[str, str]

DIMENSIONS = 384
MAX_PIECES = 256
# Bounds the time of cutting a text into pieces; ordinary words fill 256 pieces long before.
MAX_CHARACTERS = 100_000
CACHED_TEXTS = 8192


class Encoder:
    """Turns texts into unit vectors of 384 numbers; equal texts are encoded once and the last ones are remembered.

    A text counts up to 256 word pieces, as in the original model, the marks at its two ends included; what follows has no
    say in its vector (`is_truncated` tells). An empty text has a vector as well. Model files are opened at the first text.
    """

    remedy = "reinstall the package, or run 'make encoder' in a checkout"

    def __init__(
        self,
        folder: Path | None = None,
        *,
        threads: int | None = None,
        cached_texts: int = CACHED_TEXTS,
        remember_known: bool = True,
        beside: Encoder | None = None,
    ) -> None:
        """Choose files and limits; loads nothing.

        Args:
            folder: holds model.onnx, tokenizer.json and card.json; by default the shipped one.
            threads: texts encoded at the same time; by default two, or one where the machine or OMP_NUM_THREADS says so.
            cached_texts: how many vectors are remembered (1.5 kB each); the one unused for longest goes first.
            remember_known: take the vectors of known requirements from `models/vectors` (of the shipped model alone).
            beside: another encoder, whose tokenizer and threads serve this one as well.

        Raises:
            ValueError: `threads` is below 1 or `cached_texts` is negative.
        """
        self.threads: int = (beside.threads if beside else default_threads()) if threads is None else threads
        if self.threads < 1 or cached_texts < 0:
            raise ValueError("an encoder needs at least one thread and a cache of no negative size")
        self._given = folder
        self._beside = beside
        self._remember_known = remember_known and folder is None
        self._cached_texts = cached_texts
        self._cache: OrderedDict[Text, Vector] = OrderedDict()
        self._begun: dict[Text, Future[Vector]] = {}
        self._lock = threading.RLock()
        self._loading = threading.RLock()

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
            raise ModelError(f"the encoder's card {path} cannot be read ({error})", self.remedy) from error
        return card

    @property
    def dimensions(self) -> int:
        """How many numbers a text is turned into."""
        return DIMENSIONS

    def encode(self, texts: Sequence[Text]) -> Vectors:
        """Return one unit vector a text, in the order given; float32, shape (texts, 384).

        Raises:
            ModelError: the model's files are missing or broken.
        """
        with self._lock:
            vectors = self._recall(texts)
            made = self._encode_all([text for text in dict.fromkeys(texts) if text not in vectors])
            self._remember(made)
            vectors.update(made)
        return np.stack([vectors[text] for text in texts]) if texts else np.zeros((0, self.dimensions), dtype=np.float32)

    def expect(self, texts: Sequence[Text]) -> None:
        """Begin to encode texts that will be asked for, in other threads; does nothing where there is but one.

        Raises:
            ModelError: the model's files are missing or broken.
        """
        if self.threads > 1:
            with self._lock:
                self._begin([text for text in dict.fromkeys(texts) if text not in self._cache and text not in self._begun])

    def open_ahead(self) -> None:
        """Begin to load the model's files in another thread; what is wrong with them is said by `encode`."""
        if self.threads > 1:
            self._pool.submit(self._open)

    def pieces(self, text: Text) -> Sequence[int]:
        """Return the numbers of a text's word pieces, as the model takes them.

        Raises:
            ModelError: the model's files are missing or broken.
        """
        return self._pieces([text])[0][1]

    def is_truncated(self, text: str) -> bool:
        """Whether the end of a text has no say in its vector.

        Raises:
            ModelError: the model's files are missing or broken.
        """
        return len(text) > MAX_CHARACTERS or bool(self._tokenizer.encode(_readable(text)).overflowing)

    def _recall(self, texts: Sequence[Text]) -> dict[Text, Vector]:
        """Return what the cache holds of these texts, and mark it as used."""
        known = {}
        for text in texts:
            if text in self._cache:
                self._cache.move_to_end(text)
                known[text] = self._cache[text]
        return known

    def _remember(self, made: Mapping[Text, Vector]) -> None:
        self._cache.update(made)
        while len(self._cache) > self._cached_texts:
            self._cache.popitem(last=False)

    def _encode_all(self, texts: Sequence[Text]) -> dict[Text, Vector]:
        """Encode distinct texts, or wait for those that were begun before."""
        if self.threads == 1:
            known, pieces = self._known, self._pieces(texts)
            return {text: known.find(ids) if ids in known else _run(self._session, ids) for text, ids in pieces}
        self._begin([text for text in texts if text not in self._begun])
        return {text: self._begun.pop(text).result() for text in texts}

    def _begin(self, texts: Sequence[Text]) -> None:
        """Encode distinct texts in the threads; the longest first, so that none is left alone with one at the end."""
        known = self._known if texts else None
        for text, ids in sorted(self._pieces(texts), key=lambda pair: -len(pair[1])):
            assert known is not None
            self._begun[text] = _done(known.find(ids)) if ids in known else self._pool.submit(self._vector, ids)

    def _pieces(self, texts: Sequence[Text]) -> list[tuple[Text, Sequence[int]]]:
        if not texts:
            return []
        cut = self._tokenizer.encode_batch_fast([_readable_input(text) for text in texts])
        return [(text, encoding.ids) for text, encoding in zip(texts, cut, strict=True)]

    def _vector(self, ids: Sequence[int]) -> Vector:
        return _run(self._session, ids)

    def _open(self) -> None:
        with suppress(ModelError):
            _ = self._session, self._tokenizer, self._known

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        if self._beside is not None and self._beside.threads == self.threads:
            return self._beside._pool
        return ThreadPoolExecutor(self.threads, thread_name_prefix="encoder")

    @property
    def _known(self) -> KnownTexts:
        with self._loading:
            return self._known_texts

    @cached_property
    def _known_texts(self) -> KnownTexts:
        return load_known_texts(self.name) if self._remember_known else KnownTexts.none()

    @property
    def _session(self) -> Any:
        # Two threads may ask at once for what is loaded at the first text.
        with self._loading:
            return self._loaded_session

    @property
    def _tokenizer(self) -> Any:
        with self._loading:
            return self._loaded_tokenizer

    @cached_property
    def _loaded_session(self) -> Any:
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
            raise ModelError(f"the encoder {path} cannot be loaded ({error})", self.remedy) from error

    @cached_property
    def _loaded_tokenizer(self) -> Any:
        if self._beside is not None:
            return self._beside._tokenizer
        from tokenizers import Tokenizer

        path = self._file("tokenizer.json")
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:
            raise ModelError(f"the encoder's tokenizer {path} cannot be loaded ({error})", self.remedy) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_PIECES)
        return tokenizer

    def _file(self, name: str) -> Path:
        path = (self._given or models_folder() / "encoder") / name
        if not path.is_file():
            raise ModelError(f"the encoder's file {path} is missing", self.remedy)
        return path


def default_threads() -> int:
    """Return two, or one where OMP_NUM_THREADS (as set for batch workers) or the machine allows no more."""
    wished = os.environ.get("OMP_NUM_THREADS", "")
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(2, allowed, int(wished) if wished.isdecimal() else 2))


@cache
def shipped_encoder() -> Encoder:
    """Return the encoder that travels with the package: one a process, so that what it has loaded serves everyone."""
    return Encoder()


def _done(vector: Vector) -> Future[Vector]:
    future: Future[Vector] = Future()
    future.set_result(vector)
    return future


def _run(session: Any, ids: Sequence[int]) -> Vector:
    (vectors,) = session.run(None, {"ids": np.asarray([ids], dtype=np.int64)})
    return np.asarray(vectors[0], dtype=np.float32)


def _readable_input(text: Text) -> Text:
    return _readable(text) if isinstance(text, str) else (_readable(text[0]), _readable(text[1]))


def _readable(text: str) -> str:
    """Return what the tokenizer can take: half characters (lone surrogates) become question marks."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
