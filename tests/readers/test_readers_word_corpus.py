"""The clean corpus forms rebuilt as the Word files that people really send, against their perfect rows."""

from __future__ import annotations

import difflib
import re
import shutil
import subprocess
import time

import pytest
from word_builder import p, r, read_and_weigh, sdt, tbl, tc, tr, word_file
from word_parts import BARE, DOWN, ON, PARTS, TICKED, deleted, tracked

from conftest import CLEAN_FORMS
from evidencereview.readers import read_form

HEADINGS = ("Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary")
KEYS = ("provision", "requirement", "answer_raw", "evidence", "commentary")


def cells_of(row) -> list[str]:
    return [str(row[key] or "") for key in KEYS]


def halves(text: str) -> tuple[str, str]:
    """Cut a text near its middle, at a blank."""
    cut = text.rfind(" ", 0, len(text) // 2 + 1)
    return (text[:cut], text[cut + 1 :]) if cut > 0 else (text, "")


def merged(rows) -> str:
    """Headings again on every page of ten rows; the evidence of a row split over two, the other cells merged."""
    lines = []
    for place, row in enumerate(rows):
        number, asked, answer, evidence, commentary = cells_of(row)
        first, second = halves(evidence)
        lines += [tr(*HEADINGS, look="<w:tblHeader/>")] if place % 10 == 0 else []
        lines.append(tr(*(tc(text, DOWN) for text in (number, asked, answer)), tc(first), tc(commentary, DOWN)))
        lines.append(tr(*(tc("", ON) for _ in range(3)), tc(second), tc("", ON)))
    return tbl(*lines)


def controlled(rows) -> str:
    """Rows in repeating controls, answers chosen from a list or ticked, evidence filled into a field."""
    lines = [tr(*HEADINGS)]
    for place, row in enumerate(rows):
        number, asked, answer, evidence, commentary = cells_of(row)
        chosen = p(sdt(r(answer), "<w:dropDownList/>"))
        if place % 2 and answer.casefold() in ("yes", "no"):
            said = answer.casefold() == "yes"
            chosen = p(sdt(r("☒" if said else "☐"), TICKED if said else BARE) + r(" Yes")) + p(
                sdt(r("☐" if said else "☒"), BARE if said else TICKED) + r(" No")
            )
        filled = tc(sdt("".join(p(line) for line in evidence.split("\n")))) if evidence else tc()
        lines.append(sdt(sdt(tr(number, asked, tc(chosen), filled, sdt(tc(commentary))))))
    return tbl(*lines)


def changed(rows) -> str:
    """A draft under revision: the first half of the evidence put in, other words and another answer struck out."""
    lines = [tr(*HEADINGS)]
    for row in rows:
        number, asked, answer, evidence, commentary = cells_of(row)
        first, second = halves(evidence)
        now = p(deleted("To be written by the officer. ") + tracked("ins", r(first)) + r(" " + second if second else ""))
        lines.append(tr(number, asked, tc(p(deleted("TBC") + tracked("ins", r(answer)))), tc(now), commentary))
        old = (tc(p(deleted(text))) for text in ("9.99", "An old row.", "No", "Nothing.", "x"))
        lines.append(tr(*old, look='<w:del w:id="7" w:author="a" w:date="2026-05-01T09:00:00Z"/>'))
    return tbl(*lines)


def numbered(row) -> list[str]:
    """The cells of a row with a number that is there, as a heading must print one."""
    return [str(row["provision_inferred"] or row["provision"]), *cells_of(row)[1:]]


def paragraphs(text: str, before: str = "") -> str:
    return "".join(p(line) for line in (before + text).split("\n"))


def labelled(rows) -> str:
    """A heading a provision, and below it lines that begin with what they are."""
    blocks = []
    for row in rows:
        number, asked, answer, evidence, commentary = numbered(row)
        blocks.append(p(f"Provision {number}", HEADING) + paragraphs(asked, "Requirement: "))
        blocks.append(p("Comply: " + answer) + paragraphs(evidence, "Evidence: "))
        blocks.append(paragraphs(commentary, "Commentary: ") if commentary else "")
    return "".join(blocks)


def stacked(rows) -> str:
    """The same with each label as a line of its own, in bold."""
    blocks = []
    for row in rows:
        number, asked, answer, evidence, commentary = numbered(row)
        blocks.append(p(f"{number} {asked.splitlines()[0]}", HEADING) + "".join(map(p, asked.splitlines()[1:])))
        for label, text in (("Do we comply?", answer), ("Evidence", evidence), ("Commentary", commentary)):
            blocks.append(p(r(label, "<w:b/>")) + paragraphs(text) if text else "")
    return "".join(blocks)


def bare(rows) -> str:
    """No labels but for the commentary: number and requirement, the answer in a line of its own, the evidence."""
    blocks = []
    for row in rows:
        number, asked, answer, evidence, commentary = numbered(row)
        blocks.append(paragraphs(asked, f"{number} ") + p(answer) + paragraphs(evidence))
        blocks.append(paragraphs(commentary, "Commentary: ") if commentary else "")
    return "".join(blocks)


def cards(rows) -> str:
    """A small table a provision: what it is on the left, the text on the right."""
    blocks = []
    for row in rows:
        labels = ("Code provision", "Requirement", "Comply", "Evidence", "Commentary")
        blocks.append(tbl(*(tr(*pair) for pair in zip(labels, numbered(row), strict=True))) + p())
    return "".join(blocks)


HEADING = '<w:pStyle w:val="Heading2"/>'
SHAPES = {
    "merged": merged,
    "controlled": controlled,
    "changed": changed,
    "labelled": labelled,
    "stacked": stacked,
    "bare": bare,
    "cards": cards,
}


def likeness(left: str, right: str) -> float:
    one, other = (re.sub(r"[^\w\s]", " ", text.lower()).split() for text in (left, right))
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def check(form, rows):
    assert [row.number for row in form.rows] == [row["provision_inferred"] or row["provision"] for row in rows]
    assert [row.answer for row in form.rows] == [row["answer"] for row in rows]
    pairs = [(row.text, f"{r['evidence']}\n{r['commentary']}") for row, r in zip(form.rows, rows, strict=True)]
    alike = [likeness(*pair) for pair in pairs]
    assert sum(alike) / len(alike) >= 0.98
    assert min(alike) >= 0.9


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", CLEAN_FORMS)
def test_rebuilt_form(name, shape, gold, tmp_path, monkeypatch):
    rows = gold(name)
    path = tmp_path / f"{name}.docx"
    path.write_bytes(word_file(SHAPES[shape](rows), **PARTS))
    check(read_and_weigh(path, monkeypatch), rows)


def test_a_form_is_read_in_a_blink(gold, tmp_path):
    """A tenth of a warm review (1.2 seconds), in processor time so that other programs do not count."""
    path = tmp_path / "form.docx"
    path.write_bytes(word_file(controlled(gold("southwark-2024")), **PARTS))
    read_form(path)
    times = []
    for _ in range(5):
        start = time.process_time()
        read_form(path)
        times.append(time.process_time() - start)
    assert min(times) < 0.12


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("shape", SHAPES)
def test_rebuilt_form_saved_by_another_program(shape, gold, tmp_path, monkeypatch):
    """LibreOffice opens each shape and saves it in its own way: the same rows."""
    rows = gold("southwark-2024")
    source = tmp_path / "form.docx"
    source.write_bytes(word_file(SHAPES[shape](rows), **PARTS))
    again = tmp_path / "again"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(again), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    check(read_and_weigh(again / "form.docx", monkeypatch), rows)
