"""The workbooks of a batch and of a survey: text stays text, and the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from evidencereview.batch.sheets import add_sheet, new_workbook, saved
from evidencereview.report.harmless import visible
from evidencereview.report.workbook.cells import cell_text
from made_reviews import NASTY

CASES = {**NASTY, "likeness of an escape": "_x0041_ is no A"}


def book(text: str) -> bytes:
    made = new_workbook("t")
    add_sheet(made, "s", ("words",), [(text,)])
    return saved(made)


@pytest.mark.parametrize("name", CASES)
def test_nasty_text_stays_text(name: str) -> None:
    shown = visible(CASES[name])
    cell = openpyxl.load_workbook(io.BytesIO(book(CASES[name]))).active["A2"]
    assert (cell.value or "") == cell_text(CASES[name])
    assert cell.value is None or cell.data_type == "s"
    assert cell.quotePrefix or shown.lstrip()[:1] not in tuple("=+-@")


def test_no_moment_is_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(book("words"))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
