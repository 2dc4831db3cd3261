"""Characters of the picture fonts: Word stores a tick as a private number, or as the letter "ü" set in Wingdings."""

from __future__ import annotations

_TABLES: dict[str, dict[int, str]] = {
    "wingdings": {
        0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x3F: "✍", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍",
        0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x72: "☐", 0x76: "❖", 0x77: "◆", 0x78: "☒", 0x9F: "•", 0xA0: "•", 0xA7: "•",
        0xA8: "☐", 0xD8: "•", 0xDF: "←", 0xE0: "→", 0xE8: "→", 0xF0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        0x2A: "☐", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "•", 0x98: "●", 0xA2: "■",
        0xA3: "☐",
    },
    "wingdings 3": {0x61: "✓", 0x7D: "▶", 0x75: "▶", 0x22: "→"},
    "webdings": {0x61: "✓", 0x63: "☐", 0x67: "■", 0x72: "✗", 0x3D: "•", 0x34: "▶"},
    "symbol": {
        0x2D: "−", 0xA3: "≤", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB9: "≠", 0xD6: "√",
        0xDE: "⇒", 0x6D: "µ",
    },
}  # fmt: skip


def is_picture_font(font: str) -> bool:
    """Tell whether the letters of a font are pictures."""
    return font.casefold() in _TABLES


def symbol(font: str, number: int) -> str:
    """Return the plain character for a place in a picture font, "" where it is not known.

    The private range from F000 and the bare byte mean the same; without a font's name, ticks of Wingdings are meant.
    """
    place = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    table = _TABLES.get(font.casefold())
    if table is not None:
        return table.get(place, "")
    if 0xF000 <= number <= 0xF0FF:
        return _TABLES["wingdings"].get(place, "") or _TABLES["symbol"].get(place, "")
    return chr(number) if 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
