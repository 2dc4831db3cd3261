"""`make cross-encoder`: our labelled rows and pairs → models/cross_encoder and held-out readings, with the extra [encoder].

Seeded; another machine may give other last digits, and with them other integers. `make train` takes both files as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.build import Models
from evidencereview.language.cross_encoder import FOLDER, READINGS, CrossEncoder
from evidencereview.language.encoder import Encoder
from evidencereview.language.pair_texts import Pair
from evidencereview.report.saving import replacing
from evidencereview.training.cross_encoder_fit import LAYERS, PairExamples, Tuned
from evidencereview.training.cross_encoder_graph import WORDS, cross_encoder_graph, words_apart
from evidencereview.training.data import load_training_forms
from evidencereview.training.encoder_export import CHECKOUT
from evidencereview.training.encoder_weights import ORIGINAL, SHA256, original_folder, weights_of
from evidencereview.training.examples import form_examples
from evidencereview.training.fit import folds
from evidencereview.training.pair_examples import CANDIDATES, PAIRS, ROWS, SINGLE, Taught, taught_pairs
from evidencereview.training.readings import FILE, keep_readings

log = logging.getLogger(__name__)
# Landlords are held out in so many folds: each takes as long as two thirds of the final training.
FOLDS = 3
# Pairs that show how large values become: one in so many of the training rows.
EVERY = 12
CHANGED = (
    f"the first {LAYERS} of six layers, fine-tuned on the rows and pairs of training_data",
    "word and position embeddings as they were; the second segment's embedding added to the pieces of the second text",
    "one matrix over the first piece's state and the means over either text, for all outputs",
    "weights rounded to integers of eight bits as in the encoder; one pair a run, no padding",
    "word embeddings in a file of their own, which is mapped into memory",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make it from a checkout: `python -m evidencereview.training.cross_encoder_export [--target FOLDER]`."""
    parser = argparse.ArgumentParser(prog="evidencereview-cross-encoder", description=__doc__)
    parser.add_argument(
        "--data",
        type=Path,
        default=CHECKOUT / "training_data",
        help="folder of rows/, duties/, conflicts/ and contradictions/",
    )
    parser.add_argument("--target", type=Path, default=CHECKOUT / "models" / FOLDER, help="folder to write to")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    make(options.data, options.target)


def make(data: Path, target: Path) -> None:
    """Write model.onnx and card.json to `target`, and the held-out readings of all pairs to `data`.

    Raises:
        ModelError: an extra is not installed, or the packaged weights are not the original ones.
        LabelError: the training text is missing or broken.
    """
    started = time.perf_counter()
    encoder, original = Encoder(), original_folder()
    forms = [form_examples(form, Models(encoder)) for form in load_training_forms(data)]
    taught = taught_pairs(forms, data)
    log.info("%d pairs to learn from: %.0f s", len(taught.pairs), time.perf_counter() - started)
    examples = PairExamples([encoder.pieces(pair) for pair in taught.pairs], taught.targets, taught.taught)
    held_out = _held_out(examples, taught, original, started)
    final = Tuned(original, len(READINGS))
    final.tune(examples)
    graph = cross_encoder_graph(weights_of(final.tensors, LAYERS), final.output_weights, examples.pieces[::EVERY])
    card = write_model(graph, target, taught.counts)
    shipped = CrossEncoder(target, beside=encoder)
    card |= {"measured": _measured(shipped, taught.pairs, final.read(examples.pieces))}
    (target / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    log.info("%s written to %s: %s", card["name"], target, json.dumps(card["measured"]))
    keep_readings(data / FILE, shipped.name, taught.pairs, held_out)


def write_model(graph: bytes, target: Path, counts: Mapping[str, int]) -> dict[str, Any]:
    """Write model.onnx, words.bin and card.json, and return the card.

    Args:
        graph: as `cross_encoder_graph` made it.
        target: folder; made if it is missing.
        counts: how many pairs of each kind it was trained on.
    """
    files = dict(zip(("model.onnx", WORDS), words_apart(graph), strict=True))
    target.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        with replacing(target / name) as stream:
            stream.write(data)
    card = _card(files, counts)
    (target / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return card


def held_out_groups(taught: Taught) -> list[frozenset[str]]:
    """Return the landlords and writers to hold out, fold by fold; each fold has its share of forms, conflicts and pairs."""
    apart = ((ROWS, CANDIDATES), (SINGLE,), (PAIRS,))
    groups = [[group for group, kind in zip(taught.groups, taught.kinds, strict=True) if kind in kinds] for kinds in apart]
    return [frozenset().union(*held) for held in zip(*(folds(names, FOLDS) for names in groups), strict=True)]


def _held_out(examples: PairExamples, taught: Taught, original: Path, started: float) -> NDArray[np.float32]:
    """Return readings of each landlord's or writer's pairs by a model that has seen none of them, shape (pairs, outputs)."""
    names, readings = np.asarray(taught.groups), np.zeros(examples.targets.shape, dtype=np.float32)
    for held in held_out_groups(taught):
        out = np.isin(names, sorted(held))
        tuned = Tuned(original, len(READINGS))
        tuned.tune(examples.chosen(~out))
        readings[out] = tuned.read(examples.chosen(out).pieces)
        log.info("%d landlords held out: %.0f s", len(held), time.perf_counter() - started)
    return readings


def _measured(shipped: CrossEncoder, pairs: Sequence[Pair], wanted: NDArray[np.float32]) -> dict[str, Any]:
    """Return how far the integers are from what was trained, and how fast they run."""
    begun = time.perf_counter()
    given = shipped.encode(pairs)
    took = time.perf_counter() - begun
    rounded = np.abs(given - wanted)
    return {
        "pairs": len(pairs),
        "mean_difference_log_odds": round(float(rounded.mean()), 4),
        "same_side_of_even_odds": round(float(((given > 0) == (wanted > 0)).mean()), 5),
        "threads": shipped.threads,
        "pairs_a_second": round(len(set(pairs)) / took),
    }


def _card(files: Mapping[str, bytes], counts: Mapping[str, int]) -> dict[str, Any]:
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    version = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()[:8]
    return {
        "name": f"{ORIGINAL.partition('/')[2]} cross-encoder int8 {version}",
        "original": ORIGINAL,
        "original_sha256": {"model.safetensors": SHA256},
        "licence": "Apache-2.0",
        "changed": list(CHANGED),
        "input": "ids: int64 (1, pieces) of summary and row, or of two sentences, by the encoder's tokenizer, at most 256",
        "output": f"vectors: float32 (1, {len(READINGS)}), log-odds",
        "outputs": list(READINGS),
        "training_pairs": dict(counts),
        "made_by": "make cross-encoder",
        "bytes": {name: len(data) for name, data in files.items()},
        "sha256": hashes,
    }


if __name__ == "__main__":
    main()
