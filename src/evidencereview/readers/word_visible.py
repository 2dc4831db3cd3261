"""Counts the characters that a Word file shows, straight from its tree as saved: the other side of the balance.

Nothing here looks at how the reader goes about it, so that text which the reader passes over is found out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from evidencereview.readers.visible import visible
from evidencereview.readers.word_fields import find_fields, form_field
from evidencereview.readers.word_names import DRAWING, MATH, MC, VML, W, below, is_on, value
from evidencereview.readers.word_package import Package
from evidencereview.readers.word_styles import Styles, style_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LETTERS = (W + "t", MATH + "t", DRAWING + "t")
_SINGLE = (W + "sym", W + "noBreakHyphen")
_DRAWN = (*_LETTERS, *_SINGLE, VML + "textpath", W + "fldChar")
_PROPERTIES = (W + "trPr", W + "tcPr", W + "rPr")
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
    gone = {drawn for element in _removed(story) for drawn in element.iter(*_DRAWN)}
    # A mark that goes with its deletion opens and closes no field.
    fields = find_fields(story, gone)
    unseen = gone | {element for one in fields for element in one.inside}
    unseen |= {drawn for element in _hidden(story, styles) for drawn in element.iter(*_DRAWN)}
    filled = {one.begin: form_field(one.begin) for one in fields if not any((e.text or "").strip() for e in one.result)}
    return sum(_size(drawn, filled) for drawn in story.iter(*_DRAWN) if drawn not in unseen)


def _size(element: Element, filled: dict[Element, str]) -> int:
    if element.tag in _LETTERS:
        return visible(element.text or "")
    if element.tag == VML + "textpath":
        return visible(element.get("string") or "")
    return visible(filled.get(element, "")) if element.tag == W + "fldChar" else 1


def _removed(story: Element) -> Iterator[Element]:
    """Yield what is no part of the newest text: deletions, and second versions for other programs."""
    for mark in story.iter(W + "del", W + "moveFrom", W + "cellDel"):
        yield _meant(mark)
    for version in story.iter(MC + "Choice", MC + "Fallback"):
        if any(len(other) for other in version.itersiblings(MC + "Choice", preceding=True)):
            yield version
    yield from (note for note in story.iter(W + "footnote", W + "endnote") if note.get(W + "type") in _SEPARATORS)


def _hidden(story: Element, styles: Styles) -> Iterator[Element]:
    """Yield what is set to be hidden."""
    yield from (_meant(mark) for mark in story.iter(W + "hidden", W + "vanish") if is_on(mark))
    if styles.any_hides:
        yield from (run for run in story.iter(W + "r") if _is_hidden_by_style(run, styles))


def _meant(mark: Element) -> Element:
    """Return what a mark is about: what it holds, or, in properties, the row, cell or run that has them."""
    around = mark.getparent()
    holder = around.getparent() if around is not None and around.tag in _PROPERTIES else None
    return mark if holder is None else holder


def _is_hidden_by_style(run: Element, styles: Styles) -> bool:
    if below(run, "rPr/vanish") is not None:
        return False
    paragraph = next(run.iterancestors(W + "p"), None)
    names = [value(run, "rPr/rStyle"), "" if paragraph is None else style_of(paragraph, styles)]
    return any(name and styles.hides(name) for name in names)
