"""Word files (.docx, .docm): tables become grids, paragraphs between them loose text, the rest notes.

The tree is walked as it is, in document order, since asking python-docx for each cell of a table takes the square of
its rows and repeats merged cells.
"""

from __future__ import annotations

from dataclasses import replace

from evidencereview.readers.grid import Document, Grid, Loose, Meter
from evidencereview.readers.visible import visible
from evidencereview.readers.word_beside import Beside
from evidencereview.readers.word_names import W
from evidencereview.readers.word_numbering import Numbering
from evidencereview.readers.word_package import Package
from evidencereview.readers.word_remarks import Remarks
from evidencereview.readers.word_styles import Styles
from evidencereview.readers.word_tables import Walker
from evidencereview.readers.word_text import Prose
from evidencereview.readers.word_tree import clear
from evidencereview.readers.word_visible import count_visible
from evidencereview.records import Note


def read_word(data: bytes, meter: Meter) -> Document:
    """Turn a Word file into grids and loose text; tracked changes are read in their newest state.

    Raises:
        LimitError: over one of the reading limits.
        KeyError: the main part is missing.
        lxml.etree.XMLSyntaxError: the main part is no XML.
    """
    package, remarks = Package(data), Remarks()
    styles = Styles(package.related_tree("styles"))
    numbering = Numbering(package.related_tree("numbering"), styles)
    targets = {r.key: r.target for r in package.relations(package.main) if r.external}
    root = package.tree(package.main)
    body = root.find(W + "body")
    if body is None:
        raise KeyError("body")
    meter.tick()
    remarks.visible = count_visible(body, styles)
    clear(body, remarks, meter.tick)
    beside = Beside(package, styles, remarks, meter.tick)
    walker = Walker(Prose(styles, numbering, targets, remarks), beside, remarks, meter)
    blocks = tuple(walker.blocks(body))
    beside.finish()
    return _balanced(Document(blocks, remarks.notes(), remarks.visible, remarks.noted, remarks.added))


def _balanced(document: Document) -> Document:
    """Return the document, with a note if it holds less than the file shows."""
    texts = [text for block in document.blocks for text in _texts(block)]
    lost = (document.visible or 0) + document.added - document.noted - visible(*texts)
    if lost <= 0:
        return document
    note = Note("unread-text", f"{lost} characters that the file shows could not be read; look for them in Word")
    return replace(document, notes=(note, *document.notes))


def _texts(block: Grid | Loose) -> list[str]:
    return [block.text] if isinstance(block, Loose) else [cell for row in block.rows for cell in row.cells]
