"""Turns the places of a PDF page (up from the bottom, perhaps on its side) into places down an upright page."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

_PROBES = 2000  # characters that say which way the page is written


@dataclass(frozen=True, slots=True)
class Upright:
    """The page's box as the file gives it, and by how many quarter turns against the clock its writing is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @classmethod
    def of(cls, page: Any, text: Any) -> Upright:
        """Find out which way most of the writing of a page runs; a page without writing is taken as it is shown."""
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        count = raw.FPDFText_CountChars(text)
        step = max(1, count // _PROBES)
        votes = Counter(angle_of(text, index) for index in range(0, count, step))
        shown = raw.FPDFPage_GetRotation(page)
        turns = votes.most_common(1)[0][0] if votes else shown % 4
        return cls(box.left, box.bottom, box.right, box.top, turns)

    @property
    def width(self) -> float:
        """Width of the upright page in points."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Height of the upright page in points."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Return x0, top, x1, bottom on the upright page for two opposite corners."""
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return x and the distance from the top on the upright page."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def angle_of(text: Any, index: int) -> int:
    """Return the quarter turns (0 to 3, against the clock) by which a character is turned."""
    clockwise = raw.FPDFText_GetCharAngle(text, index)
    return -round(clockwise / (math.pi / 2)) % 4 if clockwise >= 0 else 0


def loose_box(text: Any, index: int) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right, top of a character as wide as it moves the pen and as high as its font."""
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, box):
        return None
    return box.left, box.bottom, box.right, box.top


def doubles(count: int) -> list[Any]:
    """Return places into which the library writes numbers."""
    return [ctypes.c_double() for _ in range(count)]
