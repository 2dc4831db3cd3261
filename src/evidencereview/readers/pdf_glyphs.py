"""Joins the characters of a PDF page into words; the marks of symbol fonts become the characters that they show."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from evidencereview.readers.pdf_links import Link
from evidencereview.readers.pdf_upright import Upright, angle_of, loose_box

Box = tuple[float, float, float, float]
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# The library marks a hyphen at a line's end by one of these.
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u2010": "-"}
# What the letters of symbol fonts look like on paper: font (as its name begins) → code → sign.
_SYMBOLS = {
    "wingdings2": {0x50: "✓", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0x54: "☒", 0x4F: "✗", 0xA3: "☐", 0x2A: "☐"},
    "wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0xA7: "•", 0xD8: "•"},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "☐"},
    "symbol": {0xB7: "•", 0xD6: "✓", 0xB4: "×", 0x2D: "-"},
    "zapfdingbats": {0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6E: "■", 0x6F: "☐", 0x71: "☐"},
}
_GAP = 0.22  # of the font's height: two letters that far apart are two words
_LEVEL = 0.5  # of the font's height: letters that much higher or lower stand on another line


@dataclass(slots=True)
class Words:
    """Words as [text, x0, top, x1, bottom, link], how many characters mean nothing, and remarks as [kind, text]."""

    words: list[list[Any]] = field(default_factory=list)
    unmapped: int = 0
    remarks: list[list[str]] = field(default_factory=list)


def words_of(text: Any, upright: Upright, links: Sequence[Link]) -> Words:
    """Return the words of a page in the order of the file; what is turned or off the page becomes a remark."""
    found, aside = Words(), {"turned-text": "", "outside-page": ""}
    line = _Line(found.words, upright, links)
    for index in range(raw.FPDFText_CountChars(text)):
        sign = _sign(text, index, found)
        box = loose_box(text, index) if sign.strip() else None
        if box is None:
            line.close()
            continue
        placed = upright.box(*box)
        kind = "turned-text" if angle_of(text, index) != upright.turns else "" if _shows(placed, upright) else "outside-page"
        if kind:
            aside[kind] += sign
            line.close()
        else:
            line.add(sign, placed)
    line.close()
    found.remarks += [[kind, signs] for kind, signs in aside.items() if signs]
    return found


class _Line:
    """The word in the making."""

    def __init__(self, words: list[list[Any]], upright: Upright, links: Sequence[Link]) -> None:
        self._words, self._links, self._upright = words, links, upright
        self._signs, self._box = "", (0.0, 0.0, 0.0, 0.0)

    def add(self, sign: str, box: Box) -> None:
        """Append a character, or begin a new word with it where it stands apart."""
        x0, top, x1, bottom = self._box
        height = max(box[3] - box[1], 1.0)
        apart = box[0] - x1 > _GAP * height or box[0] < x0 - 0.1 * height or box[0] - x1 < -height
        if self._signs and (apart or abs((top + bottom) - (box[1] + box[3])) / 2 > _LEVEL * height):
            self.close()
        if not self._signs:
            self._box = box
        self._signs += sign
        x0, top, x1, bottom = self._box
        self._box = (x0, min(top, box[1]), max(x1, box[2]), max(bottom, box[3]))

    def close(self) -> None:
        """End the word."""
        if self._signs:
            x0, top, x1, bottom = self._box
            across, down = (x0 + x1) / 2, (top + bottom) / 2
            target = next((link.target for link in self._links if link.holds(across, down)), "")
            self._words.append([self._signs, *(round(place, 2) for place in self._box), target])
        self._signs = ""


def _sign(text: Any, index: int, found: Words) -> str:
    code = raw.FPDFText_GetUnicode(text, index)
    if raw.FPDFText_IsGenerated(text, index) == 1:
        return " "
    sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    if sign in _HYPHENS or raw.FPDFText_IsHyphen(text, index) == 1:
        return "\u00ad" if sign == "\u00ad" else "-"
    if code >= 0xA0 or _alone(text, index):
        sign = _LIGATURES.get(sign) or _symbol(text, index, code) or sign
    if code == 0 or 0xE000 <= ord(sign[0]) < 0xF900 or sign == "\ufffd" or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
        found.unmapped += 1
        return sign if code else "\ufffd"
    return sign


def _alone(text: Any, index: int) -> bool:
    """Tell whether a character stands by itself, as a tick does."""
    sides = (raw.FPDFText_GetUnicode(text, place) for place in (index - 1, index + 1) if place >= 0)
    return all(side in (0, 0x0A, 0x0D, 0x20, 0xA0) for side in sides)


def _symbol(text: Any, index: int, code: int) -> str:
    room = ctypes.create_string_buffer(128)
    size = raw.FPDFText_GetFontInfo(text, index, room, 128, ctypes.c_int())
    if not 0 < size <= 128:
        return ""
    name = room.value.decode("utf-8", "replace").rpartition("+")[2].casefold().replace("-", "").replace(" ", "")
    table = next((signs for font, signs in _SYMBOLS.items() if name.startswith(font)), {})
    return table.get(code - 0xF000 if 0xF000 <= code < 0xF100 else code, "")


def _shows(box: Box, upright: Upright) -> bool:
    x0, top, x1, bottom = box
    return x1 > 0 and bottom > 0 and x0 < upright.width and top < upright.height
