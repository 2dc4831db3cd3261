"""The words of a Word document as a reader sees them, each character with its place in the file.

Deleted text, text boxes and prompts that nobody filled in are left out, as they are when the form is read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evidencereview.report.docx_package import W

Place = tuple[Any, int]  # an element of a run, and the offset of a character in its text

_RUN, _TEXT, _PARAGRAPH, _TABLE, _ROW, _CELL = (W + name for name in ("r", "t", "p", "tbl", "tr", "tc"))
_CONTROL, _CONTENT = W + "sdt", W + "sdtContent"
# What may stand around runs, cells, rows or blocks and is no text of its own.
_AROUND = frozenset(
    W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "sdtContent")
)
_BLANK = frozenset(W + name for name in ("tab", "br", "cr", "ptab"))


@dataclass(frozen=True)
class CellText:
    """The text of a table cell, or of a paragraph outside tables.

    Attributes:
        element: the cell or paragraph.
        table: which table of the document, from 1; 0 for a paragraph.
        column: index of its first column.
        width: number of columns of its row.
        text: its characters; a blank ends each paragraph and stands for a tab or line break.
        pieces: where in `text` each element of the file begins that holds a part of it, the element, its length.
        starts: where in `text` its paragraphs begin.
    """

    element: Any
    table: int
    column: int
    width: int
    text: str
    pieces: tuple[tuple[int, Any, int], ...]
    starts: tuple[int, ...]

    def place(self, index: int) -> Place | None:
        """Return where a character of the text stands in the file; None for a blank that the file does not hold."""
        found = bisect_right(self.pieces, index, key=lambda piece: piece[0]) - 1
        if found < 0:
            return None
        start, element, length = self.pieces[found]
        return (element, index - start) if index < start + length else None

    @cached_property
    def solid(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs without white space."""
        ends = (*self.starts[1:], len(self.text))
        return tuple("".join(self.text[start:end].split()) for start, end in zip(self.starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, or a paragraph outside tables as its only cell."""

    cells: tuple[CellText, ...]


def document_lines(body: Any) -> tuple[Line, ...]:
    """Return the rows and paragraphs of a document in reading order."""
    return tuple(_Walk().lines(body))


def paragraphs_of(element: Any) -> list[Any]:
    """Return the paragraphs of a cell in order, or the paragraph itself."""
    if element.tag == _PARAGRAPH:
        return [element]
    return [found for found in element.iter(_PARAGRAPH) if not _floats(found)]


class _Walk:
    """Walks a body once and counts its tables."""

    def __init__(self) -> None:
        self._tables = 0

    def lines(self, parent: Any) -> Iterator[Line]:
        for element in _inside(parent, _PARAGRAPH, _TABLE):
            if element.tag == _PARAGRAPH:
                yield Line((_cell_text(element, [element], 0, 0, 1),))
            else:
                yield from self._table(element)

    def _table(self, table: Any) -> Iterator[Line]:
        rows = [row for row in _inside(table, _ROW) if row.find(f"{W}trPr/{W}del") is None]
        cells = [cell for row in rows for cell in _inside(row, _CELL)]
        if len(cells) == 1 and next(_inside(cells[0], _TABLE), None) is not None:
            # A table of one cell only frames what is in it.
            yield from self.lines(cells[0])
            return
        self._tables += 1
        for row in rows:
            yield self._row(row, self._tables)

    def _row(self, row: Any, table: int) -> Line:
        cells = list(_inside(row, _CELL))
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        columns = []
        for cell in cells:
            columns.append(column)
            column += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
        return Line(
            tuple(
                _cell_text(cell, list(_below(cell)), table, place, column)
                for cell, place in zip(cells, columns, strict=True)
            )
        )


def _below(parent: Any) -> Iterator[Any]:
    """Yield the paragraphs of a cell, those of tables inside it too, in reading order."""
    for element in _inside(parent, _PARAGRAPH, _TABLE):
        if element.tag == _PARAGRAPH:
            yield element
        else:
            for row in _inside(element, _ROW):
                for cell in _inside(row, _CELL):
                    yield from _below(cell)


def _cell_text(element: Any, paragraphs: list[Any], table: int, column: int, width: int) -> CellText:
    texts: list[str] = []
    pieces: list[tuple[int, Any, int]] = []
    starts: list[int] = []
    length = 0
    for paragraph in paragraphs:
        starts.append(length)
        for text, holder in (*_pieces(paragraph), (" ", None)):
            if holder is not None and text:
                pieces.append((length, holder, len(text)))
            texts.append(text)
            length += len(text)
    return CellText(element, table, column, width, "".join(texts), tuple(pieces), tuple(starts))


def _pieces(parent: Any) -> Iterator[tuple[str, Any]]:
    """Yield the texts of a paragraph, each with the element that holds it; a tab or break is a blank that none holds."""
    for run in _inside(parent, _RUN):
        for element in run:
            if element.tag == _TEXT:
                yield element.text or "", element
            elif element.tag == W + "noBreakHyphen":
                yield "-", element
            elif element.tag in _BLANK:
                yield " ", None


def _inside(parent: Any, *wanted: str) -> Iterator[Any]:
    """Yield the wanted elements below `parent`, through whatever only wraps them."""
    for element in parent:
        if element.tag in wanted:
            yield element
        elif element.tag in _AROUND or (element.tag == _CONTROL and not _is_prompt(element)):
            yield from _inside(element, *wanted)


def _is_prompt(control: Any) -> bool:
    """Whether a content control round some runs still shows its prompt; rows and cells are seen through all the same."""
    shown = control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    content = control.find(_CONTENT)
    return shown and content is not None and all(child.tag == _RUN for child in content)


def _floats(paragraph: Any) -> bool:
    return any(parent.tag == W + "txbxContent" for parent in paragraph.iterancestors())


def _number(element: Any, otherwise: int) -> int:
    value = element.get(W + "val") if element is not None else None
    return int(value) if value is not None and value.isdecimal() and len(value) < 4 else otherwise
