"""Web pages: one trap of real pages each, in our own words."""

from __future__ import annotations

import pytest

from evidencereview.config import Limits
from evidencereview.errors import FormError, LimitError, ReadError
from evidencereview.readers import read_form
from evidencereview.readers.grid import Grid, Meter
from evidencereview.readers.web import read_page

HEAD = "<tr><th>Code provision<th>Code requirement<th>Comply: Yes / No<th>Evidence<th>Commentary</tr>"
ONE = "<tr><td>1.2</td><td>We must listen.</td><td>Yes</td><td>Rota.</td><td>Since May.</td></tr>"
TWO = "<tr><td>1.3</td><td>We must act.</td><td>No</td><td>Log.</td><td>Due in June.</td></tr>"
FIRST = ("1.2", "We must listen.", "Yes", "Rota.", "Since May.")
SECOND = ("1.3", "We must act.", "No", "Log.", "Due in June.")


@pytest.fixture
def read(write_text):
    return lambda page, name="marrow-lane.html", **limits: read_form(write_text(page, name), Limits(**limits))


def cells(form):
    return [(r.number, r.requirement, r.answer_raw, r.evidence, r.commentary) for r in form.rows]


def notes(form, kind):
    return [note.text for note in form.notes if note.kind == kind]


def row(evidence, number="1.2"):
    return f"<tr><td>{number}<td>We must listen.<td>Yes<td>{evidence}<td>Since May.</tr>"


def evidence_of(read, inner):
    form = read(f"<table>{HEAD}{row(inner)}</table>")
    return form.rows[0].evidence, form


@pytest.mark.parametrize(
    "page",
    [
        f"<!doctype html><html><body><table>{HEAD}{ONE}{TWO}</table></body></html>",
        f"<table><thead>{HEAD}</thead><tbody>{ONE}</tbody><tfoot>{TWO}</tfoot></table>",
        f"<table>{HEAD}{ONE}{TWO}".replace("</td>", "").replace("</tr>", ""),
        f"<table>{HEAD}{ONE}<table>{HEAD}{TWO}",
        f"<table>{HEAD}{ONE.replace('</td></tr>', '')}<h2>Section 1: Meaning</h2><table>{HEAD}{TWO}</table></table>",
        f"<table><tr><td>Menu<td><h1>Our form</h1><table>{HEAD}{ONE}{TWO}</table><p>Foot</td></tr></table>",
        f"<table><tr><td><table><tr><td><table>{HEAD}{ONE}{TWO}</table></table></table>",
        f"{HEAD}{ONE}{TWO}",
        f"<?xml version='1.0' encoding='utf-8'?><!-- made by hand --><html xmlns='http://www.w3.org/1999/xhtml'><table>{HEAD}"
        f"{ONE}{TWO}</table></html>",
        f"<TABLE><CAPTION>Our form</CAPTION>{HEAD}{ONE}{TWO}</TABLE>",
        f"<div><p>Welcome.</p></div><table>{HEAD}{ONE}</table><p>More.</p><table>{TWO}</table>",
        f"<details><summary>Open</summary><table>{HEAD}{ONE}{TWO}</table></details>",
        "# Our form\n\nOur *form*:\n\n" + f"<table>\n{HEAD}\n{ONE}\n{TWO}\n</table>\n",
    ],
    ids=lambda page: page[:40],
)  # fmt: skip
def test_tables_of_every_shape(read, page):
    assert cells(read(page)) == [FIRST, SECOND]


def test_table_by_roles_and_by_display(read):
    roles = f"<div role=table>{HEAD}{ONE}{TWO}</div>".replace("<tr>", "<div role=row>").replace("</tr>", "</div>")
    roles = roles.replace("<th>", "<div role=columnheader>").replace("<td>", "<div role=cell>").replace("</td>", "</div>")
    assert cells(read(roles.replace("Comply: Yes / No<", "Comply: Yes / No</div><"))) != []
    shown = "".join(
        "<div style='display:table-row'>" + "".join(f"<span style='display: table-cell'>{c}</span>" for c in line) + "</div>"
        for line in (FIRST, SECOND)
    )
    assert cells(read(f"<div style='display:table'>{shown}</div>")) == [FIRST, SECOND]


def test_colspan_keeps_the_columns(read):
    title = "<tr><td colspan=5>Section 1: Meaning</td></tr>"
    form = read(f"<table>{HEAD}{title}{row('Rota.')}<tr><td>1.3<td colspan=2>We must act.<td>Log.<td>Due.</tr></table>")
    assert cells(form)[1] == ("1.3", "We must act.", "", "Log.", "Due.")
    assert "Section 1: Meaning" in notes(form, "outside-table")


def test_rowspan_of_a_provision_joins_its_lines(read):
    page = (
        f"<table>{HEAD}<tr><td rowspan=2>1.2<td rowspan=2>We must listen.<td rowspan=2>Yes<td>Rota.<td>Since May.</tr>"
        f"<tr><td>Call script.<td></tr>{TWO}</table>"
    )
    assert cells(read(page)) == [("1.2", "We must listen.", "Yes", "Rota. Call script.", "Since May."), SECOND]


