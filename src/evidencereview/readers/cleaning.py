"""Makes the text of cells plain: tags and control characters out, white space in order; nothing else is changed."""

from __future__ import annotations

import re
from dataclasses import replace

from evidencereview.readers.grid import Document, Grid, GridRow, Loose
from evidencereview.readers.markup import strip_tags
from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible

# Line ends of every kind; a form feed or a line separator inside a cell is no more than that.
_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_BULLET = re.compile(r"(?<=\S)[^\S\n]+(?=[•▪●◦‣]\s)")
_LINES = re.compile(r"\s*\n\s*")


def clean(document: Document, tally: Tally) -> Document:
    """Return the document with plain cells; what was taken out is told to the tally."""
    return replace(document, blocks=tuple(_clean_block(block, tally) for block in document.blocks))


def clean_text(text: str, tally: Tally, where: str) -> str:
    """Return one cell's text made plain."""
    seen = visible(text)
    text, tags = strip_tags(text)
    if tags:
        tally.count("markup", "formatting tags taken out of the text", tags, seen - visible(text))
    elif seen != visible(text):
        tally.count("markup", "cells held characters written as entities, such as &amp;", 1, seen - visible(text))
    text = _SPACES.sub(" ", harmless(_LINE_END.sub("\n", text), tally, where))
    text = _BULLET.sub("\n", text)
    return _LINES.sub("\n", text).strip()


def harmless(text: str, tally: Tally, where: str) -> str:
    """Drop characters that no reader can see (NUL and other controls, zero-width ones), with a note.

    Soft hyphens and zero-width spaces only tell a printer where to break, so they go without being counted as loss.
    """
    text = _INVISIBLE.sub("", text)
    found = _CONTROL.findall(text)
    if found:
        names = ", ".join(sorted({f"U+{ord(character):04X}" for character in found}))
        tally.add("control-characters", f"{len(found)} dropped ({names})", where)
        text = _CONTROL.sub("", text)
    if _SURROGATE.search(text):
        tally.add("control-characters", "half characters (lone surrogates) replaced", where)
        text = _SURROGATE.sub("\ufffd", text)
    return text


def _clean_block(block: Grid | Loose, tally: Tally) -> Grid | Loose:
    if isinstance(block, Loose):
        return replace(block, text=clean_text(block.text, tally, block.where))
    return Grid(tuple(_clean_row(row, tally) for row in block.rows))


def _clean_row(row: GridRow, tally: Tally) -> GridRow:
    return replace(row, cells=tuple(clean_text(cell, tally, row.where) for cell in row.cells))
