"""A comparison as plain tables of text: the sheets of the workbook and the tables of the page are the same."""

from __future__ import annotations

from dataclasses import dataclass

from evidencereview.comparison.changes import Comparison, FindingChange, Outcome, Promise, RowChange, State
from evidencereview.report.comparison_words import (
    LIMITS,
    changed_words,
    figures,
    findings_line,
    headings,
    headline,
    in_need_order,
    promises_line,
    row_name,
)
from evidencereview.report.wording import provision_name


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its title, the headings, the rows, and how wide each column should be (in characters).

    `empty` is said where there are no rows; `figures` says that all columns but the first hold numbers.
    """

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str
    figures: bool = False


def summary_lines(comparison: Comparison) -> tuple[str, ...]:
    """Return what stands above the tables."""
    return (
        headline(comparison) + ".",
        f"Findings: {findings_line(comparison)}.",
        f"Promises of the old form: {promises_line(comparison)}.",
        *comparison.notes,
        LIMITS,
    )


def tables(comparison: Comparison) -> tuple[Table, ...]:
    """Return the tables of a comparison in reading order."""
    rows = [(row, change) for row in comparison.rows for change in row.findings]
    return (
        Table("Figures", ("What", "Old", "New"), (34, 10, 10), tuple(figures(comparison)), "No rows.", figures=True),
        Table(
            "Promises",
            ("Provision", "What became of it", "Old form", "Due", "New form", "In", "Now due"),
            (16, 20, 50, 16, 50, 9, 16),
            tuple(_promise(promise) for promise in in_need_order(comparison.promises)),
            "The old form made no promise that was recognised.",
        ),
        _changed(comparison),
        Table(
            "Findings",
            ("Provision", "Flag", "What became of it", "Old words", "New words", "Why", "Ask"),
            (18, 24, 22, 40, 40, 40, 40),
            tuple(_finding(row, change) for row, change in rows),
            "Neither form has a finding.",
        ),
    )


def _changed(comparison: Comparison) -> Table:
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    columns, widths = ("Provision", "What happened", "Was", "Is now"), (18, 34, 50, 50)
    rows = tuple(_row(row) for row in comparison.changed)
    if any(row.requirement for row in comparison.changed):
        columns, widths = (*columns, "Requirement was", "Requirement is now"), (*widths, 30, 30)
    return Table("Rows that changed", columns, widths, tuple(row[: len(columns)] for row in rows), "No row changed.")


def _promise(promise: Promise) -> tuple[str, ...]:
    passed = " (its day has passed)" if promise.overdue and promise.outcome is not Outcome.KEPT else ""
    return (
        provision_name(promise.provision),
        promise.outcome.value + passed,
        promise.words,
        promise.due,
        promise.answer,
        promise.answer_provision,
        promise.new_due,
    )


def _row(row: RowChange) -> tuple[str, ...]:
    changes = [f"{state.value}: {c.finding.flag}" for state in (State.GONE, State.NEW) for c in row.in_state(state)]
    changes += [f"{State.REWORDED.value}: {c.finding.flag}" for c in row.in_state(State.REWORDED)]
    shared = [f"{'shared' if row.new and row.old else 'why'}: {row.why}"] if row.why else []
    text = changed_words(*row.text) if row.text else ("", "")
    requirement = changed_words(*row.requirement) if row.requirement else ("", "")
    return (row_name(row), "\n".join([*headings(row), *changes, *shared]), *text, *requirement)


def _finding(row: RowChange, change: FindingChange) -> tuple[str, ...]:
    finding = change.finding
    return (
        row_name(row),
        finding.flag,
        change.state.value,
        change.old.words if change.old else "",
        change.new.words if change.new else "",
        finding.because,
        finding.ask if change.new else "",
    )
