"""The sample form of the invented landlord, written in every format that is read."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import xlsxwriter

import evidencereview

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
Table = list[list[str]]


@dataclass(frozen=True)
class Section:
    """What stands between two tables, line by line, and the table below it (its headings first)."""

    lines: tuple[str, ...]
    table: Table


def sections() -> list[Section]:
    """Return the sample, a table at a time."""
    out: list[Section] = []
    lines: list[str] = []
    table: Table = []
    for line in [*SAMPLE.read_text(encoding="utf-8").splitlines(), ""]:
        if "\t" in line:
            cells = line.split("\t")
            table.append(cells + [""] * (5 - len(cells)))
            continue
        if table:
            out.append(Section(tuple(lines), table))
            lines, table = [], []
        if line.strip():
            lines.append(line)
    return out


def as_docx(form: Sequence[Section], path: Path) -> None:
    document = docx.Document()
    for section in form:
        for line in section.lines:
            document.add_paragraph(line)
        grid = document.add_table(0, 5)
        for row in section.table:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(path))


def as_xlsx(form: Sequence[Section], path: Path) -> None:
    book = openpyxl.Workbook()
    for section in form:
        for line in section.lines:
            book.active.append([line])
        for row in section.table:
            book.active.append(row)
    book.save(path)


def as_sheets(form: Sequence[Section], path: Path) -> None:
    """A sheet a section, by another library; provisions typed as numbers."""
    with xlsxwriter.Workbook(str(path)) as book:
        two = book.add_format({"num_format": "0.00"})
        one = book.add_format({"num_format": "0.0"})
        for number, section in enumerate(form, 1):
            sheet = book.add_worksheet(f"Part {number}")
            place = 0
            for line in section.lines:
                sheet.write_string(place, 0, line)
                place += 1
            for row in section.table:
                for column, text in enumerate(row):
                    typed = column == 0 and text.replace(".", "").isdigit()
                    if typed:
                        sheet.write_number(place, 0, float(text), two if len(text.partition(".")[2]) == 2 else one)
                    elif text:
                        sheet.write_string(place, column, text)
                place += 1


def page(body: str) -> str:
    head = '<head><meta charset="utf-8"><title>Rosewood</title></head>'
    return f'<!doctype html>\n<html lang="en">{head}<body>{body}</body></html>'


def as_html_table(form: Sequence[Section], path: Path) -> None:
    path.write_text(page("".join(map(_html_table, form))), encoding="utf-8")


def _html_lines(section: Section) -> str:
    return "".join(f"<h2>{html.escape(line)}</h2>\n" for line in section.lines)


def _html_table(section: Section) -> str:
    head, *rows = section.table
    lines = ["".join(f"<th>{html.escape(cell)}</th>" for cell in head)]
    lines += ["".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) for row in rows]
    return f"{_html_lines(section)}<table>" + "".join(f"<tr>{line}</tr>\n" for line in lines) + "</table>\n"


def as_html_unclosed(form: Sequence[Section], path: Path) -> None:
    """As people write by hand: no end tag anywhere in a table."""
    body = ""
    for section in form:
        body += _html_lines(section) + "<table border=1>\n"
        body += "".join("<tr>" + "".join(f"<td>{html.escape(c)}" for c in row) + "\n" for row in section.table)
    path.write_text(page(body), encoding="utf-8")


def as_html_definitions(form: Sequence[Section], path: Path) -> None:
    body = ""
    for section in form:
        head, *rows = section.table
        terms = ""
        for row in rows:
            terms += "".join(f"<dt>{html.escape(h)}</dt><dd>{html.escape(c)}</dd>\n" for h, c in zip(head, row, strict=True))
        body += f"{_html_lines(section)}<dl>{terms}</dl>"
    path.write_text(page(body), encoding="utf-8")


def as_html_headings(form: Sequence[Section], path: Path) -> None:
    body = ""
    for section in form:
        body += _html_lines(section)
        for number, requirement, answer, evidence, commentary in section.table[1:]:
            body += f"<h3>{number} {html.escape(requirement)}</h3><p><b>Comply:</b> {html.escape(answer)}</p>"
            body += f"<p><b>Evidence:</b> {html.escape(evidence)}</p><p><b>Commentary:</b> {html.escape(commentary)}</p>\n"
    path.write_text(page(body), encoding="utf-8")


def as_html_flattened(form: Sequence[Section], path: Path) -> None:
    """A table that an export has turned into blocks, a cell each."""
    body = ""
    for section in form:
        rows = ["".join(f"<div>{html.escape(cell)}</div>" for cell in row) for row in section.table]
        body += _html_lines(section) + "".join(f"<div>{row}</div>\n" for row in rows)
    path.write_text(page(body), encoding="utf-8")


def as_html_run_together(form: Sequence[Section], path: Path) -> None:
    """A table whose cells an export has run together, a paragraph a row."""
    body = ""
    for section in form:
        body += _html_lines(section) + "".join(f"<p>{html.escape(''.join(row))}</p>\n" for row in section.table)
    path.write_text(page(body), encoding="utf-8")


def _separated(delimiter: str) -> Callable[[Sequence[Section], Path], None]:
    def write(form: Sequence[Section], path: Path) -> None:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        for section in form:
            writer.writerows([line] for line in section.lines)
            writer.writerows(section.table)
        path.write_bytes(out.getvalue().encode("utf-8-sig"))

    return write


def as_markdown(form: Sequence[Section], path: Path) -> None:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"

    text = ""
    for section in form:
        text += "".join(f"## {line}\n\n" for line in section.lines)
        head, *rows = section.table
        text += line(head) + line(["---"] * 5) + "".join(map(line, rows)) + "\n"
    path.write_text(text, encoding="utf-8")


def as_text(form: Sequence[Section], path: Path) -> None:
    text = ""
    for section in form:
        text += "".join(f"{line}\n\n" for line in section.lines)
        text += "".join("\t".join(row) + "\n" for row in section.table) + "\n"
    path.write_text(text, encoding="utf-8")


def as_cell_lines(form: Sequence[Section], path: Path) -> None:
    """One cell a line; a blank cell is a blank line."""
    text = "".join("\n".join([*section.lines, *(cell for row in section.table for cell in row)]) + "\n" for section in form)
    path.write_text(text, encoding="utf-8")


# Every writer of the sample whose rows are the same to the letter: its name, the file's ending, the function.
WRITERS: tuple[tuple[str, str, Callable[[Sequence[Section], Path], None]], ...] = (
    ("word", "docx", as_docx),
    ("excel", "xlsx", as_xlsx),
    ("excel, a sheet a section", "xlsx", as_sheets),
    ("web table", "html", as_html_table),
    ("web table without end tags", "html", as_html_unclosed),
    ("definition list", "html", as_html_definitions),
    ("headings and paragraphs", "html", as_html_headings),
    ("flattened", "html", as_html_flattened),
    ("csv", "csv", _separated(",")),
    ("csv with semicolons", "csv", _separated(";")),
    ("tsv", "tsv", _separated("\t")),
    ("markdown", "md", as_markdown),
    ("text", "txt", as_text),
    ("one cell a line", "txt", as_cell_lines),
)
