"""Decisions: by what a finding is known again, what a decision changes, and that none is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.config import Ignored
from evidencereview.decisions import apply_decisions, apply_ignored, identity, identity_of_words, normalised
from evidencereview.records import Decision, Finding, Review, Row, Verdict
from made_reviews import NASTY, made_finding, made_item, made_review, made_row

TODAY = date(2026, 11, 22)
WORDS = "where possible"


def hedged(evidence: str = "We answer where possible.", words: str = WORDS, number: str = "5.1") -> tuple[Row, Finding]:
    row = made_row(number, evidence=evidence)
    return row, made_finding(row, "hedged-practice", "ER302", words)


def one_finding(row: Row, finding: Finding) -> Review:
    return made_review((made_item(row, findings=(finding,)),))


def decided(verdict: Verdict = Verdict.ACCEPTED, **more: object) -> Decision:
    values: dict[str, object] = {"provision": "5.1", "flag": "hedged-practice", "words": WORDS, "verdict": verdict}
    return Decision(**{**values, **more})  # type: ignore[arg-type]


SAME = [
    ("where possible", "Where  possible"),
    ("where possible", " where\npossible. "),
    ("where possible", "“where possible”"),
    ("where possible", "where\u00a0possible"),
    ("where possible", "where pos\u00adsible"),
    ("ﬁnal reply", "final reply"),
    ("Straße", "STRASSE"),
]
OTHER = [
    ("where possible", "wherever possible"),
    ("where possible", "where possible we answer"),
    ("stage 1", "stage 2"),
    ("", "where possible"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_layout_and_quotes_keep_the_identity(one: str, other: str) -> None:
    assert identity_of_words("5.1", "hedged-practice", one) == identity_of_words("5.1", "hedged-practice", other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other_words_are_another_finding(one: str, other: str) -> None:
    assert identity_of_words("5.1", "hedged-practice", one) != identity_of_words("5.1", "hedged-practice", other)


def test_the_place_of_the_words_does_not_matter() -> None:
    assert identity(*reversed(hedged())) == identity(*reversed(hedged("A new start. We answer where possible, we think.")))


def test_provision_and_flag_are_part_of_it() -> None:
    row, finding = hedged()
    assert identity(finding, row) == identity_of_words("5.1", "hedged-practice", WORDS)
    assert identity(replace(finding, provision="5.10"), row) != identity(finding, row)
    assert identity(replace(finding, flag="boilerplate"), row) != identity(finding, row)
    assert identity(finding, row).startswith("5.1 hedged-practice ")


def absent(text: str = "We reply.", because: str = "nothing on: active review", commentary: str = "") -> str:
    row = made_row(evidence=text, commentary=commentary)
    return identity(made_finding(row, "partial-coverage", "ER402", because=because), row)


def test_something_absent_is_known_by_what_is_missing_and_by_the_row() -> None:
    assert absent() == absent("  we REPLY ")
    assert absent() != absent("We reply in ten days.")
    assert absent() != absent(because="nothing on: record of adjustments")
    assert absent() != absent(commentary="And more.")


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_nasty_text_has_an_identity_of_plain_characters(text: str) -> None:
    row = made_row(evidence=text)
    key = identity(made_finding(row, "generic-reference", "ER201", text), row)
    assert key.isascii() and key.isprintable() and len(key.split()) == 3


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


CLOSES = [
    (Verdict.AGREE, None, False),
    (Verdict.AGREE, date(2020, 1, 1), False),
    (Verdict.DISAGREE, None, True),
    (Verdict.DISAGREE, date(2020, 1, 1), True),
    (Verdict.FIXED, None, False),
    (Verdict.UNDECIDED, None, False),
    (Verdict.ACCEPTED, None, True),
    (Verdict.ACCEPTED, TODAY, True),
    (Verdict.ACCEPTED, date(2026, 11, 21), False),
]


@pytest.mark.parametrize(("verdict", "due", "closes"), CLOSES)
def test_what_closes_a_finding(verdict: Verdict, due: date | None, closes: bool) -> None:
    row, finding = hedged()
    told = decided(verdict, due=due, owner="Head of Audit", note="known")
    done = apply_decisions(one_finding(row, finding), [told], TODAY)
    (found,) = done.items[0].findings
    assert found.is_open is not closes
    assert found.decision is not None
    assert (found.decision.owner, found.decision.due, found.decision.note) == ("Head of Audit", due, "known")
    assert found.decision.expired is (verdict is Verdict.ACCEPTED and not closes)
    # A decision is no judgement of the text: the row keeps its place.
    assert (done.items[0].tier, done.items[0].rank, done.unmatched) == (2, 1, ())


def test_a_finding_without_a_decision_is_open() -> None:
    row, finding = hedged()
    done = apply_decisions(one_finding(row, finding), [], TODAY)
    assert done.items[0].findings == (finding,) and finding.is_open


UNMATCHED = [
    (decided(provision="9.9"), "the form has no row 9.9"),
    (decided(words="wherever we can"), "the words are not those that were decided on: look again"),
    (decided(flag="stale-date"), "it is no longer found in this row"),
    (decided(Verdict.FIXED, flag="stale-date"), "fixed: it is no longer found"),
    (decided(flag="no-such-flag"), "its check was not run this time"),
    (decided(words=""), "it names no words"),
    (decided(identity="5.1 hedged-practice 000000000000"), "the words are not those"),
]


@pytest.mark.parametrize(("decision", "because"), UNMATCHED)
def test_a_decision_that_fits_nothing_is_kept_with_the_reason(decision: Decision, because: str) -> None:
    row, finding = hedged()
    done = apply_decisions(one_finding(row, finding), [decision], TODAY)
    assert done.items[0].findings[0].decision is None
    (unmatched,) = done.unmatched
    assert unmatched.decision == decision
    assert unmatched.because.startswith(because)


def test_a_rewritten_row_asks_for_a_new_decision() -> None:
    row = made_row(evidence="We keep a log.")
    gap = made_finding(row, "partial-coverage", "ER402", because="nothing on: active review")
    told = decided(flag="partial-coverage", words="", identity=identity(gap, row))
    assert not apply_decisions(one_finding(row, gap), [told], TODAY).items[0].findings[0].is_open
    rewritten = replace(row, evidence="We keep a log of each reply.")
    assert apply_decisions(one_finding(rewritten, gap), [told], TODAY).items[0].findings[0].is_open


def test_of_two_decisions_the_last_counts_and_the_first_is_said() -> None:
    row, finding = hedged()
    first, last = decided(Verdict.AGREE, where="line 2"), decided(Verdict.DISAGREE, where="line 9")
    done = apply_decisions(one_finding(row, finding), [first, last], TODAY)
    assert done.items[0].findings[0].decision == last
    assert [(u.decision, u.because) for u in done.unmatched] == [(first, "decided again in line 9, which counts")]
    twice = apply_decisions(one_finding(row, finding), [first, replace(first, where="line 9")], TODAY)
    assert twice.unmatched == ()


@given(st.lists(st.builds(decided, st.sampled_from(Verdict), provision=st.sampled_from(["5.1", "9.9"]), note=st.text())))
def test_no_decision_is_lost(decisions: list[Decision]) -> None:
    done = apply_decisions(one_finding(*hedged()), decisions, TODAY)
    at_findings = [found.decision for item in done.items for found in item.findings if found.decision]
    kept = {(d.provision, d.verdict, d.note) for d in [*at_findings, *(u.decision for u in done.unmatched)]}
    assert kept == {(d.provision, d.verdict, d.note) for d in decisions}


def test_an_ignored_provision_is_accepted_for_its_reason() -> None:
    review = one_finding(*hedged())
    done = apply_ignored(review, [Ignored("5.1", "being replaced", date(2027, 1, 31)), Ignored("9.9", "none")], TODAY)
    (found,) = done.items[0].findings
    assert not found.is_open and found.decision is not None
    assert (found.decision.note, found.decision.where) == ("being replaced", "settings")
    assert [u.because for u in done.unmatched] == ["the form has no row 9.9"]
    late = apply_ignored(review, [Ignored("5.1", "being replaced", date(2026, 11, 21))], TODAY)
    assert late.items[0].findings[0].is_open


def test_a_check_that_was_not_run_is_told_apart() -> None:
    review = replace(one_finding(*hedged()), settings={"only": ["ER302"], "skip": []})
    done = apply_decisions(review, [decided(flag="stale-date")], TODAY)
    assert [u.because for u in done.unmatched] == ["its check was not run this time"]


def test_what_is_closed_is_not_asked_for_again() -> None:
    row, finding = hedged()
    other = made_finding(row, "stale-date", "ER304")
    review = made_review((made_item(row, findings=(finding, other)),))
    assert apply_decisions(review, [decided(Verdict.AGREE)], TODAY).items[0].ask == review.items[0].ask
    assert apply_decisions(review, [decided()], TODAY).items[0].ask == "the question about stale-date"
    assert apply_decisions(one_finding(row, finding), [decided()], TODAY).items[0].ask == ""


def test_a_decision_goes_before_the_settings() -> None:
    review = apply_ignored(one_finding(*hedged()), [Ignored("5.1", "being replaced")], TODAY)
    done = apply_decisions(review, [decided(Verdict.AGREE)], TODAY)
    assert done.items[0].findings[0].is_open
