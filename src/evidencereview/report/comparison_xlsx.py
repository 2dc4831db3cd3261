"""A comparison as an Excel workbook: a sheet a table; every cell is text and none a formula."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from evidencereview.comparison.changes import Comparison
from evidencereview.report.comparison_tables import Table, summary_lines, tables
from evidencereview.report.harmless import one_line, visible
from evidencereview.report.workbook.cells import set_text
from evidencereview.report.workbook.timeless import timeless

_LINE, _TALLEST = 15, 405  # points a line, and the most that Excel gives a row


def render(comparison: Comparison) -> bytes:
    """Return the workbook, the same bytes for the same comparison."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Summary"
    sheet.column_dimensions["A"].width = 40
    title = f"{comparison.old.form.name} → {comparison.new.form.name}"
    _write(sheet, 1, 1, one_line(title)).font = Font(bold=True, size=14)
    for place, line in enumerate(summary_lines(comparison), 3):
        _write(sheet, place, 1, line)
    first, *others = tables(comparison)
    _table(sheet, first, sheet.max_row + 2)
    for table in others:
        sheet = book.create_sheet(table.title)
        _table(sheet, table, 1)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = sheet.dimensions
        sheet.print_title_rows = "1:1"
        _on_paper(sheet)
    _on_paper(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return timeless(stream.getvalue())


def _table(sheet: Any, table: Table, top: int) -> None:
    for column, (heading, width) in enumerate(zip(table.columns, table.widths, strict=True), 1):
        cell = _write(sheet, top, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E2EC")
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(width, sheet.column_dimensions[letter].width if top > 1 else 0)
    line = Border(bottom=Side("thin", color="B0B0B0"))
    if not table.rows:
        _write(sheet, top + 1, 1, table.empty)
    for place, row in enumerate(table.rows, top + 1):
        for column, text in enumerate(row, 1):
            cell = _write(sheet, place, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = line
            if table.figures and column > 1 and text.replace(".", "").isdecimal():
                cell.value = float(text) if "." in text else int(text)
                cell.quotePrefix = False
        # Not every program fits the height of a row to text that goes over several lines.
        sheet.row_dimensions[place].height = min(_LINE * max(map(_lines, row, table.widths)), _TALLEST)


def _lines(text: str, width: int) -> int:
    """Return over how many lines a text goes in a column of some width, near enough."""
    return sum(1 + len(line) // max(width - 1, 1) for line in visible(text[: 100 * width]).split("\n"))


def _write(sheet: Any, row: int, column: int, text: str) -> Any:
    cell = sheet.cell(row, column)
    set_text(cell, text)
    return cell


def _on_paper(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
