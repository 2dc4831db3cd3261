"""Asks: each names the missing thing, none stands on many rows, and it is near to what an auditor asks of its row."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import evidencereview
from evidencereview.checks.registry import all_checks
from evidencereview.config import Settings
from evidencereview.language.encoder import shipped_encoder
from evidencereview.pipeline import review
from evidencereview.provisions import load_pack
from evidencereview.readers import read_form
from evidencereview.records import Answer, DutyState, Form, Review
from made_reviews import made_row
from toy_models import toys_in_place

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
OPEN = ("southwark-2024", "westminster-2022")
MOST_ROWS = 5
LEAST_NEARER = 0.8
GENERAL = {info.ask for info in all_checks()}


@cache
def reviewed(path: Path) -> Review:
    return review(read_form(path))


def rows_of_asks(done: Review) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = defaultdict(set)
    for item in done.items:
        for found in item.findings:
            rows[found.ask].add(item.row.order)
    return rows


def crowded(done: Review) -> dict[str, int]:
    return {ask: len(rows) for ask, rows in rows_of_asks(done).items() if len(rows) > MOST_ROWS}


@pytest.mark.models
@pytest.mark.parametrize("name", [*OPEN, "onward-2024", "thurrock-2022"])
def test_no_ask_stands_on_many_rows_of_a_published_form(shipped: None, shared: Path, name: str) -> None:
    assert crowded(reviewed(shared / "corpus" / f"{name}.rows.jsonl")) == {}


@pytest.mark.models
def test_no_ask_stands_on_many_rows_of_the_sample(shipped: None) -> None:
    assert crowded(reviewed(SAMPLE)) == {}


@pytest.mark.models
@pytest.mark.parametrize("name", [*OPEN, "onward-2024", "thurrock-2022"])
def test_the_list_of_duties_and_the_finding_agree(shipped: None, shared: Path, name: str) -> None:
    for item in reviewed(shared / "corpus" / f"{name}.rows.jsonl").items:
        unmet = {duty.text for duty in item.duties if duty.state is DutyState.UNMET}
        for found in item.findings:
            if found.flag == "partial-coverage":
                assert set(found.because.removeprefix("nothing on: ").split("; ")) <= unmet
        for duty in item.duties:
            assert duty.span is None or item.row.cell(duty.span.cell)[duty.span.start : duty.span.end] == duty.words


@pytest.mark.parametrize(
    ("evidence", "answer"),
    [
        ("", Answer.BLANK),
        ("", Answer.YES),
        ("", Answer.NO),
        ("As evidenced in our Complaints Policy.", Answer.YES),
        ("As above.", Answer.YES),
        ("We aim to do this where possible.", Answer.YES),
        ("This will be introduced once the board has approved it.", Answer.YES),
        ("See the document attached.", Answer.YES),
        ("This is standard practice.", Answer.YES),
    ],
)
@pytest.mark.parametrize("edition", ["2022", "2024"])
def test_one_fault_in_every_row_is_asked_for_in_as_many_ways(edition: str, evidence: str, answer: Answer) -> None:
    rows = tuple(
        made_row(p.number, order, requirement=p.summary, evidence=evidence, answer=answer, answer_raw=answer.value)
        for order, p in enumerate(load_pack(edition).provisions, 1)
    )
    with toys_in_place():
        done = review(Form("elm", "text", "0" * 64, rows), Settings(edition=edition))
    assert any(item.findings for item in done.items)
    assert crowded(done) == {}
    assert not GENERAL & set(rows_of_asks(done))


@pytest.mark.models
@pytest.mark.parametrize("name", OPEN)
def test_an_ask_is_near_to_what_the_auditor_asks_of_its_row(shipped: None, shared: Path, name: str) -> None:
    lines = (shared / "labels" / f"{name}.labels.jsonl").read_text(encoding="utf-8").splitlines()
    notes = {gold["provision"]: gold["note"] for gold in map(json.loads, lines) if gold["note"]}
    items = [i for i in reviewed(shared / "corpus" / f"{name}.rows.jsonl").items if i.findings and i.row.number in notes]
    encoder, places = shipped_encoder(), {number: at for at, number in enumerate(notes)}
    near = encoder.encode([item.ask for item in items]) @ encoder.encode(list(notes.values())).T
    nearer = [
        row[places[item.row.number]] > np.median(np.delete(row, places[item.row.number]))
        for row, item in zip(near, items, strict=True)
    ]
    assert len(nearer) >= 40
    assert np.mean(nearer) >= LEAST_NEARER, [i.row.number for i, yes in zip(items, nearer, strict=True) if not yes]
