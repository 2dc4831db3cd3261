"""What was said of each row, by a review or by a plain baseline, in one shape that can be measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from evidencereview.records import Finding, Item, Review, Row


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was said of one row.

    Attributes:
        provision: the row's number.
        rank: place in the list, 1 first.
        relevance: 0 to 3.
        specificity: 0 to 3.
        tier: 0 to 3.
        flags: flag to confidence (0 to 1), for the flags that were said.
        words: flag to the words that were shown for it.
        linked: for a contradiction, the other provisions.
    """

    provision: str
    rank: int
    relevance: int
    specificity: int
    tier: int
    flags: Mapping[str, float]
    words: Mapping[str, str] = field(default_factory=dict)
    linked: tuple[str, ...] = ()


Judge = Callable[[Sequence[Row]], Sequence[Judgement]]


def judgements_of(review: Review) -> tuple[Judgement, ...]:
    """Return what a review said of each row, in the order of its list."""
    return tuple(_judgement(item) for item in sorted(review.items, key=lambda item: item.rank))


def _judgement(item: Item) -> Judgement:
    # Where a flag was found twice in a row, the surest finding speaks for it.
    surest: dict[str, Finding] = {}
    for finding in sorted(item.findings, key=lambda finding: -finding.confidence):
        surest.setdefault(finding.flag, finding)
    linked = {number for finding in item.findings if finding.flag == "contradiction" for number in finding.linked}
    return Judgement(
        provision=item.row.number,
        rank=item.rank,
        relevance=item.scores.relevance,
        specificity=item.scores.specificity,
        tier=item.tier,
        flags={flag: finding.confidence for flag, finding in surest.items()},
        words={flag: finding.words for flag, finding in surest.items()},
        linked=tuple(sorted(linked)),
    )
