"""The figures of LABELS ("How figures are measured") as pure functions over plain sequences and numpy arrays.

A figure that has nothing to measure (no gold row, no true positive) is None, never a flattering 1 or a harsh 0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.metrics import cohen_kappa_score

GRADES = (0, 1, 2, 3)
LEAST_GOLD = 3
LEAST_OVERLAP = 0.5
PLACES = 10

Pair = frozenset[str]
Grades = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a flag stands in the gold, was said, and both."""

    gold: int
    said: int
    hit: int

    @property
    def precision(self) -> float | None:
        """Share of what was said that is right."""
        return share(self.hit, self.said)

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found."""
        return share(self.hit, self.gold)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where the flag is neither in the gold nor said."""
        return share(2 * self.hit, self.gold + self.said)


@dataclass(frozen=True, slots=True)
class PairCounts:
    """Contradiction pairs: said by the review, true by the gold, and in both."""

    said: int
    true: int
    both: int


def share(part: float, whole: float) -> float | None:
    """Return part / whole, or None where there is no whole."""
    return float(part / whole) if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that could be measured."""
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def count(gold: ArrayLike, said: ArrayLike) -> Counts:
    """Count over boolean arrays of one and the same shape."""
    truth, claim = np.asarray(gold, dtype=bool), np.asarray(said, dtype=bool)
    return Counts(int(truth.sum()), int(claim.sum()), int((truth & claim).sum()))


def count_flags(gold: ArrayLike, said: ArrayLike) -> tuple[Counts, ...]:
    """Count each column of two boolean arrays (rows × flags)."""
    truth, claim = np.asarray(gold, dtype=bool), np.asarray(said, dtype=bool)
    columns = zip(truth.sum(0), claim.sum(0), (truth & claim).sum(0), strict=True)
    return tuple(Counts(int(a), int(b), int(c)) for a, b, c in columns)


def micro_f1(gold: ArrayLike, said: ArrayLike) -> float | None:
    """F1 of one form (rows × flags), true and false positives pooled over rows."""
    return count(gold, said).f1


def macro_f1(counts: Iterable[Counts], least: int = LEAST_GOLD) -> float | None:
    """Mean F1 over the flags that have at least `least` gold rows."""
    return mean(each.f1 for each in counts if each.gold >= max(least, 1))


def false_flags(gold: ArrayLike, said: ArrayLike) -> int:
    """Number of false positives."""
    counts = count(gold, said)
    return counts.said - counts.hit


def kappa(gold: Iterable[int], said: Iterable[int]) -> float | None:
    """Quadratic-weighted kappa of two gradings from 0 to 3 (plain Cohen's for yes and no); None where all are the same."""
    ours, theirs = [int(grade) for grade in gold], [int(grade) for grade in said]
    if len({*ours, *theirs}) < 2:
        return None
    return float(cohen_kappa_score(ours, theirs, labels=list(GRADES), weights="quadratic"))


def ndcg(tiers: Sequence[int] | Grades, places: int = PLACES) -> float | None:
    """Discounted gain of the first `places` of a review list over the best possible; gain 2^tier - 1.

    Args:
        tiers: gold tiers in the order of the list.
        places: how many of the list count.
    """
    best = _discounted(sorted(map(int, tiers), reverse=True)[:places])
    return share(_discounted(tiers[:places]), best)


def _discounted(tiers: Sequence[int] | Grades) -> float:
    gains = np.exp2(np.asarray(tiers, dtype=float)) - 1
    return float((gains / np.log2(np.arange(len(gains)) + 2)).sum())


def early(tiers: ArrayLike, counted: ArrayLike | None = None) -> tuple[int, int]:
    """Return how many tier-3 rows stand within the first 2·N places, and how many there are.

    Args:
        tiers: gold tiers in the order of the list; N is the number of threes in it.
        counted: rows that are asked about (None: all); the others still take their places and count for N.
    """
    urgent = np.asarray(tiers) == 3
    asked = urgent if counted is None else urgent & np.asarray(counted, dtype=bool)
    return int(asked[: 2 * int(urgent.sum())].sum()), int(asked.sum())


def words_of(text: str) -> list[str]:
    """Return the lower-case words without punctuation."""
    return re.findall(r"\w+", re.sub(r"['’]", "", text.lower()))


def word_overlap(gold: str, said: str) -> float:
    """Intersection over union of the words, each counted as often as it stands (0 to 1; 0 where both are empty)."""
    ours, theirs = Counter(words_of(gold)), Counter(words_of(said))
    union = (ours | theirs).total()
    return (ours & theirs).total() / union if union else 0.0


def span_hits(overlaps: Iterable[float]) -> tuple[int, int]:
    """Return how many true positives overlap enough, and how many have a gold span at all (nan: has none)."""
    known = [overlap for overlap in overlaps if not np.isnan(overlap)]
    return sum(overlap >= LEAST_OVERLAP for overlap in known), len(known)


def pair_counts(gold: Collection[Pair], said: Collection[Pair]) -> PairCounts:
    """Count unordered pairs of provisions."""
    return PairCounts(said=len(set(said)), true=len(set(gold)), both=len(set(gold) & set(said)))
