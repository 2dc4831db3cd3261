"""Pairing of rows, what becomes of findings, and promises followed: tables of cases on reviews made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencereview.comparison import Outcome, State, compare
from evidencereview.comparison.compare import even_text
from evidencereview.decisions import subject
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Finding, Item, Review, Row
from evidencereview.report import comparison_json
from made_reviews import made_finding, made_item, made_review, made_row


def form_of(*rows: Row | Item, edition: str = "2024", name: str = "old", stated: date | None = None) -> Review:
    items = [row if isinstance(row, Item) else made_item(row, place, 0) for place, row in enumerate(rows, 1)]
    made = made_review(tuple(items), name=name, edition=edition)
    return replace(made, form=replace(made.form, stated_date=stated))


def flagged(row: Row, *findings: Finding) -> Item:
    return made_item(row, row.order, 2, findings)


def hedge(row: Row, words: str) -> Finding:
    return made_finding(row, "hedged-practice", "ER302", words)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("We  aim\nto answer.", "We aim to answer.", True),
        ("the resident's “right”", 'the resident’s "right"', True),
        ("pages 3–4…", "pages 3-4...", True),
        ("• one\n• two", "one two", True),
        ("Policy v3", "Policy v4", False),
        ("We answer.", "We answer", False),
        ("Yes", "yes", False),
    ],
)
def test_what_counts_as_the_same_text(old: str, new: str, same: bool) -> None:
    assert (even_text(old) == even_text(new)) is same
    done = compare(form_of(made_row(evidence=old)), form_of(made_row(evidence=new)))
    assert (done.rows[0].text is None) is same and done.rows[0].changed is not same


def test_words_moved_between_evidence_and_commentary_are_no_change() -> None:
    old = made_row(evidence="Policy v3.", commentary="Read in May.")
    new = made_row(evidence="Policy v3.\nRead in May.", commentary="")
    assert compare(form_of(old), form_of(new)).changed == ()


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ("We aim to answer.", "We aim to answer.", State.STILL),
        ("We aim to answer.", "Every week we aim, to ANSWER.", State.STILL),
        ("We aim to answer.", "We try to answer.", State.REWORDED),
    ],
)
def test_a_finding_is_known_by_its_words(before: str, after: str, state: State) -> None:
    old, new = made_row(evidence=before), made_row(evidence=after)
    words = {"We aim to answer.": "aim to answer", "We try to answer.": "try to answer"}.get(after, "aim, to ANSWER")
    done = compare(form_of(flagged(old, hedge(old, "aim to answer"))), form_of(flagged(new, hedge(new, words))))
    assert [change.state for change in done.rows[0].findings] == [state]


def test_findings_go_and_come() -> None:
    row = made_row(evidence="We aim to answer where possible.")
    gone, stays = hedge(row, "aim"), made_finding(row, "bare-assertion", "ER202", "answer")
    fresh = made_finding(row, "boilerplate", "ER205", "possible")
    done = compare(form_of(flagged(row, gone, stays)), form_of(flagged(row, stays, fresh)))
    assert [(c.state, c.finding.flag) for c in done.rows[0].findings] == [
        (State.STILL, "bare-assertion"),
        (State.NEW, "boilerplate"),
        (State.GONE, "hedged-practice"),
    ]


def test_equal_findings_pair_one_to_one() -> None:
    row = made_row(evidence="aim aim aim")
    done = compare(form_of(flagged(row, *[hedge(row, "aim")] * 3)), form_of(flagged(row, *[hedge(row, "aim")] * 2)))
    assert [c.state for c in done.rows[0].findings] == [State.STILL, State.STILL, State.GONE]


def test_what_is_absent_is_known_by_its_row() -> None:
    row, rewritten = made_row(evidence="One thing."), made_row(evidence="Another thing.")
    absent = made_finding(row, "partial-coverage", "ER402", because="nothing on: the log")
    assert subject(absent, row) == ("absent", "nothing on the log", "one thing")
    assert subject(absent, row) != subject(absent, rewritten)


def test_findings_are_known_again_as_decisions_know_them() -> None:
    """Ligatures, invisible characters and quotes are layout to both."""
    old, new = (
        made_row(evidence="We \u201coffer\u201d it, where po\u00adssible."),
        made_row(evidence="We 'o\ufb00er' it where possible."),
    )
    done = compare(form_of(flagged(old, hedge(old, old.evidence))), form_of(flagged(new, hedge(new, new.evidence))))
    assert [change.state for change in done.rows[0].findings] == [State.STILL]


def test_rows_without_a_number_pair_by_their_requirement() -> None:
    def bare(order: int, requirement: str) -> Row:
        return made_row("5.1", order, provision=None, provision_inferred=None, requirement=requirement)

    old = form_of(bare(1, "Landlords must log complaints."), bare(2, "Landlords must answer in time."))
    new = form_of(bare(1, "Landlords must answer in time!"), bare(2, "Residents must be told why."))
    done = compare(old, new)
    assert {(bool(r.old), bool(r.new), r.row.requirement[:14]) for r in done.rows} == {
        (True, True, "Landlords must"),
        (False, True, "Residents must"),
        (True, False, "Landlords must"),
    }


def test_a_number_printed_twice_pairs_in_order() -> None:
    rows = [made_row("5.1", order, evidence=text) for order, text in ((1, "First."), (2, "Second."))]
    assert compare(form_of(*rows), form_of(*rows)).changed == ()


def test_a_lost_row_stands_where_it_was() -> None:
    numbers = ("5.1", "5.2", "5.3")
    rows = {n: made_row(n, order) for order, n in enumerate(numbers, 1)}
    done = compare(form_of(*rows.values()), form_of(rows["5.1"], made_row("5.3", 2)))
    assert [row.row.number for row in done.rows] == ["5.1", "5.2", "5.3"]
    assert done.rows[1].new is None


def across(old: list[Row], new: list[Row]) -> list[tuple[str, list[str]]]:
    packs = (load_pack("2022"), load_pack("2024"))
    done = compare(form_of(*old, edition="2022"), form_of(*new, edition="2024"), packs)
    return [
        (r.row.number if r.new else "", [i.row.number for i in ((r.old,) if r.old else ()) + r.merged]) for r in done.rows
    ]


def test_editions_pair_by_shared_duties_and_likeness() -> None:
    # 2022 1.6 shares duties with 2024 1.3 and 1.5; 1.3 of 2022 has 1.3 of 2024 alone.
    old = [made_row("1.3", 1, evidence="Call script."), made_row("1.6", 2, evidence="A complaint is opened the same day.")]
    new = [made_row("1.3", 1, evidence="Call script of May."), made_row("1.5", 2, evidence="A complaint is opened at once.")]
    assert across(old, new) == [("1.3", ["1.3"]), ("1.5", ["1.6"])]


def test_rows_of_two_editions_split_and_merge() -> None:
    assert across([made_row("2.3", 1), made_row("2.4", 2)], [made_row("3.4", 1)]) in (
        [("3.4", ["2.3", "2.4"])],
        [("3.4", ["2.4", "2.3"])],
    )
    assert across([made_row("2.1", 1)], [made_row("3.1", 1), made_row("3.2", 2)]) == [("3.1", ["2.1"]), ("3.2", ["2.1"])]


def test_a_row_that_the_other_edition_lacks() -> None:
    assert across([made_row("4.13", 1)], [made_row("3.3", 1)]) == [("", ["4.13"]), ("3.3", [])]


def test_a_row_alone_says_why() -> None:
    packs = (load_pack("2022"), load_pack("2024"))
    old = form_of(made_row("4.13", 1), made_row("1.3", 2), edition="2022")
    done = compare(old, form_of(made_row("3.3", 1), edition="2024"), packs)
    assert {row.row.number: row.why for row in done.rows} == {
        "4.13": "no provision of edition 2024 shares a duty with it",
        "1.3": "the form of edition 2024 has no row for 1.3",
        "3.3": "no provision of edition 2022 shares a duty with it",
    }


def test_a_split_row_tells_its_lost_findings_once() -> None:
    old = made_row("2.1", 1, evidence="We aim to.")
    packs = (load_pack("2022"), load_pack("2024"))
    new = [made_row("3.1", 1, evidence="Policy v4."), made_row("3.2", 2, evidence="Slides.")]
    done = compare(form_of(flagged(old, hedge(old, "aim")), edition="2022"), form_of(*new, edition="2024"), packs)
    assert done.count(State.GONE) == 1 and done.rows[0].why


BOARD = "The board will approve a new complaints policy by March 2025."


@pytest.mark.parametrize(
    ("promise", "answer", "outcome", "due"),
    [
        (BOARD, BOARD, Outcome.STILL, "March 2025"),
        (BOARD, "The board will approve a new complaints policy by March 2026.", Outcome.LATER, "March 2025"),
        (BOARD, "The board approved a new complaints policy on 4 February 2025.", Outcome.KEPT, "March 2025"),
        (BOARD, "Our new complaints policy has been approved by the board.", Outcome.KEPT, "March 2025"),
        (BOARD, "Residents are told of the outcome by letter.", Outcome.NO_WORD, "March 2025"),
        (BOARD, "", Outcome.NO_WORD, "March 2025"),
        (
            "Training for all staff will be delivered by June 2025.",
            "All staff had their training in May 2025.",
            Outcome.KEPT,
            "June 2025",
        ),
        (
            "The web form will go live by 1 May 2025.",
            "The web form is due to go live by 1 October 2025.",
            Outcome.LATER,
            "1 May 2025",
        ),
        ("The leaflet will be printed by the end of 2024.", "The leaflet is to be printed soon.", Outcome.STILL, "2024"),
    ],
)
def test_promises_are_followed(promise: str, answer: str, outcome: Outcome, due: str) -> None:
    done = compare(form_of(made_row(evidence=promise)), form_of(made_row(evidence=answer), stated=date(2025, 12, 1)))
    (found,) = done.promises
    assert (found.outcome, found.due, found.overdue) == (outcome, due, True)
    assert found.answer == ("" if outcome is Outcome.NO_WORD else answer)


@pytest.mark.parametrize(
    "text",
    [
        "The board approved the policy in March 2024.",
        "The officer will then write to the resident.",
        "A complaint is answered within ten working days.",
        "The policy was to be approved by May 2024 and was approved on 2 May 2024.",
        "Report of 3 May 2024, page 4.",
    ],
)
def test_what_is_no_promise(text: str) -> None:
    assert compare(form_of(made_row(evidence=text)), form_of(made_row(evidence="Nothing."))).promises == ()


def test_a_promise_may_be_answered_in_another_row() -> None:
    old = form_of(made_row("5.1", 1, evidence=BOARD), made_row("5.2", 2, evidence="Done."))
    new = form_of(made_row("5.2", 1, evidence="The board approved a new complaints policy in February 2025."))
    (found,) = compare(old, new).promises
    assert (found.outcome, found.answer_provision) == (Outcome.KEPT, "5.2")


def test_what_stood_beside_the_promise_before_is_no_answer() -> None:
    beside = "The board has a complaints policy."
    old, new = made_row(evidence=f"{beside} {BOARD}"), made_row(evidence=beside)
    assert compare(form_of(old), form_of(new)).promises[0].outcome is Outcome.NO_WORD


NUMBERS = {
    "2022": ("1.2", "1.6", "2.1", "2.3", "2.4", "4.1", "4.13", ""),
    "2024": ("1.2", "1.3", "1.5", "3.1", "3.2", "3.4", ""),
}
WORDS = ("We aim to answer.", "Policy v3, page 2.", "The board will approve it by May 2025.", "")


def forms(edition: str) -> st.SearchStrategy[Review]:
    rows = st.tuples(st.sampled_from(NUMBERS[edition]), st.sampled_from(WORDS), st.integers(0, 3))

    def made(parts: list[tuple[str, str, int]]) -> Review:
        items = []
        for order, (number, text, count) in enumerate(parts, 1):
            row = made_row(
                number or "5.1", order, evidence=text, provision=number or None, provision_inferred=number or None
            )
            items.append(flagged(row, *[hedge(row, "aim" if "aim" in text else "")] * count))
        return form_of(*items, edition=edition)

    return st.lists(rows, max_size=8).map(made)


@settings(max_examples=25)
@given(st.sampled_from(["2022", "2024"]).flatmap(forms), st.sampled_from(["2022", "2024"]).flatmap(forms))
def test_nothing_is_lost_or_told_twice(old: Review, new: Review) -> None:
    packs = (load_pack(old.form.edition), load_pack(new.form.edition))
    done = compare(old, new, packs)
    assert sorted(row.new.rank for row in done.rows if row.new) == sorted(item.rank for item in new.items)
    told = {item.rank for row in done.rows for item in (((row.old,) if row.old else ()) + row.merged)}
    assert told == {item.rank for item in old.items}
    both = done.count(State.STILL) + done.count(State.REWORDED)
    assert both + done.count(State.NEW) == sum(len(item.findings) for item in new.items)
    if old.form.edition == new.form.edition:
        assert both + done.count(State.GONE) == sum(len(item.findings) for item in old.items)
    assert comparison_json.render(done) == comparison_json.render(compare(old, new, packs))


def test_answers_and_grades() -> None:
    old = made_item(made_row(answer=Answer.YES), tier=3)
    new = made_item(made_row(answer=Answer.PARTIAL), tier=1)
    (row,) = compare(form_of(old), form_of(new)).rows
    assert row.answer == (Answer.YES, Answer.PARTIAL)
    assert [(s.name, s.old, s.new, s.direction) for s in row.scores] == [("tier", 3, 1, "down")]
