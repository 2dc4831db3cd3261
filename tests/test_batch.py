"""Many forms: same bytes with one worker or two, bad forms listed and the rest done, only whole files left."""

import json
import os
import signal
from pathlib import Path

import openpyxl
import pytest

from batch_results import contents, table, without_times
from command_line import make_form, run, start
from evidencereview.batch.tables import SUMMARY, flag_columns
from made_reviews import NASTY

TABLES = ["failures.csv", "items.csv", "summary.csv", "summary.html", "summary.xlsx"]


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    folder = tmp_path / "forms"
    (folder / "deep").mkdir(parents=True)
    make_form(folder, "ash", "Report of May 2024.", "", "We aim to.")
    make_form(folder, "birch", "We aim to.")
    make_form(folder / "deep", "ash", "", "")
    return folder


def test_one_worker_or_two_give_the_same_bytes(forms: Path) -> None:
    (forms / "bad.txt").write_bytes(b"")
    make_form(forms, "boom", "x")
    first, second = (run("batch", "forms", "-o", f"out{jobs}", "--jobs", jobs, folder=forms.parent) for jobs in (1, 2))
    assert first.returncode == second.returncode == 2
    assert without_times(forms.parent / "out1") == without_times(forms.parent / "out2")
    # Forms are told as they are done, so the order differs.
    told = [sorted(line.split("] ")[-1] for line in done.stderr.splitlines()[:-2]) for done in (first, second)]
    assert told[0] == told[1]


def test_what_a_batch_writes(forms: Path) -> None:
    done = run("batch", "forms", "-o", "out/new", folder=forms.parent)
    out = forms.parent / "out" / "new"
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(contents(out)) == sorted(["ash.json", "ash-2.json", "birch.json", *TABLES])
    assert [
        (row["form"], row["result"], row["rows"], row["tier_3"], row["tier_2"]) for row in table(out / "summary.csv")
    ] == [
        ("ash", "ash.json", "3", "1", "1"),
        ("birch", "birch.json", "1", "0", "1"),
        ("ash", "ash-2.json", "2", "2", "0"),
    ]
    assert [row["missing-evidence"] for row in table(out / "summary.csv")] == ["1", "0", "2"]
    assert list(table(out / "summary.csv")[0]) == [*SUMMARY.columns, *flag_columns()]
    assert [(row["form"], row["rank"], row["provision"]) for row in table(out / "items.csv")] == [
        ("ash", "1", "5.2"),
        ("ash", "2", "5.3"),
        ("ash", "3", "5.1"),
        ("birch", "1", "5.1"),
        ("ash", "1", "5.1"),
        ("ash", "2", "5.2"),
    ]
    assert table(out / "failures.csv") == []
    assert json.loads((out / "birch.json").read_bytes())["form"]["name"] == "birch"
    assert "] ash: 2 rows, 2 to fix before the board\n" in done.stderr
    assert sum(line.startswith("[3/3] ") for line in done.stderr.splitlines()) == 1


def test_a_json_of_a_batch_is_that_of_a_review(forms: Path) -> None:
    run("batch", "forms", "-o", "out", folder=forms.parent)
    run("review", "forms/birch.jsonl", "-o", "birch.json", folder=forms.parent)
    assert (forms.parent / "birch.json").read_bytes() == (forms.parent / "out" / "birch.json").read_bytes()


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_forms_are_listed_and_the_rest_is_done(forms: Path, jobs: int) -> None:
    (forms / "a-binary.txt").write_bytes(bytes(range(256)) * 40)
    (forms / "b-old.pdf").write_bytes(b"%PDF-1.7")
    make_form(forms, "c-boom", "x")
    make_form(forms, "d-die", "x")
    done = run("batch", "gone.txt", "forms", "none*.docx", "-o", "out", "--jobs", jobs, folder=forms.parent)
    assert done.returncode == 2
    assert [row["form"] for row in table(forms.parent / "out" / "summary.csv")] == ["ash", "birch", "ash"]
    failures = table(forms.parent / "out" / "failures.csv")
    assert [Path(row["file"]).name for row in failures] == [
        *("gone.txt", "a-binary.txt", "b-old.pdf", "c-boom.jsonl", "d-die.jsonl", "none*.docx")
    ]
    assert [row["kind"] for row in failures] == [
        *("ReadError", "ReadError", "ReadError", "InternalError", "WorkerDied", "ReadError")
    ]
    assert all(row["what"] and row["remedy"] for row in failures)
    assert not (forms.parent / "out" / "d-die.json").exists()
    assert "3 reviewed, 6 not reviewed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_crashed_check_is_listed_and_3(forms: Path) -> None:
    make_form(forms, "crashed", "x")
    done = run("batch", "forms", "-o", "out", folder=forms.parent)
    assert done.returncode == 3
    assert [row["what"] for row in table(forms.parent / "out" / "failures.csv")] == ["ER501: ValueError: made up"]
    assert (forms.parent / "out" / "crashed.json").exists()


def test_results_that_are_there_need_force(forms: Path) -> None:
    run("batch", "forms", "-o", "out", folder=forms.parent)
    before = without_times(forms.parent / "out")
    again = run("batch", "forms", "-o", "out", folder=forms.parent)
    assert again.returncode == 2 and "add --resume to go on with it, --force" in again.stderr
    assert without_times(forms.parent / "out") == before
    assert run("batch", "forms", "-o", "out", "--force", folder=forms.parent).returncode == 0
    assert without_times(forms.parent / "out") == before


