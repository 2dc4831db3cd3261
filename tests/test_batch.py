"""Many forms: same bytes with one worker or two, bad forms listed and the rest done, only whole files left."""

import csv
import json
import os
import signal
from pathlib import Path

import pytest

from command_line import make_form, run, start
from evidencereview.batch.paths import expand, result_names
from evidencereview.batch.tables import SUMMARY, flag_columns
from evidencereview.errors import SettingsError
from made_reviews import NASTY

TABLES = ["failures.csv", "items.csv", "summary.csv"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


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
    assert contents(forms.parent / "out1") == contents(forms.parent / "out2")
    assert first.stderr.splitlines()[:-2] == second.stderr.splitlines()[:-2]


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
    assert "[3/3] ash: 2 rows, 2 to fix before the board" in done.stderr


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
    before = contents(forms.parent / "out")
    again = run("batch", "forms", "-o", "out", folder=forms.parent)
    assert again.returncode == 2 and "add --force" in again.stderr
    assert contents(forms.parent / "out") == before
    assert run("batch", "forms", "-o", "out", "--force", folder=forms.parent).returncode == 0
    assert contents(forms.parent / "out") == before


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
    assert not [name for name in contents(forms.parent / "out") if not name.endswith(".part")]


def test_expand(tmp_path: Path) -> None:
    for name in ("b.TXT", "a.docx", "deep/c.xlsx", ".hidden/d.txt", "~$a.docx", ".e.txt", "notes.md", "out/items.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    out = tmp_path / "out"
    found = expand([tmp_path], out)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.docx", "b.TXT", "deep/c.xlsx"]
    twice = expand([tmp_path / "b.TXT", str(tmp_path / "*.TXT"), tmp_path / "deep" / ".." / "b.TXT"], out)
    assert twice == (tmp_path / "b.TXT",)
    assert expand([str(tmp_path / "**" / "*.xlsx")], out) == (tmp_path / "deep" / "c.xlsx",)
    assert expand([tmp_path / "notes.md", "gone.txt", tmp_path / "gone*"], out) == (
        tmp_path / "notes.md",
        Path("gone.txt"),
        tmp_path / "gone*",
    )
    (tmp_path / "empty").mkdir()
    assert expand([tmp_path / "empty"], out) == (tmp_path / "empty",)
    with pytest.raises(SettingsError):
        expand([], out)


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.txt", "b.txt"], ["a", "b"]),
        (["a.txt", "a.docx", "x/a.txt"], ["a", "a-2", "a-3"]),
        (["A.txt", "a.txt"], ["A", "a-2"]),
        (["a-2.txt", "a.txt", "b/a.txt"], ["a-2", "a", "a-3"]),
        (["a.txt", "b/a.txt", "a-2.txt"], ["a", "a-2", "a-2-2"]),
    ],
)
def test_names_never_clash(paths: list[str], names: list[str]) -> None:
    assert result_names(map(Path, paths)) == tuple(f"{name}.json" for name in names)
