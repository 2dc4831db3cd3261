"""The sample form that travels with the package, and what an auditor would say of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import evidencereview
from evidencereview.language.build import Models, build_view
from evidencereview.provisions import load_pack
from evidencereview.readers import read_form
from evidencereview.records import Answer, Form
from evidencereview.training.labels import FLAGS, Label, load_labels

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
LABELS = Path(__file__).parent / "rosewood-2024.labels.jsonl"


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(SAMPLE)


@pytest.fixture(scope="module")
def labels() -> dict[str, Label]:
    return {label.provision: label for label in load_labels(LABELS)}


def test_the_form_has_all_provisions_in_order_and_says_its_date(form: Form) -> None:
    assert tuple(row.number for row in form.rows) == load_pack("2024").numbers
    assert form.stated_date == date(2025, 5, 31)


def test_every_row_is_labelled_and_every_flag_is_there(form: Form, labels: dict[str, Label]) -> None:
    assert list(labels) == [row.number for row in form.rows]
    assert {flag for label in labels.values() for flag in label.flags} == set(FLAGS)
    assert sum(label.tier <= 1 for label in labels.values()) >= 20


def test_labelled_words_stand_in_their_row(form: Form, labels: dict[str, Label]) -> None:
    for row in form.rows:
        for flag, words in labels[row.number].spans.items():
            assert words in row.evidence or words in row.commentary, (row.number, flag)


def test_contradictions_are_linked_both_ways(labels: dict[str, Label]) -> None:
    for label in labels.values():
        assert bool(label.linked) == ("contradiction" in label.flags)
        assert all(label.provision in labels[other].linked for other in label.linked)


def test_plain_flags_follow_from_the_form(form: Form, labels: dict[str, Label]) -> None:
    view = build_view(form, load_pack("2024"), Models(None), form.stated_date)
    for row in view.rows:
        flags = labels[row.row.number].flags
        assert ("boilerplate" in flags) == (row.index in view.repeats), row.row.number
        assert ("missing-answer" in flags) == (row.row.answer is Answer.BLANK), row.row.number
        assert ("missing-evidence" in flags) == (row.is_blank and row.row.answer is Answer.YES), row.row.number
