"""Sheets of a workbook that may be long: written row by row, text stays text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from evidencereview.report.csv_format import Value
from evidencereview.report.workbook.cells import set_text
from evidencereview.report.workbook.timeless import timeless

_HEAD = PatternFill("solid", fgColor="1F3A4D")
_WHITE = Font(name="Arial", size=10, bold=True, color="FFFFFF")
_PLAIN = Font(name="Arial", size=10)
_TOP = Alignment(vertical="top", wrap_text=True)


def new_workbook(title: str) -> Workbook:
    """Return a workbook that keeps no row in memory."""
    book = Workbook(write_only=True)
    book.properties.title = title
    book.properties.creator = "evidencereview"
    return book


def add_sheet(
    book: Workbook, name: str, columns: Sequence[str], rows: Iterable[Sequence[Value]], widths: Sequence[float] = ()
) -> Any:
    """Add a sheet: a frozen heading with filters, then the rows; wide where `widths` says so, else 12 characters."""
    sheet: Any = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number in range(1, len(columns) + 1):
        wide = widths[number - 1] if number <= len(widths) else 12
        sheet.column_dimensions[get_column_letter(number)].width = wide
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.append([_cell(sheet, column, _WHITE, _HEAD) for column in columns])
    count = 1
    for row in rows:
        count += 1
        sheet.append([_cell(sheet, value, _PLAIN) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{count}"
    return sheet


def saved(book: Workbook) -> bytes:
    """Return the workbook as a file, the same bytes for the same content."""
    stream = io.BytesIO()
    book.save(stream)
    return timeless(stream.getvalue())


def add_bars(sheet: Any, title: str, rows: int, place: str, *, names: int = 1, values: int = 2) -> None:
    """Add a bar chart of a column of numbers that stand below a heading."""
    chart: Any = BarChart()
    chart.type, chart.style, chart.title, chart.legend = "bar", 10, title, None
    chart.add_data(Reference(sheet, min_col=values, min_row=2, max_row=rows + 1))
    chart.set_categories(Reference(sheet, min_col=names, min_row=2, max_row=rows + 1))
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.height, chart.width = max(5.0, 0.7 * rows + 2), 16
    sheet.add_chart(chart, place)


def _cell(sheet: Any, value: Value, font: Font, fill: PatternFill | None = None) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    if isinstance(value, str):
        set_text(cell, value)
        cell.alignment = _TOP
    else:
        cell.value = value
    cell.font = font
    if fill is not None:
        cell.fill = fill
    return cell
