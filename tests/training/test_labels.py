from __future__ import annotations

import json
from pathlib import Path

import pytest

from evidencereview.errors import LabelError
from evidencereview.training.labels import FLAGS, join, load_labels, tier_rests_on

from .invented import a_label, a_row, write_labels

RECORD = {
    "form": "elmfold",
    "provision": "5.10",
    "flags": ["off-topic", "boilerplate"],
    "relevance": 1,
    "specificity": 0,
    "tier": 2,
    "spans": {"off-topic": "Our lifts are serviced."},
    "linked": [],
    "note": "Say how.",
}


def written(path: Path, *records: object) -> Path:
    path.write_text("\n".join(map(json.dumps, records)) + "\n\n", encoding="utf-8")
    return path


def test_reads_a_label(tmp_path: Path) -> None:
    (label,) = load_labels(written(tmp_path / "a.jsonl", RECORD))
    assert (label.form, label.provision, label.flags) == ("elmfold", "5.10", ("boilerplate", "off-topic"))
    assert (label.relevance, label.specificity, label.tier) == (1, 0, 2)
    assert label.spans == {"off-topic": "Our lifts are serviced."}
    assert label.note == "Say how."


def test_reads_back_what_was_written(tmp_path: Path) -> None:
    labels = [a_label("1.2", "off-topic"), a_label("1.3", "contradiction", tier=3, linked=("1.2",))]
    assert load_labels(write_labels(tmp_path / "a.jsonl", labels)) == tuple(labels)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"flags": ["of-topic"]}, "unknown flag 'of-topic'"),
        ({"flags": "off-topic"}, "'flags' must be a list"),
        ({"flags": None}, "'flags' must be a list"),
        ({"provision": 5.1}, "'provision' must be a text"),
        ({"provision": ""}, "'provision' must be a text"),
        ({"form": None}, "'form' must be a text"),
        ({"relevance": 4}, "'relevance' must be a whole number from 0 to 3"),
        ({"specificity": True}, "'specificity' must be a whole number"),
        ({"tier": -1}, "'tier' must be a whole number"),
        ({"tier": "2"}, "'tier' must be a whole number"),
        ({"spans": {"bare-assertion": "x"}}, "words for 'bare-assertion', which the row does not carry"),
        ({"spans": ["x"]}, "'spans' must be"),
        ({"linked": "5.3"}, "'linked' must be a list"),
    ],
)
def test_names_what_is_wrong_in_one_line(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(LabelError) as caught:
        load_labels(written(tmp_path / "a.jsonl", RECORD, {**RECORD, "provision": "5.11", **change}))
    assert said in str(caught.value)
    assert "line 2" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "holds no label"), ("{", "is no JSON"), ("[1]", "is no JSON object"), ("[" * 9999, "is no JSON")],
)
def test_refuses_what_holds_no_labels(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    with pytest.raises(LabelError, match=said):
        load_labels(path)


def test_refuses_a_missing_file_and_a_provision_labelled_twice(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="cannot be read"):
        load_labels(tmp_path / "none.jsonl")
    with pytest.raises(LabelError, match=r"provision 5\.10 of 'elmfold' is labelled twice"):
        load_labels(written(tmp_path / "a.jsonl", RECORD, RECORD))


def test_joins_in_the_order_of_the_rows() -> None:
    joined = join([a_row("1.3"), a_row("1.2")], [a_label("1.2"), a_label("1.3", "off-topic")])
    assert [(row.number, label.provision, label.flags) for row, label in joined] == [
        ("1.3", "1.3", ("off-topic",)),
        ("1.2", "1.2", ()),
    ]


def test_the_inferred_number_counts_where_it_is_given() -> None:
    damaged = a_row("5.1", provision_inferred="5.10")
    ((_, label),) = join([damaged], [a_label("5.10")])
    assert label.provision == "5.10"
    with pytest.raises(LabelError):
        join([damaged], [a_label("5.1")])


@pytest.mark.parametrize(
    ("rows", "labels", "said"),
    [
        (["1.2", "1.3"], ["1.2"], "elmfold: no label for 1.3;"),
        (["1.2"], ["1.2", "1.10", "1.3"], "elmfold: no row for 1.3, 1.10;"),
        (["1.2"], ["1.3"], "elmfold: no label for 1.2 and no row for 1.3;"),
        (["1.2", "1.2"], ["1.2"], "provision 1.2 stands twice among the rows"),
        (["1.2"], ["1.2", "1.2"], "provision 1.2 stands twice among the labels"),
        (["1.2"], [], "no label for 1.2"),
        ([], ["9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.7"], "9.1, 9.2, 9.3, 9.4, 9.5 and 2 more"),
    ],
)
def test_refuses_rows_and_labels_that_do_not_belong_together(rows: list[str], labels: list[str], said: str) -> None:
    with pytest.raises(LabelError) as caught:
        join([a_row(number) for number in rows], [a_label(number) for number in labels])
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_refuses_another_form_and_a_row_without_a_number() -> None:
    with pytest.raises(LabelError, match="rows are of elmfold, the labels of withy-green"):
        join([a_row("1.2")], [a_label("1.2", form="withy-green")])
    with pytest.raises(LabelError, match="no number among the rows"):
        join([a_row("1.2", provision=None)], [a_label("1.2")])


@pytest.mark.parametrize(
    ("flags", "tier", "mandatory", "rests"),
    [
        (("contradiction",), 3, True, True),
        (("contradiction", "generic-reference"), 3, True, True),
        (("contradiction", "requirement-conflict"), 3, False, True),
        (("contradiction", "missing-answer"), 3, True, False),
        (("contradiction", "unexplained-no"), 3, True, False),
        (("contradiction", "unexplained-no"), 3, False, True),
        (("contradiction",), 2, True, False),
        (("admitted-gap",), 3, True, False),
        ((), 3, True, False),
    ],
)
def test_knows_on_what_a_tier_rests(flags: tuple[str, ...], tier: int, mandatory: bool, rests: bool) -> None:
    label = a_label("1.2", *flags, tier=tier)
    assert tier_rests_on(label, mandatory, ("contradiction", "requirement-conflict")) is rests


def test_there_are_seventeen_flags() -> None:
    assert len(set(FLAGS)) == 17
