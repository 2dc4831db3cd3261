"""Clears the tree of a Word file, so that reading it needs no special cases.

python-docx passes over text that stands inside tracked insertions, content controls, simple fields and smart tags:
their children are lifted into the place of their parent here. Deleted text goes, with a note.
"""

from __future__ import annotations

from typing import Any

from evidencereview.readers.answers import shorten
from evidencereview.records import Note

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LIFTED = frozenset(W + name for name in ("ins", "moveTo", "smartTag", "fldSimple", "customXml", "sdtContent"))
_DELETED = frozenset(W + name for name in ("del", "moveFrom"))
_BARE = frozenset(W + name for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))


def clear(body: Any) -> list[Note]:
    """Change the tree in place: lift wrapped text, drop deletions, duplicates and prompts; return notes on them."""
    notes: list[Note] = []
    deleted = [_text(element) for element in _drop(body, _DELETED)] + _drop_deleted_rows(body)
    inserted = sum(1 for name in ("ins", "moveTo") for _ in body.iter(W + name))
    if inserted:
        notes.append(Note("tracked-insertion", f"{inserted} tracked insertions were read as if accepted"))
    notes += [Note("tracked-deletion", shorten(text)) for text in deleted if text.strip()]
    _drop(body, frozenset({_MC + "Fallback"}))
    notes += _boxes(body) + _placeholders(body)
    _lift(body)
    return notes


def _drop(body: Any, tags: frozenset[str]) -> list[Any]:
    found = [element for element in body.iter(*tags) if element.getparent() is not None]
    for element in found:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return found


def _drop_deleted_rows(body: Any) -> list[str]:
    rows = [row for row in body.iter(W + "tr") if row.find(f"{W}trPr/{W}del") is not None]
    for row in rows:
        row.getparent().remove(row)
    return [_text(row) for row in rows]


def _boxes(body: Any) -> list[Note]:
    """Take text boxes out: they float, so no cell can claim their text; it is noted."""
    boxes = _drop(body, frozenset({W + "txbxContent"}))
    return [Note("text-box", shorten(_text(box))) for box in boxes if _text(box).strip()]


def _placeholders(body: Any) -> list[Note]:
    """Empty the content controls that still show their prompt ("Choose an item."): nobody filled them in."""
    prompts = [control for control in body.iter(W + "sdt") if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None]
    texts = []
    for control in prompts:
        pieces = list(control.iter(W + "t"))
        texts.append("".join(piece.text or "" for piece in pieces))
        for piece in pieces:
            piece.text = ""
    shown = sorted({text for text in texts if text.strip()})
    return [Note("placeholder", shorten(f"{len(prompts)} unfilled fields: {' / '.join(shown)}"))] if shown else []


def _lift(body: Any) -> None:
    _drop(body, _BARE)
    for element in list(body.iter(*_LIFTED, W + "sdt")):
        parent = element.getparent()
        if parent is not None:
            place = parent.index(element)
            parent[place : place + 1] = list(element)


def _text(element: Any) -> str:
    pieces = [piece.text or "" for piece in element.iter(W + "t", W + "delText")]
    return "".join(pieces)
