"""Names of the elements of a Word file, and the small questions that are asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VML = "{urn:schemas-microsoft-com:vml}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

VAL = W + "val"
# Set by us on texts while a tree is cleared: the target of a link that ends here; that the text is an unfilled prompt.
BEHIND, PROMPT = W + "behind", W + "prompt"
_OFF = frozenset({"0", "false", "off", "none"})


def value(parent: Element | None, path: str) -> str:
    """Return the `w:val` of an element below `parent` ("rPr/vanish"), "" where there is none."""
    found = below(parent, path)
    return "" if found is None else found.get(VAL) or ""


def below(parent: Element | None, path: str) -> Element | None:
    """Return the first element at a path of `w:` names below `parent`."""
    for name in _names(path):
        if parent is None:
            return None
        parent = next(parent.iterchildren(name), None)
    return parent


@cache
def _names(path: str) -> tuple[str, ...]:
    return tuple(W + name for name in path.split("/"))


def is_on(element: Element | None) -> bool:
    """Tell whether a switch is there and not set to off (`w:val` or `w14:val`)."""
    if element is None:
        return False
    return (element.get(VAL) or element.get(W14 + "val") or "1").casefold() not in _OFF


def whole(text: str, *, least: int = 0, most: int = 9_999_999) -> int:
    """Read a whole number as far as it makes sense: 0 for anything else, cut off at `most`."""
    plain = text.strip()
    sign, digits = (-1, plain[1:]) if plain.startswith("-") else (1, plain)
    number = int(digits) * sign if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    return max(least, min(most, number))


def plain_text(element: Element) -> str:
    """Return the letters of an element as they stand in the file, deleted ones too; a blank between paragraphs."""
    pieces = [_letters(piece) for piece in element.iter(W + "t", W + "delText", MATH + "t", W + "p", W + "tab", W + "br")]
    return " ".join("".join(pieces).split())


def unwrap(elements: Iterable[Element]) -> None:
    """Put the children of each element in its place; one step a child, however long the file."""
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            for child in list(element):
                element.addprevious(child)
            parent.remove(element)


def drop(elements: Iterable[Element]) -> Iterator[Element]:
    """Take elements out of the tree; those that went with one around them are passed over."""
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
            yield element


def _letters(piece: Element) -> str:
    return piece.text or "" if piece.tag in (W + "t", W + "delText", MATH + "t") else " "
