"""How near the exported encoder is to its original, and how fast: the figures of its card."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import ModelError
from evidencereview.language.encoder import Encoder
from evidencereview.language.vectors import duty_texts
from evidencereview.provisions import known_editions, load_pack
from evidencereview.training.encoder_weights import EXTRA

ROUNDS = 3
GROUP = 7

Encode = Callable[[Sequence[str]], NDArray[Any]]


def measured(folder: Path, original: Path) -> dict[str, Any]:
    """Compare an exported encoder with the original on texts of ours that took no part in the export.

    Args:
        folder: the exported files.
        original: folder of the original model.

    Raises:
        ModelError: sentence-transformers is not installed.
    """
    texts, plain = measuring_texts(), _original_encode(original)
    encoder = Encoder(folder, cached_texts=0)
    started = time.perf_counter()
    encoder.encode(texts[:1])
    first = time.perf_counter() - started
    given, wanted = encoder.encode(texts), plain(texts)
    # They take turns, so that a busy machine slows both.
    rounds = [(_rates(texts, encoder.encode), _rates(texts, plain)) for _ in range(ROUNDS)]
    cosines = (given * wanted).sum(axis=1)
    return {
        "texts": len(texts),
        "cosine_mean": round(float(cosines.mean()), 5),
        "cosine_least": round(float(cosines.min()), 5),
        "largest_difference_by_neighbours": float(np.abs(_regrouped(encoder, texts) - given).max()),
        "seconds_to_first_vector": round(first, 3),
        "threads": encoder.threads,
        **_best([ours for ours, _ in rounds]),
        "the_original_at_its_defaults": _best([theirs for _, theirs in rounds]),
    }


def measuring_texts() -> list[str]:
    """Return the texts of all duties, and as long texts those of each provision in one."""
    packs = [load_pack(edition) for edition in known_editions()]
    short = [text for pack in packs for text in duty_texts(pack)[0]]
    long = [" ".join(duty.text for duty in each.duties) for pack in packs for each in pack.provisions]
    return list(dict.fromkeys([*short, *long]))


def _original_encode(folder: Path) -> Encode:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError("sentence-transformers is not installed", EXTRA) from error
    model = SentenceTransformer(str(folder))
    return lambda texts: np.asarray(model.encode(list(texts), show_progress_bar=False))


def _regrouped(encoder: Encoder, texts: Sequence[str]) -> NDArray[Any]:
    """Encode in another order and in small groups, and return the vectors in the order of the texts."""
    order = list(range(len(texts)))
    random.Random(0).shuffle(order)
    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    for k in range(0, len(order), GROUP):
        group = order[k : k + GROUP]
        vectors[group] = encoder.encode([texts[i] for i in group])
    return vectors


def _rates(texts: Sequence[str], encode: Encode) -> dict[str, int]:
    """Return how many texts were encoded a second, by the clock and by the processors' time (all threads together)."""
    wall, busy = time.perf_counter(), time.process_time()
    encode(texts)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    return {"texts_a_second": round(len(texts) / wall), "texts_a_processor_second": round(len(texts) / busy)}


def _best(rounds: Sequence[dict[str, int]]) -> dict[str, int]:
    return {key: max(rates[key] for rates in rounds) for key in rounds[0]}