def test_rowspan_over_provisions_counts_for_each(read):
    page = (
        f"<table>{HEAD}<tr><td>1.2<td>We must listen.<td>Yes<td rowspan=2>Rota.<td>Since May.</tr>"
        "<tr><td>1.3<td>We must act.<td>No<td>Due in June.</tr></table>"
    )
    form = read(page)
    assert cells(form) == [FIRST, ("1.3", "We must act.", "No", "Rota.", "Due in June.")]
    assert notes(form, "merged-cell")


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("One<br>two<p>three</p>four", "One\ntwo\nthree\nfour"),
        ("<ul><li>one<li>two</ul>", "• one\n• two"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ("<ol type=a start=1><li>one<li>two</ol>", "a. one\nb. two"),
        ("  much \n\n white&nbsp;&nbsp; space ", "much white space"),
        ("R&amp;D &pound;5 &#8217;tis &#x80; &eacute;", "R&D £5 ’tis € é"),
        ("<a href='https://marrow.example/p'>policy</a> 3", "policy (https://marrow.example/p) 3"),
        ("<a href='#top'>policy</a>, <a href='javascript:x()'>guide</a>", "policy, guide"),
        ("<a href=/docs/p.pdf>policy</a>", "policy (/docs/p.pdf)"),
        ("<b>B</b>old <i>i</i> <span>s</span><!-- c -->t", "Bold i st"),
        ("kept<script>alert(1)</script><style>p{}</style> text", "kept text"),
        ("<img src=x alt='The rota'>", "The rota"),
        ("<textarea>Typed</textarea>", "Typed"),
        ("<input value='Typed'>", "Typed"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a | b\nc | d"),
    ],
)
def test_cells_as_a_browser_shows_them(read, inner, text):
    assert evidence_of(read, inner)[0] == text


@pytest.mark.parametrize(
    ("inner", "answer"),
    [
        ("<select><option>No<option selected>Yes</select>", "yes"),
        ("<select><option>No<option>Yes</select>", "blank"),
        ("<label><input type=radio checked>Yes</label><label><input type=radio>No</label>", "yes"),
        ("<label>Yes <input type=checkbox></label> <label>No <input type=checkbox checked></label>", "no"),
        ("<img src=t.png alt=Yes>", "yes"),
        ("<i class='fa fa-check'></i>", "yes"),
        ("<span class='icon icon-cross'></span>", "no"),
        ("<svg aria-label='Partial'><path/></svg>", "partial"),
        ("&#10003;", "yes"),
    ],
)
def test_answers_by_fields_and_pictures(read, inner, answer):
    form = read(f"<table>{HEAD}<tr><td>1.2<td>We must listen.<td>{inner}<td>Rota.<td>x</tr>{TWO}</table>")
    assert [row.answer for row in form.rows] == [answer, "no"]


def test_a_picture_that_nothing_stands_for_is_noted(read):
    assert notes(evidence_of(read, "<img src=scan.png>")[1], "picture")


@pytest.mark.parametrize("how", ["hidden", "style='display:none'", "style='color:red; visibility : hidden'"])
def test_hidden_words_are_left_out_and_hidden_rows_read_both_with_a_note(read, how):
    text, form = evidence_of(read, f"Rota.<span {how}>Not for print</span>")
    assert text == "Rota."
    assert notes(form, "hidden-text") == ["Not for print"]
    form = read(f"<table>{HEAD}{ONE}{TWO.replace('<tr>', f'<tr {how}>')}</table>")
    assert (cells(form), len(notes(form, "hidden-rows"))) == ([FIRST, SECOND], 1)
    form = read(f"<div {how}><p>x</p><table>{HEAD}{ONE}{TWO}</table></div>")
    assert (cells(form), len(notes(form, "hidden-section"))) == ([FIRST, SECOND], 1)


def test_deleted_text_and_frames_are_noted(read):
    text, form = evidence_of(read, "<del>Old.</del><ins>New.</ins><iframe src=https://x.example/f></iframe>")
    assert text == "New."
    assert notes(form, "tracked-deletion") == ["Old."]
    assert "https://x.example/f" in notes(form, "embedded")[0]


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", '<meta charset="utf-8">'), ("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""),
        ("cp1252", '<meta charset=windows-1252>'), ("cp1252", ""), ("cp1250", '<meta charset="windows-1250">'),
        ("iso-8859-15", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-15">'),
        ("mac_roman", '<meta charset="macintosh">'), ("mac_roman", ""), ("utf-8", '<meta charset="iso-8859-1">'),
        ("cp1252", '<meta charset="iso-8859-1">'), ("cp1252", '<meta charset="no-such-thing">'),
    ],
)  # fmt: skip
def test_encodings(read, encoding, meta):
    text = (
        "Café rota"
        if encoding == "iso-8859-15"
        else "The clerk’s “rota”"
        if "1250" in encoding
        else "The clerk’s rota – café"
    )
    page = f"<html><head>{meta}</head><table>{HEAD}{row(text)}</table>"
    assert read(page.encode(encoding)).rows[0].evidence == text


