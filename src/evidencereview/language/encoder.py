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
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError
from evidencereview.language.known_texts import KnownTexts, load_known_texts
from evidencereview.language.model_files import models_folder
from evidencereview.language.parted import Parted, Span, piece_ranges

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
# A text, two that a model reads together, or one whose parts have vectors of their own.
Text = str | tuple[str, str] | Parted

DIMENSIONS = 384
MAX_PIECES = 256
# Bounds the time of cutting a text into pieces; ordinary words fill 256 pieces long before.
MAX_CHARACTERS = 100_000
CACHED_TEXTS = 8192


@dataclass(frozen=True, slots=True)
class _Cut:
    """A text cut into word pieces, and which of them each of its parts holds."""

    text: Text
    ids: Sequence[int]
    parts: tuple[Span, ...] = ()


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
            cached_texts: how many texts are remembered (1.5 kB a vector); the one unused for longest goes first.
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

    def encode(self, texts: Sequence[str | tuple[str, str]]) -> Vectors:
        """Return one unit vector a text, in the order given; float32, shape (texts, 384).

        Raises:
            ModelError: the model's files are missing or broken.
        """
        vectors = self._vectors(texts)
        return np.stack([vectors[text] for text in texts]) if texts else np.zeros((0, self.dimensions), dtype=np.float32)

    def encode_parts(self, texts: Sequence[Parted]) -> list[Vectors]:
        """Return for each text its unit vector, and one a part: the mean of the part's pieces as read within the text.

        A part beyond the pieces that count is read by itself.

        Returns:
            One array a text, float32, shape (1 + parts, 384).

        Raises:
            ModelError: the model's files are missing or broken.
        """
        wanted = [_plain(text) for text in texts]
        vectors = self._vectors(wanted)
        return [self._completed(text, np.array(vectors[text]).reshape(-1, self.dimensions)) for text in wanted]

    def _completed(self, text: Text, vectors: Vectors) -> Vectors:
        """Read those parts by themselves of which nothing was read within the text."""
        unread = np.flatnonzero(np.isnan(vectors[:, 0]))
        if isinstance(text, Parted) and len(unread):
            vectors[unread] = self.encode([text.parts[i - 1] for i in unread.tolist()])
        return vectors

    def expect(self, texts: Sequence[Text]) -> None:
        """Begin to encode texts that will be asked for, in other threads; does nothing where there is but one.

        Raises:
            ModelError: the model's files are missing or broken.
        """
        if self.threads > 1:
            with self._lock:
                wanted = dict.fromkeys(_plain(text) for text in texts)
                self._begin([text for text in wanted if text not in self._cache and text not in self._begun])

    def open_ahead(self) -> None:
        """Begin to load the model's files in another thread; what is wrong with them is said by `encode`."""
        if self.threads > 1:
            self._pool.submit(self._open)

    def pieces(self, text: Text) -> Sequence[int]:
        """Return the numbers of a text's word pieces, as the model takes them.

        Raises:
            ModelError: the model's files are missing or broken.
        """
        return self._cut([text])[0].ids

    def is_truncated(self, text: str) -> bool:
        """Whether the end of a text has no say in its vector.

        Raises:
            ModelError: the model's files are missing or broken.
        """
        return len(text) > MAX_CHARACTERS or bool(self._tokenizer.encode(_readable(text)).overflowing)

    def _vectors(self, texts: Sequence[Text]) -> dict[Text, Vector]:
        """Return the vectors of texts, from the memory or made now; a parted text has several."""
        with self._lock:
            vectors = self._recall(texts)
            made = self._encode_all([text for text in dict.fromkeys(texts) if text not in vectors])
            self._remember(made)
            vectors.update(made)
        return vectors

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
            return {cut.text: self._find(cut) if self._is_known(cut) else self._vector(cut) for cut in self._cut(texts)}
        self._begin([text for text in texts if text not in self._begun])
        return {text: self._begun.pop(text).result() for text in texts}

    def _begin(self, texts: Sequence[Text]) -> None:
        """Encode distinct texts in the threads; the longest first, so that none is left alone with one at the end."""
        for cut in sorted(self._cut(texts), key=lambda cut: -len(cut.ids)):
            self._begun[cut.text] = _done(self._find(cut)) if self._is_known(cut) else self._pool.submit(self._vector, cut)

    def _cut(self, texts: Sequence[Text]) -> list[_Cut]:
        """Cut texts into word pieces; where a piece stands in its text is asked for parts alone, since it takes time."""
        whole = [text for text in texts if not isinstance(text, Parted)]
        parted = [text for text in texts if isinstance(text, Parted)]
        fast = self._tokenizer.encode_batch_fast([_readable_input(text) for text in whole]) if whole else []
        slow = self._tokenizer.encode_batch([_readable(text.text) for text in parted]) if parted else []
        return [_Cut(text, found.ids) for text, found in zip(whole, fast, strict=True)] + [
            _Cut(text, found.ids, piece_ranges(found.offsets, text.spans)) for text, found in zip(parted, slow, strict=True)
        ]

    def _is_known(self, cut: _Cut) -> bool:
        return not cut.parts and cut.ids in self._known

    def _find(self, cut: _Cut) -> Vector:
        return self._known.find(cut.ids)

    def _vector(self, cut: _Cut) -> Vector:
        return _run(self._session, cut.ids, cut.parts)

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


def _run(session: Any, ids: Sequence[int], parts: Sequence[Span] = ()) -> Vector:
    """Return the vector of a text, shape (384,); with those of its parts, given by their pieces, shape (1 + parts, 384).

    A part without pieces is not a number.
    """
    given = {"ids": np.asarray([ids], dtype=np.int64)}
    if not parts:
        return np.asarray(session.run(["vectors"], given)[0][0], dtype=np.float32)
    vectors, state = session.run(["vectors", "state"], given)
    made = np.full((1 + len(parts), vectors.shape[1]), np.nan, dtype=np.float32)
    made[0] = vectors[0]
    for place, (begin, end) in enumerate(parts, 1):
        if end > begin:
            mean = state[0, begin:end].mean(axis=0)
            made[place] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return made


def _plain(text: Text) -> Text:
    """Return a text without parts as itself, so that it is encoded once however it is asked for."""
    return text.text if isinstance(text, Parted) and not text.spans else text


def _readable_input(text: str | tuple[str, str]) -> str | tuple[str, str]:
    return _readable(text) if isinstance(text, str) else (_readable(text[0]), _readable(text[1]))


def _readable(text: str) -> str:
    """Return what the tokenizer can take: half characters (lone surrogates) become question marks."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
