"""Which duties of a provision a row speaks to: by the duty's own terms, and by nearness to its example answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencereview.language.vectors import FormVectors
    from evidencereview.language.view import RowView, Sentence
    from evidencereview.provisions import Duty

_WORD = re.compile(r"\w+")
# Nearness at which a sentence speaks to a duty without any of its terms, and with one; set on the training rows.
NEAR_ALONE = 0.62
NEAR_WITH_TERM = 0.38


@dataclass(frozen=True, slots=True)
class DutyCoverage:
    """One duty beside a row: the sentence that speaks to it best (None where the row is blank), and how far it does."""

    duty: Duty
    terms: int
    nearness: float
    sentence: Sentence | None

    @property
    def met(self) -> bool:
        """Whether some sentence speaks to the duty."""
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
    near = _nearness(row.index, provision, number, len(counts), vectors)
    best = max(range(len(counts)), key=lambda i: near[i] + 0.15 * min(counts[i], 2))
    return DutyCoverage(duty, counts[best], round(float(near[best]), 4), row.sentences[best])


def _nearness(index: int, provision: int, number: int, sentences: int, vectors: FormVectors | None) -> list[float]:
    if vectors is None:
        return [0.0] * sentences
    return [float(v) for v in vectors.to_duty(index, provision, number)]


@lru_cache(maxsize=4096)
def needles_of(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Return what to look for in a sentence's words joined by spaces; a star at the end stands for the rest of a word."""
    return tuple(f" {' '.join(_WORD.findall(term.lower()))}{'' if term.endswith('*') else ' '}" for term in terms)


def terms_in(sentence: Sentence, needles: tuple[str, ...]) -> int:
    """Return how many of a duty's terms stand in a sentence (plain search: a pattern a duty costs more to compile)."""
    text = f" {' '.join(sentence.words)} "
    return sum(needle in text for needle in needles)
