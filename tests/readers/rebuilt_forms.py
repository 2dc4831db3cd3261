"""The clean published forms rebuilt from their perfect rows by several writers, and how alike a reading is."""

from __future__ import annotations

import csv
import difflib
import html
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment

KEYS = ("provision", "requirement", "answer_raw", "evidence", "commentary")
HEADS = ["Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary"]
CLEAN = ("southwark-2024", "alliance-2024", "onward-2024", "thurrock-2022")
Rows = Sequence[dict[str, object]]


def as_table(rows: Rows) -> list[list[str]]:
    return [HEADS, *([str(row[key] or "") for key in KEYS] for row in rows)]


def by_openpyxl(rows: Rows, path: Path) -> None:
    """One sheet with a title, provisions as numbers where they are such, cells that wrap."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Self-assessment form"])
    sheet.merge_cells("A1:E1")
    for row in as_table(rows):
        sheet.append(row)
        cell = sheet.cell(sheet.max_row, 1)
        if re.fullmatch(r"\d+\.\d+", row[0]):
            cell.value = float(row[0])
            cell.number_format = "0.00" if len(row[0].partition(".")[2]) == 2 else "0.0"
        for place in range(1, 6):
            sheet.cell(sheet.max_row, place).alignment = Alignment(wrap_text=True)
    book.save(path)


def by_xlsxwriter(rows: Rows, path: Path) -> None:
    """A sheet a section, each with its headings, text in parts of different weight."""
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True})
        sections = sorted({int(str(row["section"])) for row in rows})
        for section in sections:
            sheet = book.add_worksheet(f"Section {section}")
            for place, cells in enumerate(as_table([row for row in rows if row["section"] == section])):
                for column, text in enumerate(cells):
                    if place and column == 3 and len(text) > 3:
                        sheet.write_rich_string(place, column, bold, text[0], text[1:])
                    else:
                        sheet.write_string(place, column, text)


def by_hand(rows: Rows, path: Path) -> None:
    """A page as a content system writes it: paragraphs and lists in the cells, an end tag where it is due."""

    def cell(text: str) -> str:
        lines = [line.removeprefix("• ") if line.startswith("• ") else line for line in text.split("\n")]
        marked = [line.startswith("• ") for line in text.split("\n")]
        return "".join(
            f"<ul><li>{html.escape(line)}</li></ul>" if item else f"<p>{html.escape(line)}</p>"
            for line, item in zip(lines, marked, strict=True)
        )

    lines = ["".join(f"<td>{cell(text)}</td>" for text in row) for row in as_table(rows)]
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    path.write_text(f"<!doctype html><meta charset=utf-8><body><h1>Form</h1><table>{body}</table>", encoding="utf-8")


def by_pandas_page(rows: Rows, path: Path) -> None:
    import pandas

    head, *table = as_table(rows)
    path.write_text(pandas.DataFrame(table, columns=head).to_html(index=False), encoding="utf-8")


def by_csv_module(rows: Rows, path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(as_table(rows))


def by_pandas_values(rows: Rows, path: Path) -> None:
    import pandas

    head, *table = as_table(rows)
    pandas.DataFrame(table, columns=head).to_csv(path, index=False, sep=";", encoding="cp1252", errors="replace")


def by_docx(rows: Rows, path: Path) -> None:
    document = docx.Document()
    grid = document.add_table(0, 5)
    for row in as_table(rows):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))


LIBRARIES: tuple[tuple[str, str, Callable[[Rows, Path], None]], ...] = (
    ("openpyxl", "xlsx", by_openpyxl),
    ("xlsxwriter", "xlsx", by_xlsxwriter),
    ("a content system", "html", by_hand),
    ("pandas", "html", by_pandas_page),
    ("csv", "csv", by_csv_module),
    ("pandas", "csv", by_pandas_values),
)


def convert(source: Path, target: str, folder: Path, *options: str) -> Path:
    """Have LibreOffice write a file in another format (`target` may name a filter behind a colon)."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", *options, "--convert-to", target, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{source.stem}.{target.partition(':')[0]}"


NO_OFFICE = "LibreOffice (soffice) is not installed" if shutil.which("soffice") is None else ""


def words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", " ", text.lower()).split()


def likeness(left: str, right: str) -> float:
    return difflib.SequenceMatcher(None, words(left), words(right), autojunk=False).ratio()


def compare(form, rows: Rows) -> tuple[bool, bool, float]:
    """Whether all provisions and all answers are equal, and the mean likeness of evidence with commentary."""
    provisions = [row.number for row in form.rows] == [row["provision_inferred"] or row["provision"] for row in rows]
    answers = [row.answer for row in form.rows] == [row["answer"] for row in rows]
    scores = [
        likeness(f"{read.evidence} {read.commentary}", f"{row['evidence']} {row['commentary']}")
        for read, row in zip(form.rows, rows, strict=False)
    ]
    return provisions, answers, sum(scores) / max(len(scores), 1)
