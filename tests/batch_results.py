"""Reads the results of a batch for tests."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import openpyxl

TIMES = ("seconds",)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the results by name, without the hidden records."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def without_times(folder: Path) -> dict[str, object]:
    """Return the results by name, without what a clock decides."""
    plain: dict[str, object] = dict(contents(folder))
    for name in plain:
        if name == "summary.csv":
            plain[name] = [{key: row[key] for key in row if key not in TIMES} for row in table(folder / name)]
        elif name.endswith(".xlsx"):
            plain[name] = _cells((folder / name).read_bytes())
    return plain


def _cells(data: bytes) -> list[tuple[str, list[list[object]]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    told = []
    for sheet in book.worksheets:
        rows = [[cell.value for cell in row] for row in sheet.rows]
        barred = {n for n, name in enumerate(rows[0]) if re.fullmatch("|".join(TIMES), str(name))} if rows else set()
        told.append((sheet.title, [[value for n, value in enumerate(row) if n not in barred] for row in rows]))
    return told
