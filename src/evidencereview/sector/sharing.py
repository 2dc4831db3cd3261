"""Sentences that stand in the forms of several landlords: copied policy text, templates, the Code's own words.

Two passes over the texts, so that memory holds a number a sentence and not its words.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from evidencereview.sector.results import TextOfRow

LEAST_WORDS = 8
MOST_SHOWN = 200
_END = re.compile(r"(?<=[.!?;:])\s+|\n+")
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence of several landlords, with the words of one of them.

    Attributes:
        words: as it first stands; figures, case and marks may differ elsewhere.
        landlords: who has it, in order of their forms.
        forms: how many forms have it.
        provisions: where it stands, in order.
    """

    words: str
    landlords: tuple[str, ...]
    forms: int
    provisions: tuple[str, ...]


def shared_sentences(texts: Callable[[], Iterable[TextOfRow]], landlords: Mapping[str, str]) -> tuple[Shared, ...]:
    """Return the sentences of most landlords, at most MOST_SHOWN.

    Args:
        texts: gives the words of all rows, each time anew.
        landlords: name of a form's JSON to its landlord; texts of other forms are passed over.
    """
    wanted = _of_several(texts(), landlords)
    if not wanted:
        return ()
    found: dict[bytes, _Found] = defaultdict(_Found)
    for row in texts():
        if row.result in landlords:
            for key, words in sentences(row):
                if key in wanted:
                    found[key].add(words, row, landlords[row.result])
    told = [entry.told() for entry in found.values()]
    return tuple(sorted(told, key=lambda each: (-len(each.landlords), -each.forms, each.words))[:MOST_SHOWN])


def sentences(row: TextOfRow) -> Iterator[tuple[bytes, str]]:
    """Yield the sentences of a row that are long enough to be somebody's, each with a key of its words."""
    for cell in (row.evidence, row.commentary):
        for sentence in _END.split(cell):
            words = _WORD.findall(_DIGITS.sub("0", sentence.casefold()))
            if len(words) >= LEAST_WORDS:
                yield hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest(), " ".join(sentence.split())


def _of_several(texts: Iterable[TextOfRow], landlords: Mapping[str, str]) -> frozenset[bytes]:
    """Return the keys of sentences that stand in forms of two landlords or more."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(landlords.values()))}
    keys, owners = bytearray(), bytearray()
    for row in texts:
        if row.result in landlords:
            owner = numbers[landlords[row.result]].to_bytes(4, "little")
            for key, _ in sentences(row):
                keys += key
                owners += owner
    pairs = np.zeros(len(owners) // 4, dtype=[("key", "<u8"), ("owner", "<u4")])
    pairs["key"], pairs["owner"] = np.frombuffer(bytes(keys), "<u8"), np.frombuffer(bytes(owners), "<u4")
    found, counts = np.unique(np.unique(pairs)["key"], return_counts=True)
    return frozenset(int(key).to_bytes(8, "little") for key in found[counts > 1])


class _Found:
    def __init__(self) -> None:
        self.words = ""
        self.landlords: dict[str, None] = {}
        self.results: set[str] = set()
        self.provisions: dict[str, None] = {}

    def add(self, words: str, row: TextOfRow, landlord: str) -> None:
        self.words = self.words or words
        self.landlords[landlord] = None
        self.results.add(row.result)
        self.provisions[row.provision] = None

    def told(self) -> Shared:
        return Shared(self.words, tuple(self.landlords), len(self.results), tuple(self.provisions))
