"""Cells of a workbook: text stays text, and every sheet looks and prints alike."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evidencereview.report.harmless import may_be_formula, visible

Value = str | int | float | date | None

# What Excel takes in one cell, in UTF-16 units.
LONGEST = 32_767
DAY = "d mmm yyyy"
# Dark enough to be told apart in print without colour, light enough for black words.
TIER_FILLS = {3: "F4B6B0", 2: "FBE1A8", 1: "CFE6F2", 0: "D5EBD0"}
TIER_LINES = {3: "B3261E", 2: "C77F00", 1: "2F7FA8", 0: "4C8C4A"}
_NAME, _SIZE = "Arial", 10
_LINE_HEIGHT, _HIGHEST = 12.9, 409.0  # points; Excel takes no higher line
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = PatternFill("solid", fgColor="1F3A4D")
_THIN = Side(style="thin", color="D0D5D9")
_CELL = Border(bottom=_THIN)
CENTRED = Alignment(vertical="top", horizontal="center")
_TOP = Alignment(vertical="top", wrap_text=True)


def cell_text(text: str) -> str:
    """Return a text as a cell can hold it: visible, no longer than Excel takes, with the mark of an escape escaped."""
    shown = _ESCAPE.sub("_x005F_", visible(text))
    if len(shown.encode("utf-16-le")) // 2 <= LONGEST:
        return shown
    rest = f" … [cut here: Excel takes {LONGEST} characters; the form and JSON hold all {len(text)}]"
    room = LONGEST - len(rest)
    kept = shown.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + rest


def set_text(cell: Any, text: str) -> None:
    """Give a cell a text that stays one, whatever it looks like: never a formula, a number or an error."""
    cell.value = cell_text(text)
    cell.data_type = "s"
    cell.quotePrefix = may_be_formula(text)


def font(size: float = _SIZE, *, bold: bool = False, color: str = "1A1A1A") -> Font:
    """Return the workbook's font."""
    return Font(name=_NAME, size=size, bold=bold, color=color)


def put(sheet: Worksheet, line: int, column: int, value: Value) -> Cell:
    """Write one value, wrapped and at the top of its cell."""
    cell: Any = sheet.cell(line, column)
    if isinstance(value, str) and value:
        set_text(cell, value)
    elif value is not None and not isinstance(value, str):
        cell.value = value
    if isinstance(value, date):
        cell.number_format = DAY
    cell.alignment = _TOP if value is None or isinstance(value, str) else CENTRED
    cell.font = font()
    cell.border = _CELL
    found: Cell = cell
    return found


def put_line(sheet: Worksheet, line: int, values: Iterable[Value]) -> list[Cell]:
    """Write the values of one line from the first column."""
    return [put(sheet, line, column, value) for column, value in enumerate(values, 1)]


def head(sheet: Worksheet, line: int, names: Sequence[str]) -> None:
    """Write a line of headings."""
    for cell in put_line(sheet, line, names):
        cell.font = font(bold=True, color="FFFFFF")
        cell.fill = _HEAD


def title(sheet: Worksheet, line: int, text: str, size: int = 13) -> None:
    """Write a heading above a part of a sheet; it runs over the columns beside it."""
    cell = put(sheet, line, 1, text)
    cell.font = font(size=size, bold=True, color="1F3A4D")
    cell.alignment = Alignment(vertical="center")
    cell.border = Border()
    sheet.row_dimensions[line].height = size * 1.8


def tint(cell: Cell, tier: int) -> None:
    """Colour a cell by tier."""
    cell.fill = PatternFill("solid", fgColor=TIER_FILLS[tier])


def widths(sheet: Worksheet, numbers: Sequence[float]) -> None:
    """Set the columns' widths, in characters."""
    for column, width in enumerate(numbers, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def heights(sheet: Worksheet, first: int, last: int) -> None:
    """Make lines high enough for their longest cell: not every program does that by itself when it opens a file."""
    across = {column: sheet.column_dimensions[get_column_letter(column)].width for column in range(1, sheet.max_column + 1)}
    for line in range(first, last + 1):
        needed = max(_lines(sheet.cell(line, column).value, width) for column, width in across.items())
        sheet.row_dimensions[line].height = min(needed * _LINE_HEIGHT + 3, _HIGHEST)


def _lines(value: object, width: float) -> int:
    """Return about how many lines a text takes in a column: letters are a little narrower than the digits it counts."""
    if not isinstance(value, str):
        return 1
    return sum(math.ceil((len(part) or 1) / (width * 1.15)) for part in value.split("\n"))


def table(sheet: Worksheet, columns: int, last: int) -> None:
    """Make the sheet a list: frozen first line, filters."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{max(last, 2)}"


def printed(sheet: Worksheet, name: str, columns: int, last: int, *, repeat: bool = True) -> None:
    """Print on A4 landscape, one page wide, the first line on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    sheet.page_margins.header = sheet.page_margins.footer = 0.4
    sheet.print_area = f"A1:{get_column_letter(columns)}{max(last, 1)}"
    if repeat:
        sheet.print_title_rows = "1:1"
    # '&' begins a command of headers and footers; two of them are the sign.
    shown = " ".join(visible(name).split())[:80].replace("&", "&&")
    top, bottom = HeaderFooterItem(), HeaderFooterItem()
    top.left.text = f"{shown} · {sheet.title}"
    bottom.left.text, bottom.right.text = "evidencereview · the form alone was read", "page &P of &N"
    sheet.oddHeader, sheet.oddFooter = top, bottom
