"""`--requirements`: wording lent to forms that print none, or whose cells mix requirement and evidence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import evidencereview
from evidencereview.errors import EditionError, FormError, LimitError, ReadError
from evidencereview.readers import read_form
from evidencereview.readers.balance import balance_of
from evidencereview.readers.rows_io import write_rows

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
ROWS = read_form(SAMPLE).rows
BLANK_2022 = "Code provision\tRequirement\tComply\tEvidence\n"


def table(*columns: str, heads: tuple[str, ...]) -> str:
    """The sample form with these columns: number, requirement, answer, text, or both texts in one cell."""
    lines = ["\t".join(heads)]
    for row in ROWS:
        cells = {
            "number": row.number,
            "requirement": row.requirement,
            "answer": row.answer_raw,
            "text": " ".join(row.text.split()),
            "mixed": f"{row.requirement} {' '.join(row.text.split())}".strip(),
        }
        lines.append("\t".join(cells[column] for column in columns))
    return "\n".join(lines) + "\n"


def flat(text: str) -> str:
    return " ".join(text.split())


def kinds(form) -> set[str]:
    return {note.kind for note in form.notes}


def test_form_without_requirements(write_text):
    path = write_text(table("number", "answer", "text", heads=("Code provision", "Comply", "Evidence")))
    assert not any(row.requirement for row in read_form(path).rows)
    form = read_form(path, requirements=SAMPLE)
    assert [row.requirement for row in form.rows] == [row.requirement for row in ROWS]
    assert [flat(row.text) for row in form.rows] == [flat(row.text) for row in ROWS]
    lent = [note for note in form.notes if note.kind == "requirement-lent"]
    assert lent[0].text == "no requirement is printed; the wording is lent by rosewood-2024.txt"
    assert lent[0].where == "row 1, provision 1.2"
    assert balance_of(form).unaccounted == 0
    assert balance_of(form).beyond > 5000


@pytest.mark.parametrize(
    "heads", [("Code provision", "Code requirement", "Comply"), ("Code provision", "Evidence", "Comply")]
)
def test_cells_that_mix_requirement_and_evidence(write_text, heads):
    path = write_text(table("number", "mixed", "answer", heads=heads))
    form = read_form(path, requirements=SAMPLE)
    assert "requirement-parted" in kinds(form)
    asked = sum(flat(row.requirement) == flat(own.requirement) for row, own in zip(form.rows, ROWS, strict=True))
    told = sum(flat(row.text) == flat(own.text) for row, own in zip(form.rows, ROWS, strict=True))
    assert asked >= 68
    assert told >= 68
    assert balance_of(form).unaccounted == 0


def test_mixed_cells_of_a_word_table(write_docx):
    rows = [
        line.split("\t") for line in table("number", "mixed", "answer", heads=("No", "Requirement", "Comply")).splitlines()
    ]
    form = read_form(write_docx(rows), requirements=SAMPLE)
    assert sum(flat(row.text) == flat(own.text) for row, own in zip(form.rows, ROWS, strict=True)) >= 68


def test_a_landlord_who_repeats_the_requirement_keeps_the_words(write_text):
    """Only where most rows are mixed is a cell parted; elsewhere the repetition is evidence, and a check's business."""
    lines = table("number", "answer", "text", heads=("Code provision", "Comply", "Evidence")).splitlines()
    lines[1] = f"1.2\tYes\t{ROWS[0].requirement} We do all of this."
    form = read_form(write_text("\n".join(lines)), requirements=SAMPLE)
    assert form.rows[0].evidence == f"{ROWS[0].requirement} We do all of this."
    assert "requirement-parted" not in kinds(form)


def test_printed_requirements_stay(write_text, table, headings):
    path = write_text("\n".join(map("\t".join, [headings, *table])))
    plain, lent = read_form(path), read_form(path, requirements=SAMPLE, edition="2024")
    assert lent.rows == plain.rows
    assert lent.notes == plain.notes


def test_rows_file_lends_as_well_as_a_form(write_text, tmp_path):
    lender = tmp_path / "rows.jsonl"
    lender.write_text(write_rows(ROWS), encoding="utf-8")
    path = write_text(table("number", "answer", "text", heads=("Code provision", "Comply", "Evidence")))
    assert read_form(path, requirements=lender).rows == read_form(path, requirements=SAMPLE).rows


def test_provision_that_the_lender_lacks(write_text, tmp_path):
    lender = tmp_path / "rows.jsonl"
    lender.write_text(write_rows(row for row in ROWS if row.number != "5.4"), encoding="utf-8")
    path = write_text(table("number", "answer", "text", heads=("Code provision", "Comply", "Evidence")))
    form = read_form(path, requirements=lender)
    told = [note for note in form.notes if note.kind == "no-requirement"]
    assert [note.where.rpartition(" ")[2] for note in told] == ["5.4"]
    assert balance_of(form).unaccounted == 0


def test_wrong_edition_is_an_error(write_text, tmp_path):
    """Wording of 2022 (here our own summaries of it) does not fit a form of 2024."""
    from evidencereview.provisions import load_pack

    lender = tmp_path / "old.jsonl"
    lines = [
        {
            "form": "old",
            "provision": p.number,
            "requirement": p.summary,
            "answer_raw": "Yes",
            "evidence": "",
            "commentary": "",
        }
        for p in load_pack("2022").provisions
    ]
    lender.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    path = write_text(table("number", "requirement", "answer", "text", heads=("No", "Requirement", "Comply", "Evidence")))
    with pytest.raises(EditionError, match=r"marrow-lane follows the edition 2024, and old.jsonl lends the wording of 2022"):
        read_form(path, requirements=lender)
    with pytest.raises(EditionError, match=r"old.jsonl: prints the requirements of 2022 and not of 2024"):
        read_form(path, requirements=lender, edition="2024")


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", ReadError, "lender.txt: is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, ReadError, "is a picture"),
        (b"Just a letter, and no form.", FormError, "lender.txt: no self-assessment table"),
        (table("number", "answer", "text", heads=("Code", "Comply", "Evidence")).encode(), FormError, "only 0 of 72"),
        ((BLANK_2022 + "1.2\tWe must listen.\tYes\tRota.\n").encode(), EditionError, "follows no known edition"),
    ],
)
def test_a_lender_that_lends_nothing(write_text, content, error, message):
    form = write_text(table("number", "answer", "text", heads=("Code provision", "Comply", "Evidence")))
    with pytest.raises(error, match=message) as raised:
        read_form(form, requirements=write_text(content, "lender.txt"))
    assert "\n" not in str(raised.value)


def test_missing_lender(write_text, tmp_path):
    form = write_text(table("number", "answer", "text", heads=("Code provision", "Comply", "Evidence")))
    with pytest.raises(ReadError, match=r"gone.docx: there is no such file"):
        read_form(form, requirements=tmp_path / "gone.docx")


def test_huge_cells_end_at_the_cap(write_text):
    from evidencereview.config import Limits

    text = table("number", "answer", "text", heads=("Code provision", "Comply", "Evidence"))
    path = write_text(text + "9.9\tYes\t" + "word " * 30_000 + "\n")
    with pytest.raises(LimitError, match="cell_characters"):
        read_form(path, requirements=SAMPLE)
    assert len(read_form(path, Limits(cell_characters=200_000), requirements=SAMPLE).rows) == 73
