"""Turns a paragraph of a cleared Word tree into text: runs, links, symbols, marks of footnotes, list numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidencereview.readers.markup import with_target
from evidencereview.readers.numbers import is_number, read_number
from evidencereview.readers.visible import visible
from evidencereview.readers.word_names import BEHIND, MATH, PROMPT, REL, W, below, is_on, plain_text, value
from evidencereview.readers.word_numbering import BULLET, Numbering
from evidencereview.readers.word_remarks import Remarks
from evidencereview.readers.word_styles import Styles, style_of
from evidencereview.readers.word_symbols import is_picture_font, symbol

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MARKS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_NOTES = (W + "footnoteReference", W + "endnoteReference")


class Prose:
    """Reads the paragraphs of one story in order.

    Attributes:
        called: footnotes and endnotes that were referred to since the caller last looked: their mark and identity.
    """

    def __init__(self, styles: Styles, numbering: Numbering, targets: dict[str, str], remarks: Remarks) -> None:
        self.called: list[tuple[str, str, str]] = []
        self._styles = styles
        self._numbering = numbering
        self._targets = targets
        self._remarks = remarks
        self._marks: dict[tuple[str, str], str] = {}

    def text(self, paragraph: Element) -> str:
        """Return the text of a paragraph behind the number or bullet that Word prints before it."""
        label = self._numbering.label(paragraph)
        text = self._inside(paragraph, self._styles.hides(style_of(paragraph, self._styles)))
        if not text.strip():
            # Nothing stands behind an empty bullet; an empty numbered cell is its number.
            label = label if is_number(label) else ""
        elif label and label != BULLET and read_number(text) is not None and not is_number(label):
            # The number is typed as well as counted: the typed one is the provision's.
            self._remarks.add("list-number", label, paragraph)
            label = ""
        self._remarks.added += visible(label)
        return f"{label} {text.lstrip()}".rstrip() if label else text

    def hides(self, run: Element) -> bool:
        """Tell whether a run is hidden, by itself, by its style or by its paragraph's."""
        paragraph = next(run.iterancestors(W + "p"), None)
        hidden = paragraph is not None and self._styles.hides(style_of(paragraph, self._styles))
        return self._is_hidden(run.find(W + "rPr"), hidden)

    def is_heading(self, paragraph: Element) -> bool:
        """Tell whether a paragraph is set as a heading."""
        return self._styles.is_heading(style_of(paragraph, self._styles))

    def _inside(self, parent: Element, hidden: bool) -> str:
        text = ""
        for element in parent:
            if element.tag == W + "r":
                text += self._run(element, hidden)
            elif element.tag == W + "hyperlink":
                text += self._link(element, hidden)
            elif element.tag in (MATH + "t", W + "t"):
                text += element.text or ""
            elif len(element):
                text += self._inside(element, hidden)
        return text

    def _link(self, element: Element, hidden: bool) -> str:
        words = self._inside(element, hidden)
        linked = with_target(words, self._targets.get(element.get(REL + "id") or "", "")) if words.strip() else words
        self._remarks.added += visible(linked) - visible(words)
        return linked

    def _run(self, run: Element, hidden: bool) -> str:
        look = run.find(W + "rPr")
        if (hidden or look is not None) and self._is_hidden(look, hidden):
            self._remarks.add("hidden-text", plain_text(run), run)
            return ""
        return "".join(self._piece(element, look) for element in run)

    def _is_hidden(self, look: Element | None, hidden: bool) -> bool:
        own = below(look, "vanish")
        if own is not None:
            return is_on(own)
        style = value(look, "rStyle")
        return hidden or (bool(style) and self._styles.hides(style))

    def _piece(self, element: Element, look: Element | None) -> str:
        tag = element.tag
        if tag == W + "t":
            return self._letters(element, look)
        if tag == W + "sym":
            return self._symbol(element.get(W + "font") or "", element.get(W + "char") or "", element)
        if tag in _NOTES:
            return self._call(element)
        if tag in _MARKS:
            return _MARKS[tag]
        return self._inside(element, False) if len(element) else ""

    def _letters(self, element: Element, look: Element | None) -> str:
        if element.get(PROMPT):
            self._remarks.add("placeholder", element.text or "", element, shown=True)
            return ""
        behind = element.get(BEHIND) or ""
        self._remarks.added += visible(behind)
        return self._drawn(element.text or "", look, element) + behind

    def _drawn(self, text: str, look: Element | None, place: Element) -> str:
        """Read letters that are set in a picture font, or that are private characters of one."""
        fonts = below(look, "rFonts")
        names = [] if fonts is None else [fonts.get(W + side) or "" for side in ("ascii", "hAnsi")]
        font = next((name for name in names if is_picture_font(name)), "")
        if not font and not _PRIVATE.search(text):
            return text
        return "".join(
            letter if letter.isspace() or not (font or "\uf000" <= letter <= "\uf0ff")
            else self._symbol(font, f"{ord(letter):X}", place, visible(letter))
            for letter in text
        )  # fmt: skip

    def _symbol(self, font: str, code: str, place: Element, seen: int = 1) -> str:
        """Return what a picture font shows for a code; `seen` is what the balance counts the letter as (a bar counts 0)."""
        number = int(code, 16) if len(code) <= 6 and all(c in "0123456789abcdefABCDEF" for c in code) and code else 0
        found = symbol(font, number)
        if not found:
            self._remarks.add("symbol", f"symbol {code or '?'} of the font {font or '?'} is not read", place)
            self._remarks.noted += seen
        return found

    def _call(self, element: Element) -> str:
        """Return the mark of a footnote or endnote, and remember that its text belongs here."""
        kind = "footnotes" if element.tag == _NOTES[0] else "endnotes"
        key = (kind, element.get(W + "id") or "")
        if key not in self._marks:
            place = sum(1 for known, _ in self._marks if known == kind) + 1
            self._marks[key] = f"[{place}]" if kind == "footnotes" else f"[e{place}]"
        self.called.append((self._marks[key], *key))
        self._remarks.added += visible(self._marks[key])
        return " " + self._marks[key]
