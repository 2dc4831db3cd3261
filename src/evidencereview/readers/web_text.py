"""Text of a web page in the making: white space as a browser shows it, marks of lists, addresses behind links."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \t\n\r\f]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class TextRun:
    """Text of one cell or paragraph, piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def add(self, text: str, *, kept: bool = False) -> None:
        """Append text; its white space counts only where it is `kept` (inside pre)."""
        self._pieces.append(text if kept else _SPACES.sub(" ", text))

    def line(self) -> None:
        """Begin a new line."""
        self._pieces.append("\n")

    def mark(self) -> int:
        """Return the place where the next piece will stand."""
        return len(self._pieces)

    def since(self, mark: int) -> str:
        """Return the text from a place on."""
        return "".join(self._pieces[mark:])

    def insert(self, mark: int, text: str) -> None:
        """Put text at a place that was marked."""
        self._pieces.insert(mark, text)

    def take(self, mark: int = 0) -> str:
        """Return the text from a place on, lines in order, and drop it."""
        text = self.since(mark)
        del self._pieces[mark:]
        return re.sub(r"[^\S\n]*\n\s*", "\n", text).strip()

    def take_raw(self) -> str:
        """Return all of the text as it stands and drop it."""
        text = self.since(0)
        self._pieces.clear()
        return text

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see yet."""
        return not any(piece.strip() for piece in self._pieces)


class Lists:
    """The lists that are open, so that an item knows its mark."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []

    def begin(self, tag: str, style: str, start: str) -> None:
        """Open a list (`style` is the type attribute of an ordered one)."""
        first = int(start) if start.isdecimal() and len(start) < 5 else 1
        self._open.append((style if tag == "ol" and style else tag, first - 1))

    def end(self) -> None:
        """Close the innermost list."""
        if self._open:
            self._open.pop()

    def item(self) -> str:
        """Return the mark of the next item: a bullet, or its number or letter."""
        if not self._open:
            return "• "
        style, count = self._open[-1]
        self._open[-1] = (style, count + 1)
        if style == "ul" or (count >= len(_LETTERS) and style in ("a", "A")):
            return "• "
        if style in ("a", "A"):
            return f"{_LETTERS[count] if style == 'a' else _LETTERS[count].upper()}. "
        return f"{count + 1}. "
