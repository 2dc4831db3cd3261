"""A comparison for a screen: figures, promises, the rows that changed, and what is still there."""

from __future__ import annotations

from typing import TextIO

from rich.text import Text

from evidencereview.comparison.changes import Comparison, Promise, RowChange, State
from evidencereview.report.comparison_words import (
    LIMITS,
    changed_words,
    figures,
    finding_words,
    findings_line,
    headings,
    headline,
    in_need_order,
    promise_title,
    promises_line,
    row_name,
)
from evidencereview.report.harmless import one_line
from evidencereview.report.page import Page
from evidencereview.report.terminal import on_page

_STYLES = {State.GONE: "green", State.NEW: "red", State.STILL: "", State.REWORDED: ""}


def render(comparison: Comparison) -> bytes:
    """Return the comparison as plain UTF-8 text, 80 columns wide, without colour."""
    return on_page(lambda page: _print(page, comparison)).encode("utf-8")


def show(comparison: Comparison, stream: TextIO) -> None:
    """Print the comparison to a stream, with colour and in the terminal's width where the stream is a terminal."""
    stream.write(on_page(lambda page: _print(page, comparison), stream))


def _print(page: Page, comparison: Comparison) -> None:
    old, new = comparison.old.form.name, comparison.new.form.name
    page.line(Text(one_line(f"{old} → {new}"), style="bold"))
    page.line(one_line(headline(comparison)))
    page.blank()
    rows = [("", "old", "new"), *figures(comparison)]
    for name, before, after in rows:
        page.line(f"{name:<32}{before:>6}{after:>6}", indent=2)
    page.blank()
    page.line(findings_line(comparison), lead="Findings: ")
    page.line(promises_line(comparison), lead="Promises of the old form: ")
    if comparison.promises:
        page.heading("Promises of the old form")
    for promise in in_need_order(comparison.promises):
        _print_promise(page, promise)
    page.heading("Rows that changed")
    for row in comparison.changed:
        _print_row(page, row)
    if not comparison.changed:
        page.line("none")
    _print_still(page, comparison)
    if comparison.notes:
        page.heading("Notes")
    page.entries(comparison.notes)
    page.blank()
    page.line(LIMITS)


def _print_promise(page: Page, promise: Promise) -> None:
    page.blank()
    page.line(Text(one_line(promise_title(promise)), style="bold"))
    page.line(f"»{one_line(promise.words)}«", lead="old: ", indent=4)
    if promise.answer:
        where = "" if promise.answer_provision == promise.provision else f" ({promise.answer_provision})"
        page.line(one_line(f"»{promise.answer}«{where}"), lead="new: ", indent=4)


def _print_row(page: Page, row: RowChange) -> None:
    page.blank()
    page.line(
        one_line("; ".join(headings(row)) or "other findings on the same text"),
        lead=Text(f"{one_line(row_name(row))}  ", style="bold"),
    )
    if row.why:
        page.line(one_line(row.why), lead="shared: " if row.new and row.old else "why: ", indent=4)
    for name, texts in (("requirement ", row.requirement), ("", row.text)):
        if texts:
            before, after = changed_words(*texts)
            page.line(one_line(before), lead=f"{name}was: ", indent=4)
            page.line(one_line(after), lead=f"{name}now: ", indent=4)
    for state in (State.GONE, State.NEW, State.REWORDED):
        for change in row.in_state(state):
            lead = Text.assemble("- ", (f"{state.value}: ", _STYLES[state]))
            page.line(one_line(finding_words(change)), lead=lead, indent=4)


def _print_still(page: Page, comparison: Comparison) -> None:
    still = [(row, row.in_state(State.STILL, State.REWORDED)) for row in comparison.rows]
    if any(changes for _, changes in still):
        page.heading("Still there")
    for row, changes in still:
        if changes:
            page.line(one_line(", ".join(change.finding.flag for change in changes)), lead=f"{one_line(row_name(row))}  ")
