"""What LABELS rules out whatever a head may say: tables of rows on which a flag is possible, and on which it never is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from views import view

from evidencereview.language.build import build_view
from evidencereview.language.coverage import DutyCoverage
from evidencereview.language.gates import may_be_partial, may_restate
from evidencereview.language.substance import says_something, sums_up
from evidencereview.language.view import FormView
from evidencereview.provisions import Duty, load_pack
from evidencereview.records import Answer, Form
from made_reviews import made_row
from toy_models import toy_models

SPOKEN, SILENT = 0.9, 0.1


def form_with(evidence: str, *chances: float, number: str = "6.9", answer: Answer = Answer.YES) -> FormView:
    """A form of one row, whose duties have the given chances."""
    row = replace(made_row(number), evidence=evidence, commentary="", answer=answer)
    made = build_view(Form("x", "jsonl", "", (row,)), load_pack("2024"), toy_models())
    duties = tuple(
        DutyCoverage(Duty(f"d{i}", f"does {i}", f"the {i}"), 0, 0.0, None, (), chance) for i, chance in enumerate(chances)
    )
    return replace(made, coverage=(duties,))


@pytest.mark.parametrize(
    ("evidence", "chances", "possible"),
    [
        ("Each letter names the remedy and gives the reasons in plain words.", (SPOKEN, SILENT), True),
        ("Each letter names the remedy and gives the reasons in plain words.", (SILENT, SILENT), False),
        ("Each letter names the remedy and gives the reasons in plain words.", (SPOKEN,), False),
        ("Statement in our Complaints Policy section 2.4.5.", (SPOKEN, SILENT), False),
        ("See Complaints Procedure, pages 12 to 14, 3 March 2024", (SPOKEN, SILENT), False),
        ("Our letter templates carry a prompt for each of the items listed.", (SPOKEN, SILENT), False),
    ],
)
def test_partial_coverage_needs_a_duty_that_is_spoken_to_on_its_own_terms(
    evidence: str, chances: tuple[float, ...], possible: bool
) -> None:
    made = form_with(evidence, *chances)
    assert may_be_partial(made, made.rows[0]) is possible


@pytest.mark.parametrize(
    ("evidence", "possible"),
    [
        ("The council has a complaints team.", True),
        ("As evidenced by the complaints team.", False),
        ("This is standard practice in the complaints team.", False),
        ("The council has one.", False),
    ],
)
def test_a_short_row_speaks_where_a_term_of_the_duty_stands_in_plain_words(evidence: str, possible: bool) -> None:
    made = form_with(evidence, SPOKEN, SILENT)
    terms = int("complaints team" in evidence)
    first = replace(made.coverage[0][0], terms=terms, sentence=made.rows[0].sentences[0])
    assert may_be_partial(replace(made, coverage=((first, made.coverage[0][1]),)), made.rows[0]) is possible


@pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_APPLICABLE])
def test_an_answer_that_claims_nothing_covers_nothing_in_part(answer: Answer) -> None:
    made = form_with("Each letter names the remedy and gives the reasons.", SPOKEN, SILENT, answer=answer)
    assert not may_be_partial(made, made.rows[0])


@pytest.mark.parametrize(
    ("evidence", "possible"),
    [
        ("The closing letter confirms the definition, the decision and the reasons.", True),
        ("The closing letter confirms the decision, as section 4.2 of our procedure has it.", False),
        ("The closing letter confirms the decision; 41 of 44 did so in May 2024.", False),
        ("Yes, done.", False),
    ],
)
def test_a_fact_of_the_landlords_own_is_no_restatement(evidence: str, possible: bool) -> None:
    made = form_with(evidence, SPOKEN, SILENT)
    assert may_restate(made, made.rows[0]) is possible


@pytest.mark.parametrize(
    "text",
    [
        "All these factors are considered whenever money is offered.",
        "Officers are trained in each of these principles.",
        "Prompts make sure these points are captured.",
        "Quarterly reports covering this information go to the panel.",
        "All of this is set out in the reply.",
        "Every reply contains the required information.",
        "All other information listed is provided.",
    ],
)
def test_what_counts_the_duties_together(text: str) -> None:
    assert sums_up(view(text))


@pytest.mark.parametrize(
    "text",
    [
        "Our replies answer all the points raised.",
        "We weigh all of the information and evidence available to us.",
        "The policy covers this.",
        "These reports go to the board every month.",
        "This information is used in the yearly plan.",
        "All of our staff are trained.",
        "",
    ],
)
def test_what_speaks_of_one_thing(text: str) -> None:
    assert not sums_up(view(text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Statement in Customer Complaints Policy section 2.4.5.", False),
        ("Complaints Policy 12.3.4, 5.6 and 7.8", False),
        ("Repairs are tracked on the case until the tenant signs them off.", True),
    ],
)
def test_the_numbers_of_a_section_say_nothing(text: str, says: bool) -> None:
    assert says_something(view(text)) is says