def test_never_onto_a_form(forms: Path) -> None:
    (forms / "items.csv").write_text("form")
    done = run("batch", "forms/items.csv", "-o", "forms", "--force", folder=forms.parent)
    assert done.returncode == 2 and "is the form itself" in done.stderr
    assert (forms / "items.csv").read_text() == "form"


def test_a_folder_of_results_that_cannot_be_made(forms: Path) -> None:
    (forms.parent / "out").write_text("mine")
    done = run("batch", "forms", "-o", "out/deeper", folder=forms.parent)
    assert done.returncode == 2 and "cannot be made" in done.stderr


def test_nasty_text_through_the_tables(tmp_path: Path) -> None:
    make_form(tmp_path, "nasty", *NASTY.values())
    done = run("batch", "nasty.jsonl", "-o", "out", folder=tmp_path)
    assert done.returncode == 0
    rows = table(tmp_path / "out" / "items.csv")
    assert len(rows) == len(NASTY)
    assert not [value for row in rows for value in row.values() if value.lstrip()[:1] in tuple("=+-@＝＋－＠")]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_only_whole_files(forms: Path, number: int) -> None:
    make_form(forms, "z-slow", "x")
    process = start(
        "batch",
        "forms/ash.jsonl",
        "forms/birch.jsonl",
        "forms/z-slow.jsonl",
        "-o",
        "out",
        "--jobs",
        2,
        folder=forms.parent,
    )
    assert process.stderr is not None
    seen = [process.stderr.readline() for _ in range(3)]
    # Ctrl-C reaches every process of a terminal, a request to end the parent alone.
    os.killpg(process.pid, number) if number == signal.SIGINT else process.send_signal(number)
    # Workers hold the other end of the pipes, so that this returns only when they are gone too.
    out, err = process.communicate(timeout=20)
    assert sorted(line[:6] for line in seen) == ["[1/3] ", "[2/3] ", "begun\n"]
    assert (process.returncode, out) == (130, "")
    assert err == "evidencereview: interrupted; nothing was left half-written\n"
    assert sorted(contents(forms.parent / "out")) == ["ash.json", "birch.json"]
    for name in ("ash.json", "birch.json"):
        json.loads((forms.parent / "out" / name).read_bytes())


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_workers_end_with_a_parent_that_is_killed(forms: Path) -> None:
    make_form(forms, "slow", "x")
    process = start("batch", "forms/slow.jsonl", "-o", "out", folder=forms.parent)
    assert process.stderr is not None and process.stderr.readline() == "begun\n"
    process.kill()
    # The worker holds the other end of standard error: it closes when the worker is gone.
    process.communicate(timeout=10)
    assert contents(forms.parent / "out") == {}


def test_the_summary_as_workbook_and_page(forms: Path) -> None:
    make_form(forms, "=cmd|' <b>x", "", "We aim to.")
    done = run("batch", "forms", "gone.txt", "-o", "out", folder=forms.parent)
    assert done.returncode == 2
    book = openpyxl.load_workbook(forms.parent / "out" / "summary.xlsx")
    league = [[cell.value for cell in row] for row in book["League table"].rows]
    assert [row[:2] for row in league] == [["place", "form"], [1, "ash"], [2, "=cmd|' <b>x"], [3, "ash"], [4, "birch"]]
    assert {cell.data_type for row in book["League table"].iter_rows(min_row=2) for cell in row} <= {"s", "n", "inlineStr"}
    assert [cell.value for cell in book["Most common asks"][2]][:3] == [2, "5.1", "missing-evidence"]
    assert book["Not reviewed"]["A2"].value == "gone.txt"
    page = (forms.parent / "out" / "summary.html").read_text(encoding="utf-8")
    assert "=cmd|&#x27; &lt;b&gt;x" in page and "<b>x" not in page
    assert page.count("<svg") == 3 and "<script" not in page


def test_more_formats(forms: Path) -> None:
    assert run("batch", "forms/birch.jsonl", "-o", "out", "--format", "csv,text", folder=forms.parent).returncode == 0
    assert {"birch.csv", "birch.txt", "birch.json"} <= set(contents(forms.parent / "out"))
    wrong = run("batch", "forms", "-o", "new", "--format", "cvs", folder=forms.parent)
    assert wrong.returncode == 2 and "did you mean 'csv'?" in wrong.stderr
    assert not (forms.parent / "new").exists()


def test_a_list_on_standard_input(forms: Path) -> None:
    done = run("batch", "-", "-o", "out", folder=forms.parent, stdin="forms/birch.jsonl\n\n# no\nforms/deep\n")
    assert done.returncode == 0
    assert [row["form"] for row in table(forms.parent / "out" / "summary.csv")] == ["birch", "ash"]
    assert run("batch", "-", "-o", "out2", folder=forms.parent, stdin="\n").returncode == 2


def test_forms_by_content_and_what_is_passed_over(forms: Path) -> None:
    (forms / "picture.dat").write_bytes(b"\x89PNG\0\0")
    (forms / "ash.jsonl").rename(forms / "ash.backup")
    done = run("batch", "forms", "-o", "out", folder=forms.parent)
    assert [row["form"] for row in table(forms.parent / "out" / "summary.csv")] == ["ash", "birch", "ash"]
    assert "passed over, since they hold no form: picture.dat" in done.stderr
