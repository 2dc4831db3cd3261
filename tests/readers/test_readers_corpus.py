"""The four clean forms of the shared corpus, as text and as Word and Excel tables, against their perfect rows."""

from __future__ import annotations

import difflib
import re
import sys
import time

import pytest

from evidencereview.readers import read_form

CLEAN = ("southwark-2024", "alliance-2024", "onward-2024", "thurrock-2022")


def words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", " ", text.lower()).split()


def likeness(left: str, right: str) -> float:
    return difflib.SequenceMatcher(None, words(left), words(right), autojunk=False).ratio()


def number(row: dict[str, object]) -> object:
    return row["provision_inferred"] or row["provision"]


def as_table(rows: list[dict[str, object]]) -> list[list[str]]:
    five = any(row["commentary"] for row in rows)
    heads = ["Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary"]
    keys = ["provision", "requirement", "answer_raw", "evidence", "commentary"]
    width = 5 if five else 4
    return [heads[:width]] + [[str(row[key] or "") for key in keys[:width]] for row in rows]


def check_same(form, rows):
    assert [row.number for row in form.rows] == [number(row) for row in rows]
    assert [row.answer for row in form.rows] == [row["answer"] for row in rows]
    assert [row.answer_raw for row in form.rows] == [row["answer_raw"] for row in rows]
    proof = [f"{row.evidence} {row.commentary}" for row in form.rows]
    scores = [likeness(read, f"{r['evidence']} {r['commentary']}") for read, r in zip(proof, rows, strict=True)]
    assert sum(scores) / len(scores) >= 0.99
    assert min(scores) >= 0.95
    asked = [likeness(row.requirement, str(r["requirement"])) for row, r in zip(form.rows, rows, strict=True)]
    assert min(asked) >= 0.95


@pytest.mark.parametrize("name", CLEAN)
def test_text_form(name, corpus, gold):
    form, rows = read_form(corpus / f"{name}.txt"), gold(name)
    check_same(form, rows)
    assert [row.provision for row in form.rows] == [row["provision"] for row in rows]
    assert [row.provision_inferred for row in form.rows] == [row["provision_inferred"] for row in rows]
    assert [row.mandatory for row in form.rows] == [row["mandatory"] for row in rows]
    assert [row.section for row in form.rows] == [row["section"] for row in rows]
    assert [bool(row.commentary) for row in form.rows] == [bool(row["commentary"]) for row in rows]
    assert {row.form for row in form.rows} == {name}


@pytest.mark.parametrize("name", CLEAN)
def test_word_table(name, gold, write_docx):
    check_same(read_form(write_docx(as_table(gold(name)))), gold(name))


@pytest.mark.parametrize("name", CLEAN)
def test_excel_table(name, gold, write_xlsx):
    check_same(read_form(write_xlsx(as_table(gold(name)))), gold(name))


@pytest.mark.parametrize("name", CLEAN)
def test_rows_file_reads_as_itself(name, corpus, gold):
    form = read_form(corpus / f"{name}.rows.jsonl")
    assert form.name == name
    assert form.format == "jsonl"
    assert [row.evidence for row in form.rows] == [row["evidence"] for row in gold(name)]


def test_every_word_of_a_text_form_is_in_rows_or_notes(corpus):
    """Word by word: what the file shows stands in a row, or a note of its kind counts it."""
    for name in CLEAN:
        form = read_form(corpus / f"{name}.txt")
        shown = re.sub(r"<[^>]+>", " ", (corpus / f"{name}.txt").read_text(encoding="utf-8"))
        lines = [line for line in shown.split("\n") if "\t" in line and not line.lower().startswith(("code", "provision"))]
        cells = set(words(" ".join(f"{r.provision or ''} {r.requirement} {r.answer_raw} {r.text}" for r in form.rows)))
        missing = {word for line in lines for word in words(line)} - cells - {"yes", "no", "explanations"}
        assert not missing


def test_stated_date_of_the_corpus(corpus):
    dates = {name: read_form(corpus / f"{name}.txt").stated_date for name in CLEAN}
    assert str(dates.pop("thurrock-2022")) == "2022-05-31"
    assert set(dates.values()) == {None}


def test_scan_is_refused_or_read_but_never_half_read_in_silence(corpus):
    try:
        form = read_form(corpus / "westminster-2022.txt")
    except Exception as error:
        assert type(error).__name__ == "FormError"
    else:
        assert form.notes


def test_text_form_reads_fast(corpus):
    read_form(corpus / "thurrock-2022.txt")
    times = []
    for _ in range(3):
        start = time.process_time()
        read_form(corpus / "thurrock-2022.txt")
        times.append(time.process_time() - start)
    assert min(times) < (0.1 if sys.gettrace() is None else 1.0)
