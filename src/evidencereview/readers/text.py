"""Text files whose table rows are lines with tabs or bars (Markdown too); a blank line ends a table."""

from __future__ import annotations

import re
from collections import Counter

from evidencereview.readers.answers import shorten
from evidencereview.readers.grid import Document, Grid, GridRow, Loose, Meter
from evidencereview.readers.headings import block_heading
from evidencereview.readers.pipe_tables import is_markdown, plain_markdown, table_lines
from evidencereview.readers.visible import visible
from evidencereview.records import Note

_DIGITS = re.compile(r"\d+")
_HEADING = re.compile(r"#{1,6}\s+")
_RUNNING = 3  # a line this often in the file is a running title, wherever it stands


def read_text(text: str, meter: Meter) -> Document:
    """Turn a text into grids and loose text.

    Raises:
        LimitError: over one of the reading limits.
    """
    lines = text.split("\n")
    plain = plain_markdown if is_markdown(text) else str
    counts = Counter(_shape(line) for line in lines if "\t" not in line and line.strip())
    blocks: list[Grid | Loose] = []
    rows: list[tuple[list[str], int]] = []
    notes: list[Note] = []
    for number, line, barred in table_lines(lines):
        meter.tick()
        cells = line.split("\t") if barred is None and "\t" in line else barred
        if cells is not None:
            rows.append((list(map(plain, cells)), number))
        elif rows and line.strip() and counts[_shape(line)] < _RUNNING and block_heading(line) is None:
            # A line break inside the last cell: the line goes on with the row right above it.
            rows[-1][0][-1] += "\n" + line
            notes.append(Note("joined-line", shorten(line), f"line {number}"))
        else:
            blocks += _closed(rows, meter)
            rows = []
            # A blank line stays, since it may be a blank cell of a form that has one cell a line.
            blocks.append(_loose(plain(line.strip()), number))
    return Document((*blocks, *_closed(rows, meter)), tuple(notes), visible(text))


def _loose(line: str, number: int) -> Loose:
    heading = _HEADING.match(line)
    return Loose(line[heading.end() :] if heading else line, f"line {number}", heading is not None)


def _closed(rows: list[tuple[list[str], int]], meter: Meter) -> list[Grid]:
    counted: list[GridRow] = [meter.row(cells, f"line {number}") for cells, number in rows]
    return [Grid(tuple(counted))] if counted else []


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line.strip())
