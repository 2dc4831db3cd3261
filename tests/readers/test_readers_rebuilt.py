"""The four clean published forms, rebuilt in each format by two libraries and by LibreOffice."""

from __future__ import annotations

import pytest
from rebuilt_forms import CLEAN, LIBRARIES, NO_OFFICE, by_csv_module, by_docx, by_hand, by_openpyxl, compare, convert

from evidencereview.readers import read_form

SIMILAR = 0.98


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize(("library", "ending", "write"), LIBRARIES, ids=[f"{lib}-{end}" for lib, end, _ in LIBRARIES])
def test_by_a_library(name, library, ending, write, gold, tmp_path):
    rows = gold(name)
    write(rows, tmp_path / f"form.{ending}")
    form = read_form(tmp_path / f"form.{ending}")
    provisions, answers, similar = compare(form, rows)
    assert (provisions, answers, form.format) == (True, True, ending)
    assert similar >= SIMILAR


@pytest.mark.slow
@pytest.mark.skipif(bool(NO_OFFICE), reason=NO_OFFICE)
@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize(
    ("ending", "write", "target", "options"),
    [
        ("csv", by_csv_module, "xlsx", ("--infilter=CSV:44,34,76,1",)),
        ("html", by_hand, "xlsx:Calc MS Excel 2007 XML", ("--infilter=HTML (StarCalc)",)),
        ("xlsx", by_openpyxl, "html", ()),
        ("xlsx", by_openpyxl, "csv", ()),
        ("docx", by_docx, "html", ()),
    ],
    ids=["csv-xlsx", "html-xlsx", "xlsx-html", "xlsx-csv", "docx-html"],
)
def test_by_libreoffice(name, ending, write, target, options, gold, tmp_path):
    rows = gold(name)
    write(rows, tmp_path / f"form.{ending}")
    (tmp_path / "out").mkdir()
    form = read_form(convert(tmp_path / f"form.{ending}", target, tmp_path / "out", *options))
    provisions, answers, similar = compare(form, rows)
    assert (provisions, answers, form.format) == (True, True, target.partition(":")[0])
    assert similar >= SIMILAR
