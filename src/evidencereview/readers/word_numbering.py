"""Rebuilds the numbers that Word counts by itself and stores nowhere: "a.", "iv)", "5.10", and bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencereview.readers.word_names import VAL, W, below, is_on, value, whole
from evidencereview.readers.word_styles import Styles, style_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BULLET = "•"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, what it prints ("%1.%2"), where it starts, after which level it starts anew."""

    format: str
    text: str
    start: int
    restart: int
    legal: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it: its levels, the counter that it shares with others, its own first numbers."""

    counter: str
    levels: dict[int, Level]
    starts: dict[int, int]
    styles: dict[str, int]


class Numbering:
    """Counts the numbered paragraphs of one story in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(root, styles)
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """Count one paragraph and return what Word prints before it ("" for a plain one)."""
        if not self._lists:
            return ""
        number, level = self._place(paragraph)
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        how = found.levels[level]
        if how.format == "bullet":
            return BULLET
        counts = self._counts.setdefault(found.counter, [None] * _LEVELS)
        self._count(counts, number, found, level)
        return _printed(how, found, counts).strip()

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and the level of a paragraph: its own, or that of its style."""
        style = style_of(paragraph, self._styles)
        own = below(paragraph, "pPr/numPr")
        by, given = self._styles.numbering(style)
        if own is None and given is None:
            return "", 0
        number = value(own, "numId") or value(given, "numId")
        level = value(own, "ilvl") or value(given, "ilvl")
        if not level and number in self._lists:
            return number, self._lists[number].styles.get(by or style, 0)
        return number, whole(level, most=_LEVELS - 1)

    def _count(self, counts: list[int | None], number: str, found: _List, level: int) -> None:
        first = found.levels[level].start
        if level in found.starts and (number, level) not in self._begun:
            first, counts[level] = found.starts[level], None
        self._begun.add((number, level))
        before = counts[level]
        counts[level] = first if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            how = found.levels.get(deeper)
            # A level may go on counting, or start anew only after a level further up.
            if how is None or level < how.restart:
                counts[deeper] = None


def _printed(how: Level, found: _List, counts: list[int | None]) -> str:
    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = found.levels.get(place)
        count = counts[place]
        if level is None:
            return ""
        value_now = level.start if count is None else count
        return _written(value_now, "decimal" if how.legal and level.format != "none" else level.format)

    return _PLACE.sub(number, how.text)


def _written(number: int, how: str) -> str:
    if how in ("lowerLetter", "upperLetter"):
        # After z, Word doubles the letter: aa, bb.
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else ""
        return letters.upper() if how == "upperLetter" else letters
    if how in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.upper() if how == "upperRoman" else roman
    if how == "decimalZero":
        return f"{number:02d}"
    if how == "ordinal":
        return f"{number}{_ordinal(number)}"
    return "" if how == "none" else str(number)


def _roman(number: int) -> str:
    written = ""
    for size, letters in _ROMAN if 0 < number < 5000 else ():
        while number >= size:
            written, number = written + letters, number - size
    return written or str(number)


def _ordinal(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _lists(root: Element | None, styles: Styles) -> dict[str, _List]:
    if root is None:
        return {}
    abstract = {e.get(W + "abstractNumId") or "": e for e in root.findall(W + "abstractNum")}
    numbers = {e.get(W + "numId") or "": e for e in root.findall(W + "num")}
    lists = {key: _list(element, abstract, numbers, styles) for key, element in numbers.items() if key != "0"}
    return {key: found for key, found in lists.items() if found is not None}


def _list(element: Element, abstract: dict[str, Element], numbers: dict[str, Element], styles: Styles) -> _List | None:
    counter = value(element, "abstractNumId")
    base = abstract.get(counter)
    linked = value(base, "numStyleLink")
    if linked:
        # The list only names a style, whose own list holds the levels.
        given = styles.numbering(linked)[1]
        other = numbers.get(value(given, "numId"))
        counter = value(other, "abstractNumId")
        base = abstract.get(counter)
    if base is None:
        return None
    elements = {whole(e.get(W + "ilvl") or ""): e for e in base.findall(W + "lvl")}
    starts: dict[int, int] = {}
    for override in element.findall(W + "lvlOverride"):
        place = whole(override.get(W + "ilvl") or "", most=_LEVELS - 1)
        given_level, start = override.find(W + "lvl"), override.find(W + "startOverride")
        if given_level is not None:
            elements[place] = given_level
        if start is not None:
            starts[place] = whole(start.get(VAL) or "")
    named = {value(e, "pStyle"): place for place, e in elements.items() if value(e, "pStyle")}
    return _List(counter, {place: _level(e, place) for place, e in elements.items()}, starts, named)


def _level(element: Element, place: int) -> Level:
    restart = below(element, "lvlRestart")
    start = below(element, "start")
    return Level(
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        start=whole(start.get(VAL) or "") if start is not None else 0,
        # 0 stands for "never", n for "after level n and those above"; without it, any level above will do.
        restart=place if restart is None else whole(restart.get(VAL) or "", most=_LEVELS),
        legal=is_on(below(element, "isLgl")),
    )
