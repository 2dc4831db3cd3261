"""Provision numbers at the beginning of lines, however damaged: what each may be, and which it is by the order of all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencereview.readers.interleaved.lines import Kind, ScanLine
from evidencereview.readers.numbers import read_number

EXACT, MENDED, DOTLESS, LOOKALIKE, REMNANT = 3.0, 2.5, 1.5, 1.0, 0.3
_SKIPPED = 0.15  # what each provision that is passed over costs
# What a scanner makes of digits; letters beyond these are no number.
_MISREAD = str.maketrans("lIi|!OoaASsBZzgqbGT", "1111100445582299667")
_MARK = re.compile(r"[(\[§]?(?P<body>[0-9lIiOoaASsBZzgqbGT|!.,:]{1,6})[)\]:;]?$")
_CONTINUES = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A number found at the beginning of a line.

    Attributes:
        line: index of the line.
        words: how many words of the line it takes.
        raw: as printed.
        number: the provision that it must be.
        sure: how sure that is (EXACT down to REMNANT).
    """

    line: int
    words: int
    raw: str
    number: str
    sure: float


def find_marks(lines: Sequence[ScanLine], numbers: Sequence[str]) -> tuple[float, tuple[Mark, ...]]:
    """Return the best run of numbers in the order of `numbers` (each at most once), and how well it fits.

    A damaged number is what the numbers before and after it leave open: "a7" between 4.6 and 4.11 is 4.7.
    """
    places = {number: place for place, number in enumerate(numbers)}
    options: list[Mark] = []
    links: list[int] = []
    ahead: list[int] = [-1] * len(numbers)
    value: list[float] = [0.0] * len(numbers)
    for index, line in enumerate(lines):
        if line.kind is not Kind.TEXT:
            continue
        found = []
        for words, raw, number, sure in _readings(line, places):
            place = places[number]
            score, link = _before(place, value, ahead)
            found.append((score + sure, place, link, Mark(index, words, raw, number, sure)))
        for score, place, link, mark in found:
            if ahead[place] < 0 or score > value[place]:
                options.append(mark)
                links.append(link)
                value[place], ahead[place] = score, len(options) - 1
    return _chain(value, ahead, options, links)


def _before(place: int, value: Sequence[float], ahead: Sequence[int]) -> tuple[float, int]:
    """Return the best run that may end before `place`, and the option that it ends with (-1: none)."""
    score, link = -_SKIPPED * place, -1
    for earlier in range(place):
        if ahead[earlier] >= 0:
            reached = value[earlier] - _SKIPPED * (place - earlier - 1)
            if reached > score:
                score, link = reached, ahead[earlier]
    return score, link


def _chain(
    value: Sequence[float], ahead: Sequence[int], options: Sequence[Mark], links: Sequence[int]
) -> tuple[float, tuple[Mark, ...]]:
    last = len(value) - 1
    ends = [(value[place] - _SKIPPED * (last - place), ahead[place]) for place in range(len(value)) if ahead[place] >= 0]
    score, option = max(ends, default=(0.0, -1))
    chain = []
    while option >= 0:
        chain.append(options[option])
        option = links[option]
    return score, tuple(reversed(chain))


def _readings(line: ScanLine, places: dict[str, int]) -> list[tuple[int, str, str, float]]:
    """Return what the beginning of a line may be: (words taken, as printed, number, how sure)."""
    clean = read_number(line.text)
    if clean is not None and clean.number in places:
        raw = re.sub(r"\s+\W+$", "", clean.raw)
        return [(len(raw.split()), raw, clean.number, EXACT if raw == clean.number else MENDED)]
    match = _MARK.match(line.words[0])
    if match is None or not any(character.isdigit() for character in match["body"]):
        return []
    alone = len(line.words) == 1
    continues = not alone and _CONTINUES.match(line.words[1]) is not None
    return [
        (1, line.words[0], number, sure)
        for number, sure in _guesses(match["body"], places)
        if sure > REMNANT or not continues
    ]


def _guesses(body: str, places: dict[str, int]) -> list[tuple[str, float]]:
    digits = re.sub(r"\D", "", body.translate(_MISREAD))
    plain = body.strip(".,:").isdigit()
    guesses = []
    for number in places:
        whole = number.replace(".", "")
        if digits == whole:
            guesses.append((number, DOTLESS if plain else LOOKALIKE))
        elif digits and plain and number.endswith(("." + digits, "." + digits.lstrip("0"))):
            guesses.append((number, REMNANT))
    return guesses
