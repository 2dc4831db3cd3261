"""Plain baselines under the same measures: what a figure is worth is what it is above these.

Each takes the rows of one form and judges every one of them: flags, relevance, specificity, tier and place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evidencereview.records import Answer, Row
from evidencereview.training.judgements import Judge, Judgement
from evidencereview.training.keywords import keyword_baseline
from evidencereview.training.ranking import Judged, in_order, simple_tier
from evidencereview.training.tfidf import tfidf_baseline

__all__ = [
    "answer_baseline",
    "cosine_baseline",
    "keyword_baseline",
    "length_baseline",
    "plain_baselines",
    "tfidf_baseline",
]

# Shares of a form's rows, from the bottom of the ranking up, at which a grade steps to the next one.
_TIER_STEPS = (0.10, 0.60, 0.97)
_GRADE_STEPS = (0.03, 0.60, 0.97)
_LOWEST, _LOW, _HIGH = 0.05, 0.35, 0.90


class Encodes(Protocol):
    """Whatever turns texts into unit vectors (texts, dimensions)."""

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return one unit vector a text."""
        ...


def plain_baselines() -> dict[str, Judge]:
    """Return the baselines that need no training, by name."""
    return {
        "keywords": keyword_baseline,
        "answer only": answer_baseline,
        "length only": length_baseline,
        "cosine only": cosine_baseline(),
    }


def answer_baseline(rows: Sequence[Row]) -> tuple[Judgement, ...]:
    """Judge by the answer cell alone: blank is missing, anything but Yes unexplained, Yes as most rows are."""
    judged: list[Judged] = []
    for row in rows:
        usual = "generic-reference" if row.answer is Answer.YES else "unexplained-no"
        flag = "missing-answer" if row.answer is Answer.BLANK else usual
        judged.append((row, {flag: ""}, 2, 1, simple_tier({flag}, row, 2, 1), 0.0))
    return in_order(judged)


def length_baseline(rows: Sequence[Row]) -> tuple[Judgement, ...]:
    """Judge by the number of words of evidence and commentary alone: the shortest are the worst."""
    lengths = np.array([len(row.text.split()) for row in rows], dtype=float)
    return _by_score(rows, lengths, _flags_of_length)


def cosine_baseline(encoder: Encodes | None = None) -> Judge:
    """Return a judge by the cosine between requirement and text alone; without an encoder, the shipped one is loaded.

    Raises (when it judges):
        ModelError: the shipped encoder is missing.
    """

    def judge(rows: Sequence[Row]) -> tuple[Judgement, ...]:
        used = encoder or _shipped_encoder()
        asked = np.asarray(used.encode([row.requirement for row in rows]))
        told = np.asarray(used.encode([row.text for row in rows]))
        cosines = (asked * told).sum(axis=1) * [bool(row.text.strip()) for row in rows]
        return _by_score(rows, cosines, _flags_of_cosine)

    return judge


def _shipped_encoder() -> Encodes:
    from evidencereview.language.encoder import Encoder

    encoder: Encodes = Encoder()
    return encoder


def _by_score(
    rows: Sequence[Row], scores: NDArray[Any], flags_of: Callable[[Row, float], tuple[str, ...]]
) -> tuple[Judgement, ...]:
    """Grade every row by its standing among the scores of its form (0 lowest to 1)."""
    ordered = np.sort(scores)
    standing = (np.searchsorted(ordered, scores, "left") + np.searchsorted(ordered, scores, "right")) / (
        2 * max(len(rows), 1)
    )
    judged: list[Judged] = []
    for row, place in zip(rows, standing.tolist(), strict=True):
        blank = not row.text.strip()
        grade = 0 if blank else _steps(place, _GRADE_STEPS)
        words = dict.fromkeys(flags_of(row, place), "")
        judged.append((row, words, 0 if blank else max(grade, 1), grade, 3 - _steps(place, _TIER_STEPS), 1 - place))
    return in_order(judged)


def _steps(place: float, edges: Sequence[float]) -> int:
    return sum(place >= edge for edge in edges)


def _flags_of_length(row: Row, place: float) -> tuple[str, ...]:
    if not row.text.strip():
        return ("missing-evidence",)
    said = {"bare-assertion": place < _LOWEST, "generic-reference": True, "partial-coverage": place < _LOW}
    return tuple(flag for flag, stands in said.items() if stands)


def _flags_of_cosine(row: Row, place: float) -> tuple[str, ...]:
    if not row.text.strip():
        return ("missing-evidence",)
    said = {"off-topic": place < _LOWEST, "partial-coverage": place < _LOW, "restated-requirement": place >= _HIGH}
    return tuple(flag for flag, stands in said.items() if stands)
