"""Lays the text of a row beside the text of a document, however each of them breaks its lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from evidencereview.report.harmless import visible

_TOKEN = re.compile(r"\w+|[^\w\s]")
_PATIENCE = 4_000_000  # pairs of tokens up to which every one is compared
Pair = tuple[int, int]  # the first and the last character of the other text that show one character of this one
Aligned = list[Pair | None]


def shown(text: str) -> str:
    """Return a text as a Word document can hold it: what hides or cannot be in XML is made visible."""
    return visible(text)


def align(text: str, other: str) -> Aligned:
    """Return for each character of `text` where `other` shows it, None where it does not.

    White space is passed over on both sides; what `other` lacks (a bullet, the target of a link) is left out.
    """
    found: Aligned = [None] * len(text)
    left, right = _solid(text), _solid(other)
    a, b = "".join(c for c, _ in left), "".join(c for c, _ in right)
    shift = _shift(a, b)
    if shift is not None:
        _join(left[max(shift, 0) :], right[max(-shift, 0) :], found)
        return found
    head = _same(a, b)
    tail = min(_same(a[::-1], b[::-1]), len(a) - head, len(b) - head)
    _join(left[:head], right[:head], found)
    _join(left[len(left) - tail :], right[len(right) - tail :], found)
    _align_words(text, other, found)
    return found


def coverage(text: str, aligned: Aligned) -> float:
    """Return the share of a text's characters (blanks left out) that have found their place."""
    hits = [place is not None for character, place in zip(text, aligned, strict=True) if not character.isspace()]
    return sum(hits) / len(hits) if hits else 0.0


def _solid(text: str) -> list[tuple[str, int]]:
    """Return the characters as shown, white space left out, each with its index in the text."""
    if shown(text) == text:
        return [(character, place) for place, character in enumerate(text) if not character.isspace()]
    return [(part, place) for place, piece in enumerate(text) for part in shown(piece) if not part.isspace()]


def _shift(a: str, b: str) -> int | None:
    """Return by how much one text is to be shifted where it holds the other whole, None where neither does."""
    if a and a in b:
        return -b.index(a)
    return a.index(b) if b and b in a else None


def _join(left: Sequence[tuple[str, int]], right: Sequence[tuple[str, int]], found: Aligned) -> None:
    for (_, i), (_, j) in zip(left, right, strict=False):
        before = found[i]
        found[i] = (before[0], j) if before else (j, j)


def _same(a: str, b: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    least, most = 0, min(len(a), len(b))
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if a[:middle] == b[:middle] else (least, middle - 1)
    return least


def _align_words(text: str, other: str, found: Aligned) -> None:
    """Fill in by whole words what lies between the beginning and the end that both have."""
    taken = {place for pair in found if pair for place in pair}
    left = [match for match in _TOKEN.finditer(text) if found[match.start()] is None]
    right = [match for match in _TOKEN.finditer(other) if match.start() not in taken]
    a, b = [match.group() for match in left], [match.group() for match in right]
    patient = len(a) * len(b) <= _PATIENCE
    for i, j, size in difflib.SequenceMatcher(None, a, b, autojunk=not patient).get_matching_blocks():
        for one, two in zip(left[i : i + size], right[j : j + size], strict=True):
            for step in range(len(one.group())):
                found[one.start() + step] = (two.start() + step, two.start() + step)
