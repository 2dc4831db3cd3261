"""Word files (.docx): tables become grids, paragraphs between them loose text.

The tree is walked as it is, in document order, since `table.cell(i, j)` is quadratic and repeats merged cells.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml

from evidencereview.readers.answers import shorten
from evidencereview.readers.grid import Document, Grid, GridRow, Loose, Meter
from evidencereview.readers.markup import with_target
from evidencereview.readers.word_tree import W, clear
from evidencereview.records import Note

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Wingdings draws its ticks and boxes at these places; in the file they are private characters.
_SYMBOLS = {"F0FC": "✓", "F0FB": "✗", "F0FE": "☒", "F0FD": "☒", "F0A8": "☐", "F0A7": "•", "F0B7": "•", "F06F": "☐"}
_MARKS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}


def read_word(data: bytes, meter: Meter) -> Document:
    """Turn a Word file into grids and loose text; tracked changes are read in their newest state.

    Raises:
        LimitError: over one of the reading limits.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = docx.Document(io.BytesIO(data))
    body: Any = file.element.body
    notes = clear(body)
    walker = _Walker(meter, {key: rel.target_ref for key, rel in file.part.rels.items() if rel.is_external})
    blocks = tuple(walker.blocks(body))
    return Document(blocks, (*notes, *walker.notes, *_beside(file)))


class _Walker:
    """Walks a cleared body; counts tables and paragraphs, so that notes can say where."""

    def __init__(self, meter: Meter, targets: dict[str, str]) -> None:
        self.notes: list[Note] = []
        self._meter = meter
        self._targets = targets
        self._tables = 0
        self._paragraphs = 0

    def blocks(self, parent: Any) -> Iterator[Grid | Loose]:
        """Yield the tables and filled paragraphs below `parent` in reading order."""
        for element in parent:
            self._meter.tick()
            if element.tag == W + "p":
                self._paragraphs += 1
                text = self._runs(element)
                if text.strip():
                    yield Loose(text.strip(), f"paragraph {self._paragraphs}")
            elif element.tag == W + "tbl":
                yield from self._table(element)

    def _table(self, table: Any) -> Iterator[Grid | Loose]:
        rows = table.findall(W + "tr")
        cells = [cell for row in rows for cell in row.findall(W + "tc")]
        if len(cells) == 1 and cells[0].find(W + "tbl") is not None:
            # A table of one cell only frames what is in it.
            yield from self.blocks(cells[0])
            return
        self._tables += 1
        number = self._tables
        yield Grid(tuple(self._row(row, f"table {number}, row {place}") for place, row in enumerate(rows, 1)))

    def _row(self, row: Any, where: str) -> GridRow:
        cells = [""] * _number(row.find(f"{W}trPr/{W}gridBefore"))
        for cell in row.findall(W + "tc"):
            cells.append(self._cell(cell, where))
            # A merged cell takes several columns: its text stands in the first, so the others keep their place.
            cells += [""] * min(_number(cell.find(f"{W}tcPr/{W}gridSpan")) - 1, 100)
        return self._meter.row(cells, where)

    def _cell(self, cell: Any, where: str) -> str:
        lines: list[str] = []
        for element in cell:
            if element.tag == W + "p":
                text = self._runs(element)
                lines.append(f"• {text}" if text.strip() and _is_listed(element) else text)
            elif element.tag == W + "tbl":
                inner = self._nested(element, where)
                lines += inner
                self.notes.append(Note("nested-table", shorten("read line by line: " + " / ".join(inner)), where))
        return "\n".join(lines)

    def _nested(self, table: Any, where: str) -> list[str]:
        rows = table.findall(W + "tr")
        return [" | ".join(self._cell(cell, where) for cell in row.findall(W + "tc")) for row in rows]

    def _runs(self, parent: Any) -> str:
        text = ""
        for element in parent:
            if element.tag == W + "r":
                text += _run(element)
            elif element.tag == W + "hyperlink":
                text += with_target(self._runs(element), self._targets.get(element.get(_REL, ""), ""))
        return text


def _run(run: Any) -> str:
    text = ""
    for element in run:
        if element.tag == W + "t":
            text += element.text or ""
        elif element.tag == W + "sym":
            text += _SYMBOLS.get((element.get(W + "char") or "").upper(), "")
        else:
            text += _MARKS.get(element.tag, "")
    return text


def _is_listed(paragraph: Any) -> bool:
    # List number 0 is how a paragraph says that it has none after all.
    return _number(paragraph.find(f"{W}pPr/{W}numPr/{W}numId")) > 0


def _number(element: Any) -> int:
    value = element.get(W + "val") if element is not None else None
    return int(value) if value is not None and value.isdecimal() and len(value) < 4 else 0


def _beside(file: Any) -> Iterator[Note]:
    """Note the text that stands beside the body: headers and footers, footnotes, comments."""
    seen = []
    for section in file.sections:
        for part in (section.header, section.footer):
            seen += [p.text.strip() for p in part.paragraphs if p.text.strip()]
    if seen:
        yield Note("header-footer", shorten(" / ".join(dict.fromkeys(seen))))
    for kind in ("footnotes", "endnotes", "comments"):
        text = " / ".join(_part_texts(file, kind))
        if text:
            yield Note(kind, shorten(text))


def _part_texts(file: Any, kind: str) -> Iterator[str]:
    for relation in file.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/" + kind):
            root = parse_xml(relation.target_part.blob)
            for entry in root:
                text = "".join(piece.text or "" for piece in entry.iter(W + "t")).strip()
                if text:
                    yield text
