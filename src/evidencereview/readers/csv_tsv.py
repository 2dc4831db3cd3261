"""Comma-, semicolon-, bar- and tab-separated values with quotes, told from plain text by what parses into rows."""

from __future__ import annotations

import csv
import io
from itertools import islice

from evidencereview.readers.form_shape import form_rows
from evidencereview.readers.grid import Document, Grid, GridRow, Meter, over_limit
from evidencereview.readers.visible import visible

_SAMPLE = 400_000  # characters that decide which separator a file uses
_RECORDS = 400


def delimiter_of(text: str) -> str:
    """Return the separator of a quoted table ("," ";" "|" or a tab), "" where the text is better read line by line."""
    sample = text[:_SAMPLE]
    plain = [line.split("\t") for line in islice(iter(sample.split("\n")), _RECORDS)]
    best, most = "", form_rows(plain)
    for delimiter in (",", ";", "|"):
        count = form_rows(_records(sample, delimiter)) if delimiter in sample else 0
        best, most = (delimiter, count) if count > most else (best, most)
    if not best and '"' in sample and "\t" in sample:
        quoted = _records(sample, "\t")
        # Where quotes are no quoting but text, such a reading swallows rows or changes nothing.
        if form_rows(quoted) >= max(most, 1) and [r for r in quoted if r] != [r for r in plain if r != [""]][: len(quoted)]:
            return "\t"
    return best


def read_separated(text: str, delimiter: str, meter: Meter) -> Document:
    """Turn separated values into one grid; rows may be ragged.

    Raises:
        LimitError: over one of the reading limits.
    """
    rows: list[GridRow] = []
    _allow_cells(meter.limits.cell_characters)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            if record and record[0].startswith("sep=") and len(rows) == 0:
                continue
            rows.append(meter.row(map(_bare, record), f"line {reader.line_num}"))
    except csv.Error as error:
        cap = meter.limits.cell_characters
        raise over_limit("cell_characters", cap, f"line {reader.line_num}: a cell is too long") from error
    return Document((Grid(tuple(rows)),), visible=sum(visible(*row.cells) for row in rows))


def _records(sample: str, delimiter: str) -> list[list[str]]:
    _allow_cells(_SAMPLE)
    try:
        records = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _RECORDS)
        return [list(map(_bare, record)) for record in records]
    except csv.Error:
        return []


def _bare(cell: str) -> str:
    """Return a cell without the dress that keeps a spreadsheet from taking its number for one (="5.10")."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and cell.count('"') == 2 else cell


def _allow_cells(characters: int) -> None:
    # The csv module has a cap of its own; ours must be met first, since it is the one that a message can name.
    csv.field_size_limit(max(csv.field_size_limit(), characters + 1))
