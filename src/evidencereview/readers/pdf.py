"""PDF files: words and rules with their places become grids and loose text.

The flow: file → pages of words and rules (in a process of its own) → running titles aside → tables → cells as text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidencereview.readers.answers import shorten
from evidencereview.readers.grid import Document, Grid, GridRow, Loose, Meter
from evidencereview.readers.pdf_file import check_file
from evidencereview.readers.pdf_lines import TextLine, Vocabulary, lines_of, running_text
from evidencereview.readers.pdf_page import Page, Word, visible
from evidencereview.readers.pdf_process import pages_of
from evidencereview.readers.pdf_running import running_lines
from evidencereview.readers.pdf_scans import check_text_layer
from evidencereview.readers.pdf_tables import Table, Text, cell_texts, tables_and_text
from evidencereview.readers.text import read_text
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
    return document_of(pages, name, meter, notes)


def document_of(pages: Sequence[Page], name: str, meter: Meter, notes: Sequence[Note] = ()) -> Document:
    """Put the words of pages into grids and loose text.

    Raises:
        ReadError: a page without a text layer.
        LimitError: over one of the reading limits.
    """
    lines = [lines_of(page.words, page.number) for page in pages]
    running = running_lines(lines, [page.height for page in pages])
    own = [[line for line in page if line not in running] for page in lines]
    found = [*notes, *check_text_layer(pages, own, name)]
    if running:
        found.append(_running_note(lines, running))
    meter.tick()
    vocabulary = Vocabulary.of(line for page in own for line in page)
    words: list[tuple[Page, list[Word]]] = [
        (page, [word for line in each for word in line.words]) for page, each in zip(pages, own, strict=True)
    ]
    blocks = [block for piece in tables_and_text(words) for block in _blocks(piece, vocabulary, meter)]
    if not any(isinstance(block, Grid) for block in blocks):
        plain = read_text("\n".join(block.text for block in blocks if isinstance(block, Loose)), meter)
        blocks, found = list(plain.blocks), [*found, *plain.notes]
    if vocabulary.joined:
        found.append(Note("hyphenation", f"{vocabulary.joined} words cut at a line's end were put together"))
    seen = visible(word.text for page in pages for word in page.words) + visible(vocabulary.targets)
    return Document(tuple(blocks), tuple(found), seen - vocabulary.joined)


def _blocks(piece: Table | Text, vocabulary: Vocabulary, meter: Meter) -> Iterator[Grid | Loose]:
    if isinstance(piece, Text):
        yield from _paragraphs(piece, vocabulary)
        return
    rows: list[GridRow] = []
    place = 0
    for before, (page, cells) in pairwise([None, *zip(piece.pages, cell_texts(piece, vocabulary), strict=True)]):
        place = 1 if before is None or before[0] != page else place + 1
        rows.append(meter.row(cells, f"page {page}, row {place}"))
    yield Grid(tuple(rows))


def _paragraphs(piece: Text, vocabulary: Vocabulary) -> Iterator[Loose]:
    """Yield the paragraphs among loose lines: another font, or a wider gap, begins one."""
    run: list[TextLine] = []
    left = min(line.x0 for line in piece.lines)
    width = max(line.x1 for line in piece.lines) - left
    for before, line in pairwise([None, *piece.lines]):
        apart = before is not None and (
            abs(line.height - before.height) > 0.12 * line.height or line.top - before.top > 1.7 * line.height
        )
        if apart:
            yield from _paragraph(run, vocabulary, left, width)
            run = []
        run.append(line)
    yield from _paragraph(run, vocabulary, left, width)


def _paragraph(lines: Sequence[TextLine], vocabulary: Vocabulary, left: float, width: float) -> Iterator[Loose]:
    for text in running_text(lines, vocabulary, left, width).split("\n"):
        yield Loose(text, f"page {lines[0].page}")


def _running_note(lines: Sequence[Sequence[TextLine]], running: set[TextLine]) -> Note:
    texts = list(dict.fromkeys(line.text for page in lines for line in page if line in running))
    return Note("header-footer", shorten(f"{len(running)} lines that run over the pages: {' / '.join(texts)}"))
