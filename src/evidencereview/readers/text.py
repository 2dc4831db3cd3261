"""Text files whose table rows are lines with tabs (or lines between upright bars); a blank line ends a table."""

from __future__ import annotations

import re
from collections import Counter

from evidencereview.readers.answers import shorten
from evidencereview.readers.grid import Document, Grid, GridRow, Loose, Meter
from evidencereview.readers.headings import block_heading
from evidencereview.readers.visible import visible
from evidencereview.records import Note

_DIGITS = re.compile(r"\d+")
_RUNNING = 3  # a line this often in the file is a running title, wherever it stands


def read_text(text: str, meter: Meter) -> Document:
    """Turn a text into grids and loose text.

    Raises:
        LimitError: over one of the reading limits.
    """
    lines = text.split("\n")
    counts = Counter(_shape(line) for line in lines if "\t" not in line and line.strip())
    blocks: list[Grid | Loose] = []
    rows: list[tuple[list[str], int]] = []
    notes: list[Note] = []
    for number, line in enumerate(lines, 1):
        meter.tick()
        cells = _cells(line)
        if cells is not None:
            rows.append((cells, number))
        elif rows and line.strip() and counts[_shape(line)] < _RUNNING and block_heading(line) is None:
            # A line break inside the last cell: the line goes on with the row right above it.
            rows[-1][0][-1] += "\n" + line
            notes.append(Note("joined-line", shorten(line), f"line {number}"))
        else:
            blocks += _closed(rows, meter)
            rows = []
            if line.strip():
                blocks.append(Loose(line.strip(), f"line {number}"))
    return Document((*blocks, *_closed(rows, meter)), tuple(notes), visible(text))


def _closed(rows: list[tuple[list[str], int]], meter: Meter) -> list[Grid]:
    counted: list[GridRow] = [meter.row(cells, f"line {number}") for cells, number in rows]
    return [Grid(tuple(counted))] if counted else []


def _cells(line: str) -> list[str] | None:
    if "\t" in line:
        return line.split("\t")
    bare = line.strip()
    if len(bare) > 4 and bare.startswith("|") and bare.endswith("|") and bare.count("|") >= 4:
        return [cell.strip() for cell in bare[1:-1].split("|")]
    return None


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line.strip())