def test_definition_list_headings_and_key_tables(read):
    wanted = [FIRST, SECOND]
    names = ("Provision", "Requirement", "Do we comply?", "Evidence", "Commentary")
    lists = "".join(f"<dl>{''.join(f'<dt>{n}<dd>{c}' for n, c in zip(names, line, strict=True))}</dl>" for line in wanted)
    assert cells(read(f"<h1>Form</h1>{lists}")) == wanted
    tables = (
        lists.replace("<dl>", "<table>").replace("</dl>", "</table>").replace("<dt>", "<tr><th>").replace("<dd>", "<td>")
    )
    assert cells(read(tables)) == wanted
    heads = "".join(
        f"<h3>{n} {r}</h3><h4>Do we comply?</h4><p>{a}</p><h4>Evidence</h4><p>{e}</p><h4>Commentary</h4><p>{c}</p>"
        for n, r, a, e, c in wanted
    )
    form = read(f"<h2>Section 1: Meaning</h2>{heads}<h2>Contact us</h2><p>Ring us.</p><footer>Marrow Lane</footer>")
    assert cells(form) == wanted
    assert any("Ring us." in text for text in notes(form, "outside-table"))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("1.2A complaint must be heard. YesOur rota.", ("1.2", "A complaint must be heard.", "Yes", "Our rota.")),
        ("1.2A complaint must be heard.YesOur rota.", ("1.2", "A complaint must be heard.", "Yes", "Our rota.")),
        ("1.2 A complaint must be heardYesOur rota.", ("1.2", "A complaint must be heard", "Yes", "Our rota.")),
        ("1.2 A complaint must be heard. Yes Our rota.", ("1.2", "A complaint must be heard.", "Yes", "Our rota.")),
        (
            "1.2A complaint must be heard.PartiallyTwo teams.",
            ("1.2", "A complaint must be heard.", "Partially", "Two teams."),
        ),
        ("1.2A complaint must be heard.N/AWe have none.", ("1.2", "A complaint must be heard.", "N/A", "We have none.")),
        ("1.2A complaint must be heard.Our rota.", ("1.2", "A complaint must be heard.", "", "Our rota.")),
        ("1.2Yes must be said. NoNobody says it.", ("1.2", "Yes must be said.", "No", "Nobody says it.")),
    ],
)
def test_cells_run_together(read, line, wanted):
    form = read(f"<html><body><p>{line}</p><p>1.3We must act.NoLog.</p></body></html>")
    assert [row[:4] for row in cells(form)] == [wanted, ("1.3", "We must act.", "No", "Log.")]
    assert notes(form, "no-table")


def test_rows_run_together_in_one_paragraph(read):
    form = read(
        "<html><p>1.2We must listen.YesOur rota.1.3We must act.NoThe log is new.2.1A must be.YesSo it is.</p></html>"
    )
    assert [(r.number, r.evidence) for r in form.rows] == [
        ("1.2", "Our rota."),
        ("1.3", "The log is new."),
        ("2.1", "So it is."),
    ]


def test_numbered_paragraphs_of_a_policy_are_no_form(read):
    policy = "".join(f"<h3>{s}.{n} Scope</h3><p>We say what we do here.</p>" for s in (1, 2) for n in (1, 2, 3))
    with pytest.raises(FormError, match="no self-assessment table"):
        read(f"<html><body>{policy}</body></html>")


def test_text_kept_as_text_in_a_page(read):
    lines = "\n".join("\t".join(line) for line in (FIRST, SECOND))
    assert cells(read(f"<html><body><pre>{lines}</pre></body></html>")) == [FIRST, SECOND]


def test_excel_export_that_is_a_page_is_read_and_its_name_noted(read):
    form = read(f"<html><table>{HEAD}{ONE}{TWO}</table>", name="export.xls")
    assert (form.format, cells(form)) == ("html", [FIRST, SECOND])
    assert "promises another format" in notes(form, "name-disagrees")[0]


def test_grids_of_a_page(read):
    page = read_page(f"<p>x</p><table>{HEAD}{ONE}</table><table>{TWO}</table>", "page", Meter(Limits()))
    grids = [block for block in page.blocks if isinstance(block, Grid)]
    assert [[line.cells for line in grid.rows][-1] for grid in grids] == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("page", "error", "message"),
    [
        ("<html><body></body></html>", FormError, "no self-assessment table"),
        ("<html><body>" + "<div>" * 5000 + "x", ReadError, "nested more than 2000 deep"),
        ("<html>" + "<table><tr><td>" * 500 + "x", FormError, "no self-assessment table"),
        (f"<table>{HEAD}" + f"<tr><td colspan=1000 rowspan=60000>1.2</td></tr>{ONE}" * 300, LimitError, "cells = 200000"),
        (f"<table>{HEAD}" + ONE * 6000, LimitError, "rows = 5000"),
        (f"<table>{HEAD}{row('x' * 200_000)}", LimitError, "cell_characters = 100000"),
    ],
    ids=range(6),
)
def test_hostile_pages(read, page, error, message):
    with pytest.raises(error, match=message):
        read(page)
