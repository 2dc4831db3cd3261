"""A comparison as an Excel workbook: a sheet a table; every cell is text and none a formula."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from evidencereview.comparison.changes import Comparison
from evidencereview.report.comparison_tables import Table, summary_lines, tables
from evidencereview.report.harmless import one_line, visible

_LONGEST = 32_767  # characters that a cell of Excel takes
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NO_XML = re.compile("[\ufffe\uffff]")


def render(comparison: Comparison) -> bytes:
    """Return the workbook, the same bytes for the same comparison."""
    # openpyxl is slow to import, so only for this.
    from openpyxl import Workbook
    from openpyxl.styles import Font

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
    return _same_bytes(stream.getvalue())


def _table(sheet: Any, table: Table, top: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (heading, width) in enumerate(zip(table.columns, table.widths, strict=True), 1):
        cell = _write(sheet, top, column, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="D9E2EC")
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(width, sheet.column_dimensions[letter].width if top > 1 else 0)
    for place, row in enumerate(table.rows or ((table.empty,),), top + 1):
        for column, text in enumerate(row, 1):
            _write(sheet, place, column, text).alignment = Alignment(wrap_text=bool(table.rows), vertical="top")


def _write(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write a text as text: what begins like a formula is none."""
    shown = _NO_XML.sub("\ufffd", visible(text))
    if len(shown) > _LONGEST:
        told = f" … (cut, {len(shown)} characters in all)"
        shown = shown[: _LONGEST - len(told)] + told
    cell = sheet.cell(row, column)
    cell.value = shown
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _on_paper(sheet: Any) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _same_bytes(data: bytes) -> bytes:
    """Return a workbook without the times at which it was written."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
