"""What the plain baselines share: the tier by the simple rule of LABELS, and the order of the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from evidencereview.records import Row
from evidencereview.training.judgements import Judgement
from evidencereview.training.labels import URGENT, URGENT_ON_MUST

_WEAK = frozenset({"bare-assertion", "partial-coverage", "off-topic", "hedged-practice", "cross-reference"})

# Row, flag to words, relevance, specificity, tier, and what orders rows of one tier (most first).
Judged = tuple[Row, Mapping[str, str], int, int, int, float]


def simple_tier(flags: Collection[str], row: Row, relevance: int, specificity: int) -> int:
    """Return the tier that the flags alone give."""
    carried = set(flags)
    if carried & URGENT or (row.mandatory and carried & URGENT_ON_MUST):
        return 3
    if carried & _WEAK or ("generic-reference" in carried and relevance < 3):
        return 2
    return 0 if not carried and relevance == 3 and specificity == 3 else 1


def in_order(judged: Sequence[Judged]) -> tuple[Judgement, ...]:
    """Rank rows by tier, then by weight, then as printed."""
    ranked = sorted(judged, key=lambda each: (-each[4], -each[5], each[0].order))
    return tuple(
        Judgement(row.number, rank, relevance, specificity, tier, dict.fromkeys(words, 1.0), words)
        for rank, (row, words, relevance, specificity, tier, _) in enumerate(ranked, 1)
    )
