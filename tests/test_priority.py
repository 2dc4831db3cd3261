"""The tier as LABELS.md defines it, the order inside a tier, and what no output may break."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencereview.config import Settings
from evidencereview.language.build import build_view
from evidencereview.language.view import FormView
from evidencereview.pipeline import review
from evidencereview.priority import HARM, prioritise, tier_of
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Finding, Form, Item, Review, Row, Scores, Severity
from made_reviews import made_finding, made_row
from toy_models import toy_models, toys_in_place

PROVEN = "Complaints Policy v4, clause 3.2, page 7, says so, and the Board read the report of 3 May 2024 on 41 cases."
PROMISE = "A new procedure will be introduced once the board has approved it."


def view_of(*rows: Row, edition: str = "2024") -> FormView:
    form = Form("elm", "text", "0" * 64, rows)
    return build_view(form, load_pack(edition), toy_models())


def tier(
    flags: str,
    number: str = "5.1",
    edition: str = "2024",
    confidence: float = 0.9,
    grades: tuple[int, int] = (2, 2),
    **more: object,
) -> int:
    """The tier of one row with some flags (separated by blanks)."""
    row = made_row(number, **{"evidence": PROVEN, **more})
    found = [made_finding(row, flag, "ER999", confidence=confidence) for flag in flags.split()]
    view = view_of(row, edition=edition)
    return tier_of(view, view.rows[0], found, Scores(*grades, 0.5, 0.5))[0]


@pytest.mark.parametrize("flag", ["missing-answer", "admitted-gap", "requirement-conflict"])
def test_always_tier_3(flag: str) -> None:
    assert tier(flag) == tier(flag, mandatory=False) == tier(f"boilerplate {flag} hedged-practice") == 3


@pytest.mark.parametrize("flag", ["missing-evidence", "unexplained-no"])
def test_tier_3_on_a_must_row(flag: str) -> None:
    assert tier(flag, answer=Answer.NO) == 3


def test_an_unexplained_no_is_1_where_the_code_only_recommends() -> None:
    assert tier("unexplained-no", "1.4", "2022", answer=Answer.NO, mandatory=False) == 1


@pytest.mark.parametrize("number", ["5.17", "5.18", "5.19", "5.20"])
def test_an_unexplained_not_applicable_is_1_where_the_duty_cannot_arise(number: str) -> None:
    # A third stage in a process of two.
    assert tier("unexplained-no", number, "2022", answer=Answer.NOT_APPLICABLE) == 1


def test_the_yes_of_a_contradiction_is_3_and_its_honest_no_at_least_2() -> None:
    assert tier("contradiction", answer=Answer.YES) == 3
    assert tier("contradiction", answer=Answer.NO) == 2
    assert tier("contradiction unexplained-no", answer=Answer.NO) == 3
    assert tier("contradiction unexplained-no", "1.4", "2022", answer=Answer.NO, mandatory=False) == 2


def test_a_promise_that_carries_the_row_is_3_and_an_extra_one_low() -> None:
    assert tier("future-commitment", evidence=PROMISE) == 3
    assert tier("future-commitment", evidence=f"{PROVEN} {PROMISE}") == 1
    assert tier("future-commitment", evidence=PROVEN, commentary=PROMISE) == 1


@pytest.mark.parametrize("flag", ["bare-assertion", "partial-coverage", "off-topic", "hedged-practice", "cross-reference"])
def test_weak_is_2(flag: str) -> None:
    assert tier(flag) == tier(flag, mandatory=False) == tier(f"boilerplate {flag} stale-date") == 2


@pytest.mark.parametrize(("relevance", "expected"), [(3, 1), (2, 2), (1, 2)])
def test_a_loose_reference_weighs_by_relevance(relevance: int, expected: int) -> None:
    assert tier("generic-reference", grades=(relevance, 1)) == expected


@pytest.mark.parametrize("flag", ["boilerplate", "stale-date", "dangling-pointer", "restated-requirement"])
def test_the_rest_is_1(flag: str) -> None:
    assert tier(flag, grades=(3, 3)) == 1


@pytest.mark.parametrize(("grades", "expected"), [((3, 3), 0), ((2, 2), 1), ((3, 1), 1), ((2, 3), 1)])
def test_a_row_without_findings(grades: tuple[int, int], expected: int) -> None:
    # A bare pointer with an exact locator has relevance 2 and specificity 2, and is 1.
    assert tier("", grades=grades) == expected


@pytest.mark.parametrize(
    "flag", ["missing-answer", "admitted-gap", "requirement-conflict", "contradiction", "missing-evidence"]
)
def test_low_confidence_alone_never_makes_a_3(flag: str) -> None:
    assert tier(flag, confidence=0.3) < 3
    assert tier(flag, confidence=0.6) == 3


@pytest.mark.parametrize("flag", ["bare-assertion", "hedged-practice"])
def test_a_weak_row_stays_2_beside_an_excused_no(flag: str) -> None:
    assert tier(f"unexplained-no {flag}", "1.4", "2022", answer=Answer.NO, mandatory=False) >= 2


def ranked(*rows: tuple[Row, tuple[Finding, ...]]) -> list[str]:
    """The numbers of rows in the order of the list."""
    found = [each for _, findings in rows for each in findings]
    return [item.row.number for item in prioritise(view_of(*(row for row, _ in rows)), found)]


def with_finding(number: str, order: int, flag: str = "hedged-practice", **more: object) -> tuple[Row, tuple]:
    row = made_row(number, order, evidence=PROVEN, mandatory=more.pop("mandatory", True))
    return row, (made_finding(row, flag, "ER999", **more),)


def test_inside_a_tier_harm_confidence_and_must_decide() -> None:
    assert ranked(with_finding("5.1", 1, severity=Severity.LOW), with_finding("5.2", 2, severity=Severity.HIGH)) == [
        "5.2",
        "5.1",
    ]
    assert ranked(with_finding("5.1", 1, confidence=0.5), with_finding("5.2", 2, confidence=0.9)) == ["5.2", "5.1"]
    assert ranked(with_finding("5.1", 1, mandatory=False), with_finding("5.2", 2)) == ["5.2", "5.1"]


def test_one_unsafe_thing_stands_before_three_lesser_ones() -> None:
    row = made_row("5.1", 1, evidence=PROVEN)
    flags = ("generic-reference", "partial-coverage", "hedged-practice")
    lesser = tuple(made_finding(row, flag, "ER999", severity=Severity.MEDIUM, confidence=0.9) for flag in flags)
    assert ranked((row, lesser), with_finding("5.2", 2, severity=Severity.HIGH, confidence=0.9)) == ["5.2", "5.1"]


def test_ties_keep_the_printed_order() -> None:
    rows = [with_finding("5.1", order) for order in (3, 1, 2)]
    items = prioritise(view_of(*(row for row, _ in rows)), [each for _, found in rows for each in found])
    assert len({item.score for item in items}) == 1
    assert [item.row.order for item in items] == [1, 2, 3]


def test_a_lower_tier_never_overtakes() -> None:
    many = made_row("5.1", 1, evidence=PROVEN)
    flags = ("bare-assertion", "partial-coverage", "off-topic", "hedged-practice", "cross-reference", "boilerplate")
    piled = tuple(made_finding(many, flag, "ER999", severity=Severity.HIGH, confidence=1.0) for flag in flags)
    assert ranked((many, piled), with_finding("5.2", 2, "admitted-gap", severity=Severity.LOW, confidence=0.5)) == [
        "5.2",
        "5.1",
    ]


def test_the_breakdown_accounts_for_the_score() -> None:
    row, found = with_finding("5.1", 1, severity=Severity.HIGH, confidence=0.5)
    (item,) = prioritise(view_of(row), found)
    assert (item.breakdown[0].label, item.breakdown[0].points) == ("tier", float(item.tier))
    by_label = {reason.label: reason.points for reason in item.breakdown}
    assert by_label["hedged-practice"] == HARM[Severity.HIGH] * 0.5 and by_label["must"] > 0
    assert all(reason.because for reason in item.breakdown)
    inside = sum(reason.points for reason in item.breakdown[1:])
    more = replace(found[0], confidence=1.0)
    (higher,) = prioritise(view_of(row), (more,))
    assert higher.score > item.score and sum(reason.points for reason in higher.breakdown[1:]) > inside


def test_the_asks_of_the_gravest_come_first_and_once() -> None:
    row = made_row("5.1", evidence=PROVEN)
    found = [
        made_finding(row, "boilerplate", "ER205", severity=Severity.LOW, ask="b"),
        made_finding(row, "hedged-practice", "ER302", severity=Severity.HIGH, ask="a"),
        made_finding(row, "stale-date", "ER304", severity=Severity.MEDIUM, ask="a"),
    ]
    (item,) = prioritise(view_of(row), found)
    assert item.ask == "a; b"
    assert [each.flag for each in item.findings] == ["hedged-practice", "stale-date", "boilerplate"]


# Pieces that make checks speak, and text of any kind between them.
PIECES = st.sampled_from(
    [
        "We aim to answer where possible.",
        "This will be in place once approved.",
        "We do not do this yet.",
        "See above.",
        "As set out in our policy.",
        "Complaints Policy v4, section 3.2.",
        "This is standard practice.",
        "The Head of Customer Care reads each reply; 41 were read in May 2024.",
        "Our parking permits cost twelve pounds a year.",
        "We answer within 30 working days.",
        "N/A",
        "-",
        "attached",
        "We keep a log of every reply that we send to residents.",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=40), max_size=4).map(" ".join)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Forms of one to six rows of one edition with any answers and texts."""
    pack = load_pack(draw(st.sampled_from(["2022", "2024"])))
    chosen = draw(st.lists(st.sampled_from(pack.provisions), min_size=1, max_size=6, unique_by=lambda p: p.number))
    rows = []
    for order, provision in enumerate(chosen, 1):
        answer = draw(st.sampled_from(Answer))
        rows.append(
            made_row(
                provision.number,
                order,
                requirement=provision.summary,
                answer=answer,
                answer_raw="" if answer is Answer.BLANK else answer.value.title(),
                evidence=draw(TEXTS | st.just(provision.summary)),
                commentary=draw(st.just("") | TEXTS),
                mandatory=provision.modality == "must",
            )
        )
    return Form("elm", "text", "0" * 64, tuple(rows), edition=pack.edition)


