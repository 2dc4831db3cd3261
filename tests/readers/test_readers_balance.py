"""The balance: what a file shows is in rows or in notes, to the character."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencereview.readers import read_form
from evidencereview.readers.balance import Balance, balance_of
from evidencereview.readers.visible import visible
from evidencereview.report.balance_page import balance_page

QUICK = settings(max_examples=80, suppress_health_check=list(HealthCheck))
HEAD = "Code provision\tCode requirement\tComply: Yes / No\tEvidence\tCommentary\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [("", 0), (" a\tb\n", 2), ("a\u00adb\u200bc", 3), ("| a | b |", 2), ("\x00\x1b[", 1), ("é 👩 ﬁ", 3), ("\ud800x", 1)],
)
def test_visible_characters(text, number):
    assert visible(text) == number


FILES = {
    "plain": HEAD + "1.2\tWe must.\tYes\tRota.\tMay.\n",
    "headings and titles": "Marrow Lane\n\nSection 1: Meaning\n\n"
    + HEAD
    + "1.2\tWe must.\tYes\tRota.\t\n\nEnd of the form\n",
    "tags and entities": HEAD + "1.2\tWe <b>must</b> act &amp; tell.\tYes\t<ul><li>a</li><li>b</li></ul>\tR&amp;D\n",
    "link": HEAD + '1.2\tWe must.\tYes\t<a href="https://marrow.example/p">policy</a>\t\n',
    "further column": HEAD.replace("\n", "\tOwner\n") + "1.2\tWe must.\tYes\tRota.\tMay.\tPriya\n",
    "evidence in the answer": HEAD + "1.2\tWe must.\tYes, see the rota.\tRota.\t\n",
    "second answer": HEAD + "1.2\tWe must.\tYes\tRota.\t\n\tor else\tNo\t\t\n",
    "number again after a page break": HEAD
    + "1.2\tWe must listen.\tYes\tThe rota\t\n1.2\tWe must listen.\tYes\tis kept.\t\n",
    "number again alone": HEAD + "1.2\tWe must listen.\tYes\tThe rota\t\n1.2\t\t\tis kept.\t\n",
    "half a row": HEAD
    + "7.1\tWe must own.\tYes\tLetters.\t\n\n\tA remedy must fit the\t\t\tThe plan\n7.2\tharm done.\tyes\tScale.\t\n",
    "words in the number cell": HEAD + "1.2\tWe must\tYes\tRota\t\n(cont'd)\tlisten.\t\tis kept.\t\n",
    "stray cell": HEAD + "1.2\tWe must.\tYes\tRota.\t\t\tstray\n",
    "control characters": HEAD + "1.2\tWe\x00 must.\tYes\tRo\u00adta.\x1b[31m\t\n",
    "pipes": "| No | Requirement | Comply | Evidence |\n|---|---|---|---|\n| 1.2 | We must. | Yes | Rota. |\n",
    "line break inside the last cell": HEAD + "1.2\tWe must.\tYes\tRota.\tMay\nand June.\n1.3\tWe do.\tNo\tLog.\t\n",
}


@pytest.mark.parametrize("name", FILES)
def test_text_files(write_text, name):
    form = read_form(write_text(FILES[name]))
    assert form.visible
    assert balance_of(form).unaccounted == 0, (balance_of(form), form.rows, form.notes)


def test_csv_and_rows(write_text):
    rows = [line.split("\t") for line in FILES["further column"].splitlines()]
    out = io.StringIO()
    csv.writer(out).writerows([*rows, ["", 'say "so", twice', "", "", "", ""]])
    form = read_form(write_text(out.getvalue(), "form.csv"))
    assert form.format == "csv"
    assert balance_of(form).unaccounted == 0
    lines = [
        {"provision": "1.2", "requirement": "We must.", "answer_raw": "Yes", "evidence": "Rota.", "colour": "blue green"}
    ]
    form = read_form(write_text(json.dumps(lines[0]) + "\n", "form.jsonl"))
    assert dict(balance_of(form).in_notes) == {"unknown-keys": len("bluegreen")}
    assert balance_of(form).unaccounted == 0


def test_key_that_only_a_later_row_has_is_noted(write_text):
    first = {"provision": "1.2", "requirement": "We must.", "answer_raw": "Yes", "evidence": "Rota."}
    second = {**first, "provision": "1.3", "colour": "blue"}
    form = read_form(write_text(json.dumps(first) + "\n" + json.dumps(second) + "\n", "form.jsonl"))
    assert "colour" in next(note.text for note in form.notes if note.kind == "unknown-keys")
    assert balance_of(form).unaccounted == 0


def test_word_and_excel_tables(write_docx, write_xlsx, headings, table):
    for write in (write_docx, write_xlsx):
        form = read_form(write([headings, *table]))
        assert form.visible is not None
        assert balance_of(form).unaccounted == 0


def test_bars_and_soft_hyphens_are_seen_by_no_reader(write_docx, write_xlsx, headings, table):
    odd = [[f"{cell} | so\u00adft\u200b" if len(cell) > 8 else cell for cell in row] for row in table]
    assert odd != table
    for write in (write_docx, write_xlsx):
        form = read_form(write([headings, *odd]))
        assert "unread-text" not in {note.kind for note in form.notes}
        assert balance_of(form).unaccounted == 0


cells = st.text(st.characters(exclude_characters="\t\r\n\v\f\x85\u2028\u2029"), max_size=25)


@QUICK
@given(st.lists(st.lists(cells, min_size=1, max_size=7), max_size=12), st.booleans())
def test_any_table(rows, quoted):
    """Whatever cells a table holds: nothing is missing and nothing told of twice."""
    lines = [HEAD.strip().split("\t"), ["1.2", "We must.", "Yes", "Rota.", ""], *rows, ["1.3", "We do.", "No", "Log.", ""]]
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(lines)
    text = out.getvalue() if quoted else "\n".join("\t".join(line) for line in lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.txt")
        path.write_bytes(text.encode("utf-8", "replace"))
        try:
            form = read_form(path)
        except Exception as error:
            assert type(error).__module__ == "evidencereview.errors"
            return
    assert balance_of(form).unaccounted == 0, (form.rows, form.notes)


def test_corpus(corpus):
    for path in sorted(corpus.iterdir()):
        assert balance_of(read_form(path)).unaccounted == 0, path.name


def test_page_says_what_it_comes_to(write_text):
    form = read_form(write_text(FILES["headings and titles"]))
    page = balance_page(form, balance_of(form))
    assert page == (
        "marrow-lane (text): 1 row\n"
        "\n"
        "        115  visible characters in the file (white space and table lines apart)\n"
        "         18  in rows\n"
        "         97  in notes\n"
        "                    59  column-headings\n"
        "                    38  outside-table\n"
        "          0  not accounted for\n"
        "\n"
        "Every visible character is in a row or in a note.\n"
    )


@pytest.mark.parametrize(
    ("balance", "said"),
    [
        (Balance(100, 60, 0, (("x", 30),)), "10  not accounted for"),
        (Balance(100, 60, 0, (("x", 30),)), "Some text is in no row and no note"),
        (Balance(100, 90, 0, (("x", 30),)), "Some text is told of twice"),
        (Balance(None, 90, 0, ()), "does not count what the file shows"),
        (Balance(100, 110, 10, ()), "(10 more stand there"),
        (Balance(100, 110, 10, ()), "Every visible character is in a row or in a note."),
    ],
)
def test_page_of_other_balances(write_text, balance, said):
    form = read_form(write_text(FILES["plain"]))
    assert said in balance_page(form, balance)


def test_notes_of_one_kind_keep_their_characters_when_they_are_summed_up(write_text):
    lines = [f"1.{n}\tWe must.\tYes, see rota {n}.\tLog.\t" for n in range(2, 60)]
    form = read_form(write_text(HEAD + "\n".join(lines)))
    more = [note for note in form.notes if "more of this kind" in note.text]
    assert [(note.text, note.characters) for note in more] == [("and 18 more of this kind", -18 * len("seerota42."))]
    assert balance_of(form).unaccounted == 0
