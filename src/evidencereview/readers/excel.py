"""Excel files (.xlsx, .xlsm): every sheet becomes a grid; provision numbers typed as numbers get their zero back."""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.xml import DEFUSEDXML

from evidencereview.errors import ReadError
from evidencereview.readers.excel_cells import link_of, text_of
from evidencereview.readers.excel_parts import bare_workbook, count_cells, note_floating
from evidencereview.readers.form_shape import MOST_SHARED, share_down
from evidencereview.readers.grid import Document, Grid, GridRow, Loose, Meter
from evidencereview.readers.headings import block_heading
from evidencereview.readers.markup import with_target
from evidencereview.readers.tally import Tally

_FAR = 60  # columns: no form is wider, so what stands further out is a stray
_ERRORS = frozenset({"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"})
_Cells = dict[int, dict[int, str]]  # row → column → text


def read_excel(data: bytes, meter: Meter) -> Document:
    """Turn a workbook into one grid a sheet.

    Raises:
        ReadError: the safe XML parser is not installed.
        LimitError: over one of the reading limits.
    """
    if not DEFUSEDXML:
        raise ReadError("the safe XML parser is missing, so no Excel file is opened", "run: pip install defusedxml")
    tally = Tally()
    formulas = count_cells(data, meter)
    values, data = _open(data, tally)
    links = _formulas(_load(data, values=False), values, tally) if formulas else {}
    blocks: list[Grid | Loose] = []
    for sheet in values.worksheets:
        if block_heading(sheet.title) is not None:
            blocks.append(Loose(sheet.title, sheet.title, heading=True))
        blocks.append(Grid(tuple(_rows(sheet, links, meter, tally))))
        _remarks(sheet, tally)
    note_floating(data, tally)
    return Document(tuple(blocks), tally.notes())


def _open(data: bytes, tally: Tally) -> tuple[Any, bytes]:
    """Load the workbook, or, where the library stumbles over what is around the cells, the cells alone."""
    try:
        return _load(data, values=True), data
    except Exception as error:
        bare = bare_workbook(data)
        book = _load(bare, values=True)
        tally.add(
            "damaged-parts",
            f"parts of the workbook are damaged ({type(error).__name__}), so its cells alone were read, without number"
            " formats, links and comments",
        )
        return book, bare


def _load(data: bytes, *, values: bool) -> Any:
    with warnings.catch_warnings():
        # openpyxl warns of drop-downs and drawings that it would lose on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)


def _rows(sheet: Any, links: dict[tuple[str, int, int], str], meter: Meter, tally: Tally) -> Iterator[GridRow]:
    """Yield the filled rows; only cells that exist are visited, however far out a stray one stands."""
    filled: _Cells = defaultdict(dict)
    for (row, column), cell in sorted(sheet._cells.items()):
        meter.tick()
        text = text_of(cell)
        text = with_target(text, links.get((sheet.title, row, column), ""))
        if text in _ERRORS:
            tally.add("formula-error", f"the cell shows {text}", _place(sheet, row, column))
        if text.strip() and column <= _FAR:
            filled[row][column] = text
        elif text.strip():
            tally.gather("stray-cell", text, _place(sheet, row, column))
    shared = _merged_down(sheet, filled)
    first = min((min(cells) for cells in filled.values()), default=1)
    for row, cells in filled.items():
        line = [cells.get(column, "") for column in range(first, max(cells) + 1)]
        covered = {column - first: text for column, text in shared.get(row, {}).items()}
        if share_down(line, covered):
            tally.gather("merged-cell", "a cell merged over several provisions counts for each", f"{sheet.title}, row {row}")
        yield meter.row(line, f"{sheet.title}, row {row}")


def _merged_down(sheet: Any, filled: _Cells) -> _Cells:
    """Return for each row the texts of merged cells that reach down into it from a row above."""
    reaching: _Cells = defaultdict(dict)
    for area in sheet.merged_cells.ranges:
        text = filled.get(area.min_row, {}).get(area.min_col, "") if area.min_row in filled else ""
        if text and area.max_row - area.min_row < MOST_SHARED:
            for row in range(area.min_row + 1, area.max_row + 1):
                reaching[row][area.min_col] = text
    return reaching


def _remarks(sheet: Any, tally: Tally) -> None:
    """Note hidden sheets, rows and columns (all are read), and what stands in no cell: comments, headers, footers."""
    if sheet.sheet_state != "visible":
        tally.add("hidden-sheet", f"the sheet {sheet.title} is hidden; it was read all the same", sheet.title)
    hidden = [number for number, row in sheet.row_dimensions.items() if row.hidden]
    if hidden:
        numbers = ", ".join(map(str, sorted(hidden)[:20]))
        tally.add("hidden-rows", f"hidden rows were read all the same: {numbers}", sheet.title)
    columns = [name for name, column in sheet.column_dimensions.items() if column.hidden and (column.min or 0) <= _FAR]
    if columns:
        tally.add("hidden-columns", f"hidden columns were read all the same: {', '.join(sorted(columns))}", sheet.title)
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.comment is not None:
            tally.add("comments", str(cell.comment.text), _place(sheet, row, column))
    for part in (sheet.oddHeader, sheet.oddFooter):
        texts = [str(side.text) for side in (part.left, part.center, part.right) if side.text]
        if texts:
            tally.gather("header-footer", " / ".join(texts), sheet.title)


def _formulas(book: Any, values: Any, tally: Tally) -> dict[tuple[str, int, int], str]:
    """Note formulas whose result was never saved (Excel shows words, the file holds none); return the links of others."""
    links: dict[tuple[str, int, int], str] = {}
    for sheet in book.worksheets:
        shown = values[sheet.title]._cells
        for (row, column), cell in sorted(sheet._cells.items()):
            if cell.data_type != "f":
                continue
            known = shown.get((row, column))
            if known is not None and known.value is not None:
                links[sheet.title, row, column] = link_of(cell.value)
            else:
                where = _place(sheet, row, column)
                tally.add("formula-without-value", f"{_source(cell.value)}: open it in Excel and save it once", where)
    return links


def _source(formula: Any) -> str:
    return str(getattr(formula, "text", formula))


def _place(sheet: Any, row: int, column: int) -> str:
    return f"{sheet.title}!{get_column_letter(column)}{row}"
