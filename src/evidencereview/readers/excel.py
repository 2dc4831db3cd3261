"""Excel files (.xlsx, .xlsm): every sheet becomes a grid; provision numbers typed as numbers get their zero back."""

from __future__ import annotations

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.xml import DEFUSEDXML

from evidencereview.errors import ReadError
from evidencereview.readers.answers import shorten
from evidencereview.readers.grid import Document, Grid, Meter
from evidencereview.readers.markup import with_target
from evidencereview.records import Note

_DECIMALS = re.compile(r"^[#0,]*0\.(0+)(?P<percent>%?)(?:_\)|;|$)|^0(?P<whole>%)$")
_FAR = 60  # columns: no form is wider, so what stands further out is a stray


def read_excel(data: bytes, meter: Meter) -> Document:
    """Turn a workbook into one grid a sheet.

    Raises:
        ReadError: the safe XML parser is not installed.
        LimitError: over one of the reading limits.
    """
    if not DEFUSEDXML:
        raise ReadError("the safe XML parser is missing, so no Excel file is opened", "run: pip install defusedxml")
    values, formulas = _load(data, values=True), None
    notes: list[Note] = []
    grids: list[Grid] = []
    for sheet in values.worksheets:
        rows = list(_rows(sheet, meter, notes))
        grids.append(Grid(tuple(meter.row(cells, where) for cells, where in rows)))
        notes += _remarks(sheet)
    if _has_formulas(data):
        formulas = _load(data, values=False)
        notes += [note for sheet in formulas.worksheets for note in _without_value(sheet, values)]
    return Document(tuple(grids), tuple(notes))


def _load(data: bytes, *, values: bool) -> Any:
    with warnings.catch_warnings():
        # openpyxl warns of drop-downs and drawings that it would lose on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)


def _rows(sheet: Any, meter: Meter, notes: list[Note]) -> Iterator[tuple[list[str], str]]:
    """Yield the filled rows; only cells that exist are visited, however far out a stray one stands."""
    filled: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), cell in sorted(sheet._cells.items()):
        meter.tick()
        text = _text(cell)
        if text.strip() and column <= _FAR:
            filled[row][column] = text
        elif text.strip():
            notes.append(Note("stray-cell", shorten(text), f"{sheet.title}!{get_column_letter(column)}{row}"))
    first = min((min(cells) for cells in filled.values()), default=1)
    for row, cells in filled.items():
        yield [cells.get(column, "") for column in range(first, max(cells) + 1)], f"{sheet.title}, row {row}"


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return _number(value, cell.number_format or "General")
    if isinstance(value, datetime | date | time):
        return _moment(value)
    link = cell.hyperlink.target if cell.hyperlink is not None else None
    return with_target(str(value), link or "")


def _number(value: float, style: str) -> str:
    """Write a number as its cell shows it: 5.1 with the format 0.00 is 5.10, a provision and not a quantity."""
    found = _DECIMALS.match(style)
    percent = found is not None and bool(found["percent"] or found["whole"])
    places = len(found[1] or "") if found is not None else 0
    if found is not None:
        return f"{value * 100:.{places}f}%" if percent else f"{value:.{places}f}"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.10g}"


def _moment(value: datetime | date | time) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    midnight = not isinstance(value, datetime) or value.time() == time(0)
    return value.strftime("%d/%m/%Y" if midnight else "%d/%m/%Y %H:%M")


def _remarks(sheet: Any) -> Iterator[Note]:
    """Note hidden sheets, hidden rows (both are read) and comments (which are in no cell)."""
    if sheet.sheet_state != "visible":
        yield Note("hidden-sheet", f"the sheet {sheet.title} is hidden; it was read all the same", sheet.title)
    hidden = [number for number, row in sheet.row_dimensions.items() if row.hidden]
    if hidden:
        numbers = ", ".join(map(str, sorted(hidden)[:20]))
        yield Note("hidden-rows", shorten(f"hidden rows were read all the same: {numbers}"), sheet.title)
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.comment is not None:
            where = f"{sheet.title}!{get_column_letter(column)}{row}"
            yield Note("comments", shorten(str(cell.comment.text)), where)


def _has_formulas(data: bytes) -> bool:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in sheets)


def _without_value(sheet: Any, values: Any) -> Iterator[Note]:
    """Note formulas whose result was never saved: the cell shows words in Excel, but the file holds none."""
    shown = values[sheet.title]
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.data_type == "f" and shown.cell(row, column).value is None:
            where = f"{sheet.title}!{get_column_letter(column)}{row}"
            yield Note("formula-without-value", shorten(f"{cell.value}: open it in Excel and save it once"), where)
