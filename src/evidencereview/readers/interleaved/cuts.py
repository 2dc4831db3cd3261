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
_SPREAD = 5.0  # characters by which a column's right edge may vary
_FAR = 6.0  # the most that a cut far from the edge costs
_ANSWER = 10.0
_STEADY = 0.3  # weight of a word of the first guess against one of the form
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


def cut_lines(
    lines: Sequence[ScanLine], skip: Sequence[int], known: Sequence[Sequence[float]], guess: Leanings
) -> list[Cut]:
    """Cut every line.

    Args:
        lines: the lines of text.
        skip: how many words at the beginning of each line are its number.
        known: for each line and word what is known of it from an alignment: above 0 requirement, below 0 not.
        guess: the first guess at the leanings.
    """
    answers = [find_answers(line.words[skip[i] :]) for i, line in enumerate(lines)]
    pairs = Counter(pair for line in lines for pair in pairwise(line.keys))
    asked, told = dict(guess.asked), dict(guess.told)
    edges = [_Edge() for _ in lines]
    cuts: list[Cut] = []
    for _ in range(_ROUNDS):
        lean = _Lean(asked, told)
        cuts = [_cut(line, skip[i], known[i], lean, answers[i], pairs, edges[i]) for i, line in enumerate(lines)]
        edges = _edges(lines, skip, cuts)
        asked, told = _counted(lines, skip, cuts, guess)
    return cuts


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


def _cut(
    line: ScanLine,
    skip: int,
    known: Sequence[float],
    lean: _Lean,
    answers: Sequence[AnswerWord],
    pairs: Mapping[tuple[str, str], int],
    edge: _Edge,
) -> Cut:
    words, keys = line.words[skip:], line.keys[skip:]
    scores = [lean.of(key) + known[skip + place] for place, key in enumerate(keys)]
    total = sum(scores)
    options: list[tuple[float, int, int, AnswerWord | None]] = []
    begun, width = 0.0, 0
    starts = {answer.at: answer for answer in answers}
    for place in range(len(words) + 1):
        cost = edge.cost(max(0, width - 1)) if place else 0.0
        held = _held(keys, place, pairs) if 0 < place < len(words) else 0.0
        options.append((2 * begun - total - held - cost, place, place, None))
        if place in starts:
            answer = starts[place]
            taken = sum(scores[place : place + answer.words])
            options.append((2 * begun - total + taken + _ANSWER * answer.plain - cost, place, place + answer.words, answer))
        if place < len(words):
            begun += scores[place]
            width += len(words[place]) + 1
    options.sort(key=lambda option: option[0], reverse=True)
    score, left, right, chosen = options[0]
    other = next((o[0] for o in options[1:] if o[1] != left), score - 9.0)
    return Cut(skip + left, skip + right, chosen, score - other)


def _held(keys: Sequence[str], place: int, pairs: Mapping[tuple[str, str], int]) -> float:
    """What it costs to part two words that stand side by side elsewhere in the form."""
    return min(2.0, 0.7 * (pairs.get((keys[place - 1], keys[place]), 1) - 1)) if keys[place - 1] and keys[place] else 0.0


def _edges(lines: Sequence[ScanLine], skip: Sequence[int], cuts: Sequence[Cut]) -> list[_Edge]:
    """Return the edge of the left column near each line, from the lines that have words on both sides."""
    lefts = [line.words[skip[i] : cut.left] for i, (line, cut) in enumerate(zip(lines, cuts, strict=True))]
    widths = [
        len(" ".join(left)) if left and cut.right < len(line.words) else 0
        for line, left, cut in zip(lines, lefts, cuts, strict=True)
    ]
    edges = []
    for place in range(len(lines)):
        near = sorted(width for width in widths[max(0, place - _NEARBY) : place + _NEARBY + 1] if width)
        after = lefts[place + 1] if place + 1 < len(lines) and not lines[place + 1].gap else ()
        goes_on = bool(after) and after[0][:1].islower()
        right = near[len(near) * 3 // 4] if len(near) >= 4 else 0
        edges.append(_Edge(float(right), len(after[0]) if goes_on else 0))
    return edges


def _counted(
    lines: Sequence[ScanLine], skip: Sequence[int], cuts: Sequence[Cut], guess: Leanings
) -> tuple[dict[str, float], dict[str, float]]:
    """Count the words on either side of the cuts, on top of the first guess."""
    asked = {key: count * _STEADY for key, count in guess.asked.items()}
    told = {key: count * _STEADY for key, count in guess.told.items()}
    for i, (line, cut) in enumerate(zip(lines, cuts, strict=True)):
        for key in line.keys[skip[i] : cut.left]:
            asked[key] = asked.get(key, 0) + 1
        for key in line.keys[cut.right :]:
            told[key] = told.get(key, 0) + 1
    return asked, told
