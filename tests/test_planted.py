"""The planted conflicts and contradictions that may be looked at: how many are found, how much of what is said is true."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evidencereview.checks.registry import find_check
from evidencereview.errors import ModelError
from evidencereview.language.build import Models, build_view
from evidencereview.pipeline import load_models
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Form, Row

PLANTED = Path(__file__).parent / "planted"
# Floors a little under what was measured when they were written: precision, recall.
FLOORS = {
    ("open", "conflict"): (0.95, 0.93),
    ("open", "pair"): (0.95, 0.93),
    ("second", "conflict"): (0.92, 0.93),
    # Two sets in single terse sentences of few words, over rows that the map does not link as often as over those that it
    # does: since such pairs are also read by the cross-encoder, some of them are dropped (0.97 and 0.93 were found before).
    ("second", "pair"): (0.95, 0.78),
    ("third", "conflict"): (0.95, 0.90),
    ("third", "pair"): (0.95, 0.83),
    # Indirect wordings that nothing was tuned to: what the checks reach beyond what they know.
    ("fourth", "conflict"): (0.95, 0.22),
    ("fourth", "pair"): (0.85, 0.32),
}
pytestmark = [pytest.mark.slow, pytest.mark.models]


@pytest.fixture(scope="module")
def models() -> Models:
    try:
        return load_models(None)
    except ModelError as error:
        pytest.skip(f"the shipped models are not in place: {error}")


def told(item: dict[str, Any], models: Models) -> bool:
    """Whether the check speaks: for a pair, on both rows, each linked with the other."""
    pack = load_pack(item["edition"])
    cells = item["rows"] if item["set"] == "pair" else [item]
    rows = tuple(row(cell, order) for order, cell in enumerate(cells, 1))
    view = build_view(Form("x", "jsonl", "", rows), pack, models)
    if item["set"] == "conflict":
        return bool(list(find_check("requirement-conflict").function(view)))
    linked = {found.provision: found.linked for found in find_check("contradiction").function(view)}
    one, other = (each.number for each in rows)
    return linked == {one: (other,), other: (one,)}


def row(cell: dict[str, str], order: int) -> Row:
    number = cell["provision"]
    return Row(
        "x", order, int(number.split(".")[0]), number, None, cell["requirement"], cell["answer"], Answer(cell["answer"]),
        cell["evidence"], cell["commentary"], True,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), FLOORS)
def test_planted_items_are_found_and_look_alikes_stay_quiet(name: str, kind: str, models: Models) -> None:
    lines = (PLANTED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    items = [item for item in map(json.loads, lines) if item["set"] == kind]
    truth = [bool(item["contradiction" if kind == "pair" else "conflict"]) for item in items]
    said = [told(item, models) for item in items]
    both = sum(t and s for t, s in zip(truth, said, strict=True))
    wrong = [item["id"] for item, t, s in zip(items, truth, said, strict=True) if t != s]
    precision, recall = FLOORS[name, kind]
    assert both >= precision * sum(said), wrong
    assert both >= recall * sum(truth), wrong
