"""A folder with the pages of one form, and two forms in one file."""

from __future__ import annotations

import os
import shutil

import docx
import pytest

from evidencereview.config import Limits
from evidencereview.errors import FormError, LimitError, ReadError
from evidencereview.readers import read_form
from evidencereview.readers.balance import balance_of
from evidencereview.readers.rows_io import write_rows

HEAD = "Code provision\tCode requirement\tComply: Yes / No\tEvidence\tCommentary\n"


def page(section: int, first: int = 1, last: int = 4) -> str:
    rows = [f"{section}.{n}\tWe must do thing {n}.\tYes\tLog {section}/{n}.\t\n" for n in range(first, last)]
    return f"Section {section}: Part {section}\n\n" + HEAD + "".join(rows)


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "marrow-lane"
    pages.mkdir()
    for section in (1, 2, 10):
        (pages / f"page {section}.txt").write_text(page(section), encoding="utf-8")
    return pages


def test_pages_make_one_form_in_the_order_of_their_names(folder):
    form = read_form(folder)
    assert [row.number for row in form.rows] == [f"{s}.{n}" for s in (1, 2, 10) for n in range(1, 4)]
    assert (form.name, form.format, len(form.sha256)) == ("marrow-lane", "text", 64)
    assert {row.form for row in form.rows} == {"marrow-lane"}
    assert any(note.where.startswith("page 1.txt, line") for note in form.notes)
    assert balance_of(form).unaccounted == 0


def test_pages_of_several_formats(folder, write_docx, headings):
    write_docx([headings, ["3.1", "We must go on.", "No", "Not yet.", ""]]).rename(folder / "page 3.docx")
    form = read_form(folder)
    assert form.format == "docx+text"
    assert [row.number for row in form.rows][6] == "3.1"
    assert balance_of(form).unaccounted == 0


def test_a_page_says_all_that_it_says_alone(tmp_path, write_docx, headings):
    """Merged cells and what Word shows beside the table come through a folder as they come through a file."""
    rows = [[f"3.{n}", f"We must do thing {n}.", "Yes", "", ""] for n in (1, 2)]
    alone = write_docx([headings, *rows])
    document = docx.Document(str(alone))
    document.sections[0].header.paragraphs[0].text = "Marrow Lane, draft of June"
    grid = document.tables[0]
    grid.cell(1, 3).merge(grid.cell(2, 3)).text = "The log of June shows both."
    document.save(str(alone))
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(alone, pages / "page 3.docx")
    one, bound = read_form(alone), read_form(pages)
    assert [row.evidence for row in bound.rows] == [row.evidence for row in one.rows] == ["The log of June shows both."] * 2
    assert bound.visible == one.visible
    assert balance_of(bound) == balance_of(one)


def test_what_is_no_page_is_noted(folder):
    (folder / ".hidden").write_text("x")
    (folder / "~$page 1.docx").write_text("x")
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    (folder / "older").mkdir()
    (folder / "rows.jsonl").write_text('{"provision": "9.1", "requirement": "We must.", "answer_raw": "Yes"}\n')
    form = read_form(folder)
    assert len(form.rows) == 9
    passed = [note.text for note in form.notes if note.kind in ("file-passed-over", "folder-passed-over")]
    assert [text.partition(":")[0] for text in passed] == ["older", "logo.png", "rows.jsonl"]


def test_pages_of_rows(folder, tmp_path):
    form = read_form(folder)
    rows = tmp_path / "rows"
    rows.mkdir()
    (rows / "a.jsonl").write_text(write_rows(form.rows[:4]), encoding="utf-8")
    (rows / "b.jsonl").write_text(write_rows(form.rows[4:]), encoding="utf-8")
    again = read_form(rows)
    assert [row.evidence for row in again.rows] == [row.evidence for row in form.rows]


def test_a_row_that_goes_on_over_two_pages(tmp_path):
    (tmp_path / "1.txt").write_text(HEAD + "1.2\tWe must listen to\tYes\tOur rota is\t\n", encoding="utf-8")
    (tmp_path / "2.txt").write_text("\tevery caller.\t\tkept by the clerk.\t\n", encoding="utf-8")
    form = read_form(tmp_path)
    assert [(row.requirement, row.evidence) for row in form.rows] == [
        ("We must listen to every caller.", "Our rota is kept by the clerk.")
    ]


def test_a_scan_page_by_page(tmp_path):
    from pathlib import Path

    from interleaver import Scan, interleave

    import evidencereview

    sample = read_form(Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt")
    for section in range(1, 10):
        rows = [row for row in sample.rows if row.section == section]
        (tmp_path / f"scan-{section}.txt").write_text(interleave(rows, Scan(), section), encoding="utf-8")
    form = read_form(tmp_path)
    assert len(form.rows) >= 71
    assert sum(row.answer == own.answer for row, own in zip(form.rows, sample.rows, strict=False)) >= 60
    assert balance_of(form).unaccounted == 0


def test_folder_without_a_page(tmp_path):
    with pytest.raises(ReadError, match="is a folder, and no file in it is read as a page of a form; name the form itself"):
        read_form(tmp_path)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    with pytest.raises(ReadError, match="no file in it is read as a page"):
        read_form(tmp_path)
    (tmp_path / "letter.txt").write_text("Dear all,\nnothing to assess.\n", encoding="utf-8")
    with pytest.raises(FormError, match="no self-assessment table"):
        read_form(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be read here")
def test_folder_that_must_not_be_read(folder):
    folder.chmod(0)
    try:
        with pytest.raises(ReadError, match="cannot be opened"):
            read_form(folder)
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("limits", "message"),
    [(Limits(pages=2), r"pages = 2\b"), (Limits(file_bytes=400), r"file_bytes = 400\b"), (Limits(rows=7), r"rows = 7\b")],
)
def test_caps_hold_for_the_folder_as_a_whole(folder, limits, message):
    with pytest.raises(LimitError, match=message):
        read_form(folder, limits)


def test_folder_of_forms_is_told_from_pages_of_one(tmp_path):
    for name in ("elm.txt", "oak.txt"):
        (tmp_path / name).write_text(page(1) + "\n" + page(2), encoding="utf-8")
    with pytest.raises(FormError, match=r"holds more than one form: provision 1.1 begins anew at oak.txt, line 4"):
        read_form(tmp_path)


@pytest.mark.parametrize("suffix", ["txt", "jsonl"])
def test_two_forms_in_one_file(write_text, suffix):
    text = page(1) + page(2) + "\nAnother landlord\n\n" + page(1) + page(2)
    if suffix == "jsonl":
        once = read_form(write_text(page(1) + page(2))).rows
        text = write_rows(once) * 2
    with pytest.raises(FormError, match=r"holds more than one form: provision 1.1 begins anew") as error:
        read_form(write_text(text, "two." + suffix))
    assert error.value.remedy == "put each form into a file of its own"


@pytest.mark.parametrize(
    "numbers",
    [
        ["1.1", "1.1", "1.2", "1.2", "1.3", "1.3", "1.4", "1.4", "1.5", "1.5"],
        ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.2", "1.3"],
        ["", "", "", "", "", "", "", ""],
    ],
)
def test_numbers_that_stand_twice_are_not_yet_two_forms(numbers):
    from evidencereview.readers.several import refuse_two_forms

    refuse_two_forms(numbers, numbers, "form.txt")
