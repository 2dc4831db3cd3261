"""Decisions and several formats from the command line: what counts, what is refused, and where files go."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import evidencereview
import fake_cli
from command_line import ENVIRONMENT, FAKE, make_form
from evidencereview.cli import main

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_form(tmp_path, "elm", "Report of 3 May 2024.", "x", "We aim to answer.")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run a command in this process, on the pipeline that costs nothing."""
    monkeypatch.setitem(sys.modules, "evidencereview.pipeline", fake_cli.module)
    monkeypatch.setattr(evidencereview, "pipeline", fake_cli.module, raising=False)

    def run_here(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return (code, *capfd.readouterr())

    return run_here


def decide(*lines: str) -> None:
    head = "provision,flag,words,decision,owner,due,note"
    Path("reviewed.csv").write_text("\n".join([head, *lines]), encoding="utf-8")


REVIEW = ("review", "elm.jsonl", "--decisions", "reviewed.csv")
COUNTS = [
    ("5.3,hedged-practice,aim,accepted,,,known", 0),
    ("5.3,hedged-practice,aim,disagree,,,no fault", 0),
    ("5.3,hedged-practice,aim,accepted,,2026-11-22,known", 0),
    ("5.3,hedged-practice,aim,accepted,,2026-11-21,known", 1),
    ("5.3,hedged-practice,aim,agree,,,", 1),
    ("5.3,hedged-practice,aim,fixed,,,", 1),
    ("5.3,hedged-practice,aims,accepted,,,known", 1),
]


@pytest.mark.parametrize(("decided", "code"), COUNTS)
def test_what_is_closed_does_not_count(form: Path, call: Call, decided: str, code: int) -> None:
    decide(decided)
    done, out, _ = call(*REVIEW, "--as-of", "2026-11-22", "--fail-on", "2", "--format", "json")
    assert done == code
    (found,) = next(item["findings"] for item in json.loads(out)["items"] if item["provision"] == "5.3")
    assert found.get("decision", {}).get("closes", False) is (code == 0)


def test_an_open_finding_still_counts_beside_a_closed_one(form: Path, call: Call) -> None:
    make_form(form.parent, "elm", "", "x", "We aim to answer.")
    decide("5.3,hedged-practice,aim,accepted,,,known")
    assert call(*REVIEW, "--fail-on", "2")[0] == 1


def test_what_fits_nothing_is_said(form: Path, call: Call) -> None:
    decide("5.1,stale-date,2019,agree,,,", "9.9,stale-date,2019,fixed,,,")
    code, out, err = call(*REVIEW)
    assert code == 0
    said = "5.1 stale-date, agree: it is no longer found in this row [reviewed.csv, line 2]"
    assert f"evidencereview: decision not matched: {said}\n" in err
    flat = " ".join(out.split())
    assert said in flat and "9.9 stale-date, fixed: the form has no row 9.9 [reviewed.csv, line 3]" in flat


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("5.3,x,y,perhaps,,,", "line 2: 'perhaps' is no decision; write agree, disagree, fixed or accepted"),
        ("5.3,x,y,agree,,soon,", "line 2: 'soon' is no day; write it as 2026-11-22"),
    ],
)
def test_wrong_decisions_are_said_before_the_work(form: Path, call: Call, line: str, said: str) -> None:
    decide(line)
    make_form(form.parent, "boom", "x")
    code, out, err = call("review", "boom.jsonl", "--decisions", "reviewed.csv")
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err


def test_a_file_of_decisions_that_is_not_there(form: Path, call: Call) -> None:
    code, _, err = call("review", "elm.jsonl", "--decisions", "none.xlsx")
    assert code == 2 and "none.xlsx: there is no such file" in err


def test_the_decisions_are_never_overwritten(form: Path, call: Call) -> None:
    decide("5.3,hedged-practice,aim,agree,,,")
    before = Path("reviewed.csv").read_bytes()
    code, _, err = call(*REVIEW, "-o", "reviewed.csv", "--force")
    assert code == 2 and "reviewed.csv was read for this run" in err
    assert Path("reviewed.csv").read_bytes() == before


def test_several_formats_go_into_a_folder(form: Path, call: Call) -> None:
    code, out, err = call("review", "elm.jsonl", "--format", "json,csv,xlsx,html,text", "-o", "out/lists")
    assert (code, out) == (0, "")
    made = sorted(path.name for path in Path("out/lists").iterdir())
    assert made == [f"elm-review.{ending}" for ending in ("csv", "html", "json", "txt", "xlsx")]
    assert err.count("evidencereview: saved ") == 5
    code, _, err = call("review", "elm.jsonl", "--format", "json,csv", "-o", "out/lists")
    assert code == 2 and "exists; add --force" in err
    assert call("review", "elm.jsonl", "--format", "json,csv", "-o", "out/lists", "--force")[0] == 0


def test_one_format_goes_into_a_folder_that_is_there(form: Path, call: Call) -> None:
    Path("out").mkdir()
    assert call("review", "elm.jsonl", "--format", "xlsx", "-o", "out")[0] == 0
    assert [path.name for path in Path("out").iterdir()] == ["elm-review.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "json,csv"], "several formats cannot be printed at once; name a folder with -o"),
        (["--format", "json,cvs", "-o", "out"], "there is no format 'cvs'; did you mean 'csv'?"),
        (["--format", "json,csv", "-o", "elm.jsonl"], "elm.jsonl is a file, not a folder"),
        (["--format", ",", "-o", "gone/list.csv"], "the folder gone does not exist"),
    ],
)
def test_what_cannot_be_written(form: Path, call: Call, arguments: list[str], said: str) -> None:
    before = form.read_bytes()
    code, out, err = call("review", "elm.jsonl", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1) and said in err
    assert form.read_bytes() == before and [path.name for path in form.parent.iterdir()] == ["elm.jsonl"]


def test_a_workbook_goes_into_a_pipe(form: Path) -> None:
    arguments = [*FAKE, "review", form.name, "--format", "xlsx"]
    done = subprocess.run(arguments, cwd=form.parent, env=ENVIRONMENT, capture_output=True, check=True, timeout=60)
    assert done.stdout.startswith(b"PK\x03\x04")
