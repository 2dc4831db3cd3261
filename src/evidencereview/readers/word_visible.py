"""Counts the characters that a Word file shows, straight from its tree as saved: the other side of the balance.

Nothing here looks at how the reader goes about it, so that text which the reader passes over is found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from evidencereview.readers.word_fields import find_fields, form_field
from evidencereview.readers.word_names import DRAWING, MATH, MC, VML, W, below, is_on, value, visible
from evidencereview.readers.word_package import Package
from evidencereview.readers.word_styles import Styles, style_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LETTERS = (W + "t", MATH + "t", DRAWING + "t")
_SINGLE = (W + "sym", W + "noBreakHyphen")
_GONE = (W + "del", W + "moveFrom")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_STORIES = ("header", "footer", "footnotes", "endnotes")


def visible_characters(path: Path) -> int:
    """Count the characters, white space apart, that a Word file shows once its tracked changes are accepted.

    Body, tables, text boxes, headers, footers, footnotes and endnotes count; deleted and hidden text, codes of fields,
    comments, and what Word counts by itself (numbers of lists and notes) do not.

    Raises:
        zipfile.BadZipFile, KeyError, lxml.etree.XMLSyntaxError: it is no whole Word file.
    """
    package = Package(path.read_bytes())
    styles = Styles(package.related_tree("styles"))
    body = package.tree(package.main).find(W + "body")
    stories = [] if body is None else [body]
    for _, part in package.related(*_STORIES):
        try:
            stories.append(package.tree(part))
        except etree.XMLSyntaxError:
            continue
    return sum(count_visible(story, styles) for story in stories)


def count_visible(story: Element, styles: Styles) -> int:
    """Count the visible characters of one story (body, header, notes) as it was saved."""
    fields = find_fields(story)
    codes = {element for one in fields for element in one.inside}
    drawn = {one.begin: form_field(one.begin) for one in fields if not any((e.text or "").strip() for e in one.result)}
    return sum(_size(element, drawn) for element in _shown(story, styles) if element not in codes)


def _size(element: Element, drawn: dict[Element, str]) -> int:
    if element.tag in _LETTERS:
        return visible(element.text or "")
    if element.tag == VML + "textpath":
        return visible(element.get("string") or "")
    return visible(drawn.get(element, "")) if element.tag == W + "fldChar" else 1


def _shown(element: Element, styles: Styles) -> Iterator[Element]:
    """Yield the elements below one that put ink on the page."""
    stack = [element]
    while stack:
        here = stack.pop()
        if _is_gone(here, styles):
            continue
        if here.tag in _LETTERS or here.tag in _SINGLE or here.tag in (VML + "textpath", W + "fldChar"):
            yield here
        stack += list(here)


def _is_gone(element: Element, styles: Styles) -> bool:
    tag = element.tag
    if tag in _GONE:
        return True
    if tag == W + "tr":
        return below(element, "trPr/del") is not None or is_on(below(element, "trPr/hidden"))
    if tag == W + "tc":
        return below(element, "tcPr/cellDel") is not None
    if tag == W + "r":
        return _is_hidden(element, styles)
    if tag in (MC + "Choice", MC + "Fallback"):
        return any(len(other) for other in element.itersiblings(MC + "Choice", preceding=True))
    return element.get(W + "type") in _SEPARATORS and tag in (W + "footnote", W + "endnote")


def _is_hidden(run: Element, styles: Styles) -> bool:
    own = below(run, "rPr/vanish")
    if own is not None:
        return is_on(own)
    paragraph = next(run.iterancestors(W + "p"), None)
    names = [value(run, "rPr/rStyle"), "" if paragraph is None else style_of(paragraph, styles)]
    return any(name and styles.hides(name) for name in names)
