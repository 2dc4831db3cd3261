from __future__ import annotations

import csv
import io

import pytest

from evidencereview.config import Limits
from evidencereview.errors import LimitError
from evidencereview.readers import read_form


def separated(rows, delimiter=",", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)
    return out.getvalue()


def check(form, table):
    assert [[r.number, r.requirement, r.answer_raw, r.evidence, r.commentary] for r in form.rows] == table


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_delimiters(write_text, headings, table, delimiter, quoting):
    form = read_form(write_text(separated([headings, *table], delimiter, quoting), "form.csv"))
    check(form, table)
    assert not [note for note in form.notes if note.kind == "name-disagrees"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_encodings(write_text, headings, table, encoding, delimiter):
    table[0][3] = "The clerk’s “rota” – £5 café"
    check(read_form(write_text(separated([headings, *table], delimiter).encode(encoding), "form.csv")), table)


def test_one_damaged_byte_does_not_spoil_a_utf8_file(write_text, headings, table):
    table[0][3], table[1][3] = "The clerk’s “rota” – £5 café", "Broken: @"
    data = separated([headings, *table]).encode().replace(b"@", b"\xff")
    form = read_form(write_text(data, "form.csv"))
    assert form.rows[0].evidence == table[0][3]
    assert [note.kind for note in form.notes].count("encoding") == 1


def test_quoted_line_breaks_and_quotes(write_text, headings, table):
    table[2][3] = 'First line,\nsecond "line"\n• an item'
    check(read_form(write_text(separated([headings, *table]), "form.csv")), table)
    check(read_form(write_text(separated([headings, *table], "\t"), "form.tsv")), table)


def test_ragged_rows_titles_and_the_separator_line(write_text, headings, table):
    text = "sep=;\nMarrow Lane;;\n\n" + ";".join(headings) + "\n" + "\n".join(";".join(row).rstrip(";") for row in table)
    form = read_form(write_text(text, "form.csv"))
    check(form, table)
    assert any("Marrow Lane" in note.text for note in form.notes)


def test_numbers_that_a_spreadsheet_has_shortened(write_text, headings, table):
    shortened = [[row[0].replace("5.10", "5.1"), *row[1:]] for row in table]
    form = read_form(write_text(separated([headings, *shortened]), "form.csv"))
    assert [row.number for row in form.rows] == [row[0] for row in table]
    assert (form.rows[5].provision, form.rows[5].provision_inferred) == ("5.1", "5.10")


def test_same_rows_from_text_csv_and_tsv(write_text, headings, table):
    forms = [
        read_form(write_text("\n".join("\t".join(row) for row in [headings, *table]), "form.txt")),
        read_form(write_text(separated([headings, *table]), "form.csv")),
        read_form(write_text(separated([headings, *table], "\t", csv.QUOTE_ALL), "form.tsv")),
    ]
    assert [form.format for form in forms] == ["text", "csv", "tsv"]
    assert forms[0].rows == forms[1].rows == forms[2].rows


def test_name_that_disagrees_is_noted(write_text, headings, table):
    form = read_form(write_text(separated([headings, *table]), "form.docx"))
    assert form.format == "csv"
    assert "name-disagrees" in {note.kind for note in form.notes}


def test_enormous_cell_is_a_limit(write_text, headings, table):
    table[0][3] = "x" * 140_000
    with pytest.raises(LimitError, match="cell_characters = 100000"):
        read_form(write_text(separated([headings, *table]), "form.csv"))
    with pytest.raises(LimitError, match="cell_characters = 40"):
        read_form(write_text(separated([headings, *table[1:]]), "form.csv"), Limits(cell_characters=40))


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be", "mac_roman", "cp850", "cp437", "latin-1"])
def test_further_encodings(write_text, headings, table, encoding):
    table[0][3] = "The clerk’s rota – £5 café" if encoding[:3] in ("utf", "mac") else "The rota: £5 at the café"
    form = read_form(write_text(separated([headings, *table]).encode(encoding), "form.csv"))
    check(form, table)
    assert bool([note for note in form.notes if note.kind == "encoding"]) == (not encoding.startswith("utf"))


def test_number_kept_as_text_for_a_spreadsheet(write_text, headings, table):
    dressed = [[f'="{row[0]}"', *row[1:]] for row in table]
    check(read_form(write_text(separated([headings, *dressed]), "form.csv")), table)
