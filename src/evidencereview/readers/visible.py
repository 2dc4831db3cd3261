"""What of a text a person sees: the unit in which the balance of a file is drawn up."""

from __future__ import annotations

import re

from evidencereview.readers.grid import Document, Loose

# White space, controls, zero-width characters and half characters are not seen; upright bars draw tables; the replacement
# character stands for what was not there.
_UNSEEN = re.compile(
    "[\\s|\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd-\uffff\ud800-\udfff]+"
)


def visible(*texts: str) -> int:
    """Return how many characters of the texts a person sees."""
    return sum(len(_UNSEEN.sub("", text)) for text in texts)


def visible_of(document: Document) -> int:
    """Return the characters of a file that rows and notes have to account for.

    By its reader's count, with what the reader added and without what it noted in words alone; else those of its blocks
    (headings that were put above rows have no place in the file) and notes.
    """
    told = sum(note.characters for note in document.notes)
    if document.visible is not None:
        return document.visible + document.added - max(0, document.noted - told)
    for block in document.blocks:
        if isinstance(block, Loose):
            told += visible(block.text)
        else:
            told += sum(visible(*row.cells) for row in block.rows if row.where)
    return told
