"""Our rows that break their provision and our pairs that exclude each other: read, refused, and of the promised quality."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from evidencereview.errors import LabelError
from evidencereview.training.clashes import CONFLICTS, CONTRADICTIONS, ConflictRow, RowPair, load_conflicts, load_row_pairs
from evidencereview.training.duplicates import Text, near_duplicates

DATA = Path(__file__).parents[2] / "training_data"
PLANTED = Path(__file__).parents[1] / "planted"
ROWS, PAIRS = load_conflicts(DATA), load_row_pairs(DATA)
LEAST_ROWS, LEAST_PAIRS = 3000, 1500
ROW: dict[str, Any] = {
    "edition": "2024", "provision": "6.3", "answer": "yes", "evidence": "Answers take a month.", "commentary": "",
    "conflict": True, "words": "take a month", "why": "longer than the limit",
}  # fmt: skip
SIDE = {"provision": "6.3", "answer": "yes", "evidence": "It is done.", "commentary": "", "words": "It is done"}
PAIR: dict[str, Any] = {
    "edition": "2024",
    "kind": "existence",
    "contradiction": True,
    "rows": [SIDE, {**SIDE, "provision": "6.4"}],
}


def written(folder: Path, kind: str, entry: dict[str, Any]) -> Path:
    (folder / kind).mkdir()
    (folder / kind / "someone.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return folder


def test_a_row_and_a_pair_are_read(tmp_path: Path) -> None:
    (row,) = load_conflicts(written(tmp_path, CONFLICTS, ROW))
    assert (row.group, row.edition, row.row.number, row.conflict, row.words) == (
        "conflict someone", "2024", "6.3", True, "take a month",
    )  # fmt: skip
    assert row.row.requirement
    (pair,) = load_row_pairs(written(tmp_path, CONTRADICTIONS, PAIR))
    assert ([each.number for each in pair.form.rows], pair.contradictory, pair.words) == (
        ["6.3", "6.4"], True, ("It is done", "It is done"),
    )  # fmt: skip


def test_a_folder_without_any_gives_none(tmp_path: Path) -> None:
    assert (load_conflicts(tmp_path), load_row_pairs(tmp_path)) == ((), ())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"words": "take a year"}, "quotes words that its row does not hold"),
        ({"words": ""}, "a conflict and no words"),
        ({"conflict": False}, "words and no conflict"),
        ({"provision": "77.1"}, "has no provision 77.1"),
        ({"edition": "1999"}, "edition 1999 has no provision"),
        ({"answer": "perhaps"}, "'perhaps' is no answer"),
        ({"conflict": "false"}, "words and no conflict"),
    ],
)
def test_a_wrong_row_is_refused_by_place(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    with pytest.raises(LabelError, match=r"someone\.jsonl, line 1") as raised:
        load_conflicts(written(tmp_path, CONFLICTS, {**ROW, **change}))
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([SIDE], "needs two rows"),
        ([SIDE, {**SIDE, "words": ""}], "needs two rows with words"),
        ([SIDE, {key: value for key, value in SIDE.items() if key != "words"}], "lacks words"),
    ],
)
def test_a_wrong_pair_is_refused_by_place(tmp_path: Path, rows: list[dict[str, str]], says: str) -> None:
    with pytest.raises(LabelError, match=r"someone\.jsonl, line 1") as raised:
        load_row_pairs(written(tmp_path, CONTRADICTIONS, {**PAIR, "rows": rows}))
    assert says in str(raised.value)


def texts() -> list[Text]:
    rows = [Text(each.group, f"{each.group} {n}", each.row.text) for n, each in enumerate(ROWS, 1)]
    return rows + [
        Text(each.group, f"{each.group} {n}", " ".join(row.text for row in each.form.rows))
        for n, each in enumerate(PAIRS, 1)
    ]


def test_there_are_as_many_look_alikes_as_faults() -> None:
    assert len(ROWS) >= LEAST_ROWS
    assert len(PAIRS) >= LEAST_PAIRS
    assert sum(each.conflict for each in ROWS) == pytest.approx(len(ROWS) / 2, rel=0.05)
    assert sum(each.contradictory for each in PAIRS) == pytest.approx(len(PAIRS) / 2, rel=0.05)


@pytest.mark.parametrize("edition", ["2022", "2024"])
def test_every_provision_has_conflicts_and_look_alikes(edition: str) -> None:
    held = Counter((each.row.number, each.conflict) for each in ROWS if each.edition == edition)
    assert len(held) == 2 * 72
    assert min(held.values()) >= 10


@pytest.mark.parametrize("held", [ROWS, PAIRS], ids=["conflicts", "contradictions"])
def test_length_does_not_give_the_fault_away(held: tuple[ConflictRow | RowPair, ...]) -> None:
    def words(each: ConflictRow | RowPair) -> int:
        rows = (each.row,) if isinstance(each, ConflictRow) else each.form.rows
        return sum(len(row.text.split()) for row in rows)

    faulty = [each.conflict if isinstance(each, ConflictRow) else each.contradictory for each in held]
    means = [
        sum(words(each) for each, fault in zip(held, faulty, strict=True) if fault is wanted) / faulty.count(wanted)
        for wanted in (True, False)
    ]
    assert means[0] == pytest.approx(means[1], rel=0.1)


def test_no_text_stands_twice_or_in_a_planted_set() -> None:
    planted = [
        Text(f"planted {path.stem}", str(item["id"]), " ".join(f"{row['evidence']} {row['commentary']}" for row in rows))
        for path in sorted(PLANTED.glob("*.jsonl"))
        for item in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for rows in ([item] if item["set"] == "conflict" else item["rows"],)
    ]
    same = [text for text, count in Counter(each.text for each in texts()).items() if count > 1]
    assert same == []
    # Places alone: the closed half is not to be read.
    assert [(each.first.where, each.second.where) for each in near_duplicates([*texts(), *planted])] == []
