"""Provision numbers: reads them as printed, also damaged ones, and infers those that the print has lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_NAMES = "code|section|sect?|provision|paragraph|para|clause|requirement|standard|item|ref(?:erence)?|chc|no|s"
_PREFIX = rf"(?:(?:{_NAMES})\b[.:]?\s*){{0,2}}[§(\[*]{{0,2}}\s*"
# A point may be misread, a 1 may be a letter or a bar, a 0 an o; at least one figure must be left in front.
_NUMBER = re.compile(
    rf"^{_PREFIX}(?P<number>(?:\d{{1,2}}|[lI|](?=\s*[.,]\s*\d))(?:\s*[.,·․‧]\s*[\dlIoO|]{{1,2}}){{1,2}})"
    r"\s*[.):;\]*]{0,2}(?=\s|$)",
    re.IGNORECASE,
)
_CLEAN = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,2}")
_MISREAD = str.maketrans("lI|iLoO,·․‧", "11111" + "00" + "....")


@dataclass(frozen=True, slots=True)
class Printed:
    """A provision number found at the start of a cell.

    Attributes:
        raw: as printed ("6. l4").
        number: what it must be ("6.14").
        rest: the words of the cell behind it.
    """

    raw: str
    number: str
    rest: str


def read_number(text: str) -> Printed | None:
    """Find a provision number at the start of a cell; None where there is none."""
    match = _NUMBER.match(text.strip())
    if match is None:
        return None
    # Figures of other scripts and widths are read as what they mean.
    number = unicodedata.normalize("NFKC", re.sub(r"\s", "", match["number"])).translate(_MISREAD)
    minor = number.rsplit(".", 1)[-1]
    if not _CLEAN.fullmatch(number) or int(minor) == 0 or number.startswith("0"):
        return None
    return Printed(match[0].strip(), number, text.strip()[match.end() :].strip())


def is_number(text: str) -> bool:
    """Tell whether a cell holds a provision number and hardly anything else."""
    if len(text) > 40:
        return False
    found = read_number(text)
    return found is not None and not found.rest


def section_of(number: str) -> int:
    """Return the section of a provision number (the part before the first dot), 0 where there is none."""
    head = number.partition(".")[0]
    return int(head) if head.isdecimal() else 0


def infer(numbers: Sequence[str], sections: Sequence[int], expected: Sequence[str] = ()) -> list[str]:
    """Fill the gaps ("") in a form's numbers from their neighbours, the section headings and what is expected.

    Args:
        numbers: the numbers in printed order, "" where the print has none.
        sections: the section under whose heading each row stands, 0 where no heading says so.
        expected: the numbers of the edition in order, where they are known; () means by neighbours alone.

    Returns:
        As many numbers; "" stays where nothing can be concluded.
    """
    filled = list(numbers)
    for place, number in enumerate(filled):
        if not number:
            filled[place] = _conclude(filled, place, sections[place], expected)
    return filled


def lost_zero(previous: str, number: str, following: str, *, twice: bool) -> str:
    """Return x.10 for an x.1 that stands where only x.10 can stand (a spreadsheet drops the zero), else "".

    `twice` says that the form holds this number more than once and the restored one nowhere.
    """
    restored = number + "0"
    steps = _minor(restored) - _minor(previous)
    if _minor(number) > 9 or section_of(number) != section_of(previous) or not 0 < steps < 10:
        return ""
    fits_behind = not following or section_of(following) != section_of(number) or following == _next(restored)
    return restored if twice or (steps == 1 and fits_behind) else ""


def _conclude(numbers: Sequence[str], place: int, section: int, expected: Sequence[str]) -> str:
    before = next((n for n in reversed(numbers[:place]) if n), "")
    after, gap = next(((n, i) for i, n in enumerate(numbers[place:]) if n), ("", 1))
    used = set(numbers)
    candidates = [_next(before), _back(after, gap), f"{section}.1" if section else ""]
    if expected:
        candidates = [_following(expected, before), _preceding(expected, after, gap)]
    fitting = [c for c in candidates if c and c not in used and (not section or section_of(c) == section)]
    if not section and after and before and section_of(after) != section_of(before):
        # Without a heading, a row between two sections opens the new one only if that one lacks its first number.
        fitting.sort(key=lambda number: number != _back(after, gap))
    return fitting[0] if fitting else ""


def _minor(number: str) -> int:
    tail = number.rpartition(".")[2]
    return int(tail) if tail.isdecimal() else 0


def _next(number: str) -> str:
    return f"{number.rpartition('.')[0]}.{_minor(number) + 1}" if number else ""


def _back(number: str, steps: int) -> str:
    minor = _minor(number) - steps
    return f"{number.rpartition('.')[0]}.{minor}" if number and minor > 0 else ""


def _following(expected: Sequence[str], number: str) -> str:
    if not number:
        return expected[0]
    return next((e for e, before in zip(expected[1:], expected, strict=False) if before == number), "")


def _preceding(expected: Sequence[str], number: str, steps: int) -> str:
    place = list(expected).index(number) - steps if number in expected else -1
    return expected[place] if place >= 0 else ""
