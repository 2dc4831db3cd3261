"""The corpus forms written by LibreOffice: another writer's Word and Excel files give the same rows."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from evidencereview.readers import read_form

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"),
]
CLEAN = ("southwark-2024", "alliance-2024", "onward-2024", "thurrock-2022")


def convert(source: Path, target: str, folder: Path, *options: str) -> Path:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", *options, "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{target}"


def table(rows):
    keys = ["provision", "requirement", "answer_raw", "evidence", "commentary"]
    return [["Code provision", "Code requirement", "Comply", "Evidence", "Commentary"]] + [
        [str(row[key] or "") for key in keys] for row in rows
    ]


def check(form, rows):
    def flat(text):
        return " ".join(str(text).split())

    assert [row.number for row in form.rows] == [row["provision_inferred"] or row["provision"] for row in rows]
    assert [row.answer for row in form.rows] == [row["answer"] for row in rows]
    for read, row in zip(form.rows, rows, strict=True):
        for key in ("requirement", "evidence", "commentary"):
            assert flat(getattr(read, key)) == flat(row[key])


@pytest.mark.parametrize("name", CLEAN)
def test_word_by_libreoffice(name, gold, write_docx, tmp_path):
    source = write_docx(table(gold(name)), "form.docx")
    again = tmp_path / "again"
    again.mkdir()
    check(read_form(convert(convert(source, "odt", tmp_path), "docx", again)), gold(name))


@pytest.mark.parametrize("name", CLEAN)
def test_excel_by_libreoffice(name, gold, tmp_path):
    source = tmp_path / "form.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(table(gold(name)))
    # Read as numbers, 5.10 becomes 5.1 in the sheet: its place among the others tells them apart.
    check(read_form(convert(source, "xlsx", tmp_path, "--infilter=CSV:44,34,76,1")), gold(name))
