"""What a page of a PDF is turned into before anybody asks about tables: words and rules with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between; places are points from the top left corner of the upright page.

    Attributes:
        text: the characters.
        x0, top, x1, bottom: the box, as high as the font, not as the letters.
        link: the address that a click on it opens, "" for none.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    link: str = ""

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of its font in points."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: it stands at `at` (x of one that goes down, y of one that goes across) and runs from start to end."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as drawn, upright.

    Attributes:
        number: from 1.
        width, height: points.
        words: in the order of the file.
        down, across: rules that go down and across the page.
        pictures: boxes of pictures (x0, top, x1, bottom).
        shapes: how many shapes are neither text nor rule nor picture.
        inked: whether anything at all shows on a page without a word.
        unmapped: characters of which the file does not say what they mean.
        remarks: what the page holds beside its text, as (kind, text).
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    down: tuple[Rule, ...] = ()
    across: tuple[Rule, ...] = ()
    pictures: tuple[tuple[float, float, float, float], ...] = ()
    shapes: int = 0
    inked: bool = False
    unmapped: int = 0
    remarks: tuple[tuple[str, str], ...] = ()


def page_from(record: dict[str, Any]) -> Page:
    """Build a page from what the worker wrote."""
    lists = {name: tuple(Rule(*rule) for rule in record[name]) for name in ("down", "across")}
    return Page(
        number=record["number"],
        width=record["width"],
        height=record["height"],
        words=tuple(Word(*word) for word in record["words"]),
        pictures=tuple((x0, top, x1, bottom) for x0, top, x1, bottom in record["pictures"]),
        shapes=record["shapes"],
        inked=record["inked"],
        unmapped=record["unmapped"],
        remarks=tuple((kind, text) for kind, text in record["remarks"]),
        **lists,
    )
