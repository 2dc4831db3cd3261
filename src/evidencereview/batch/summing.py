"""The tables of a batch, made from the records of its forms in their order; nothing but counts is kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evidencereview.batch.league import League
from evidencereview.batch.ledger import Ledger
from evidencereview.batch.tables import FAILURES, ITEMS, SUMMARY, Table, Values, header_line, with_file
from evidencereview.report.csv_format import lines

TABLES = (SUMMARY.name, ITEMS.name, FAILURES.name)
WORKBOOK, PAGE = "summary.xlsx", "summary.html"
SUMMARIES = (WORKBOOK, PAGE)


@dataclass(slots=True)
class Counts:
    """Forms by what came of them."""

    reviewed: int = 0
    failed: int = 0
    crashed: int = 0


def write_tables(folder: Path, ledger: Ledger, forms: Sequence[tuple[Path, str]]) -> Counts:
    """Write the tables, the workbook and the page.

    Args:
        folder: of the results.
        ledger: with a record of every form.
        forms: path and name of each form's JSON, in order.

    Raises:
        WriteError: the disk refuses.
    """
    # Excel's library is slow to import, and workers have no use for it.
    from evidencereview.batch.league_page import league_page
    from evidencereview.batch.league_workbook import write_league_workbook

    counts, league = Counts(), League()
    with ExitStack() as stack:
        streams = {table: _open(stack, folder, ledger, table) for table in (SUMMARY, ITEMS, FAILURES)}
        for path, name in forms:
            outcome = ledger.read(name)
            reviewed = bool(outcome.summary)
            counts.reviewed += reviewed
            counts.failed += not reviewed
            counts.crashed += bool(reviewed and outcome.failures)
            _add(streams[SUMMARY], [with_file(SUMMARY, row, path) for row in outcome.summary])
            streams[ITEMS].write(outcome.items.encode("utf-8"))
            _add(streams[FAILURES], [with_file(FAILURES, row, path) for row in outcome.failures])
            league.add(outcome, path)
    with ledger.writing(folder / WORKBOOK) as stream:
        write_league_workbook(stream, league)
    ledger.save(folder / PAGE, league_page(league))
    return counts


def _open(stack: ExitStack, folder: Path, ledger: Ledger, table: Table) -> BinaryIO:
    stream = stack.enter_context(ledger.writing(folder / table.name))
    stream.write(header_line(table))
    return stream


def _add(stream: BinaryIO, rows: Sequence[Values]) -> None:
    stream.write(lines(rows).encode("utf-8"))
