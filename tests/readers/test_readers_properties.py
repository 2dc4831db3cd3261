"""Whatever bytes a file holds: a form, or an error of our own family; and what is read is accounted for."""

from __future__ import annotations

import csv
import html
import io
import json
import subprocess
import sys

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import HEAD, MAKERS, read_bytes

QUICK = settings(max_examples=60, suppress_health_check=list(HealthCheck))
TAGS = "table tr td th p div span ul li ol dl dt dd h2 h3 br a b pre label input select option img textarea hr".split()


@QUICK
@given(st.binary(max_size=600), st.sampled_from(sorted(MAKERS)))
def test_any_bytes(data, suffix):
    read_bytes(data, suffix)


@QUICK
@given(
    st.sampled_from(
        [
            b"PK\x03\x04",
            b"\xff\xfe",
            b"\xfe\xff",
            b"\xef\xbb\xbf",
            b"{",
            b"%PD",
            b"sep=,\n",
            b"<html>",
            b"|---|---|\n",
            b"+--+",
        ]
    ),
    st.binary(max_size=400),
)
def test_any_bytes_behind_a_known_beginning(start, data):
    read_bytes(start + data, "docx")


@QUICK
@given(st.text("1.259yYesNo/-\t\n|,;\"' \x00•must", max_size=300))
def test_any_table_like_text(text):
    form = read_bytes(text.encode(), "txt")
    if form is not None:
        assert [row.order for row in form.rows] == list(range(1, len(form.rows) + 1))
        assert "\x00" not in "".join(row.requirement + row.answer_raw + row.text for row in form.rows)


markup = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            ["<td colspan=3>", "<td rowspan=9>", "<tr hidden>", "<input checked type=radio>", "<a href=x>", "<ol type=a>"]
        ),
        st.sampled_from(["1.2", "1.3A must be. ", "Yes", "No", "Evidence: ", "Comply: ", "&amp;", "&#0;", "\t", "\n", "<"]),
    ),
    max_size=60,
)  # fmt: skip


@QUICK
@given(markup)
def test_any_markup(pieces):
    read_bytes(("<html>" + "".join(pieces)).encode(), "html")


@QUICK
@given(st.lists(st.text("|-:+= \\*[]()1.2YesNo\nab", max_size=40), max_size=12))
def test_any_bars(lines):
    read_bytes("\n".join(["|---|---|", *lines]).encode(), "md")


values = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(), st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20),
    st.sampled_from(["1.2", 5.1, "Yes", "No", "=1+1", "#REF!", "We must do it."]),
)  # fmt: skip


@settings(QUICK, max_examples=30)
@given(
    st.lists(st.lists(values, max_size=7), max_size=8),
    st.sampled_from(["General", "0.00", "d.m", "0%", "@", '"x"0.0;;', "[h]:mm"]),
)
def test_any_sheet(rows, style):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for line in book.active.iter_rows():
        for cell in line:
            cell.number_format = style
    book.save(out)
    read_bytes(out.getvalue(), "xlsx")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = (
    "form",
    "provision",
    "requirement",
    "answer_raw",
    "answer",
    "evidence",
    "commentary",
    "order",
    "section",
    "mandatory",
)


@QUICK
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=9), min_size=1, max_size=4))
def test_any_rows(records):
    read_bytes("\n".join(map(json.dumps, records)).encode(), "jsonl")


def separated(delimiter):
    def write(table):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(table)
        return out.getvalue().encode()

    return write


def page(table):
    rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in table)
    return ("<html><meta charset=utf-8><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>").encode()


def sheet(table):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for number, row in enumerate(table, 1):
        for column, text in enumerate(row, 1):
            cell = book.active.cell(number, column, text)
            if text:
                cell.data_type = "s"  # a text that begins with "=" is no formula
    book.save(out)
    return out.getvalue()


def bars(table):
    head, *rows = ["| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in row) + " |" for row in table]
    return "\n".join([head, "|---|---|---|---|---|", *rows]).encode()


def lines(table):
    return "\n".join("\t".join(row) for row in table).encode()


def rows_of(table):
    keys = ("provision", "requirement", "answer_raw", "evidence", "commentary")
    return "\n".join(json.dumps({"form": "x", **dict(zip(keys, row, strict=True))}) for row in table[1:]).encode()


WRITERS = {
    "txt": lines, "csv": separated(","), "tsv": separated("\t"), "html": page, "xlsx": sheet, "md": bars, "jsonl": rows_of,
}  # fmt: skip
cells = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=30)


@pytest.mark.parametrize("suffix", sorted(WRITERS))
@settings(QUICK, max_examples=30)
@given(pairs=st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_no_word_of_a_table_is_lost(suffix, pairs):
    """Every word of every cell stands in the rows that come out (tags, entities and Markdown's marks are tested apart)."""
    change = str.maketrans({"<": "(", "&": "+", '"': "'", **(dict.fromkeys("*_[]\\`", "~") if suffix == "md" else {})})
    plain = [tuple(text.translate(change) for text in pair) for pair in pairs]
    table = [HEAD] + [[f"5.{n}", f"We must {a}", "Yes", b, ""] for n, (a, b) in enumerate(plain, 1)]
    form = read_bytes(WRITERS[suffix](table), suffix)
    assert form is not None
    assert [row.number for row in form.rows] == [line[0] for line in table[1:]]
    for row, (asked, shown) in zip(form.rows, plain, strict=True):
        assert "".join(row.requirement.split()) == "".join(f"We must {asked}".split())
        assert "".join(row.evidence.split()) == "".join(shown.split())


def test_importing_the_readers_is_light():
    heavy = "pandas spacy lxml docx openpyxl numpy onnxruntime"
    code = f"import sys, evidencereview.readers; print([m for m in '{heavy}'.split() if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
