"""Which duties of a provision a row speaks to: by the duty's own terms, and by nearness to its example answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from evidencereview.language.substance import substance

if TYPE_CHECKING:
    from evidencereview.language.vectors import FormVectors
    from evidencereview.language.view import RowView, Sentence
    from evidencereview.provisions import Duty

_WORD = re.compile(r"\w+")
# Nearness at which a sentence speaks to a duty without any of its terms, and with one; set on the training rows.
NEAR_ALONE = 0.62
NEAR_WITH_TERM = 0.38
# What the head for duties looks at, in this order: nearness of the nearest sentence or clause to any text of the duty, of
# the nearest sentence to the duty's own words, whether a term stands in the row, how many do (3 at most), and how much
# nearer a sentence or clause is to this duty than to the other substantial ones. The length of a row is not among them: a
# long row can leave a duty out as a short one can.
SIGNS = ("nearness", "to-words", "any-term", "terms", "ahead")
_MOST_TERMS = 3
# At this chance a duty counts as spoken to.
SPOKEN = 0.5


@dataclass(frozen=True, slots=True)
class DutyCoverage:
    """One duty beside a row: the sentence that speaks to it best (None where the row is blank), and how far it does.

    Attributes:
        duty: the duty.
        terms: how many of its terms stand in the sentence.
        nearness: best cosine of the sentence with its texts.
        sentence: the sentence.
        signs: what the head looks at (`SIGNS`); empty without vectors or text.
        chance: the head's probability that the row speaks to the duty; None where there is no head.
    """

    duty: Duty
    terms: int
    nearness: float
    sentence: Sentence | None
    signs: tuple[float, ...] = ()
    chance: float | None = None

    @property
    def met(self) -> bool:
        """Whether some sentence speaks to the duty."""
        if self.chance is not None:
            return self.chance >= SPOKEN
        return self.nearness >= (NEAR_WITH_TERM if self.terms else NEAR_ALONE)


def duty_coverage(row: RowView, provision_index: int, vectors: FormVectors | None) -> tuple[DutyCoverage, ...]:
    """Return the coverage of each duty of the row's provision (empty where the provision is not known)."""
    if row.provision is None:
        return ()
    return tuple(_covered(row, provision_index, j, duty, vectors) for j, duty in enumerate(row.provision.duties))


def _covered(row: RowView, provision: int, number: int, duty: Duty, vectors: FormVectors | None) -> DutyCoverage:
    needles = needles_of(duty.terms)
    counts = [terms_in(s, needles) for s in row.sentences]
    if not counts:
        return DutyCoverage(duty, 0, 0.0, None)
    near, signs = _beside(row, provision, number, counts, vectors)
    best = max(range(len(counts)), key=lambda i: near[i] + 0.15 * min(counts[i], 2))
    return DutyCoverage(duty, counts[best], round(near[best], 4), row.sentences[best], signs)


def _beside(
    row: RowView, provision: int, number: int, counts: list[int], vectors: FormVectors | None
) -> tuple[list[float], tuple[float, ...]]:
    """Return the nearness of each sentence of a row to a duty, and the signs of the row as a whole."""
    if vectors is None:
        return [0.0] * len(counts), ()
    # A sentence that only points or affirms is near to whatever shares its words, and speaks to nothing.
    says = [float(substance(s) > 0) for s in row.sentences]
    near = vectors.to_duty(row.index, provision, number) * says
    duties = row.provision.duties if row.provision else ()
    others = [j for j, other in enumerate(duties) if j != number and other.substantial]
    ahead = near - vectors.to_any(row.index, provision, others) if others else near
    words = vectors.to_words(row.index, provision, number) * says
    total = min(sum(counts), _MOST_TERMS)
    nearest, furthest_ahead = float(near.max()), float(ahead.max())
    if len(vectors.clauses[row.index]):
        parts = vectors.clauses_to_any(row.index, provision, (number,))
        nearest = max(nearest, float(parts.max()))
        parts_ahead = parts - vectors.clauses_to_any(row.index, provision, others) if others else parts
        furthest_ahead = max(furthest_ahead, float(parts_ahead.max()))
    signs = (nearest, float(words.max()), float(total > 0), float(total), furthest_ahead)
    return [float(value) for value in near], signs


@lru_cache(maxsize=4096)
def needles_of(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Return what to look for in a sentence's words joined by spaces; a star at the end stands for the rest of a word."""
    return tuple(f" {' '.join(_WORD.findall(term.lower()))}{'' if term.endswith('*') else ' '}" for term in terms)


def terms_in(sentence: Sentence, needles: tuple[str, ...]) -> int:
    """Return how many of a duty's terms stand in a sentence (plain search: a pattern a duty costs more to compile)."""
    text = f" {' '.join(sentence.words)} "
    return sum(needle in text for needle in needles)
