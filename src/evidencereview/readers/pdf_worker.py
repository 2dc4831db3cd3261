"""Runs in a process of its own: opens a PDF and writes its pages as JSON lines, so that a hostile file harms nothing.

Nothing in the file is run or opened: no script, no attachment, no link. The process can be ended at any moment.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidencereview.readers.pdf_glyphs import words_of
from evidencereview.readers.pdf_links import links_of, remarks_of
from evidencereview.readers.pdf_marks import marks_of
from evidencereview.readers.pdf_upright import Upright

Record = dict[str, Any]
_REFUSALS = {raw.FPDF_ERR_PASSWORD: "password", raw.FPDF_ERR_SECURITY: "security"}
_DARK = 160  # of 255; paler than this is paper
_SPECK = 12  # dark pixels of a small picture of the page that are no writing yet
_MEMORY = 2_000_000_000  # bytes


def main() -> None:
    """Read a PDF from standard input, the caps from the arguments; write a record a line to standard output."""
    pages, objects = int(sys.argv[1]), int(sys.argv[2])
    _bound_memory()
    for record in records(sys.stdin.buffer.read(), pages, objects):
        sys.stdout.write(json.dumps(record) + "\n")
        sys.stdout.flush()


def records(data: bytes, pages: int, objects: int) -> Iterator[Record]:
    """Yield a record for each page, then {"end": number of pages}; or one {"refused": why, ...} in place of the rest.

    Args:
        data: the file.
        pages: the most pages that are read.
        objects: the most characters and shapes of one page.
    """
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        yield {"refused": _REFUSALS.get(getattr(error, "err_code", 0), "damaged")}
        return
    if not 0 < count <= pages:
        yield {"refused": "no pages" if not count else "pages", "count": count}
        return
    form = _is_form(document)
    yield {"attachments": raw.FPDFDoc_GetAttachmentCount(document), "outline": form}
    for index in range(count):
        try:
            record = _page(document, index, objects)
        except pdfium.PdfiumError:
            record = {"refused": "page", "count": index + 1}
        yield record
        if "refused" in record:
            return
    yield {"end": count}


def _is_form(document: Any) -> bool:
    """Have the answers typed into fields drawn; this build of the library has no script engine that could run."""
    try:
        return document.get_formtype() != raw.FORMTYPE_NONE and document.init_forms() is None
    except pdfium.PdfiumError:
        return False


def _page(document: Any, index: int, objects: int) -> Record:
    page = document[index]
    remarks = remarks_of(page)
    links = links_of(document, page, Upright.of(page, page.get_textpage()))
    if raw.FPDFPage_GetAnnotCount(page) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        # What was typed into fields or written as a free note is part of the page as one sees it.
        page.close()
        page = document[index]
    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text) + raw.FPDFPage_CountObjects(page)
    if count > objects:
        return {"refused": "objects", "count": count, "page": index + 1}
    upright = Upright.of(page, text)
    found = words_of(text, upright, links)
    marks = marks_of(page, upright, objects)
    if marks is None:
        return {"refused": "objects", "count": objects + 1, "page": index + 1}
    return {
        "number": index + 1,
        "width": upright.width,
        "height": upright.height,
        "words": found.words,
        "unmapped": found.unmapped,
        "inked": not found.words and _inked(page),
        "remarks": remarks + found.remarks,
        **marks,
    }


def _inked(page: Any) -> bool:
    """Draw the page small and look whether anything dark is on it."""
    scale = 400 / max(page.get_width(), page.get_height(), 1)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=True)
    pixels = bytes(bitmap.buffer)
    return len(pixels) - len(pixels.translate(None, bytes(range(_DARK)))) > _SPECK


def _bound_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # Windows has no such bound; the caps on size and time hold there too