def broken(item: Item, blank: bool) -> list[str]:
    """The invariants of LABELS.md that an item breaks, and what else must hold of every item."""
    flags = {found.flag for found in item.findings}
    relevance, specificity = item.scores.relevance, item.scores.specificity
    held = {
        "off-topic with text means relevance 1 at most": ("off-topic" in flags) == (relevance <= 1 and not blank),
        "partial-coverage: relevance 2 at most": "partial-coverage" not in flags or relevance <= 2,
        "bare-assertion: specificity 1 at most": "bare-assertion" not in flags or specificity <= 1,
        "bare-assertion: tier 2 at least": "bare-assertion" not in flags or item.tier >= 2,
        "restated-requirement: specificity 1 at most": "restated-requirement" not in flags or specificity <= 1,
        "hedged-practice: tier 2 at least": "hedged-practice" not in flags or item.tier >= 2,
        "blank: nothing is relevant": not blank or relevance == specificity == 0,
        "tier is 0 to 3": item.tier in range(4),
        "score lies in the tier": item.tier / 4 <= item.score < (item.tier + 1) / 4,
        "words stand where the span says": all(
            found.span is None or item.row.cell(found.span.cell)[found.span.start : found.span.end] == found.words
            for found in item.findings
        ),
        "one finding a flag": len(flags) == len(item.findings),
        "every finding says why and what to ask": all(found.because and found.ask for found in item.findings),
    }
    return [name for name, holds in held.items() if not holds]


def check_review(form: Form, reviewed: Review) -> None:
    assert reviewed.failures == ()
    assert sorted(item.row.order for item in reviewed.items) == [row.order for row in form.rows]
    assert [item.rank for item in reviewed.items] == list(range(1, len(form.rows) + 1))
    places = [(-item.tier, -item.score, item.row.order) for item in reviewed.items]
    assert places == sorted(places)
    blank = {row.row.order: row.is_blank for row in view_of(*form.rows, edition=form.edition).rows}
    for item in reviewed.items:
        assert broken(item, blank[item.row.order]) == [], item


@given(forms())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_output_breaks_the_invariants_by_rule(form: Form) -> None:
    with toys_in_place():
        check_review(form, review(form, _excerpt(form)))


@pytest.mark.models
@given(forms())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_no_output_breaks_the_invariants(shipped: None, form: Form) -> None:
    check_review(form, review(form, _excerpt(form)))


def _excerpt(form: Form) -> Settings:
    return Settings(partial=True, edition=form.edition)
