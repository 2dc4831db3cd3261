from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from evidencereview.config import Limits
from evidencereview.errors import LimitError
from evidencereview.readers import read_form
from evidencereview.readers.excel_parts import count_cells
from evidencereview.readers.grid import Meter


@pytest.fixture
def with_book(tmp_path, headings, table):
    def read(change):
        book = openpyxl.Workbook()
        for row in [["Marrow Lane Homes"], [], headings, *table]:
            book.active.append(row)
        change(book)
        book.save(tmp_path / "form.xlsx")
        return read_form(tmp_path / "form.xlsx")

    return read


def notes(form, kind):
    return [(note.text, note.where) for note in form.notes if note.kind == kind]


def test_plain_sheet_with_a_title_above(with_book, table):
    form = with_book(lambda book: None)
    assert [[r.number, r.requirement, r.answer_raw, r.evidence, r.commentary] for r in form.rows] == table
    assert form.format == "xlsx"
    assert notes(form, "outside-table") == [("Marrow Lane Homes", "Sheet, row 1")]


@pytest.mark.parametrize(("style", "printed", "inferred"), [("0.00", "5.10", None), ("General", "5.1", "5.10")])
def test_provision_typed_as_a_number(with_book, style, printed, inferred):
    def change(book):
        book.active["A9"].value, book.active["A9"].number_format = 5.1, style

    form = with_book(change)
    assert (form.rows[5].provision, form.rows[5].provision_inferred, form.rows[5].number) == (printed, inferred, "5.10")


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        (12, "General", "12"), (12.0, "General", "12"), (0.125, "General", "0.125"), (0.85, "0%", "85%"),
        (0.8512, "0.0%", "85.1%"), (1234.5, "#,##0.00", "1234.50"), (True, "General", "TRUE"),
        (1e20, "General", "1e+20"),
        (date(2024, 5, 3), "dd/mm/yyyy", "03/05/2024"),
        (datetime(2024, 5, 3, 14, 30), "dd/mm/yyyy hh:mm", "03/05/2024 14:30"),
        (time(9, 5), "hh:mm", "09:05"), ("Line one\nline two", "General", "Line one\nline two"),
    ],
)  # fmt: skip
def test_values_as_shown(with_book, value, style, shown):
    def change(book):
        book.active["D4"].value, book.active["D4"].number_format = value, style

    assert with_book(change).rows[0].evidence == shown


def test_ticked_by_a_truth_value(with_book):
    assert with_book(lambda book: book.active.__setitem__("C4", False)).rows[0].answer == "no"


def test_several_sheets_hidden_ones_too(with_book, headings):
    def change(book):
        second = book.create_sheet("Stages")
        second.append(headings)
        second.append(["6.1", "We must act.", "Yes", "Log.", ""])
        second.sheet_state = "hidden"
        book.active.row_dimensions[5].hidden = True
        book.create_sheet("Lists").append(["Pick", "from", "these"])

    form = with_book(change)
    assert form.rows[-1].number == "6.1"
    assert len(form.rows) == 8
    assert notes(form, "hidden-sheet")
    assert notes(form, "hidden-rows") == [("hidden rows were read all the same: 5", "Sheet")]
    assert any("Pick | from | these" in text for text, _ in notes(form, "outside-table"))


def test_formula_without_a_value_is_noted(with_book):
    form = with_book(lambda book: book.active.__setitem__("D4", '=HYPERLINK("https://x.example","Policy")'))
    assert form.rows[0].evidence == ""
    assert [where for _, where in notes(form, "formula-without-value")] == ["Sheet!D4"]


def test_far_away_cell_and_comment_are_noted(with_book, table):
    def change(book):
        book.active["XFD1048576"] = "stray"
        book.active["D4"].comment = Comment("Is this right?", "P")

    form = with_book(change)
    assert len(form.rows) == len(table)
    assert notes(form, "stray-cell") == [("stray", "Sheet!XFD1048576")]
    assert notes(form, "comments") == [("Is this right?", "Sheet!D4")]


def test_link_keeps_its_target(with_book):
    form = with_book(lambda book: setattr(book.active["D4"], "hyperlink", "https://marrow.example/p"))
    assert form.rows[0].evidence == "Complaints policy, clause 3. (https://marrow.example/p)"


def test_table_that_does_not_begin_in_the_first_column(tmp_path, headings, table):
    book = openpyxl.Workbook()
    for number, row in enumerate([headings, *table], 3):
        for column, text in enumerate(row, 3):
            book.active.cell(number, column, text)
    book.save(tmp_path / "form.xlsx")
    assert [row.commentary for row in read_form(tmp_path / "form.xlsx").rows] == [row[4] for row in table]


