"""Sentences of two rows that may exclude each other: what the cross-encoder is asked about of its own accord.

Two rows come together where the map of shared duties links them; those whose sentences name the same things beside other
figures, rhythms or roles, or of which one denies or limits, come first. Nearness alone brings no two rows together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.denials import LACKING, things
from evidencereview.language.disagreements import LONGEST
from evidencereview.language.number_words import UP_TO_TWELVE, VALUES
from evidencereview.language.pair_texts import CLAIMING, CandidatePair
from evidencereview.language.view import FormView, RowView, Sentence, SentenceKind

# Cosine from which on two sentences may speak of one thing, and from which on, with nothing typed apart, they say the same.
NEAR, SAME = 0.3, 0.95
# So many pairs of a form are read, the likeliest: each costs as much as a row of half its length.
MOST = 8
_LEAST_WORDS = 3
_BLOCK = 256  # sentences that are held against all others at a time
_LIMITING = re.compile(r"\b(?:only|solely|alone|until|unless|except)\b", re.I)
_NUMBER_WORDS = (*UP_TO_TWELVE, "fifteen", "twenty", "thirty")
_NUMBER = re.compile(rf"\b(?:\d+(?:\.\d+)?|{'|'.join(_NUMBER_WORDS)}|fortnight|half)\b", re.I)
_RHYTHM = re.compile(r"\b(?:daily|weekly|monthly|quarterly|yearly|annual|day|week|month|quarter|year)(?=s?\b|ly\b)", re.I)
_ROLE = re.compile(
    r"\b(?:manager|director|head|officer|team|board|committee|panel|councillor|member|executive|cabinet"
    r"|trustee|chair|chief|clerk|warden|surveyor|contractor|staff|volunteer|solicitor|consultant)(?=s?\b)",
    re.I,
)
_TYPED = (_NUMBER, _RHYTHM, _ROLE)
# How much likelier a clash is by what tells the sentences apart: one denies, one limits, other figures, rhythms, roles; by
# each thing that both name. Rounded from a logistic regression that told clashing sentences of
# `training_data/contradictions` from pairs of eight forms of ours and four published ones on 22 November 2026. They put
# pairs in order and decide nothing.
_WEIGHTS = np.asarray([0.9, 0.7, 1.5, 1.0, 0.8], dtype=np.float32)
_THING, _MOST_THINGS = 0.9, 4


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence with where it stands (row, sentence) and its signs: denies, limits, its figures, rhythms and roles."""

    row: int
    sentence: int
    flags: tuple[bool, bool]
    typed: tuple[frozenset[str], ...]
    things: frozenset[str]


def candidate_pairs(view: FormView, most: int = MOST) -> tuple[CandidatePair, ...]:
    """Return the pairs to ask about, the likeliest first, at most one for two rows; none without vectors.

    Args:
        view: the form.
        most: how many to return at most.
    """
    if view.vectors is None:
        return ()
    found: dict[tuple[int, int], tuple[float, CandidatePair]] = {}
    for chance, pair in _met(view):
        rows = pair.row, pair.other
        if rows not in found or chance > found[rows][0]:
            found[rows] = chance, pair
    ordered = sorted(found.values(), key=lambda each: -each[0])
    return tuple(pair for _, pair in ordered[:most])


def _met(view: FormView) -> Iterator[tuple[float, CandidatePair]]:
    """Yield two sentences at a time that may clash, with how likely they do."""
    places = [_place(row, i) for row in view.rows for i, sentence in enumerate(row.sentences) if _may_clash(row, sentence)]
    for one, other, cosine in _near(view, places):
        apart, shared = _apart(one, other), len(one.things & other.things)
        if cosine < SAME or any(apart):
            likely = float(_WEIGHTS @ np.asarray(apart)) + _THING * min(shared, _MOST_THINGS)
            yield likely, CandidatePair(one.row, one.sentence, other.row, other.sentence)


def _may_clash(row: RowView, sentence: Sentence) -> bool:
    says_something = sentence.kind is SentenceKind.PROSE and len(sentence.words) >= _LEAST_WORDS
    return row.provision is not None and not row.is_blank and says_something and len(sentence.text) <= LONGEST


def _place(row: RowView, sentence: int) -> _Place:
    text = row.sentences[sentence].text
    flags = LACKING.search(text) is not None, _LIMITING.search(text) is not None
    typed = tuple(frozenset(map(_plain, pattern.findall(text))) for pattern in _TYPED)
    return _Place(row.index, sentence, flags, typed, things(text))


def _plain(word: str) -> str:
    """Return a figure, rhythm or role in one spelling."""
    return str(VALUES.get(word.lower(), word.lower()))


def _near(view: FormView, places: Sequence[_Place]) -> Iterator[tuple[_Place, _Place, float]]:
    """Yield near sentences of two rows that the map links and of which one at least claims something."""
    assert view.vectors is not None
    if not places:
        return
    vectors = np.stack([view.vectors.sentences[each.row][each.sentence] for each in places])
    owners = np.asarray([each.row for each in places])
    claims = np.asarray([view.rows[each.row].row.answer in CLAIMING for each in places])
    linked = _linked(view)
    for start in range(0, len(places), _BLOCK):
        block = slice(start, start + _BLOCK)
        cosines = vectors[block] @ vectors.T
        near = (cosines >= NEAR) & linked[np.ix_(owners[block], owners)]
        near &= (owners[block, None] < owners) & (claims[block, None] | claims)
        for i, j in np.argwhere(near):
            yield places[start + i], places[j], float(cosines[i, j])


def _linked(view: FormView) -> NDArray[np.bool_]:
    """Return whether the map links two rows, shape (rows, rows)."""
    linked = np.zeros((len(view.rows), len(view.rows)), dtype=np.bool_)
    for row, other in view.links:
        linked[row, other] = True
    return linked


def _apart(one: _Place, other: _Place) -> tuple[bool, ...]:
    """Return what tells two sentences apart, in the order of `_WEIGHTS`."""
    flags = (mine is not theirs for mine, theirs in zip(one.flags, other.flags, strict=True))
    named = (bool(mine and theirs and mine != theirs) for mine, theirs in zip(one.typed, other.typed, strict=True))
    return (*flags, *named)
