"""PDF forms: tables by rules and by white strips, page breaks, what stands beside the table, and how words are joined."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from pdf_forms import HEADINGS, Block, Look, blocks_of_text, by_reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

import evidencereview
from evidencereview.config import Limits
from evidencereview.readers import read_form
from evidencereview.readers.grid import Document, Grid, Loose, Meter
from evidencereview.readers.pdf import read_pdf
from evidencereview.readers.visible import visible
from evidencereview.records import Answer, Form

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
LOOKS = [
    Look("grid"),
    Look("none"),
    *(
        pytest.param(look, marks=pytest.mark.slow)
        for look in (
            Look("grid", wide=True), Look("none", wide=True), Look("rows"), Look("columns"), Look("none", repeat=False),
            Look("grid", valign="MIDDLE", split=False), Look("none", valign="MIDDLE", split=False),
        )
    ),
]  # fmt: skip
LONG = "We keep a register of every request and look through it once a month, and the manager signs it. " * 3
ROWS = [
    ["1.2", "A complaint must be any voiced unhappiness.", "Yes", "Policy, clause 3.", "Taught on day one."],
    ["1.3", "Nobody must have to say a magic word.", "Partial", LONG, "Two depots follow in May."],
    ["1.4", "Requests must be told from complaints.", "No", "Not written down yet.", "Due on 3 March 2027."],
]
TABLE: list[Block] = ["Section 1: What counts", [HEADINGS, *ROWS]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Form]:
    def from_bytes(data: bytes, name: str = "rosewood-2024.pdf") -> Form:
        path = tmp_path / name
        path.write_bytes(data)
        return read_form(path)

    return from_bytes


def document(data: bytes) -> Document:
    return read_pdf(data, "form.pdf", Meter(Limits()))


def kinds(form: Form | Document) -> set[str]:
    return {note.kind for note in form.notes}


def drawn(draw: Callable[[canvas.Canvas], object], size: tuple[float, float] = A4) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=size)
    draw(sheet)
    sheet.save()
    return out.getvalue()


def table_at(sheet: canvas.Canvas, rows: list[list[str]], top: float = 780, step: float = 40) -> None:
    """Draw rows of short cells with rules around each, from the left at 40 points."""
    edges = [40, 90, 240, 300, 420, 560]
    for place, row in enumerate(rows):
        for cell, x in zip(row, edges, strict=False):
            sheet.drawString(x + 4, top - place * step - 14, cell)
    sheet.grid(edges, [top - place * step for place in range(len(rows) + 1)])


SHORT = [["No.", "Requirement", "Met?", "Evidence", "Comments"]]
SHORT += [[f"5.{n}", "We must log.", "Yes", "Log.", "-"] for n in (1, 2)]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.name}{'' if look.repeat else '-once'}")
def test_the_sample_gives_the_rows_of_its_original(read, look: Look) -> None:
    form, original = read(by_reportlab(blocks_of_text(SAMPLE.read_text(encoding="utf-8")), look)), read_form(SAMPLE)
    assert form.rows == original.rows
    assert form.stated_date == original.stated_date
    assert form.format == "pdf"


@pytest.mark.slow
@pytest.mark.models
def test_the_review_is_equal_too(read) -> None:
    blocks = blocks_of_text(SAMPLE.read_text(encoding="utf-8"))
    ours = [evidencereview.review(read(by_reportlab(blocks, Look(rules)))).items for rules in ("grid", "none")]
    assert ours[0] == ours[1] == evidencereview.review(read_form(SAMPLE)).items


@pytest.mark.parametrize("look", [Look(), Look("none"), Look("none", wide=True)], ids=lambda look: look.name)
def test_every_visible_character_is_in_a_row_or_noted(look: Look) -> None:
    blocks = blocks_of_text(SAMPLE.read_text(encoding="utf-8"))
    data = by_reportlab(blocks, look)
    found = document(data)
    cells = [cell for grid in found.blocks if isinstance(grid, Grid) for row in grid.rows for cell in row.cells]
    loose = [block.text for block in found.blocks if isinstance(block, Loose)]
    headings = next(block for block in blocks if isinstance(block, list))[0]
    again = sum(int(note.text.split()[2]) for note in found.notes if note.kind == "column-headings")
    pages = range(1, len(pypdfium2.PdfDocument(data)) + 1)
    running = [text for n in pages for text in ("Rosewood Homes - complaints self-assessment", f"Page {n}")]
    assert found.visible == visible(*cells, *loose, *running) + again * visible(*headings)


def test_headers_and_footers_are_noted_once(read) -> None:
    form = read(by_reportlab([*TABLE, *TABLE] * 6))
    assert "Rosewood Homes - complaints self-assessment" in next(n.text for n in form.notes if n.kind == "header-footer")
    assert not any("Rosewood Homes" in row.text or "Page" in row.text for row in form.rows)


def test_a_row_cut_by_a_page_is_one_row(read) -> None:
    told = "Register {0} holds every request; we look through register {0} once a month, and manager {0} signs it."
    rows = [[f"5.{n}", "We must tell.", "Yes", " ".join(told.format(f"{n}{c}") for c in "abcdef"), ""] for n in range(1, 12)]
    for rules in ("grid", "none"):
        form = read(by_reportlab(["Section 5", [HEADINGS, *rows]], Look(rules)))
        assert [(row.number, row.evidence) for row in form.rows] == [(row[0], row[3]) for row in rows]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("marked", [True, False])
def test_turned_pages(read, turn: int, marked: bool) -> None:
    """A page laid on its side reads the same, whether the file says so or only its text is drawn that way."""

    def draw(sheet: canvas.Canvas) -> None:
        if marked:
            sheet.setPageRotation(turn)
        else:
            sheet.translate(*{0: (0, 0), 90: (842, 0), 180: (842, 842), 270: (0, 842)}[turn])
            sheet.rotate(turn)
        table_at(sheet, SHORT)

    form = read(drawn(draw, (842, 842)))
    assert [(r.number, r.answer, r.evidence) for r in form.rows] == [(f"5.{n}", Answer.YES, "Log.") for n in (1, 2)]


def test_tilted_text_is_noted_and_not_mixed_in(read) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table_at(sheet, SHORT)
        sheet.translate(100, 300)
        sheet.rotate(90)
        sheet.drawString(0, 0, "DRAFT")

    form = read(drawn(draw))
    assert [row.evidence for row in form.rows] == ["Log.", "Log."]
    assert ("turned-text", "DRAFT") in {(note.kind, note.text) for note in form.notes}


@pytest.mark.parametrize(("font", "sign", "answer"), [("ZapfDingbats", "✔", Answer.YES), ("ZapfDingbats", "✘", Answer.NO)])
def test_ticks(read, font: str, sign: str, answer: Answer) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table_at(sheet, [[*row[:2], "", *row[3:]] if row[0][0] == "5" else row for row in SHORT])
        sheet.setFont(font, 10)
        for place in (1, 2):
            sheet.drawString(262, 780 - place * 40 - 14, sign)

    assert [row.answer for row in read(drawn(draw)).rows] == [answer, answer]


def test_answers_typed_into_fields_are_read_and_no_script_runs(read) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table_at(sheet, [[*row[:3], "", "-"] if row[0][0] == "5" else row for row in SHORT])
        for place in (1, 2):
            where = {"x": 304, "y": 780 - place * 40 - 22, "width": 110, "height": 14, "fontSize": 8}
            sheet.acroForm.textfield(name=f"e{place}", value=f"Minutes of meeting {place}", borderWidth=0, **where)

    assert [row.evidence for row in read(drawn(draw)).rows] == ["Minutes of meeting 1", "Minutes of meeting 2"]


def test_a_link_keeps_its_address(read) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table_at(sheet, SHORT)
        sheet.linkURL("https://marrow.example/log", (300, 722, 330, 735))

    assert [row.evidence for row in read(drawn(draw)).rows] == ["Log. (https://marrow.example/log)", "Log."]


def test_underlined_words_do_not_part_a_cell(read) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        table_at(sheet, SHORT)
        sheet.line(94, 724, 160, 724)
        sheet.drawString(94, 712, "and keep the log.")

    assert read(drawn(draw)).rows[0].requirement.split() == "We must log. and keep the log.".split()


def test_a_missing_rule_between_two_rows(read) -> None:
    def draw(sheet: canvas.Canvas) -> None:
        edges, rows = [40, 90, 240, 300, 420, 560], [*SHORT, ["5.3", "We must look.", "No", "Soon.", "-"]]
        for place, row in enumerate(rows):
            for cell, x in zip(row, edges, strict=False):
                sheet.drawString(x + 4, 766 - place * 40, cell)
        sheet.grid(edges, [780, 740, 700, 620])

    assert [row.number for row in read(drawn(draw)).rows] == ["5.1", "5.2", "5.3"]
    assert [row.answer_raw for row in read(drawn(draw)).rows] == ["Yes", "Yes", "No"]


def test_must_and_should_blocks(read) -> None:
    blocks: list[Block] = ["Mandatory 'must' requirements", [HEADINGS, ROWS[0]]]
    blocks += ["Best practice 'should' requirements", [HEADINGS, ["1.3", "Staff are trained.", "Yes", "Log.", ""]]]
    assert [row.mandatory for row in read(by_reportlab(blocks, Look("none"))).rows] == [True, False]


def test_lines_without_a_table_go_to_the_reader_of_text() -> None:
    lines = ["5.1 One policy must cover every complaint.", "Comply: Yes", "Evidence: there is one policy, clause 4."]
    found = document(drawn(lambda sheet: [sheet.drawString(50, 780 - 30 * n, line) for n, line in enumerate(lines)]))
    assert [block.text for block in found.blocks if isinstance(block, Loose)] == lines


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["the com-", "plaint was"], "the complaint was"),
        (["a well-", "known rule"], "a well-known rule"),
        (["at stage 1-", "2 of it"], "at stage 1-2 of it"),
        (["see page", "7. It says"], "see page 7. It says"),
        (["as follows:", "a. first"], "as follows:\na. first"),
        (["they are", "• one", "• two"], "they are\n• one\n• two"),
    ],
)
def test_how_lines_are_joined(lines: list[str], whole: str) -> None:
    from evidencereview.readers.pdf_lines import TextLine, Vocabulary, running_text
    from evidencereview.readers.pdf_page import Word

    made = []
    for place, line in enumerate(lines):
        x, words = 0.0, []
        for text in line.split():
            words.append(Word(text, x, place * 10.0, x + 5 * len(text), place * 10.0 + 9))
            x += 5 * len(text) + 3
        made.append(TextLine(tuple(words), 1))
    known = Vocabulary(frozenset({"complaint", "well", "known", "rule"}))
    assert running_text(made, known, 0, max(line.x1 for line in made) if "•" not in whole else 40) == whole


def test_the_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(by_reportlab(TABLE))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_form(path).sha256 == before == hashlib.sha256(path.read_bytes()).hexdigest()


def test_without_a_python_to_start_it_is_read_here(read, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = read(by_reportlab(TABLE))
    monkeypatch.setattr("sys.executable", "")
    assert read(by_reportlab(TABLE)).rows == elsewhere.rows
