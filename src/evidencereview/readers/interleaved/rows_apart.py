"""Which lines belong to which provision: the best way to cut the lines into rows, one a provision, in printed order.

Every way of cutting is weighed at once (dynamic programming): what the words of a line speak of, the numbers that were
found, where a requirement seems to begin, that a row has one answer and does not reach over a heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidencereview.readers.grid import Meter

_LONGEST_ROW = 120  # lines that one row may take in any case
_WEIGHED = 400_000  # pairs of first and last lines that are weighed for each provision
_SKIP = -6.0  # what a provision costs that has no row
_LOOSE = -0.5  # what a line costs that is in no row
_ANSWERS = (-1.5, 0.5, -2.0, -5.0)  # none, one, two, more


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of each line.

    Attributes:
        speaks: provisions x lines: how well the line fits the provision (above 0) or another one (below 0).
        begins: how much the line looks like the first of a row.
        reaches: what it costs a row to hold this line without beginning with it (a heading stands above).
        answers: how many answers stand in the line.
    """

    speaks: Any
    begins: Sequence[float]
    reaches: Sequence[float]
    answers: Sequence[int]


def part_rows(clues: Clues, meter: Meter) -> dict[int, tuple[int, int]]:
    """Return provision index to its lines (start, end exclusive); provisions without a row are missing.

    Lines before the first row and behind the last belong to none, and so do those beyond the longest row that is weighed.

    Raises:
        LimitError: it takes longer than the limits allow.
    """
    import numpy as np

    provisions, count = clues.speaks.shape
    longest = min(max(_LONGEST_ROW, _WEIGHED // max(count, 1)), count)
    ends = np.arange(count + 1)[:, None]
    starts = ends - np.arange(1, longest + 1)[None, :]
    fits = starts >= 0
    starts = np.maximum(starts, 0)
    fixed = np.where(fits, _fixed(clues, starts, count), -np.inf)
    spoken = np.concatenate((np.zeros((provisions, 1)), np.cumsum(clues.speaks, axis=1)), axis=1)
    places = np.arange(count + 1)
    best = _LOOSE * places
    choices: list[tuple[Any, Any]] = []
    for provision in range(provisions):
        meter.tick()
        line = spoken[provision]
        values = fixed + best[starts] + line[:, None] - line[starts]
        length = values.argmax(axis=1)
        reached = values[places, length]
        skipped = best + _SKIP
        lengths = np.where(reached > skipped, length + 1, 0)
        # Lines may also stand between two rows: the best so far, less what they cost.
        ended = np.maximum(reached, skipped) - _LOOSE * places
        furthest = np.maximum.accumulate(ended)
        ends_at = np.maximum.accumulate(np.where(ended >= furthest, places, 0))
        choices.append((lengths, ends_at))
        best = furthest + _LOOSE * places
    return _trace(choices, count)


def _fixed(clues: Clues, starts: Any, count: int) -> Any:
    """What a row costs or gains wherever it is used, for each end and start."""
    import numpy as np

    summed = {
        name: np.concatenate(([0.0], np.cumsum(np.asarray(values, dtype=float))))
        for name, values in (("reaches", clues.reaches), ("answers", clues.answers))
    }
    ends = np.arange(count + 1)[:, None]
    begins = np.concatenate((np.asarray(clues.begins, dtype=float), [0.0]))
    answers = np.minimum(summed["answers"][ends] - summed["answers"][starts], len(_ANSWERS) - 1).astype(int)
    inner = summed["reaches"][ends] - summed["reaches"][np.minimum(starts + 1, ends)]
    return begins[starts] + inner + np.asarray(_ANSWERS)[np.maximum(answers, 0)]


def _trace(choices: Sequence[Any], end: int) -> dict[int, tuple[int, int]]:
    rows: dict[int, tuple[int, int]] = {}
    for provision in range(len(choices) - 1, -1, -1):
        lengths, ends_at = choices[provision]
        end = int(ends_at[end])
        length = int(lengths[end])
        if length:
            rows[provision] = (end - length, end)
            end -= length
    return rows
