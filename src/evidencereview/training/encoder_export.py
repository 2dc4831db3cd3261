"""`make encoder`: the packaged original weights → models/encoder, in an environment with the extra [encoder].

Run again, it writes the same model.onnx and tokenizer.json; only the measured times in card.json differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evidencereview.report.saving import replacing
from evidencereview.training.encoder_graph import encoder_graph
from evidencereview.training.encoder_measure import measured
from evidencereview.training.encoder_weights import MAX_PIECES, ORIGINAL, SHA256, original_folder, read_original

log = logging.getLogger(__name__)
CHECKOUT = Path(__file__).resolve().parents[3]
FILES = ("model.onnx", "tokenizer.json", "card.json")
# Every so many whole words of the vocabulary, one is a text of its own: what lone words do to the ranges of values.
EVERY_WORD = 200
CHANGED = (
    "weights of the six layers rounded to integers of eight bits, one scale an output, neighbours limited so that no"
    " processor's sixteen-bit sums overflow",
    "word embeddings rounded to integers of eight bits, one scale a word",
    "inputs of the matrices rounded to eight bits: with a fixed step learned from calibration texts, and by word piece"
    " before the last matrix of each layer; never by batch",
    "position embeddings beyond 256 and the second segment's embedding left out, the first segment's added to the positions",
    "mean over the pieces and division by the length made part of the graph; one text a run, no padding",
    "tokenizer: cut at 256 pieces instead of 128, no padding",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Export from a checkout: `python -m evidencereview.training.encoder_export [--target FOLDER]`."""
    parser = argparse.ArgumentParser(prog="evidencereview-encoder", description=__doc__)
    parser.add_argument("--target", type=Path, default=CHECKOUT / "models" / "encoder", help="folder to write to")
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    export(parser.parse_args(arguments).target)


def export(target: Path) -> None:
    """Write model.onnx, tokenizer.json and card.json; all are made and measured before the first is replaced.

    Args:
        target: folder to write to; made if it is missing.

    Raises:
        ModelError: an extra is not installed, or the packaged weights are not the original ones.
        WriteError: the disk refuses.
    """
    original = original_folder()
    weights = read_original(original)
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        made = Path(name)
        tokenizer = _tokenizer(original)
        tokenizer.save(str(made / "tokenizer.json"), pretty=False)
        pieces = [tokenizer.encode(text).ids for text in calibration_texts(tokenizer.get_vocab())]
        (made / "model.onnx").write_bytes(encoder_graph(weights, pieces))
        card = _card(made, len(pieces)) | {"measured": measured(made, original)}
        (made / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        for file in FILES:
            with replacing(target / file) as stream:
                stream.write((made / file).read_bytes())
    log.info("%s written to %s: %s", card["name"], target, json.dumps(card["measured"]))


def calibration_texts(vocabulary: dict[str, int]) -> list[str]:
    """Return the texts that show how large values become: ours in encoder_texts.txt, lone words, and lists of words."""
    lines = resources.files("evidencereview.training").joinpath("encoder_texts.txt").read_text(encoding="utf-8")
    words = sorted((w for w in vocabulary if w.isascii() and w.isalpha()), key=vocabulary.__getitem__)
    return ["", *lines.splitlines(), *words[::EVERY_WORD], *_lists(words)]


def _lists(words: Sequence[str]) -> Iterator[str]:
    """Yield ten texts of forty words from all over the vocabulary."""
    for start in range(0, 200, 20):
        yield " ".join(words[start :: len(words) // 40][:40])


def _tokenizer(original: Path) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(original / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES)
    return tokenizer


def _card(made: Path, calibrated: int) -> dict[str, Any]:
    hashes = {file: hashlib.sha256((made / file).read_bytes()).hexdigest() for file in FILES[:2]}
    version = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()[:8]
    return {
        "name": f"{ORIGINAL.partition('/')[2]} int8 {version}",
        "original": ORIGINAL,
        "original_sha256": {"model.safetensors": SHA256},
        "licence": "Apache-2.0",
        "changed": list(CHANGED),
        "input": f"ids: int64 (1, pieces), at most {MAX_PIECES}",
        "output": "vectors: float32 (1, 384), of length 1; state: float32 (1, pieces, 384), of each piece, before the mean",
        "calibration_texts": calibrated,
        "made_by": "make encoder",
        "bytes": {file: (made / file).stat().st_size for file in FILES[:2]},
        "sha256": hashes,
    }


if __name__ == "__main__":
    main()
