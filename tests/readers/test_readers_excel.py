from __future__ import annotations

from datetime import date, datetime, time

import openpyxl
import pytest
from openpyxl.comments import Comment

from evidencereview.readers import read_form


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
