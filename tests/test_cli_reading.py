"""Reading from the command line: the balance of a file's text, lent wording, folders of pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import evidencereview
from command_line import FAKE, REAL, make_form, run
from evidencereview.cli.entry import main
from evidencereview.readers import read_form
from evidencereview.readers.balance import Balance

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
ROWS = read_form(SAMPLE).rows


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The sample form without its requirements."""
    lines = ["Code provision\tComply\tEvidence"]
    lines += [f"{row.number}\t{row.answer_raw}\t{' '.join(row.text.split())}" for row in ROWS]
    path = tmp_path / "bare.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_audit_prints_the_balance(tmp_path: Path) -> None:
    form = make_form(tmp_path, "elm", "Report of 3 May 2024.", "We aim to answer.")
    done = run("rows", form.name, "--audit", folder=tmp_path, program=REAL)
    assert done.returncode == 0
    assert done.stdout.startswith("elm (jsonl): 2 rows\n")
    assert "          0  not accounted for\n\nEvery visible character" in done.stdout
    saved = run("rows", form.name, "--audit", "-o", "balance.txt", folder=tmp_path, program=REAL)
    assert (saved.returncode, saved.stdout) == (0, "")
    assert (tmp_path / "balance.txt").read_text(encoding="utf-8") == done.stdout


def test_audit_ends_with_3_when_text_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    form = make_form(tmp_path, "elm", "Report of 3 May 2024.")
    monkeypatch.setattr("evidencereview.readers.balance.balance_of", lambda _: Balance(100, 60, 0, (("markup", 30),)))
    assert main(["rows", str(form), "--audit"]) == 3
    assert "         10  not accounted for\n\nSome text is in no row and no note" in capfd.readouterr().out


def test_rows_with_lent_requirements(bare: Path) -> None:
    done = run("rows", bare.name, "--requirements", SAMPLE, folder=bare.parent, program=REAL)
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["requirement"] for row in rows] == [row.requirement for row in ROWS]
    assert "note: requirement-lent: no requirement is printed; the wording is lent by rosewood-2024.txt" in done.stderr


def test_review_with_lent_requirements(bare: Path) -> None:
    done = run("review", bare.name, "--requirements", SAMPLE, "--format", "json", folder=bare.parent, program=FAKE)
    notes = [note["kind"] for note in json.loads(done.stdout)["notes"]]
    assert notes.count("requirement-lent") > 0
    plain = run("review", bare.name, "--format", "json", folder=bare.parent, program=FAKE)
    assert "requirement-lent" not in [note["kind"] for note in json.loads(plain.stdout)["notes"]]


@pytest.mark.parametrize("command", ["rows", "review"])
def test_a_bad_lender_is_one_line_and_2(bare: Path, command: str) -> None:
    (bare.parent / "letter.txt").write_text("Dear all", encoding="utf-8")
    for lender, said in (("gone.docx", "gone.docx: there is no such file"), ("letter.txt", "letter.txt: no self-assess")):
        done = run(command, bare.name, "--requirements", lender, folder=bare.parent)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["rows", "review"])
def test_no_file_that_is_read_is_overwritten(bare: Path, command: str) -> None:
    lender = bare.parent / "lender.txt"
    lender.write_bytes(SAMPLE.read_bytes())
    done = run(command, bare.name, "--requirements", "lender.txt", "-o", "lender.txt", "--force", folder=bare.parent)
    assert done.returncode == 2
    assert lender.read_bytes() == SAMPLE.read_bytes()


@pytest.mark.parametrize("command", ["rows", "review"])
def test_a_folder_of_pages(tmp_path: Path, command: str) -> None:
    pages = tmp_path / "oak"
    pages.mkdir()
    head = "Code provision\tCode requirement\tComply\tEvidence\n"
    for section in (1, 2):
        rows = "".join(f"{section}.{n}\tWe must do {n}.\tYes\tLog {n}.\n" for n in (1, 2, 3))
        (pages / f"{section}.txt").write_text(head + rows, encoding="utf-8")
    done = run(command, "oak", *(["--format", "json"] if command == "review" else []), folder=tmp_path)
    assert done.returncode == 0
    if command == "rows":
        assert [json.loads(line)["provision"] for line in done.stdout.splitlines()] == [
            "1.1",
            "1.2",
            "1.3",
            "2.1",
            "2.2",
            "2.3",
        ]
    else:
        assert json.loads(done.stdout)["form"]["rows"] == 6
    before = (pages / "1.txt").read_bytes()
    assert run(command, "oak", "-o", "oak/1.txt", "--force", folder=tmp_path).returncode == 2
    assert (pages / "1.txt").read_bytes() == before
