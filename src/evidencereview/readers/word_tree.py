"""Clears the tree of a Word file, so that reading it needs no special cases.

What is left has no tracked changes (the newest state stands), no content controls, no fields and no second version of
a drawing: paragraphs hold runs and links, tables hold rows of cells. Whatever went with its text is a remark.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from evidencereview.readers.word_controls import settle_controls
from evidencereview.readers.word_fields import settle_fields
from evidencereview.readers.word_names import DRAWING, MC, VML, W, below, drop, is_on, plain_text, unwrap, value
from evidencereview.readers.word_remarks import Remarks

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_WRAPPERS = ("ins", "moveTo", "smartTag", "fldSimple", "customXml", "sdt", "sdtContent", "dir", "bdo")
_BARE = ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")
_HOLDERS = tuple(W + name for name in ("p", "tr", "tbl"))


def clear(story: Element, remarks: Remarks, tick: Callable[[], None]) -> None:
    """Change the tree of a story (body, header, note) in place; `tick` is called between steps and may stop it."""
    _choose(story)
    tick()
    _accept(story, remarks)
    tick()
    settle_fields(story)
    tick()
    settle_controls(story)
    tick()
    _unwrap(story)
    tick()
    for step in (_hidden_rows, _boxes, _pictures):
        step(story, remarks)
        tick()


def _choose(story: Element) -> None:
    """Keep one version of what stands in the file twice, once for new and once for old programs."""
    for both in list(story.iter(MC + "AlternateContent")):
        versions = [*both.findall(MC + "Choice"), *both.findall(MC + "Fallback")]
        filled = [version for version in versions if len(version)]
        for other in versions:
            if not filled or other is not filled[0]:
                both.remove(other)
    unwrap(list(story.iter(MC + "Choice", MC + "Fallback")))
    unwrap(list(story.iter(MC + "AlternateContent")))


def _accept(story: Element, remarks: Remarks) -> None:
    """Accept all tracked changes: the newest text stands, the rest goes with a remark."""
    _accept_rows(story, remarks)
    inserted = sum(1 for _ in story.iter(W + "ins", W + "moveTo") if len(_))
    if inserted:
        remarks.add("tracked-insertion", f"{inserted} tracked insertions were read as if accepted")
    _join_paragraphs(story)
    for kind, name in (("tracked-deletion", "del"), ("tracked-move", "moveFrom")):
        found = [element for element in story.iter(W + name) if len(element)]
        held = {element: _holder(element) for element in found}
        for element in drop(found):
            remarks.add(kind, plain_text(element), held[element])


def _join_paragraphs(story: Element) -> None:
    for paragraph in list(story.iter(W + "p")):
        mark = below(paragraph, "pPr/rPr")
        if mark is not None and (below(mark, "del") is not None or below(mark, "moveFrom") is not None):
            _join_with_next(paragraph)


def _accept_rows(story: Element, remarks: Remarks) -> None:
    rows = [row for row in story.iter(W + "tr") if below(row, "trPr/del") is not None]
    cells = [cell for cell in story.iter(W + "tc") if below(cell, "tcPr/cellDel") is not None]
    for cell in cells:
        # The cell itself stays, empty, so that its neighbours keep their columns.
        for child in drop([child for child in cell if child.tag != W + "tcPr"]):
            remarks.add("tracked-deletion", plain_text(child), cell)
    before = {row: row.getprevious() for row in rows}
    for row in drop(rows):
        remarks.add("tracked-deletion", plain_text(row), before[row])


def _join_with_next(paragraph: Element) -> None:
    """Join a paragraph whose end is deleted with the next one, whose form holds for both."""
    following = paragraph.getnext()
    if following is None or following.tag != W + "p":
        return
    if value(paragraph, "pPr/pStyle") != value(following, "pPr/pStyle"):
        # Text must not go into hiding with a style that was not its own: it stays a line of its own.
        return
    place = 1 if following.find(W + "pPr") is not None else 0
    for run in [child for child in paragraph if child.tag != W + "pPr"]:
        following.insert(place, run)
        place += 1
    drop_one = paragraph.getparent()
    if drop_one is not None:
        drop_one.remove(paragraph)


def _unwrap(story: Element) -> None:
    list(drop(list(story.iter(*(W + name for name in _BARE)))))
    unwrap(list(story.iter(*(W + name for name in _WRAPPERS))))


def _hidden_rows(story: Element, remarks: Remarks) -> None:
    rows = [row for row in story.iter(W + "tr") if is_on(below(row, "trPr/hidden"))]
    before = {row: row.getprevious() for row in rows}
    for row in drop(rows):
        remarks.add("hidden-text", plain_text(row), before[row])


def _boxes(story: Element, remarks: Remarks) -> None:
    """Take text boxes out: they float, so no cell can claim their text; it is noted."""
    boxes = list(story.iter(W + "txbxContent"))
    held = {box: _holder(box) for box in boxes}
    runs = {box: next(box.iterancestors(W + "r"), None) for box in boxes}
    remarks.boxes += [(box, runs[box], held[box]) for box in drop(boxes)]
    for shape in story.iter(VML + "textpath", DRAWING + "t"):
        remarks.add("text-box", shape.get("string") or shape.text or "", _holder(shape), shown=True)


def _pictures(story: Element, remarks: Remarks) -> None:
    """Note what only a person can look at: pictures, charts, embedded files."""
    for element in story.iter(DRAWING + "blip", VML + "imagedata"):
        remarks.add("picture", "a picture; words in it are not read", _holder(element))
    for element in story.iter(DRAWING + "graphicData"):
        what = (element.get("uri") or "").rpartition("/")[2]
        if what in ("chart", "diagram"):
            remarks.add("picture", f"a {what}; words in it are not read", _holder(element))
    for element in story.iter(W + "altChunk", W + "subDoc"):
        remarks.add("embedded-part", "another document is put in here by reference and is not read", _holder(element))


def _holder(element: Element) -> Element | None:
    """Return what around an element will still stand when the tree is walked."""
    return next((around for around in element.iterancestors() if around.tag in _HOLDERS), element.getprevious())
