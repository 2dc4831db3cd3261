"""LibreOffice opens the workbook, keeps its text, and saves decisions that come back."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evidencereview.decisions import apply_decisions
from evidencereview.readers.decisions import read_decisions
from evidencereview.records import Decision, Verdict
from evidencereview.report import workbook
from evidencereview.report.harmless import visible
from evidencereview.report.workbook.cells import LONGEST
from made_reviews import NASTY, decided_review, made_item, made_review, made_row, nasty_review, sample_review

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]
TODAY = date(2026, 11, 22)


def convert(source: Path, target: str, folder: Path) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = folder / target.partition(":")[0]
    out.mkdir(exist_ok=True)
    command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / f"{source.stem}.{target.partition(':')[0]}"


def decided_in_the_sheet(folder: Path) -> Path:
    """Fill in the list as a reviewer does."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(sample_review())))
    sheet: Any = book["Review list"]
    verdicts = ["agree", "disagree", "fixed", "accepted"]
    for line in range(2, sheet.max_row + 1):
        sheet.cell(line, 10).value = verdicts[line % 4]
        sheet.cell(line, 11).value = f"Owner {line}"
        sheet.cell(line, 12).value = date(2027, 1, line)
        sheet.cell(line, 13).value = 'Zażółć – "reason"\nof two lines, with 5.10'
    book.save(folder / "reviewed.xlsx")
    return folder / "reviewed.xlsx"


def without_place(decisions: tuple[Decision, ...]) -> list[Decision]:
    return [replace(decision, where="", words="") for decision in decisions]


@pytest.mark.parametrize("way", [["xlsx"], ["ods", "xlsx"], ["csv:Text - txt - csv (StarCalc):44,34,76,1"]])
def test_decisions_come_back_from_libreoffice(tmp_path: Path, way: list[str]) -> None:
    path = decided_in_the_sheet(tmp_path)
    before = read_decisions(path)
    for target in way:
        path = convert(path, target, tmp_path)
    after = read_decisions(path)
    assert len(before) == 11 and without_place(after) == without_place(before)
    done = apply_decisions(sample_review(), after, TODAY)
    assert done.unmatched == ()
    assert {found.decision.verdict for item in done.items for found in item.findings if found.decision} == {
        Verdict.AGREE,
        Verdict.DISAGREE,
        Verdict.FIXED,
        Verdict.ACCEPTED,
    }


def test_nasty_text_is_the_same_in_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "nasty.xlsx").write_bytes(workbook.render(nasty_review()))
    sheet = openpyxl.load_workbook(convert(convert(tmp_path / "nasty.xlsx", "ods", tmp_path), "xlsx", tmp_path))["All rows"]
    texts = {"".join(visible(text).split()) for text in NASTY.values() if len(text) <= LONGEST}
    # An OpenDocument cell keeps no tabs.
    shown = {"".join(str(sheet.cell(line, 11).value or "").split()) for line in range(2, sheet.max_row + 1)}
    assert texts <= shown
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_an_escape_of_excel_is_shown_as_it_was(tmp_path: Path) -> None:
    row = made_row(evidence="a _x0041_ b")
    (tmp_path / "escape.xlsx").write_bytes(workbook.render(made_review((made_item(row),))))
    book = openpyxl.load_workbook(convert(convert(tmp_path / "escape.xlsx", "ods", tmp_path), "xlsx", tmp_path))
    # LibreOffice escapes it again when it writes; that it does shows that it read the text and not the letter A.
    assert "x0041_" in str(book["All rows"].cell(2, 11).value)


def test_it_prints_on_a4_landscape_with_its_heading_on_every_page(tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    (tmp_path / "list.xlsx").write_bytes(workbook.render(decided_review()))
    with pypdfium2.PdfDocument(convert(tmp_path / "list.xlsx", "pdf", tmp_path)) as document:
        sizes = {tuple(round(side) for side in document[page].get_size()) for page in range(len(document))}
        first = document[0].get_textpage().get_text_range()
    assert sizes == {(842, 595)}
    assert "Decision" in first and "fix before" in first and "rosehill-2024" in first
