"""Shapes of Word tables: what python-docx alone would drop, and how cells are put together."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from evidencereview.readers import read_form

NS = nsdecls("w")


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def kinds(form):
    return {note.kind for note in form.notes}


@pytest.fixture
def with_cell(tmp_path, headings, table):
    """Write the form with the paragraph content of one cell given as XML; return what was read."""

    def read(xml: str, row: int = 1, column: int = 3, change=None):
        document = docx.Document()
        grid = document.add_table(0, 5)
        for texts in [headings, *table]:
            for cell, text in zip(grid.add_row().cells, texts, strict=True):
                cell.text = text
        if xml:
            paragraph = grid.rows[row].cells[column].paragraphs[0]._p
            paragraph.getparent().replace(paragraph, parse_xml(xml.replace("<w:p>", f"<w:p {NS}>", 1)))
        if change:
            change(document, grid)
        path = Path(tmp_path / "form.docx")
        document.save(str(path))
        return read_form(path)

    return read


def test_plain_table(write_docx, headings, table):
    form = read_form(write_docx([headings, *table]))
    assert [[r.number, r.requirement, r.answer_raw, r.evidence, r.commentary] for r in form.rows] == table
    assert form.format == "docx"
    assert any("Marrow Lane Homes" in note.text for note in form.notes)


def test_tracked_changes_are_read_in_their_newest_state(with_cell):
    form = with_cell(
        f"<w:p>{run('Policy ')}<w:del w:id='1' w:author='a'><w:r><w:delText>of 2019</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' w:author='a'>{run('of 2024')}</w:ins></w:p>"
    )
    assert form.rows[0].evidence == "Policy of 2024"
    assert {"tracked-insertion", "tracked-deletion"} <= kinds(form)
    assert any(note.text == "of 2019" for note in form.notes)


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag w:element='x'>{}</w:smartTag>",
        "<w:fldSimple w:instr='x'>{}</w:fldSimple>",
        "<w:customXml w:element='x'>{}</w:customXml>",
        "<w:moveTo w:id='1' w:author='a'>{}</w:moveTo>",
        "<w:smartTag w:element='x'><w:ins w:id='1' w:author='a'>{}</w:ins></w:smartTag>",
    ],
)
def test_text_inside_wrappers_is_lifted(with_cell, wrapped):
    form = with_cell(f"<w:p>{run('Rota ')}{wrapped.format(run('of May'))}</w:p>")
    assert form.rows[0].evidence == "Rota of May"


def test_dropdown_answer_in_a_content_control(with_cell):
    form = with_cell(f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run('No')}</w:sdtContent></w:sdt></w:p>", column=2)
    assert form.rows[0].answer == "no"


def test_unfilled_control_is_a_blank_answer(with_cell):
    form = with_cell(
        "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('Choose an item.')}</w:sdtContent></w:sdt></w:p>",
        column=2,
    )
    assert (form.rows[0].answer_raw, form.rows[0].answer) == ("", "blank")
    assert "placeholder" in kinds(form)


def test_ticks_of_wingdings_and_check_boxes(with_cell):
    tick = "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>"
    assert with_cell(tick, column=2).rows[0].answer == "yes"
    assert with_cell(f"<w:p>{run('☐ Yes ☒ No')}</w:p>", column=2).rows[0].answer == "no"


def test_link_keeps_its_target(with_cell):
    def link(document, grid):
        paragraph = grid.rows[1].cells[3].paragraphs[0]
        key = document.part.relate_to("https://marrow.example/p", docx.opc.constants.RELATIONSHIP_TYPE.HYPERLINK, True)
        paragraph._p.append(parse_xml(f"<w:hyperlink {nsdecls('w', 'r')} r:id='{key}'>{run(' our site')}</w:hyperlink>"))

    assert with_cell("", change=link).rows[0].evidence == "Complaints policy, clause 3. our site (https://marrow.example/p)"


def test_paragraphs_breaks_lists_and_nested_tables(with_cell):
    def fill(document, grid):
        cell = grid.rows[1].cells[3]
        cell.text = "One\nTwo"
        cell.add_paragraph("an item", style="List Bullet")
        inner = cell.add_table(1, 2)
        inner.rows[0].cells[0].text, inner.rows[0].cells[1].text = "Depot", "North"

    form = with_cell("", change=fill)
    assert form.rows[0].evidence == "One\nTwo\n• an item\nDepot | North"
    assert "nested-table" in kinds(form)


def test_list_number_makes_a_bullet(with_cell):
    form = with_cell(f"<w:p><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr>{run('an item')}</w:p>")
    assert form.rows[0].evidence == "• an item"


def test_merged_cells_keep_the_columns_in_place(with_cell, table):
    def merge(document, grid):
        row = grid.add_row()
        row.cells[0].merge(row.cells[4]).text = "Section 6: Stages"
        last = grid.add_row()
        for cell, text in zip(last.cells, ["6.1", "We must act.", "Yes", "", ""], strict=True):
            cell.text = text
        last.cells[3].merge(last.cells[4]).text = "Log of June."

    form = with_cell("", change=merge)
    row = form.rows[-1]
    assert (len(form.rows), row.number, row.answer, row.evidence) == (len(table) + 1, "6.1", "yes", "Log of June.")
    assert any("Section 6: Stages" in note.text for note in form.notes)


def test_repeated_headings_and_two_tables(with_cell, headings):
    def more(document, grid):
        grid._tbl.append(deepcopy(grid.rows[0]._tr))
        document.add_paragraph("Section 6")
        second = document.add_table(0, 5)
        for texts in (headings, ["6.1", "We must act.", "Yes", "Log.", "x"]):
            for cell, text in zip(second.add_row().cells, texts, strict=True):
                cell.text = text

    assert [row.number for row in with_cell("", change=more).rows][-2:] == ["5.11", "6.1"]


def test_text_beside_the_body_is_noted(with_cell):
    def beside(document, grid):
        document.sections[0].header.paragraphs[0].text = "Marrow Lane, draft 2"
        document.add_comment(grid.rows[1].cells[3].paragraphs[0].runs, text="Is this right?", author="P", initials="P")

    form = with_cell("", change=beside)
    assert {("header-footer", "Marrow Lane, draft 2"), ("comments", "Is this right?")} <= {
        (n.kind, n.text) for n in form.notes
    }


def test_text_box_is_noted(with_cell):
    form = with_cell(
        f"<w:p>{run('Rota')}<w:r><w:pict><w:txbxContent><w:p>{run('floating')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    assert form.rows[0].evidence == "Rota"
    assert ("text-box", "floating") in {(n.kind, n.text) for n in form.notes}


def test_table_inside_a_frame_of_one_cell(tmp_path, headings, table):
    document = docx.Document()
    inner = document.add_table(1, 1).rows[0].cells[0].add_table(0, 5)
    for texts in [headings, *table]:
        for cell, text in zip(inner.add_row().cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "f.docx"))
    assert [row.number for row in read_form(tmp_path / "f.docx").rows] == [row[0] for row in table]
