"""What a PDF page holds beside its drawing: addresses of links, comments, and files pinned to it. Nothing is followed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pypdfium2.raw as raw

from evidencereview.readers.pdf_upright import Upright

_MOST = 2000  # links or notes of one page that are looked at
_NOTES = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_STRIKEOUT}
_NOTES |= {raw.FPDF_ANNOT_SQUIGGLY, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP}


@dataclass(frozen=True, slots=True)
class Link:
    """An area of an upright page that opens an address."""

    x0: float
    top: float
    x1: float
    bottom: float
    target: str

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place lies in the area."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def links_of(document: Any, page: Any, upright: Upright) -> list[Link]:
    """Return the links of a page that lead out of the file, in the order of the file."""
    links: list[Link] = []
    place, found = ctypes.c_int(0), raw.FPDF_LINK()
    while len(links) < _MOST and raw.FPDFLink_Enumerate(page, place, found):
        target, box = _target(document, found), raw.FS_RECTF()
        if target and raw.FPDFLink_GetAnnotRect(found, box):
            links.append(Link(*upright.box(box.left, box.bottom, box.right, box.top), target))
    return links


def remarks_of(page: Any) -> list[list[str]]:
    """Return what comments say and that files are pinned to the page, as [kind, text]."""
    remarks: list[list[str]] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind == raw.FPDF_ANNOT_FILEATTACHMENT:
            remarks.append(["attachment", "a file pinned to the page was not opened"])
        elif kind in _NOTES:
            said = _wide(partial(raw.FPDFAnnot_GetStringValue, annotation, b"Contents"))
            remarks += [["comments", said]] if said.strip() else []
        raw.FPDFPage_CloseAnnot(annotation)
    return remarks


def _target(document: Any, link: Any) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    room = ctypes.create_string_buffer(min(size, 4000))
    raw.FPDFAction_GetURIPath(document, action, room, len(room))
    return room.value.decode("utf-8", "replace").strip() if 0 < size <= 4000 else ""


def _wide(ask: Callable[[Any, int], int]) -> str:
    size = min(ask(None, 0), 40_000)
    room = ctypes.create_string_buffer(max(size, 2))
    ask(ctypes.cast(room, ctypes.POINTER(ctypes.c_ushort)), size)
    return room.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")
