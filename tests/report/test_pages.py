"""The page of a check, the list of checks, and everything about one row."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidencereview.checks.registry import CheckInfo
from evidencereview.errors import SettingsError
from evidencereview.provisions import Duty, Provision
from evidencereview.records import Cell, DutyStanding, DutyState, Modality, Severity, Span
from evidencereview.report.check_page import check_list, check_page
from evidencereview.report.row_page import find_item, find_provision, print_item_in_full
from evidencereview.report.terminal import on_page
from made_reviews import NASTY, made_finding, made_item, made_review, made_row, sample_review

PAGE = """A thing is said without its place, and this first line goes on for longer than a screen of 80 columns is wide.

What it finds
-------------
Words that are long enough to be wrapped, because pages are written in wider lines than a terminal
of 80 columns shows.

- an entry
- another entry
"""


def info(id: str, flag: str) -> CheckInfo:
    return CheckInfo(id, flag, Severity.MEDIUM, "0.1.0", PAGE, lambda view: (), "what?")


def test_the_list_names_each_check_under_its_family() -> None:
    text = check_list([info("ER101", "one"), info("ER102", "two"), info("ER201", "three")])
    heads = [line for line in text.split("\n") if line.isupper()]
    assert heads == ["COMPLETENESS", "SOURCING"]
    assert [line.split() for line in text.split("\n") if "ER10" in line] == [
        ["ER101", "one", "medium"],
        ["ER102", "two", "medium"],
    ]


@pytest.mark.parametrize("text", [check_list([info("ER101", "one")]), check_page(info("ER101", "one"))])
def test_pages_are_readable_at_80_columns(text: str) -> None:
    assert max(len(line) for line in text.split("\n")) <= 80


def test_the_page_keeps_headings_and_entries() -> None:
    lines = check_page(info("ER101", "one")).split("\n")
    assert lines[0] == "ER101 one (completeness, severity medium, since 0.1.0)"
    assert lines[lines.index("What it finds") + 1] == "-------------"
    assert lines[-3:] == ["- an entry", "- another entry", ""]


PROVISION = Provision(
    "5.1",
    Modality.MUST,
    "replies",
    "Reply in time.",
    (Duty("reply", "Reply within ten days.", "When?"), Duty("say", "Say who replies.", "Who?")),
    good="A dated report with the share of replies in time.",
)


def test_everything_about_one_row(golden: Callable[[str, str], None]) -> None:
    item = find_item(sample_review(), "5.1")
    golden("row.txt", on_page(lambda page: print_item_in_full(page, item, PROVISION)))


def test_each_duty_of_a_row_with_its_words(golden: Callable[[str, str], None]) -> None:
    item = find_item(sample_review(), "5.1")
    words = item.row.evidence
    standings = (
        DutyStanding("reply", "Reply within ten days.", DutyState.MET, Span(Cell.EVIDENCE, 0, len(words)), words),
        DutyStanding("say", "Say who replies.", DutyState.UNMET),
        DutyStanding("log", "Log the reply.", DutyState.POINTED),
        DutyStanding("tell", "Tell the board.", DutyState.NOT_CLAIMED),
    )
    told = replace(item, duties=standings, nearest=("6.2", "6.14"))
    golden("row_duties.txt", on_page(lambda page: print_item_in_full(page, told, PROVISION)))


@pytest.mark.parametrize("name", list(NASTY))
def test_nasty_text_on_the_page_of_a_row(name: str) -> None:
    text = NASTY[name]
    row = made_row(evidence=text, requirement=text)
    found = (made_finding(row, "off-topic", "ER401", text, because=text, ask=text),)
    duty = DutyStanding("a", text, DutyState.MET, Span(Cell.EVIDENCE, 0, len(text)), text)
    item = made_item(row, findings=found, duties=(duty,), nearest=(text,))
    shown = on_page(lambda page: print_item_in_full(page, item, PROVISION))
    assert "\x1b" not in shown and "\x00" not in shown and "\u202e" not in shown
    assert all(len(line) <= 80 for line in shown.split("\n") if line.isascii())


def test_a_row_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match=r"rosehill-2024 has no row 5\.11; did you mean 5\.1\?"):
        find_item(made_review((made_item(made_row("5.1")),)), "5.11")


def test_the_pack_says_what_a_provision_asks() -> None:
    found = find_provision("2024", "5.1")
    assert found is not None and found.number == "5.1"
    assert find_provision("2024", "99.9") is None
