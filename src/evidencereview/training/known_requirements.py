"""Keeps the vectors of requirements as published forms print them: `make known-requirements`, after `make encoder`.

A form that prints the official wording then pays nothing for its requirements. Only hashes of word pieces and vectors are
kept, never the wording.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from evidencereview.language.encoder import Encoder
from evidencereview.language.known_texts import keep_known_texts, key_of
from evidencereview.readers.rows_io import read_rows

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the requirements of the open forms, encode each wording once, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/")
    parser.add_argument("--without", default="", help="a form that stays shut")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    found = sorted((given.shared / "corpus").glob("*.rows.jsonl"))
    forms = [path for path in found if path.name != f"{given.without}.rows.jsonl"]
    texts = (row.requirement for path in forms for row in read_rows(path.read_text(encoding="utf-8")))
    log.info("%d wordings kept", keep_requirements(texts, Encoder(remember_known=False)))


def keep_requirements(texts: Iterable[str], encoder: Encoder) -> int:
    """Encode texts, each wording once, and keep their vectors; returns how many."""
    wordings = {key_of(encoder.pieces(text)): text for text in texts if text.strip()}
    chosen = list(wordings.values())
    keep_known_texts([encoder.pieces(text) for text in chosen], encoder.encode(chosen), encoder.name)
    return len(chosen)


if __name__ == "__main__":
    main()
