"""summary.xlsx: the league table, distributions, the most common asks, and what was not reviewed."""

from __future__ import annotations

from typing import BinaryIO

from evidencereview.batch.league import BINS, League
from evidencereview.batch.sheets import add_bars, add_sheet, new_workbook, saved
from evidencereview.batch.tables import FAILURES, SUMMARY
from evidencereview.report.wording import LIMITS_OF_THE_TOOL, TIERS

_WIDTHS = {"form": 28, "landlord": 30, "file": 34, "result": 28, "missing_provisions": 20}


def write_league_workbook(stream: BinaryIO, league: League) -> None:
    """Write the workbook."""
    book = new_workbook("Forms reviewed")
    columns = tuple(map(str, SUMMARY.header()))
    ranked = league.ranked()
    add_sheet(
        book,
        "League table",
        ("place", *columns),
        ((place, *(form[column] for column in columns)) for place, form in enumerate(ranked, 1)),
        (7, *(_WIDTHS.get(column, 11) for column in columns)),
    )
    tiers = league.tiers()
    total = max(1, sum(tiers.values()))
    rows = [(f"{tier} {TIERS[tier]}", count, round(count / total, 3)) for tier, count in tiers.items()]
    add_bars(add_sheet(book, "Tiers", ("tier", "rows", "share"), rows, (26, 10, 10)), "Rows by tier", len(rows), "E2")
    shares = [(f"{100 * n // BINS}-{100 * (n + 1) // BINS} %", count) for n, count in enumerate(league.weak_shares())]
    sheet = add_sheet(book, "Weak rows", ("weak or unsafe rows of a form", "forms"), shares, (30, 10))
    add_bars(sheet, "Forms by share of weak or unsafe rows", len(shares), "D2")
    flags = league.flags()
    sheet = add_sheet(book, "Flags", ("flag", "findings", "forms", "median of a form"), flags, (26, 10, 10, 18))
    add_bars(sheet, "Findings", len(flags), "F2")
    asks = ((ask.forms, ask.provision, ask.flag, ask.example) for ask in league.asks())
    add_sheet(book, "Most common asks", ("forms", "provision", "flag", "for example"), asks, (8, 11, 24, 100))
    add_sheet(book, "Not reviewed", FAILURES.columns, league.failures, (40, 18, 70, 60))
    add_sheet(book, "About", ("about",), [(LIMITS_OF_THE_TOOL,), ("Forms stand with the most work first.",)], (100,))
    stream.write(saved(book))
