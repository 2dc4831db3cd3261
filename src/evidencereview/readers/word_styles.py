"""Styles of a Word file, as far as they decide what is read: which hide text, which number paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidencereview.readers.word_names import W, below, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_DEEPEST = 12  # styles based on styles; a chain longer than that is a circle


class Styles:
    """The styles by their id; what one does not say, the one that it is based on may."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId") or "": style for style in styles}
        self._hides: dict[str, bool] = {}
        self._numbering: dict[str, tuple[str, Element | None]] = {}
        usual = (s for s in styles if s.get(W + "type") == "paragraph" and s.get(W + "default") in ("1", "true"))
        first = next(usual, None)
        self.default = "" if first is None else first.get(W + "styleId") or ""

    def chain(self, style: str) -> list[tuple[str, Element]]:
        """Return a style and those that it is based on, nearest first."""
        found: list[tuple[str, Element]] = []
        while style in self._styles and len(found) < _DEEPEST:
            found.append((style, self._styles[style]))
            style = value(self._styles[style], "basedOn")
        return found

    @property
    def any_hides(self) -> bool:
        """Whether there is a style that hides text."""
        return any(map(self.hides, self._styles))

    def hides(self, style: str) -> bool:
        """Tell whether text in this style is hidden."""
        if style not in self._hides:
            marks = (below(element, "rPr/vanish") for _, element in self.chain(style))
            self._hides[style] = is_on(next((mark for mark in marks if mark is not None), None))
        return self._hides[style]

    def is_heading(self, style: str) -> bool:
        """Tell whether paragraphs of this style are headings (by the style's own name, whatever its id)."""
        names = [value(element, "name") or name for name, element in self.chain(style)] or [style]
        return any(re.match(r"heading ?\d|title", name, re.IGNORECASE) for name in names)

    def numbering(self, style: str) -> tuple[str, Element | None]:
        """Return the style that numbers paragraphs of this style, and its `numPr`; None where none does."""
        if style not in self._numbering:
            found = ((name, below(element, "pPr/numPr")) for name, element in self.chain(style))
            self._numbering[style] = next((pair for pair in found if pair[1] is not None), ("", None))
        return self._numbering[style]


def style_of(paragraph: Element, styles: Styles) -> str:
    """Return the id of a paragraph's style."""
    return value(paragraph, "pPr/pStyle") or styles.default
