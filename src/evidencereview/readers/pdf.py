"""PDF files: words and rules with their places become grids and loose text.

The flow: file → pages of words and rules (in a process of its own) → running titles aside → tables → cells as text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidencereview.readers.answers import shorten
from evidencereview.readers.grid import Document, Grid, GridRow, Loose, Meter
from evidencereview.readers.pdf_file import check_file, page_objects
from evidencereview.readers.pdf_lines import TextLine, Vocabulary, running_text
from evidencereview.readers.pdf_page import Page
from evidencereview.readers.pdf_process import pages_of
from evidencereview.readers.pdf_scans import check_text_layer
from evidencereview.readers.pdf_tables import Sheet, Table, Text, cell_texts, tables_and_text, without_running
from evidencereview.readers.text import read_text
from evidencereview.readers.visible import visible
from evidencereview.records import Note


def read_pdf(data: bytes, name: str, meter: Meter) -> Document:
    """Turn a PDF into grids and loose text; a form without tables goes to the reader of text line by line.

    Raises:
        ReadError: protected, damaged, no page, or a page without a text layer; the message says what to do.
        LimitError: over one of the reading limits.
    """
    notes = list(check_file(data, name, meter.limits))
    pages, attachments = pages_of(data, name, meter)
    if attachments:
        notes.append(Note("attachment", f"{attachments} files attached to the PDF were not opened"))
    lost = page_objects(data) - len(pages)
    if lost > 0:
        notes.append(Note("damaged-part", f"{lost} pages lie in the PDF without standing among its pages"))
    return document_of(pages, name, meter, notes)


def document_of(pages: Sequence[Page], name: str, meter: Meter, notes: Sequence[Note] = ()) -> Document:
    """Put the words of pages into grids and loose text.

    Raises:
        ReadError: a page without a text layer.
        LimitError: over one of the reading limits.
    """
    sheets = [Sheet.of(page) for page in pages]
    sheets, running = without_running(sheets)
    found = [*notes, *check_text_layer(pages, [bool(sheet.lines or sheet.tables) for sheet in sheets], name)]
    if running:
        texts = " / ".join(dict.fromkeys(running))
        told = shorten(f"{len(running)} lines that run over the pages: {texts}")
        found.append(Note("header-footer", told, characters=visible(*running)))
    meter.tick()
    pieces = list(tables_and_text(sheets))
    vocabulary = Vocabulary.of(line for piece in pieces for line in piece.all_lines)
    again = [text for piece in pieces if isinstance(piece, Table) for text in piece.repeated]
    if again:
        told = shorten(f"printed again {len(again)} times: {again[0]}")
        found.append(Note("column-headings", told, characters=visible(*again)))
    blocks = [block for piece in pieces for block in _blocks(piece, vocabulary, meter)]
    if not any(isinstance(block, Grid) for block in blocks):
        plain = read_text("\n".join(block.text for block in blocks if isinstance(block, Loose)), meter)
        blocks, found = list(plain.blocks), [*found, *plain.notes]
    if vocabulary.joined:
        found.append(Note("hyphenation", f"{vocabulary.joined} words cut at a line's end were put together"))
    seen = sum(visible(word.text) for page in pages for word in page.words) + visible(*vocabulary.targets)
    return Document(tuple(blocks), tuple(found), seen - vocabulary.dropped)


def _blocks(piece: Table | Text, vocabulary: Vocabulary, meter: Meter) -> Iterator[Grid | Loose]:
    if isinstance(piece, Text):
        yield from _paragraphs(piece, vocabulary)
        return
    rows: list[GridRow] = []
    counts: Counter[int] = Counter()
    for page, cells in zip(piece.pages, cell_texts(piece, vocabulary), strict=True):
        counts[page] += 1
        rows.append(meter.row(cells, f"page {page}, row {counts[page]}"))
    yield Grid(tuple(rows))


def _paragraphs(piece: Text, vocabulary: Vocabulary) -> Iterator[Loose]:
    """Yield the paragraphs among loose lines: another font, or a wider gap, begins one."""
    run = [piece.lines[0]]
    left = min(line.x0 for line in piece.lines)
    width = max(line.x1 for line in piece.lines) - left
    for before, line in pairwise(piece.lines):
        other_font = abs(line.height - before.height) > 0.12 * line.height
        if other_font or line.top - before.top > 1.7 * line.height:
            yield from _paragraph(run, vocabulary, left, width)
            run = []
        run.append(line)
    yield from _paragraph(run, vocabulary, left, width)


def _paragraph(lines: Sequence[TextLine], vocabulary: Vocabulary, left: float, width: float) -> Iterator[Loose]:
    for text in running_text(lines, vocabulary, left, width).split("\n"):
        yield Loose(text, f"page {lines[0].page}")
