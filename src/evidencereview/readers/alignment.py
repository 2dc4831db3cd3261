"""Word-level alignment of a form against wording that is known: which printed words are requirement, however damaged.

A weighted longest common subsequence: words may be missing on either side, runs of neighbours count more than single
words, and a word that is nearly the same (by its letter pairs) counts for what it shares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidencereview.readers.grid import Meter

_EDGES = re.compile(r"^\W+|\W+$")
_RUN = 0.4  # what a match right behind another one is worth beyond itself
_ALIKE = 0.55  # letter pairs in common (Dice) from which two words may be one damaged word
# Steps of the best way to a cell: the known word is passed over, the printed one is, or the two match.
_KNOWN, _PRINTED, _MATCH = 0, 1, 2
_GOES_ON = 4  # added where a match would go on with the run of matches before it
_ROWS_A_TICK = 500


@dataclass(frozen=True, slots=True)
class Aligned:
    """For each printed word: the place of its word in the known wording (-1: none), and how alike the two are (0 to 1)."""

    places: tuple[int, ...]
    alike: tuple[float, ...]


def key_of(word: str) -> str:
    """Return a word without case, quotation marks and outer punctuation ("" for one of punctuation alone)."""
    return _EDGES.sub("", word.casefold().replace("’", "'").replace("‘", "'"))


def align(printed: Sequence[str], known: Sequence[str], meter: Meter) -> Aligned:
    """Align two sequences of word keys ("" for punctuation, which matches nothing), both in order.

    Time and memory grow with the product of the lengths; the caller bounds them.

    Raises:
        LimitError: it takes longer than the limits allow.
    """
    import numpy as np

    if not printed or not known:
        return Aligned((-1,) * len(printed), (0.0,) * len(printed))
    alike, weights, rows, columns = _likeness(printed, known)
    steps = np.zeros((len(printed), len(known)), dtype=np.int8)
    best = np.zeros(len(known) + 1)
    run = np.full(len(known) + 1, -np.inf)
    for place, row in enumerate(rows):
        if place % _ROWS_A_TICK == 0:
            meter.tick()
        score = alike[row, columns] * weights
        goes_on = run[:-1] + _RUN > best[:-1]
        matched = np.where(score > 0, score + np.where(goes_on, run[:-1] + _RUN, best[:-1]), -np.inf)
        run = np.concatenate(([-np.inf], matched))
        taken = np.maximum(best[1:], matched)
        reached = np.maximum.accumulate(taken)
        steps[place] = np.where(matched >= reached, _MATCH, np.where(best[1:] >= reached, _PRINTED, _KNOWN))
        steps[place] += _GOES_ON * goes_on.astype(np.int8)
        best = np.concatenate(([0.0], reached))
    return _trace(steps, alike, rows, columns)


def _trace(steps: Any, alike: Any, rows: Sequence[int], columns: Any) -> Aligned:
    places = [-1] * len(rows)
    likeness = [0.0] * len(rows)
    i, j = len(rows) - 1, len(columns) - 1
    held = False
    while i >= 0 and j >= 0:
        step = steps[i, j] % _GOES_ON
        if held or step == _MATCH:
            places[i], likeness[i] = j, float(alike[rows[i], columns[j]])
            # A match that goes on with a run holds the one before it, whatever else would be best there.
            held = steps[i, j] >= _GOES_ON
            i, j = i - 1, j - 1
        elif step == _PRINTED:
            i -= 1
        else:
            j -= 1
    return Aligned(tuple(places), tuple(likeness))


def _likeness(printed: Sequence[str], known: Sequence[str]) -> tuple[Any, Any, list[int], Any]:
    """Return how alike the distinct words are (a table), the weight of each known word, and each word's row or column."""
    import numpy as np

    left, right = sorted(set(printed)), sorted(set(known))
    left_of, right_of = {w: i for i, w in enumerate(left)}, {w: i for i, w in enumerate(right)}
    pairs: dict[str, int] = {}
    for word in (*left, *right):
        for pair in _pairs(word):
            pairs.setdefault(pair, len(pairs))
    one, other = (_spread(words, pairs) for words in (left, right))
    shared = one @ other.T
    sizes = one.sum(axis=1)[:, None] + other.sum(axis=1)[None, :]
    dice = np.where(sizes > 0, 2 * shared / np.maximum(sizes, 1), 0.0)
    # A short word ("the", "to") stands anywhere, so it binds less than a long one.
    weights = np.array([min(1.0, 0.4 + 0.12 * len(word)) if word else 0.0 for word in known])
    places = [left_of[word] for word in printed]
    return np.where(dice >= _ALIKE, dice, 0.0), weights, places, np.array([right_of[word] for word in known])


def _pairs(word: str) -> list[str]:
    framed = f"^{word}$"
    return sorted({framed[i : i + 2] for i in range(len(framed) - 1)}) if word else []


def _spread(words: Sequence[str], pairs: dict[str, int]) -> Any:
    import numpy as np

    table = np.zeros((len(words), max(len(pairs), 1)), dtype=np.float32)
    for row, word in enumerate(words):
        table[row, [pairs[pair] for pair in _pairs(word)]] = 1
    return table
