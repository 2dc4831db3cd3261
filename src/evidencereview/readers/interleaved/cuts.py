"""Where each interleaved line is cut: what stands left of it is requirement, what stands right of it is evidence.

Three things decide together, line by line: how each word leans (towards a requirement or towards what a landlord says),
where the lines nearby are cut (a column has one width), and that words which stand side by side elsewhere are not parted.
The leanings are learned from the form itself, in rounds, from a first guess.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidencereview.readers.interleaved.answer_words import AnswerWord, find_answers
from evidencereview.readers.interleaved.lines import ScanLine

_ROUNDS = 5
_NEARBY = 25  # lines on either side whose cuts say how wide the column is
_FEW_LINES = 4  # with fewer lines nearby, nothing is known of the column
_SPREAD = 5.0  # characters by which a column's right edge may vary
_FAR = 7.0  # the most that a cut far from the edge costs
_ANSWER = 16.0
_STEADY = 0.2  # weight of a word of the first guess against one of the form
_LEAN = 1.0  # the most that one word may say


@dataclass(frozen=True, slots=True)
class Cut:
    """One line cut in three: `left` words are requirement, then the answer, then evidence from word `right` on.

    `margin` says how much better this cut is than the next best one (0: as good).
    """

    left: int
    right: int
    answer: AnswerWord | None
    margin: float


@dataclass(frozen=True, slots=True)
class Leanings:
    """The first guess: how often a word stands in requirements and in what landlords write."""

    asked: Mapping[str, float]
    told: Mapping[str, float]


class Cutter:
    """Cuts the lines of one form."""

    def __init__(
        self, lines: Sequence[ScanLine], skip: Sequence[int], known: Sequence[Sequence[float]], guess: Leanings
    ) -> None:
        """Learn from all lines where to cut.

        Args:
            lines: the lines of text.
            skip: how many words at the beginning of each line are its number.
            known: for each line and word what is known of it from an alignment: above 0 requirement, below 0 not.
            guess: the first guess at the leanings.
        """
        self._lines, self._skip, self._known, self._guess = lines, skip, known, guess
        self._answers = [find_answers(line.words[skip[i] :]) for i, line in enumerate(lines)]
        self._pairs = Counter(pair for line in lines for pair in pairwise(line.keys))
        self._edges = [(_NO_EDGE, _NO_EDGE)] * len(lines)
        self._lean = _Lean(guess.asked, guess.told)
        self.cuts = self._cut_all()
        for _ in range(_ROUNDS):
            self._edges = _edges(lines, skip, self.cuts)
            self._lean = _Lean(*self._counted())
            self.cuts = self._cut_all()

    def without_answer(self, place: int) -> Cut:
        """Cut one line as if no answer could stand in it."""
        return self._cut(place, ())

    def _cut_all(self) -> list[Cut]:
        return [self._cut(place, self._answers[place]) for place in range(len(self._lines))]

    def _cut(self, place: int, answers: Sequence[AnswerWord]) -> Cut:
        line, skip = self._lines[place], self._skip[place]
        words, keys = line.words[skip:], line.keys[skip:]
        scores = [self._lean.of(key) + self._known[place][skip + at] for at, key in enumerate(keys)]
        left, right = self._edges[place]
        total, begun, width = sum(scores), 0.0, 0
        whole = len(" ".join(words))
        starts = {answer.at: answer for answer in answers}
        options: list[tuple[float, int, int, AnswerWord | None]] = []
        for at in range(len(words) + 1):
            before = left.cost(max(0, width - 1)) if at else 0.0
            after = right.cost(whole - width) if at < len(words) else 0.0
            held = _held(keys, at, self._pairs) if 0 < at < len(words) else 0.0
            options.append((2 * begun - total - held - before - after, at, at, None))
            if at in starts:
                answer = starts[at]
                taken = sum(scores[at : at + answer.words])
                after = right.cost(max(0, whole - width - len(answer.text) - 1))
                score = 2 * begun - total + taken + _ANSWER * answer.plain - before - after
                options.append((score, at, at + answer.words, answer))
            if at < len(words):
                begun += scores[at]
                width += len(words[at]) + 1
        options.sort(key=lambda option: option[0], reverse=True)
        score, start, end, chosen = options[0]
        other = next((o[0] for o in options[1:] if o[1] != start), score - 9.0)
        return Cut(skip + start, skip + end, chosen, score - other)

    def _counted(self) -> tuple[dict[str, float], dict[str, float]]:
        """Count the words on either side of the cuts, on top of the first guess."""
        asked = {key: count * _STEADY for key, count in self._guess.asked.items()}
        told = {key: count * _STEADY for key, count in self._guess.told.items()}
        for line, skip, cut in zip(self._lines, self._skip, self.cuts, strict=True):
            for key in line.keys[skip : cut.left]:
                asked[key] = asked.get(key, 0) + 1
            for key in line.keys[cut.right :]:
                told[key] = told.get(key, 0) + 1
        return asked, told


@dataclass(frozen=True, slots=True)
class _Edge:
    """The right edge of the left column near a line, in characters (0: unknown), and what the next line goes on with.

    `following` is the length of the first word that stands left in the next line, 0 where nothing goes on there.
    """

    right: float = 0.0
    following: int = 0

    def cost(self, width: int) -> float:
        """Return what a left part of this width costs: too wide, or so narrow that the next word would have fitted."""
        if not self.right:
            return 0.0
        over = max(0.0, width - self.right - 2) / 3
        room = max(0.0, self.right - width - self.following - 3) / _SPREAD if self.following else 0.0
        return min(_FAR, (over * over + room * room) / 2)


_NO_EDGE = _Edge()


class _Lean:
    """How far a word leans towards requirements (above 0) or evidence (below 0)."""

    def __init__(self, asked: Mapping[str, float], told: Mapping[str, float]) -> None:
        self._asked, self._told = asked, told
        self._size = (max(1.0, sum(asked.values())), max(1.0, sum(told.values())))
        self._known: dict[str, float] = {}

    def of(self, key: str) -> float:
        if key not in self._known:
            one = (self._asked.get(key, 0) + 0.5) / (self._size[0] + 500)
            other = (self._told.get(key, 0) + 0.5) / (self._size[1] + 500)
            self._known[key] = max(-_LEAN, min(_LEAN, math.log(one / other))) if key else 0.0
        return self._known[key]


def _held(keys: Sequence[str], place: int, pairs: Mapping[tuple[str, str], int]) -> float:
    """What it costs to part two words that stand side by side elsewhere in the form."""
    return min(2.0, 0.7 * (pairs.get((keys[place - 1], keys[place]), 1) - 1)) if keys[place - 1] and keys[place] else 0.0


def _edges(lines: Sequence[ScanLine], skip: Sequence[int], cuts: Sequence[Cut]) -> list[tuple[_Edge, _Edge]]:
    """Return the right edges of both columns near each line, from the lines that have words on both sides."""
    parts = [
        (line.words[skip[i] : cut.left], line.words[cut.right :])
        for i, (line, cut) in enumerate(zip(lines, cuts, strict=True))
    ]
    widths = [tuple(len(" ".join(side)) for side in part) if all(part) else (0, 0) for part in parts]
    edges = []
    for place in range(len(lines)):
        near = [width for width in widths[max(0, place - _NEARBY) : place + _NEARBY + 1] if width[0]]
        after = parts[place + 1] if place + 1 < len(lines) and not lines[place + 1].gap else ((), ())
        left, right = (_edge([width[side] for width in near], after[side]) for side in (0, 1))
        edges.append((left, right))
    return edges


def _edge(widths: Sequence[int], after: Sequence[str]) -> _Edge:
    if len(widths) < _FEW_LINES:
        return _NO_EDGE
    goes_on = bool(after) and after[0][:1].islower()
    return _Edge(float(sorted(widths)[len(widths) * 3 // 4]), len(after[0]) if goes_on else 0)
