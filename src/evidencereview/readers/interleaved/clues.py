"""What each line of an interleaved form says about the row it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from evidencereview.readers.alignment import Aligned
from evidencereview.readers.interleaved.cuts import Cut
from evidencereview.readers.interleaved.knowledge import Known
from evidencereview.readers.interleaved.lines import Kind, ScanLine
from evidencereview.readers.interleaved.marks import LOOKALIKE, Mark
from evidencereview.readers.interleaved.rows_apart import Clues
from evidencereview.readers.joints import ended

_OWN_NUMBER, _OTHER_NUMBER = 4.0, -6.0
_REMNANT = 1.0
_BESIDE_LENT = 0.3  # what our own words for a provision count where its wording is lent
_OPENING, _FIRST_WORDS = 8.0, 4
_ACROSS_HEADING = -6.0
_OPENS = re.compile(r"[\"'“‘(\[.…]*[A-Z0-9]|\.\.\.|…")
_BREAKS_OFF = re.compile(r"[,;:(–-]$|\b(?:and|or|the|of|to|a|an|in|for|with|by|that|their|its|be|is)$", re.IGNORECASE)
_BULLET = re.compile(r"[•▪●◦·–*+»«.-]$|[(]?[a-z][.)]$")

Alignment = tuple[Sequence[Aligned], Sequence[int]]


def clues_of(
    lines: Sequence[ScanLine],
    every: Sequence[ScanLine],
    marks: Mapping[int, Mark],
    cuts: Sequence[Cut],
    skip: Sequence[int],
    known: Known,
    alignment: Alignment,
) -> Clues:
    """Gather the clues of all lines; `every` holds the headings too."""
    below = _below_headings(every)
    share = _BESIDE_LENT if known.lent else 1.0
    speaks = share * _wording(lines, known) + _aligned(lines, known, alignment)
    _add_numbers(speaks, marks, known)
    begins = _begins(lines, cuts, skip, below)
    begins = [score + _OPENING * opens for score, opens in zip(begins, _openings(alignment), strict=True)]
    return Clues(
        speaks=speaks,
        begins=_with_numbers_above(begins, lines, skip),
        reaches=[_ACROSS_HEADING if line.number in below else 0.0 for line in lines],
        answers=[int(cut.answer is not None and cut.answer.plain >= 0.7) for cut in cuts],
    )


def _below_headings(every: Sequence[ScanLine]) -> set[int]:
    """Return the numbers of the lines of text right below a heading."""
    return {line.number for above, line in pairwise(every) if line.kind is Kind.TEXT and above.kind is not Kind.TEXT}


def _wording(lines: Sequence[ScanLine], known: Known) -> Any:
    """How far each line speaks of each provision, by the words that tell the provisions apart."""
    import numpy as np

    places: dict[str, list[tuple[int, float]]] = {}
    for place, bag in enumerate(known.words()):
        for word, weight in bag.items():
            places.setdefault(word, []).append((place, weight))
    speaks = np.zeros((len(known.numbers), len(lines)))
    for at, line in enumerate(lines):
        for key in set(line.keys):
            for place, weight in places.get(key, ()):
                speaks[place, at] += weight
    return speaks - speaks.mean(axis=0, keepdims=True)


def _aligned(lines: Sequence[ScanLine], known: Known, alignment: Alignment) -> Any:
    import numpy as np

    parts, owners = alignment
    speaks = np.zeros((len(known.numbers), len(lines)))
    for at, part in enumerate(parts):
        for place, alike in zip(part.places, part.alike, strict=True):
            if place >= 0:
                speaks[:, at] -= alike / 2
                speaks[owners[place], at] += alike
    return speaks


def _openings(alignment: Alignment) -> list[bool]:
    """Tell for each line whether the lent wording of a provision opens in it."""
    parts, owners = alignment
    firsts = {place for place, owner in enumerate(owners) if place == 0 or owners[place - 1] != owner}
    return [
        any(
            place in firsts and part.places[at : at + _FIRST_WORDS] == tuple(range(place, place + _FIRST_WORDS))
            for at, place in enumerate(part.places)
        )
        for part in parts
    ]


def _add_numbers(speaks: Any, marks: Mapping[int, Mark], known: Known) -> None:
    places = {number: place for place, number in enumerate(known.numbers)}
    for line, mark in marks.items():
        sure = mark.sure >= LOOKALIKE
        other = _OTHER_NUMBER if sure else -_REMNANT
        speaks[:, line] += other
        speaks[places[mark.number], line] += (_OWN_NUMBER if sure else _REMNANT) - other


def _begins(lines: Sequence[ScanLine], cuts: Sequence[Cut], skip: Sequence[int], below: set[int]) -> list[float]:
    """How much each line looks like the first of a row: a requirement opens where the one before has ended."""
    scores = []
    before = ""
    for place, (line, cut) in enumerate(zip(lines, cuts, strict=True)):
        left = line.words[skip[place] : cut.left]
        if line.number in below:
            score, before = 4.0, ""
        elif not left:
            score = -1.5
        else:
            score = (1.0 if _OPENS.match(left[0]) and not _BULLET.match(left[0]) else -2.0) + _after(before)
        scores.append(score + 0.4 * line.gap)
        before = " ".join(left) or before
    return scores


def _with_numbers_above(begins: Sequence[float], lines: Sequence[ScanLine], skip: Sequence[int]) -> list[float]:
    """Let a number that has a line of its own begin the row of which the first line stands below it."""
    below = [*begins[1:], 0.0]
    return [
        max(score, below[place] + 0.5) if skip[place] == len(lines[place].words) else score
        for place, score in enumerate(begins)
    ]


def _after(before: str) -> float:
    if not before:
        return 0.0
    return 1.0 if ended(before) else -1.5 if _BREAKS_OFF.search(before) else 0.0
