"""spaCy's matcher, asked only for patterns that can match: each is kept under a word that it cannot do without.

The matcher tries every pattern at every token, which was half the time of a review. Here a document's words choose the few
patterns that are tried, and a pattern is compiled when its word first turns up. What is found is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from evidencereview.language.spacy_core import Doc, Matcher, Span, Vocab

Pattern = list[dict[str, Any]]
Words = frozenset[str]


class AnchoredMatcher:
    """Finds labelled patterns of token dictionaries, as spaCy's `Matcher` does."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._patterns: dict[Words, list[tuple[str, Pattern]]] = defaultdict(list)
        self._matchers: dict[Words, Matcher] = {}
        self._anchors: dict[str, list[Words]] = defaultdict(list)

    def add(self, label: str, patterns: Sequence[Pattern]) -> None:
        """Add patterns under a label."""
        for pattern in patterns:
            anchor = anchor_of(pattern)
            if anchor not in self._patterns:
                for word in anchor or [""]:
                    self._anchors[word].append(anchor)
            self._patterns[anchor].append((label, pattern))
            self._matchers.pop(anchor, None)

    def spans(self, doc: Doc) -> list[Span]:
        """Return every match as a span with its label, in no particular order."""
        words = {"", *(token.lower_ for token in doc)}
        anchors = dict.fromkeys(anchor for word in words & self._anchors.keys() for anchor in self._anchors[word])
        return [span for anchor in anchors for span in self._matcher(anchor)(doc, as_spans=True)]

    def _matcher(self, anchor: Words) -> Matcher:
        if anchor not in self._matchers:
            by_label: dict[str, list[Pattern]] = defaultdict(list)
            for label, pattern in self._patterns[anchor]:
                by_label[label].append(pattern)
            made = self._matchers[anchor] = Matcher(self._vocab)
            for label, patterns in by_label.items():
                made.add(label, patterns)
        return self._matchers[anchor]


def anchor_of(pattern: Pattern) -> Words:
    """Return words of which one stands in every match: the longest on offer, none where the pattern can do without."""
    offered = [words for token in pattern if (words := _needed(token))]
    return max(offered, key=lambda words: min(map(len, words)), default=frozenset())


def _needed(token: dict[str, Any]) -> Words:
    """Return the lower-case words of which a token must be one; none where it may be another, or be missing."""
    wanted = token.get("LOWER")
    if token.get("OP") is not None or wanted is None:
        return frozenset()
    if isinstance(wanted, str):
        return frozenset([wanted])
    return frozenset(wanted.get("IN", ()))
