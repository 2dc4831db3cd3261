"""Two drafts with twenty known changes, written down before anything compared them: all are told, and nothing else is."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evidencereview import Settings, read_form, review
from evidencereview.comparison import Comparison, RowChange, State, compare
from evidencereview.records import Review
from evidencereview.report.comparison_words import headings

pytestmark = pytest.mark.models
HERE = Path(__file__).parent
OLD, NEW = HERE / "hollin-bank-2024.txt", HERE / "hollin-bank-2025.txt"
CHANGES: list[dict[str, Any]] = tomllib.loads((HERE / "changes.toml").read_text(encoding="utf-8"))["change"]
# Whether a plain future sentence is flagged is for a learned head to say, and not for the comparison.
LEARNED = {"future-commitment"}


@cache
def reviewed(path: Path) -> Review:
    return review(read_form(path), Settings(partial=True))


@pytest.fixture
def comparison(shipped: None) -> Comparison:
    return compare(reviewed(OLD), reviewed(NEW))


def told(comparison: Comparison, row: RowChange) -> set[str]:
    """Everything that is said of a row, as changes.toml words it."""
    events = {part.split(",")[0] for part in headings(row)}
    for change in row.findings:
        state = State.STILL if change.state is State.REWORDED else change.state
        events.add(f"finding {state.value}: {change.finding.flag}")
    promises = (p for p in comparison.promises if p.provision == row.row.number)
    return events | {f"promise {promise.outcome.value}: {promise.due}" for promise in promises}


def test_there_are_twenty_changes_of_many_kinds() -> None:
    assert len(CHANGES) == 20
    assert len({event.partition(":")[0] for change in CHANGES for event in change["tells"]}) >= 14


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["provision"])
def test_every_change_is_told(change: dict[str, Any], comparison: Comparison) -> None:
    rows = {row.row.number: row for row in comparison.rows}
    events = told(comparison, rows[change["provision"]])
    flags = {
        finding.flag for item in reviewed(OLD).items for finding in item.findings if item.row.number == change["provision"]
    }
    for event in change["tells"]:
        flag = event.partition(": ")[2]
        if flag not in LEARNED - flags:
            assert event in events, (change["what"], events)
    for provision, event in change.get("also", ()):
        assert event in told(comparison, rows[provision])


def test_nothing_else_is_told(comparison: Comparison) -> None:
    known = {change["provision"] for change in CHANGES}
    also = {provision for change in CHANGES for provision, _ in change.get("also", ())}
    assert {row.row.number for row in comparison.changed} == known | also
    assert {p.provision for p in comparison.promises} == {"4.1", "4.2", "5.1", "5.3"}
    for row in comparison.changed:
        if row.row.number in also:
            # A contradiction moves the tier of the row that was not touched as well; nothing else may.
            assert all(heading.startswith("worse") for heading in headings(row))
            moved = [c.finding.flag for c in row.findings if c.state is not State.STILL]
            assert len([flag for flag in moved if flag != "contradiction"]) <= 1


def test_a_form_against_itself_tells_nothing(shipped: None) -> None:
    same = compare(reviewed(OLD), reviewed(OLD))
    assert same.changed == ()
    assert {change.state for row in same.rows for change in row.findings} == {State.STILL}
    assert {promise.outcome.value for promise in same.promises} == {"still promised"}
    assert "Both are the same file." in same.notes


def test_backwards_every_change_is_told_the_other_way(comparison: Comparison) -> None:
    back = compare(reviewed(NEW), reviewed(OLD))
    assert {row.row.number for row in back.changed} == {row.row.number for row in comparison.changed}
    assert (back.count(State.GONE), back.count(State.NEW)) == (comparison.count(State.NEW), comparison.count(State.GONE))
