"""A run that was cut short goes on: what is done stays, what changed is done again, and only whole files are left."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest

from batch_results import contents, table, without_times
from command_line import make_form, run, start
from evidencereview.batch.ledger import Ledger
from evidencereview.batch.task import Asked, Outcome


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    folder = tmp_path / "forms"
    folder.mkdir()
    for name in ("ash", "birch", "cedar"):
        make_form(folder, name, "Report of May 2024.", "We aim to.")
    return folder


def stamps(out: Path) -> dict[str, int]:
    """When each JSON was written."""
    return {path.name: path.stat().st_mtime_ns for path in out.glob("*.json")}


def test_an_unchanged_form_is_never_done_again(forms: Path) -> None:
    out = forms.parent / "out"
    assert run("batch", "forms", "-o", "out", folder=forms.parent).returncode == 0
    before, results = stamps(out), without_times(out)
    again = run("batch", "forms", "-o", "out", "--resume", folder=forms.parent)
    assert again.returncode == 0
    assert "3 reviewed (3 by an earlier run), 0 not reviewed" in again.stderr
    assert "[1/3] ash: done before" in again.stderr
    assert stamps(out) == before and without_times(out) == results


@pytest.mark.parametrize(
    ("change", "again"), [("content", {"birch"}), ("settings", {"ash", "birch", "cedar"}), ("moved", set())]
)
def test_what_changed_is_done_again(forms: Path, change: str, again: set[str]) -> None:
    out = forms.parent / "out"
    run("batch", "forms", "-o", "out", folder=forms.parent)
    before = stamps(out)
    if change == "content":
        make_form(forms, "birch", "Another text.")
    elif change == "moved":
        forms = forms.rename(forms.parent / "elsewhere")
    more = ["--skip", "boilerplate"] if change == "settings" else []
    assert run("batch", forms, "-o", "out", "--resume", *more, folder=forms.parent).returncode == 0
    assert {Path(name).stem for name, stamp in stamps(out).items() if before.get(name) != stamp} == again
    assert {Path(row["file"]).parent.name for row in table(out / "summary.csv")} == {forms.name}
    if change == "content":
        assert run("batch", forms, "-o", "fresh", folder=forms.parent).returncode == 0
        assert without_times(out) == without_times(forms.parent / "fresh")


def test_what_failed_is_tried_again_and_old_results_never_pass_for_new(forms: Path) -> None:
    out = forms.parent / "out"
    run("batch", "forms", "-o", "out", folder=forms.parent)
    (forms / "birch.jsonl").write_bytes(b"")
    broken = run("batch", "forms", "-o", "out", "--resume", folder=forms.parent)
    assert broken.returncode == 2
    assert sorted(stamps(out)) == ["ash.json", "cedar.json"]
    assert [Path(row["file"]).name for row in table(out / "failures.csv")] == ["birch.jsonl"]
    make_form(forms, "birch", "Mended.")
    mended = run("batch", "forms", "-o", "out", "--resume", folder=forms.parent)
    assert mended.returncode == 0 and "(2 by an earlier run)" in mended.stderr
    assert [row["form"] for row in table(out / "summary.csv")] == ["ash", "birch", "cedar"]


def test_resume_never_overwrites_what_a_batch_did_not_make(forms: Path) -> None:
    (forms.parent / "out").mkdir()
    (forms.parent / "out" / "ash.json").write_text("mine")
    done = run("batch", "forms", "-o", "out", "--resume", folder=forms.parent)
    assert done.returncode == 2 and "exists" in done.stderr
    assert (forms.parent / "out" / "ash.json").read_text() == "mine"


def test_the_ledger_gives_back_what_it_was_given(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "out", "stamp")
    ledger.open()
    outcome = Outcome(
        "a.json", "line", "sha", (("a.json", b"{}"),), (("a", 1, 0.5, "\ud83d"),), "rows\n", (("k", "w", "r"),),
        (Asked("5.1", "off-topic", "what?"),),
    )  # fmt: skip
    assert not ledger.is_done("a.json", "sha")
    ledger.record("sha", outcome)
    back = ledger.read("a.json")
    assert (back.summary, back.items, back.failures, back.asks) == (
        outcome.summary,
        outcome.items,
        outcome.failures,
        outcome.asks,
    )
    assert ledger.is_done("a.json", "sha")
    assert not ledger.is_done("a.json", "other") and not ledger.is_done("b.json", "sha")
    assert not Ledger(tmp_path / "out", "other").is_done("a.json", "sha")
    result, record = tmp_path / "out" / "a.json", tmp_path / "out" / ".done" / "a.json.gz"
    result.write_bytes(b"{ }")
    assert not ledger.is_done("a.json", "sha")
    result.unlink()
    assert not ledger.is_done("a.json", "sha")
    ledger.record("sha", outcome)
    record.write_bytes(b"\x1f\x8bhalf")
    assert not ledger.is_done("a.json", "sha")
    # A form that changed between the look of the run and that of the worker is not done.
    ledger.record("changed", outcome)
    assert not ledger.is_done("a.json", "changed") and not ledger.is_done("a.json", "sha")
    (tmp_path / "out" / ".done" / "x.part").write_bytes(b"half")
    ledger.open()
    assert not list((tmp_path / "out" / ".done").glob("*.part"))
    with pytest.raises(ValueError, match="no record"):
        ledger.read("b.json")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_twenty_kills_at_random_moments(tmp_path: Path) -> None:
    forms, out = tmp_path / "forms", tmp_path / "out"
    forms.mkdir()
    for number in range(40):
        make_form(forms, f"wait-{number:02}", f"Report {number} of May 2024.", "We aim to.")
    moments, done = random.Random(7), {}
    for _ in range(20):
        process = start("batch", "forms", "-o", "out", "--jobs", 2, "--resume", folder=tmp_path)
        time.sleep(moments.uniform(0.2, 2.5))
        process.kill()
        process.communicate(timeout=20)
        for name, data in (contents(out) if out.is_dir() else {}).items():
            if name.endswith(".json"):
                json.loads(data)
            assert not name.endswith(".part")
        now = stamps(out)
        # What was done stays as it was, but for a form whose record the kill cut off.
        assert sum(now.get(name) != stamp for name, stamp in done.items()) <= 2
        done = now
    assert run("batch", "forms", "-o", "out", "--resume", folder=tmp_path).returncode == 0
    assert run("batch", "forms", "-o", "fresh", folder=tmp_path).returncode == 0
    assert without_times(out) == without_times(tmp_path / "fresh")
    assert not list(out.glob(".done/*.part"))
