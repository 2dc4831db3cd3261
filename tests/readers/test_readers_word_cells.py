"""What the cells of Word forms hold, each shape read to the letter and weighed: what the file shows is in rows or notes."""

from __future__ import annotations

import pytest
from word_builder import field, listed, p, r, sdt, tbl, tc, tr
from word_parts import BARE, ONE, PLACEHOLDER, TICKED, TWO, deleted, form, tracked


def with_evidence(inside: str) -> str:
    """The form with the inside of one evidence cell given as markup."""
    return form(tr(*ONE[:3], tc(inside), ""), tr(*TWO))


def with_answer(inside: str) -> str:
    return form(tr(*ONE[:2], tc(inside), *ONE[3:]), tr(*TWO))


def box(text: str) -> str:
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>" + inside + "</wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:textbox>" + inside + "</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def old_field(data: str, code: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText> {code} '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# What stands in one evidence cell, what is read there, and the kinds of notes that come with it.
CELLS = {
    "plain": (p("Log of June."), "Log of June.", set()),
    "two paragraphs": (p("Log of June.") + p("Rota."), "Log of June.\nRota.", set()),
    "break, tab, hyphen": (
        p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"),
        "a\nb c-d",
        set(),
    ),
    "insertion and deletion": (
        p(r("Policy ") + deleted("of 2019") + tracked("ins", r("of 2024"))),
        "Policy of 2024",
        {"tracked-insertion", "tracked-deletion"},
    ),
    "move": (
        p(tracked("moveFrom", r("Rota."))) + p(r("Log. ") + tracked("moveTo", r("Rota."))),
        "Log. Rota.",
        {"tracked-insertion", "tracked-move"},
    ),
    "deleted end of a paragraph": (
        p("Log of ", "<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>") + p("June."),
        "Log of June.",
        set(),
    ),
    "deleted paragraph": (
        p("Log.") + p(deleted("Old words."), "<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>") + p("Rota."),
        "Log.\nRota.",
        {"tracked-deletion"},
    ),
    "fill-in control": (sdt(p("Log of June.")), "Log of June.", set()),
    "control in a line": (p(r("Log ") + sdt(r("of June"))), "Log of June", set()),
    "control in a control": (sdt(sdt(p("Log"))), "Log", set()),
    "unfilled control": (sdt(p("Click or tap here to enter text."), PLACEHOLDER), "", {"placeholder"}),
    "unfilled without its flag": (sdt(p("Click or tap here to enter text.")), "", {"placeholder"}),
    "prompt in no control": (p("Click here to enter text."), "", {"placeholder"}),
    "flag left on a real text": (sdt(p("Our log. " * 30), PLACEHOLDER), ("Our log. " * 30).strip(), set()),
    "simple field": (p('<w:fldSimple w:instr="REF x">' + r("clause 3") + "</w:fldSimple>"), "clause 3", set()),
    "complex field": (p(r("see ") + field(" REF _x \\h ", "clause 3")), "see clause 3", set()),
    "field in a field's code": (
        p(r("see ") + field("<w:r><w:instrText>IF </w:instrText></w:r>" + field(" PAGE ", "7"), "clause 3")),
        "see clause 3",
        set(),
    ),
    "field without its end": (p(r("see ") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("this")), "see this", set()),
    "link field": (
        p(field(' HYPERLINK "https://marrow.example/p" ', "our page")),
        "our page (https://marrow.example/p)",
        set(),
    ),
    "link field to a place": (
        p(field(' HYPERLINK "https://marrow.example/p" \\l "three" ', "our page")),
        "our page (https://marrow.example/p#three)",
        set(),
    ),
    "link field within": (p(field(' HYPERLINK \\l "three" ', "our page")), "our page", set()),
    "hyperlink": (
        p('<w:hyperlink r:id="rId9">' + r("our page") + "</w:hyperlink>"), "our page (https://m.example/p)", set()
    ),
    "hyperlink that shows its target": (
        p('<w:hyperlink r:id="rId9">' + r("https://m.example/p") + "</w:hyperlink>"),
        "https://m.example/p",
        set(),
    ),
    "hyperlink inside": (p('<w:hyperlink w:anchor="x">' + r("clause 3") + "</w:hyperlink>"), "clause 3", set()),
    "smart tag": (p('<w:smartTag w:element="place">' + r("Leeds") + "</w:smartTag>"), "Leeds", set()),
    "custom markup": (p('<w:customXml w:element="x">' + r("Leeds") + "</w:customXml>"), "Leeds", set()),
    "other direction": (p('<w:bdo w:val="ltr">' + r("Leeds") + "</w:bdo>"), "Leeds", set()),
    "hidden run": (p(r("Log.") + r(" Ask Jo!", "<w:vanish/>")), "Log.", {"hidden-text"}),
    "hidden switched off": (p(r("Log.", '<w:vanish w:val="0"/>')), "Log.", set()),
    "hidden by style": (p(r("Log.") + r(" Ask Jo!", '<w:rStyle w:val="Draft"/>')), "Log.", {"hidden-text"}),
    "hidden paragraph": (p("Log.") + p("Ask Jo!", '<w:pStyle w:val="Aside"/>'), "Log.", {"hidden-text"}),
    "text box": (p(r("Log.") + box("floating words")), "Log.", {"text-box"}),
    "one of two versions": (
        p("<mc:AlternateContent><mc:Choice Requires='x'>" + r("Log.") + "</mc:Choice><mc:Fallback>" + r("Log.")
          + "</mc:Fallback></mc:AlternateContent>"),
        "Log.",
        set(),
    ),
    "empty first version": (
        p("<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback>" + r("Log.")
          + "</mc:Fallback></mc:AlternateContent>"),
        "Log.",
        set(),
    ),
    "drawn words": (p(r("Log.") + "<w:r><w:pict><v:textpath string='DRAFT'/></w:pict></w:r>"), "Log.", {"text-box"}),
    "picture": (p(r("Log.") + "<w:r><w:drawing><a:blip/></w:drawing></w:r>"), "Log.", {"picture"}),
    "footnote": (
        p(r("Our policy") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r(" says so.")),
        "Our policy [1] says so.\n[1] Clause 4.2 of May 2024.",
        set(),
    ),
    "endnote": (
        p(r("Our policy") + '<w:r><w:endnoteReference w:id="3"/></w:r>'),
        "Our policy [e1]\n[e1] Kept by the clerk.",
        set(),
    ),
    "nested table": (
        p("Depots:") + tbl(tr("North", "four"), tr("South", "two")) + p(),
        "Depots:\nNorth | four\nSouth | two",
        {"nested-table"},
    ),
    "bullets": (p("Log", listed(3)) + p("Rota", listed(3)), "• Log\n• Rota", set()),
    "letters": (p("Log", listed(2)) + p("Rota", listed(2)), "a. Log\nb. Rota", set()),
    "numbers of the second level": (
        p("Log", listed(2)) + p("May", listed(2, 1)) + p("June", listed(2, 1)) + p("Rota", listed(2)),
        "a. Log\n(i) May\n(ii) June\nb. Rota",
        set(),
    ),
    "numbered by style": (p("Log", '<w:pStyle w:val="Item"/>') + p("Rota", '<w:pStyle w:val="SubItem"/>'),
                          "a. Log\n(i) Rota", set()),
    "number taken back": (p("Log", '<w:pStyle w:val="Item"/>' + listed(0)), "Log", set()),
    "empty item": (p("", listed(3)), "", set()),
    "ruby": (
        p("<w:r><w:ruby><w:rt>" + r("x") + "</w:rt><w:rubyBase>" + r("y") + "</w:rubyBase></w:ruby></w:r>"), "xy", set()
    ),
    "formula": (p("<m:oMath><m:r><m:t>≤</m:t></m:r></m:oMath>" + r(" 5 days")), "≤ 5 days", set()),
    "letters of a picture font": (
        p(r("ü", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>') + r(" done")),
        "✓ done",
        set(),
    ),
    "private letters": (p("\uf0fc done"), "✓ done", set()),
    "symbol that nobody knows": (p(r("Log.") + '<w:r><w:sym w:font="Oddments" w:char="F0FF"/></w:r>'), "Log.", {"symbol"}),
    "chunk of another document": (p("Log.") + '<w:altChunk r:id="rId9"/>' + p(), "Log.", {"embedded-part"}),
}  # fmt: skip

# What stands in one answer cell, as it is read, and what it means.
ANSWERS = {
    "drop-down": (p(sdt(r("No"), "<w:dropDownList/>")), "No", "no"),
    "drop-down left alone": (p(sdt(r("Choose an item."), PLACEHOLDER)), "", "blank"),
    "drop-down filled by a program": (p(sdt(r("Yes"), PLACEHOLDER)), "Yes", "yes"),
    "ticked box": (p(sdt(r("☒"), TICKED) + r(" Yes ") + sdt(r("☐"), BARE) + r(" No")), "☒ Yes ☐ No", "yes"),
    "ticked box drawn otherwise": (
        p(sdt('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', TICKED) + r(" No")),
        "☒ No",
        "no",
    ),
    "a box alone": (p(sdt(r("☒"), TICKED)), "☒", "yes"),
    "an empty box alone": (p(sdt(r("☐"), BARE)), "☐", "blank"),
    "box with its word inside": (p(sdt(r("☒ Yes"), TICKED)), "☒ Yes", "yes"),
    "Wingdings tick": (p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), "✓", "yes"),
    "Wingdings 2 cross": (p('<w:r><w:sym w:font="Wingdings 2" w:char="F04F"/></w:r>'), "✗", "no"),
    "Webdings tick": (p(r("a", '<w:rFonts w:ascii="Webdings"/>')), "✓", "yes"),
    "old check boxes": (
        p(old_field('<w:checkBox><w:checked/></w:checkBox>', "FORMCHECKBOX") + r(" Yes ")
          + old_field('<w:checkBox><w:default w:val="0"/></w:checkBox>', "FORMCHECKBOX") + r(" No")),
        "☒ Yes ☐ No",
        "yes",
    ),
    "old drop-down": (
        p(old_field('<w:ddList><w:result w:val="1"/><w:listEntry w:val="Yes"/><w:listEntry w:val="No"/></w:ddList>',
                    "FORMDROPDOWN")),
        "No",
        "no",
    ),
    "old fill-in field": (p(field(" FORMTEXT ", "Partially")), "Partially", "partial"),
    "tracked answer": (p(deleted("Yes") + tracked("ins", r("No"))), "No", "no"),
    "automatic letter before it": (p("Yes", listed(2)), "a. Yes", "blank"),
}  # fmt: skip

BESIDE = {"header-footer", "footnotes", "endnotes", "comments", "column-headings"}


@pytest.mark.parametrize("shape", CELLS)
def test_what_a_cell_holds(read_body, shape):
    inside, evidence, kinds = CELLS[shape]
    found = read_body(with_evidence(inside))
    assert [row.number for row in found.rows] == ["1.2", "1.3"]
    assert found.rows[0].evidence == evidence
    notes = {note.kind for note in found.notes} - BESIDE
    assert notes == kinds
    assert {note.where for note in found.notes if note.kind in kinds - {"tracked-insertion"}} <= {"table 1, row 2"}


@pytest.mark.parametrize("shape", ANSWERS)
def test_what_an_answer_cell_holds(read_body, shape):
    inside, raw, answer = ANSWERS[shape]
    found = read_body(with_answer(inside)).rows[0]
    assert (found.answer_raw, found.answer) == (raw, answer)
