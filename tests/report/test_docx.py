"""The Word copy: comments stand on the very words, and nothing of the form's own text, marks and fields is touched."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from commented_word import (
    WHOLE,
    W,
    commented,
    comments,
    hedge,
    letters,
    one_row,
    part,
    review_of,
    text_run,
    word_form,
    words_of,
)
from evidencereview import report
from evidencereview.errors import SettingsError, WriteError
from evidencereview.records import Cell
from evidencereview.report import docx_format
from evidencereview.report.docx_align import shown
from evidencereview.report.docx_comments import MOST
from evidencereview.report.docx_package import WordPackage
from made_reviews import NASTY, made_finding, made_item, made_review, made_row, sample_review


def test_equal_words_elsewhere_are_not_taken() -> None:
    same = "We aim to. Yes, always."
    texts = [(n, f"Requirement {n} is worded here.", f"Note {n}.") for n in ("5.1", "5.2", "5.3", "5.4")]
    source = word_form(*((n, asked, "Yes", same, note) for n, asked, note in texts))
    rows = [
        made_row(n, order, requirement=asked, evidence=same, commentary=note)
        for order, (n, asked, note) in enumerate(texts, 1)
    ]
    items = tuple(
        made_item(row, rank, 2, (hedge(row, "aim to"), hedge(row, "Yes", Cell.ANSWER))) for rank, row in enumerate(rows, 1)
    )
    data = docx_format.render(made_review(items), source=source)
    for place, row_element in enumerate(list(part(data, "word/document.xml").iter(W + "tr"))[1:]):
        marks = [e.get(W + "id") for e in row_element.iter(W + "commentRangeStart")]
        assert marks == [str(2 * place + 2), str(2 * place + 1)], "the answer's cell comes first"
    assert [c.words for c in comments(data)[1:]] == ["aim to", "Yes"] * 4


@pytest.mark.parametrize(("flag", "column"), [("missing-evidence", 3), ("missing-answer", 2), ("partial-coverage", 3)])
def test_what_is_absent_sits_on_its_cell(flag: str, column: int) -> None:
    evidence = "Report of May." if flag == "partial-coverage" else ""
    answer = "" if flag == "missing-answer" else "Yes"
    source = word_form(
        ("5.1", "Landlords must answer in time.", answer, evidence, ""),
        ("5.2", "Say so.", "Yes", "Done.", "Nothing to add."),
        ("5.3", "Say it again.", "Yes", "Done again.", "Nothing to add."),
    )
    row = made_row(evidence=evidence, answer_raw=answer)
    others = [
        made_row("5.2", 2, requirement="Say so.", evidence="Done.", commentary="Nothing to add."),
        made_row("5.3", 3, requirement="Say it again.", evidence="Done again.", commentary="Nothing to add."),
    ]
    items = (made_item(row, 1, 3, (made_finding(row, flag, "ER101"),)), *(made_item(r, r.order, 0) for r in others))
    data = docx_format.render(made_review(items), source=source)
    cells = list(list(part(data, "word/document.xml").iter(W + "tr"))[1].iter(W + "tc"))
    assert [bool(list(cell.iter(W + "commentReference"))) for cell in cells] == [i == column for i in range(5)]
    assert letters(data) == letters(source)


def test_a_drop_down_keeps_its_one_value() -> None:
    control = (
        "<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:value='No'/></w:dropDownList></w:sdtPr>"
        f"<w:sdtContent>{text_run('No, not yet')}</w:sdtContent></w:sdt></w:p>"
    )
    source = word_form(("5.1", "Landlords must answer in time.", control, WHOLE, ""), ("5.2", "Say so.", "Yes", "Done.", ""))
    row = made_row(evidence=WHOLE, answer_raw="No, not yet")
    data = docx_format.render(review_of(row, hedge(row, "No", Cell.ANSWER)), source=source)
    (content,) = part(data, "word/document.xml").iter(W + "sdtContent")
    assert not [e for e in content.iter() if e.tag.startswith(W + "comment")]
    assert letters(data) == letters(source)


def test_a_form_without_tables() -> None:
    document = docx.Document()
    for text in (
        "Our assessment",
        "5.1 Landlords must answer in time.",
        "Comply: Yes",
        f"Evidence: {WHOLE}",
        "5.2 Say so.",
        "Done.",
    ):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    row = made_row(evidence=WHOLE)
    assert commented(stream.getvalue(), row, hedge(row, "where possible")) == ["where possible"]


def test_more_than_five_findings_end_in_one_that_sums_up() -> None:
    row = made_row(evidence=WHOLE)
    findings = [made_finding(row, f"flag-{n}", "ER302", "where possible", because=f"reason {n}") for n in range(8)]
    data = docx_format.render(review_of(row, *findings), source=one_row(f"<w:p>{text_run(WHOLE)}</w:p>"))
    found = comments(data)[1:]
    assert len(found) == MOST + 1
    assert found[-1].text.startswith("3 further findings on 5.1")
    assert all(f"reason {n}" in found[-1].text for n in (5, 6, 7)) and "reason 4" not in found[-1].text


def test_a_comment_says_flag_tier_reason_and_what_to_supply() -> None:
    row = made_row(evidence=WHOLE)
    finding = made_finding(
        row, "hedged-practice", "ER302", "where possible", because="it hedges", ask="the limit", linked=("5.2",)
    )
    data = docx_format.render(review_of(row, finding), source=one_row(f"<w:p>{text_run(WHOLE)}</w:p>"))
    assert comments(data)[
        1
    ].text == "\nHedged practice (weak, tier 2)\nWhy: it hedges.\nSee 5.2.\nTo supply: the limit.".lstrip("\n")
    top = comments(data)[0]
    assert (
        top.words == "Rosehill Homes"
        and "2 rows read" in top.text
        and "First to look at:\n5.1: hedged practice\n" in top.text
    )


def test_words_that_are_not_there_are_quoted_and_counted() -> None:
    row = made_row(evidence="The reader made something else of it, by when?")
    data = docx_format.render(review_of(row, hedge(row, "something else")), source=one_row("Nothing alike."))
    assert "On the words: »something else«" in comments(data)[1].text
    assert "1 comment could not be put on the very words" in comments(data)[0].text


def test_a_source_without_a_word_in_it() -> None:
    stream = io.BytesIO()
    docx.Document().save(stream)
    row = made_row(evidence=WHOLE)
    data = docx_format.render(review_of(row, hedge(row, "where possible")), source=stream.getvalue())
    assert "On the words: »where possible«" in comments(data)[1].text


def test_comments_of_others_stay() -> None:
    document = docx.Document(io.BytesIO(one_row(WHOLE)))
    paragraph = document.paragraphs[0]
    document.add_comment(paragraph.runs, text="Ours to keep", author="Officer")
    stream = io.BytesIO()
    document.save(stream)
    row = made_row(evidence=WHOLE)
    data = docx_format.render(review_of(row, hedge(row, "where possible")), source=stream.getvalue())
    assert [c.text for c in comments(data, "Officer")] == ["Ours to keep"]
    assert [c.words for c in comments(data)] == ["Rosehill Homes", "where possible"]
    assert len(docx.Document(io.BytesIO(data)).comments) == 3


def test_other_parts_are_the_same_to_the_byte() -> None:
    row = made_row(evidence=WHOLE)
    source = one_row(WHOLE)
    data = docx_format.render(review_of(row, hedge(row, "where possible")), source=source)
    changed = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(io.BytesIO(data)) as new:
        for name in set(old.namelist()) - changed:
            assert old.read(name) == new.read(name), name
        assert set(new.namelist()) - set(old.namelist()) <= changed


def test_a_form_with_macros_becomes_one_without() -> None:
    with zipfile.ZipFile(io.BytesIO(one_row(WHOLE))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        main, b"application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    parts["word/vbaProject.bin"] = b"macro"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    row = made_row(evidence=WHOLE)
    data = docx_format.render(review_of(row, hedge(row, "where possible")), source=stream.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "word/vbaProject.bin" not in archive.namelist()
    assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "Rosehill Homes"


@pytest.mark.parametrize("name", NASTY)
def test_nasty_text_goes_through(name: str) -> None:
    text = NASTY[name]
    row = made_row(evidence=text, commentary=text, requirement=text, answer_raw=text)
    finding = made_finding(row, "generic-reference", "ER201", text, because=text, ask=text)
    data = docx_format.render(made_review((made_item(row, 1, 3, (finding,)),), name=text or "form"))
    (comment,) = comments(data)[1:]
    seen = "".join(shown(text).split())
    assert "".join(comment.words.split()) == seen
    assert seen in "".join(comment.text.split())
    opened = docx.Document(io.BytesIO(data))
    assert "".join(opened.tables[0].rows[1].cells[3].text.split()) == seen
    assert not list(part(data, "word/document.xml").iter(W + "hyperlink", W + "fldSimple", W + "instrText"))


def test_a_form_that_was_not_word_becomes_a_table() -> None:
    review = sample_review()
    data = docx_format.render(review)
    opened = docx.Document(io.BytesIO(data))
    assert [cell.text for cell in opened.tables[0].rows[0].cells] == [
        "Provision",
        "Requirement",
        "Answer",
        "Evidence",
        "Commentary",
    ]
    assert [row.cells[0].text for row in opened.tables[0].rows][1:] == [row.number for row in review.form.rows]
    expected = [f.words for item in sorted(review.items, key=lambda i: i.row.order) for f in item.findings]
    assert [words_of(c.words) for c in comments(data)[1:]] == expected
    assert data == docx_format.render(review)


def test_lower_tiers_can_be_left_out() -> None:
    data = docx_format.render(sample_review(), min_tier=3)
    assert len(comments(data)) == 3
    assert "Rows below tier 3 have no comments here." in comments(data)[0].text


def test_the_copy_is_made_of_the_file_that_was_read(tmp_path: Path) -> None:
    form = tmp_path / "form.docx"
    form.write_bytes(one_row(WHOLE))
    row = made_row(evidence=WHOLE)
    digest = sha256(form.read_bytes()).hexdigest()
    review = review_of(row, hedge(row, "where possible"), format="docx", sha256=digest)
    report.write(review, tmp_path / "out.docx", "docx", inputs=[form])
    assert docx.Document(str(tmp_path / "out.docx")).paragraphs[0].text == "Rosehill Homes"
    with pytest.raises(WriteError, match="is the form itself"):
        report.write(review, form, "docx", inputs=[form], force=True)
    form.write_bytes(one_row("Changed since."))
    with pytest.raises(WriteError, match=r"form\.docx is no longer the file that was read; run the review again"):
        report.write(review, tmp_path / "out.docx", "docx", inputs=[form], force=True)


def test_no_screen_shows_it() -> None:
    with pytest.raises(SettingsError, match=r"no screen can show; name the file with -o"):
        report.write(sample_review(), None, "docx", stream=io.StringIO())


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all"])
def test_a_source_that_is_no_word_file(data: bytes) -> None:
    with pytest.raises(WriteError, match="cannot be copied"):
        WordPackage(data)
