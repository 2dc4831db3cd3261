from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from evidencereview.config import Settings
from evidencereview.errors import LabelError
from evidencereview.readers.rows_io import write_rows
from evidencereview.records import Form, Review
from evidencereview.training.evaluate import evaluate_pairs, find_pairs

from .invented import a_label, a_row, review_that_says, write_labels

ELMFOLD = (
    a_label("1.2", "generic-reference", tier=2),
    a_label("1.3", "admitted-gap", tier=3),
    a_label("1.6", tier=0, relevance=3, specificity=3),
)


def test_pairs_of_files_are_found_by_name(tmp_path: Path) -> None:
    rows, labels = tmp_path / "corpus", tmp_path / "labels"
    rows.mkdir()
    labels.mkdir()
    with pytest.raises(LabelError, match=r"holds no FORM\.labels\.jsonl"):
        find_pairs(rows, labels)
    for name in ("oak-row", "elmfold", "withy-green"):
        (rows / f"{name}.rows.jsonl").touch()
    for name in ("withy-green", "elmfold"):
        (labels / f"{name}.labels.jsonl").touch()
    found = find_pairs(rows, labels)
    assert [(a.name, b.name) for a, b in found] == [
        ("elmfold.rows.jsonl", "elmfold.labels.jsonl"),
        ("withy-green.rows.jsonl", "withy-green.labels.jsonl"),
    ]
    assert len(find_pairs(rows, labels, without=["elmfold"])) == 1
    (rows / "elmfold.rows.jsonl").unlink()
    with pytest.raises(LabelError, match="is missing, though its labels are there"):
        find_pairs(rows, labels)
    assert len(find_pairs(rows, labels, without=["elmfold"])) == 1


def test_pairs_are_read_joined_and_only_then_reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed: list[str] = []

    def review(form: Form, settings: Settings) -> Review:
        reviewed.append(form.name)
        assert settings.edition == "2024"
        return review_that_says(ELMFOLD, {row.number: row for row in form.rows})

    monkeypatch.setitem(sys.modules, "evidencereview.pipeline", SimpleNamespace(review=review))
    rows = tmp_path / "elmfold.rows.jsonl"
    rows.write_text(write_rows([a_row(label.provision) for label in ELMFOLD]), encoding="utf-8")
    labels = write_labels(tmp_path / "elmfold.labels.jsonl", ELMFOLD)
    fewer = write_labels(tmp_path / "fewer.labels.jsonl", ELMFOLD[:-1])
    with pytest.raises(LabelError, match=r"no label for 1\.6"):
        evaluate_pairs([(rows, labels), (rows, fewer)], baselines={})
    assert reviewed == []
    evaluation = evaluate_pairs([(rows, labels)], Settings(edition="2024"), baselines={})
    assert len(reviewed) == 1
    assert evaluation.pooled.micro_f1 == 1.0
    with pytest.raises(LabelError, match="0 forms"):
        evaluate_pairs([])