def test_without_the_safe_parser_nothing_is_opened(with_book, monkeypatch):
    from evidencereview.errors import ReadError
    from evidencereview.readers import excel

    monkeypatch.setattr(excel, "DEFUSEDXML", False)
    with pytest.raises(ReadError, match="pip install defusedxml"):
        with_book(lambda book: None)


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("0.00_);(0.00)", "5.10"), ('"Section "0.00', "5.10"), ("[Blue]0.00;[Red]-0.00", "5.10"), ("#,##0.00_-", "5.10"),
        ("0.0", "5.1"), ("@", "5.1"), ("0.0#", "5.1"),
    ],
)  # fmt: skip
def test_number_formats_of_a_provision(with_book, style, shown):
    def change(book):
        book.active["A9"].value, book.active["A9"].number_format = 5.1, style

    form = with_book(change)
    assert form.rows[5].provision == shown
    assert form.rows[5].number == "5.10"


def test_provision_that_the_sheet_took_for_a_day(with_book):
    def change(book):
        book.active["A9"].value, book.active["A9"].number_format = date(2024, 10, 5), "d.m"

    assert with_book(change).rows[5].number == "5.10"


def test_hidden_columns_are_read_and_noted(with_book, table):
    def change(book):
        book.active.column_dimensions["D"].hidden = True

    form = with_book(change)
    assert [row.evidence for row in form.rows] == [row[3] for row in table]
    assert notes(form, "hidden-columns") == [("hidden columns were read all the same: D", "Sheet")]


def test_cell_merged_over_provisions_counts_for_each(with_book, table):
    def change(book):
        book.active["D5"].value = None
        book.active.merge_cells("D4:D5")

    form = with_book(change)
    assert [row.evidence for row in form.rows[:3]] == [table[0][3], table[0][3], table[2][3]]
    assert notes(form, "merged-cell")


def test_provision_merged_over_lines_joins_them(with_book, table):
    def change(book):
        sheet = book.active
        sheet.insert_rows(5)
        sheet["D5"] = "Call script, page 2."
        for column in "ABC":
            sheet.merge_cells(f"{column}4:{column}5")

    form = with_book(change)
    assert [row.number for row in form.rows] == [row[0] for row in table]
    assert form.rows[0].evidence == f"{table[0][3]} Call script, page 2."


def test_drop_downs_rich_text_and_error_values(with_book):
    def change(book):
        choice = DataValidation(type="list", formula1='"Yes,No,Partial"')
        book.active.add_data_validation(choice)
        choice.add("C4:C10")
        book.active["D4"] = CellRichText("See the ", TextBlock(InlineFont(b=True), "rota"), " of May.")
        book.active["D5"].value, book.active["D5"].data_type = "#REF!", "e"

    form = with_book(change)
    assert form.rows[0].evidence == "See the rota of May."
    assert notes(form, "formula-error") == [("the cell shows #REF!", "Sheet!D5")]


def test_formulas_of_another_writer(tmp_path, headings, table):
    """A formula with its saved result is read as what it shows, with the address of a link."""
    with xlsxwriter.Workbook(str(tmp_path / "form.xlsx")) as book:
        sheet = book.add_worksheet("Section 1 Meaning")
        for place, row in enumerate([headings, *table]):
            for column, text in enumerate(row):
                sheet.write_string(place, column, text)
        sheet.write_formula("C2", '=IF(1=1,"No","Yes")', value="No")
        sheet.write_formula("D2", '=HYPERLINK("https://marrow.example/p","Policy")', value="Policy")
        sheet.write_string("D3", "Words", book.add_format({"bold": True}))
        sheet.write_comment("D3", "Check this")
        sheet.insert_textbox("H2", "Floating words")
        sheet.set_header("&CDraft of May")
    form = read_form(tmp_path / "form.xlsx")
    assert (form.rows[0].answer, form.rows[0].evidence) == ("no", "Policy (https://marrow.example/p)")
    assert [text for text, _ in notes(form, "text-box")] == ["Floating words"]
    assert [text for text, _ in notes(form, "header-footer")] == ["Draft of May"]
    assert notes(form, "comments")


@pytest.mark.parametrize("part", ["xl/styles.xml", "docProps/core.xml", "xl/theme/theme1.xml", "xl/sheets"])
def test_damage_around_the_cells_costs_no_row(tmp_path, with_book, table, part):
    """What stands around the cells may be odd; then the cells alone are read, and a note says so."""
    with_book(lambda book: None)
    with zipfile.ZipFile(tmp_path / "form.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if part == "xl/sheets":
        sheet = "xl/worksheets/sheet1.xml"
        odd = b'<dataValidations count="1"><dataValidation type="odd" sqref="?"/></dataValidations></worksheet>'
        parts[sheet] = parts[sheet].replace(b"</worksheet>", odd)
    else:
        parts[part] = b"<broken"
    with zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    form = read_form(tmp_path / "odd.xlsx")
    assert [row.evidence for row in form.rows] == [row[3] for row in table]
    assert part.endswith("theme1.xml") or notes(form, "damaged-parts")


def test_many_blank_cells_are_refused_before_they_are_built():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for place in range(1, 40):
        book.active.cell(place, 1).number_format = "0.00"
    book.save(out)
    with pytest.raises(LimitError, match="cells = 10"):
        count_cells(out.getvalue(), Meter(Limits(cells=10)))
