"""How well two pieces of text fit together: whether the second goes on where the first breaks off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

_ENDED = re.compile(r"[.!?]['\"’”)\]]*$")
_OPEN = re.compile(r"[:;,(–-]$|\b(?:and|or|the|of|to|a|an|in|for|with|by|that)$", re.IGNORECASE)
_HYPHEN = re.compile(r"[A-Za-z]-$")
_ITEM = re.compile(r"(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s|[•▪●◦·–-]\s*\S")


def fit(before: str, after: str) -> float:
    """Return how well `after` continues `before`: 0 not at all, 2 as one sentence; 0 where either is blank."""
    head, tail = before.strip(), after.strip()
    if not head or not tail:
        return 0.0
    if _ITEM.match(tail) and (_OPEN.search(head) or not _ENDED.search(head)):
        return 1.5
    if tail[0].islower() or tail[0] in ",;.)":
        return 1.0 if _ENDED.search(head) else 2.0
    if _OPEN.search(head):
        return 1.5
    # Cells often end without a full stop, so its absence alone says little.
    return 0.0 if _ENDED.search(head) else 0.25


def ended(text: str) -> bool:
    """Tell whether a text ends like a sentence."""
    return _ENDED.search(text.strip()) is not None


@dataclass(slots=True)
class Pieces:
    """A cell in the making, from the pieces that page breaks have left of it."""

    parts: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Append a piece (blank ones are nothing)."""
        if text.strip():
            self.parts.append(text.strip())

    def drop(self, text: str) -> int:
        """Take out every piece that is this text; return how many there were."""
        kept = [part for part in self.parts if part != text]
        dropped, self.parts = len(self.parts) - len(kept), kept
        return dropped

    @property
    def last(self) -> str:
        """The piece that was added last, "" before the first."""
        return self.parts[-1] if self.parts else ""

    def joined(self) -> str:
        """Return the cell: pieces follow each other after a space, items of a list begin a line of their own."""
        return "".join(_between(before, part) + part for before, part in pairwise(["", *self.parts]))


def _between(before: str, after: str) -> str:
    if not before or (_HYPHEN.search(before) and after[0].islower()):
        return ""
    return "\n" if _ITEM.match(after) else " "
