"""The league table: the form that needs most work first, distributions, the most common asks."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from evidencereview.batch.league import League
from evidencereview.batch.league_page import league_page
from evidencereview.batch.league_workbook import write_league_workbook
from evidencereview.batch.tables import summary_values
from evidencereview.batch.task import Asked, Outcome
from made_reviews import made_item, made_review, made_row


def outcome(name: str, tiers: tuple[int, ...], *asks: Asked) -> Outcome:
    items = tuple(made_item(made_row(f"5.{n}", n), n, tier) for n, tier in enumerate(tiers, 1))
    return Outcome(
        f"{name}.json", "", summary=(summary_values(f"{name}.json", name, made_review(items, name), 1.0),), asks=asks
    )


def league(*outcomes: Outcome) -> League:
    made = League()
    for each in outcomes:
        made.add(each, Path(each.name))
    return made


def test_most_work_first_and_distributions() -> None:
    made = league(outcome("a", (0, 1, 2, 2)), outcome("b", (3, 0, 0, 0)), outcome("c", (0, 0)), outcome("d", (3, 2, 0, 0)))
    assert [form["form"] for form in made.ranked()] == ["d", "b", "a", "c"]
    assert made.tiers() == {3: 2, 2: 3, 1: 1, 0: 8}
    assert made.weak_shares() == [1, 0, 1, 0, 0, 2, 0, 0, 0, 0]


def test_asks_are_counted_once_a_form_with_the_first_example() -> None:
    made = league(
        outcome("a", (2,), Asked("5.1", "x", "first?"), Asked("5.1", "x", "again?"), Asked("5.2", "y", "why?")),
        outcome("b", (2,), Asked("5.1", "x", "other?")),
    )
    assert [(ask.provision, ask.flag, ask.forms, ask.example) for ask in made.asks()] == [
        ("5.1", "x", 2, "first?"),
        ("5.2", "y", 1, "why?"),
    ]


def test_no_form_at_all() -> None:
    stream = io.BytesIO()
    write_league_workbook(stream, league())
    assert openpyxl.load_workbook(stream).sheetnames[0] == "League table"
    assert b"0 forms" in league_page(league())
