from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from evidencereview.readers.rows_io import read_rows, write_rows
from evidencereview.training import sealed
from evidencereview.training.evaluate import evaluate_reviews
from evidencereview.training.evaluation import Evaluation
from evidencereview.training.labels import Label, load_labels

from .invented import a_label, a_row, review_that_says, write_labels

SECRET = "Our porter keeps the ledger"
LABELS = [a_label("1.2", "generic-reference", tier=2, note=SECRET), a_label("1.3", "admitted-gap", tier=3)]


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A commit in `work`, and beside it `shared` with two invented forms."""
    work = tmp_path / "work"
    for name in ("elmfold", "withy-green"):
        labels = [Label(**{**{k: getattr(each, k) for k in each.__slots__}, "form": name}) for each in LABELS]
        for folder in ("corpus", "labels"):
            (tmp_path / "shared" / folder).mkdir(parents=True, exist_ok=True)
        write_labels(tmp_path / "shared" / "labels" / f"{name}.labels.jsonl", labels)
        rows = [a_row(each.provision, SECRET, form=name) for each in LABELS]
        (tmp_path / "shared" / "corpus" / f"{name}.rows.jsonl").write_text(write_rows(rows), encoding="utf-8")
    work.mkdir()
    git(work, "init", "-q")
    (work / "a.txt").write_text("one")
    monkeypatch.chdir(work)
    return work


def toy(pairs: Sequence[tuple[Path, Path]]) -> list[Evaluation]:
    labels = [load_labels(path) for _, path in pairs]
    rows = [{row.number: row for row in read_rows(path.read_text("utf-8"))} for path, _ in pairs]
    reviews = [review_that_says(gold, read) for gold, read in zip(labels, rows, strict=True)]
    return [evaluate_reviews(reviews, labels, baselines={})]


def test_logs_figures_with_the_commit_and_no_words_of_a_form(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "-m", "one")
    assert sealed.main([], toy) == 0
    (checkout / "a.txt").write_text("two")
    assert sealed.main([], toy) == 0
    lines = (checkout / "models" / "sealed.log.jsonl").read_text("utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert first["commit"] == second["commit"] == git(checkout, "rev-parse", "HEAD")
    assert (first["changed"], second["changed"]) == (False, True)
    assert first["evaluations"][0]["pooled"]["micro_f1"] == 1.0
    assert [each["form"] for each in first["evaluations"][0]["forms"]] == ["elmfold", "withy-green"]
    assert sorted(first["inputs"]) == [
        f"{name}.{kind}.jsonl" for name in ("elmfold", "withy-green") for kind in ("labels", "rows")
    ]
    assert first["date"].startswith("20")
    assert not any(SECRET in line or "1.3" in line for line in lines)
    assert "Evaluation of 2 form(s), 4 rows." in capsys.readouterr().out


def test_refuses_without_a_commit_before_it_opens_any_label(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def never(pairs: Sequence[tuple[Path, Path]]) -> list[Evaluation]:
        raise AssertionError("a sealed form was opened")

    assert sealed.main([], never) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "no commit" in told.err
    assert not (checkout / "models").exists()


def test_a_missing_folder_and_a_log_that_cannot_be_written_are_one_line_each(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "-m", "one")
    assert sealed.main(["--shared", "nowhere"], toy) == 2
    assert sealed.main(["--log", "a.txt/log.jsonl"], toy) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert [line.split(":")[0] for line in told.err.splitlines()] == ["nowhere/labels", "a.txt/log.jsonl"]
