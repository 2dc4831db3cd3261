"""What shows when a form is seen as a whole: altered requirements, repeated provisions, one text for every Yes."""

from __future__ import annotations

import pytest

from evidencereview.language.altered import altered_requirements
from evidencereview.language.form_notes import form_notes
from evidencereview.provisions import Pack, load_pack
from evidencereview.records import Answer, Form, Note, Row


def form(*rows: tuple[str, str, Answer, str], edition: str = "2024", notes: tuple[Note, ...] = ()) -> tuple[Form, Pack]:
    """A form of rows (provision, printed requirement, answer, evidence), and the provisions of its edition."""
    made = tuple(
        Row("x", i, int(number.split(".")[0]), number, None, requirement, answer.value, answer, evidence, "", True)
        for i, (number, requirement, answer, evidence) in enumerate(rows, 1)
    )
    return Form("x", "jsonl", "", made, notes), load_pack(edition)


@pytest.mark.parametrize(
    ("edition", "number", "requirement", "words"),
    [
        ("2024", "6.3", "The answer is sent within 15 working days.", ("'15 working days'", "10 days")),
        ("2024", "2.3", "Complaints are taken within six months.", ("'six months'", "12 months", "edition 2022")),
        ("2022", "5.2", "Anything beyond ten working days is agreed.", ("'ten working days'", "20 days")),
        ("2024", "1.2", "What was done by the organisation.", ("2022", "by the landlord")),
        ("2024", "3.4", "It tells the number of stages.", ("2022", "two stage")),
        ("2024", "6.13", "Landlords should choose another person.", ("'should'", "'must'")),
        ("2022", "7.3", "Landlords must appoint a lead.", ("'must'", "'should'")),
    ],
)
def test_an_altered_fact_of_a_requirement_is_told(
    edition: str, number: str, requirement: str, words: tuple[str, ...]
) -> None:
    (note,) = form_notes(*form((number, requirement, Answer.YES, ""), edition=edition))
    assert note.kind == "altered-requirement"
    assert all(word in note.text for word in (number, *words))


@pytest.mark.parametrize(
    ("edition", "number", "requirement"),
    [
        ("2024", "6.3", "The answer is sent within 10 working days."),
        ("2024", "6.3", "The answer is sent in time."),
        ("2024", "6.3", ""),
        ("2024", "1.2", "What was done by the landlord and not by the organisation."),
        ("2022", "5.14", "Beyond 10 working days, both sides agree."),
        ("2022", "5.1", "Ten working days. This should not exceed a further 10 days. Landlords must keep to it."),
        ("2024", "99.9", "Landlords should do this within 15 days."),
    ],
)
def test_other_wording_of_the_same_facts_is_not(edition: str, number: str, requirement: str) -> None:
    assert list(altered_requirements(*form((number, requirement, Answer.YES, ""), edition=edition))) == []


def test_a_provision_in_two_rows_is_told_once() -> None:
    rows = (("6.3", "", Answer.YES, "a"), ("6.3", "", Answer.NO, "b"))
    (note,) = form_notes(*form(*rows))
    assert (note.kind, note.where) == ("number-twice", "rows 1 and 2")
    told = Note("number-twice", "provision 6.3 stands here a second time", "table 1")
    assert form_notes(*form(*rows, notes=(told,))) == ()


@pytest.mark.parametrize(
    ("answers", "texts", "found"),
    [
        ([Answer.YES] * 6, ["See the policy."] * 6, True),
        ([Answer.YES] * 6, [" see the POLICY "] * 5 + ["The board met."], True),
        ([Answer.YES] * 5 + [Answer.NO], ["See the policy."] * 6, False),
        ([Answer.YES] * 4, ["See the policy."] * 4, False),
        ([Answer.YES] * 6, ["a", "b", "c", "d", "e", "f"], False),
        ([Answer.BLANK] * 6, ["See the policy."] * 6, False),
        ([Answer.YES] * 6, [""] * 6, False),
    ],
)
def test_one_text_for_every_yes(answers: list[Answer], texts: list[str], found: bool) -> None:
    rows = [(f"6.{n}", "", answer, text) for n, (answer, text) in enumerate(zip(answers, texts, strict=True), 1)]
    assert [note.kind for note in form_notes(*form(*rows))] == ["uniform-answers"] * found
