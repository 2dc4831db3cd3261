"""spaCy's matcher, asked only for patterns that can match, and only where they can.

The matcher tries every pattern at every token, which was half the time of a review. Here each pattern is kept under a word
that it cannot do without; a document's words choose the few that are tried, each around its word alone, and a pattern is
compiled when its word first turns up. What is found is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidencereview.language.spacy_core import Doc, Matcher, Span, Vocab

Pattern = list[dict[str, Any]]
Words = frozenset[str]


@dataclass
class _Group:
    """Patterns under one anchor: how many tokens they reach before and after its word, and the matcher once it is made."""

    patterns: list[tuple[str, Pattern]]
    before: int = 0
    after: int = 0
    matcher: Matcher | None = None


class AnchoredMatcher:
    """Finds labelled patterns of token dictionaries, as spaCy's `Matcher` does; a token may be optional, not repeated."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._groups: dict[Words, _Group] = {}
        self._anchors: dict[str, list[Words]] = defaultdict(list)
        # The vocabulary's number of each anchoring word: a document's numbers come in one call, its tokens one by one.
        self._numbered: dict[int, str] = {}

    def add(self, label: str, patterns: Sequence[Pattern]) -> None:
        """Add patterns under a label.

        Raises:
            ValueError: a token may stand any number of times.
        """
        for pattern in patterns:
            if any(token.get("OP", "?") != "?" for token in pattern):
                raise ValueError("a pattern of unbounded length has no window")
            place = anchor_place(pattern)
            anchor = anchor_of(pattern)
            if anchor not in self._groups:
                self._groups[anchor] = _Group([])
                for word in anchor or [""]:
                    self._anchors[word].append(anchor)
                    self._numbered[int(self._vocab.strings.add(word))] = word
            group = self._groups[anchor]
            group.patterns.append((label, pattern))
            group.matcher = None
            if place is not None:
                group.before, group.after = max(group.before, place), max(group.after, len(pattern) - place)

    def spans(self, doc: Doc) -> list[Span]:
        """Return every match as a span with its label, in no particular order."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, number in enumerate(doc.to_array("LOWER").tolist()):
            if number in self._numbered:
                places[self._numbered[number]].append(place)
        places[""] = []
        anchors = dict.fromkeys(anchor for word in places.keys() & self._anchors.keys() for anchor in self._anchors[word])
        return [span for anchor in anchors for span in self._around(doc, anchor, places)]

    def _around(self, doc: Doc, anchor: Words, places: Mapping[str, list[int]]) -> Iterator[Span]:
        group = self._groups[anchor]
        matcher = self._matcher(group)
        if not anchor:
            yield from matcher(doc, as_spans=True)
            return
        at = sorted(i for word in anchor if word in places for i in places[word])
        for start, end in _joined((max(0, i - group.before), min(len(doc), i + group.after)) for i in at):
            yield from matcher(doc[start:end], as_spans=True)

    def _matcher(self, group: _Group) -> Matcher:
        if group.matcher is None:
            by_label: dict[str, list[Pattern]] = defaultdict(list)
            for label, pattern in group.patterns:
                by_label[label].append(pattern)
            group.matcher = Matcher(self._vocab)
            for label, patterns in by_label.items():
                group.matcher.add(label, patterns)
        return group.matcher


def _joined(windows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield windows, in order, with those joined that meet: a match within two of them would be found twice."""
    held: tuple[int, int] | None = None
    for start, end in windows:
        if held is not None and start <= held[1]:
            held = held[0], max(held[1], end)
        else:
            if held is not None:
                yield held
            held = start, end
    if held is not None:
        yield held


def anchor_place(pattern: Pattern) -> int | None:
    """Return the place of the token whose word stands in every match: the longest on offer; None where there is none."""
    offered = [(min(map(len, words)), -place) for place, token in enumerate(pattern) if (words := _needed(token))]
    return -max(offered)[1] if offered else None


def anchor_of(pattern: Pattern) -> Words:
    """Return words of which one stands in every match; none where the pattern can do without."""
    place = anchor_place(pattern)
    return frozenset() if place is None else _needed(pattern[place])


def _needed(token: dict[str, Any]) -> Words:
    """Return the lower-case words of which a token must be one; none where it may be another, or be missing."""
    wanted = token.get("LOWER")
    if token.get("OP") is not None or wanted is None:
        return frozenset()
    if isinstance(wanted, str):
        return frozenset([wanted])
    return frozenset(wanted.get("IN", ()))
