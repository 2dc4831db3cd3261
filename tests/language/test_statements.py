"""Facts that differ between two rows, kind by kind, and what only looks like it."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.language.disagreements import KINDS, disagreements
from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import FormView, RowView
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Form, Row

Place = tuple[str, str]


def form(*places: Place, edition: str = "2024") -> FormView:
    """A form of rows (provision, text), all answered Yes, looked at without an encoder."""
    pack = load_pack(edition)
    rows = tuple(
        Row("x", i, int(number.split(".")[0]), number, None, "", "Yes", Answer.YES, text, "", True)
        for i, (number, text) in enumerate(places, 1)
    )
    views = tuple(RowView(i, row, pack.by_number.get(row.number), row_sentences(row)) for i, row in enumerate(rows))
    return FormView(Form("x", "jsonl", "", rows), pack, views, (), {})


CLASH: tuple[tuple[str, Place, Place], ...] = (
    ("2024", ("6.3", "Stage 1 is answered within ten working days."),
     ("6.7", "Our stage 1 answers leave within 15 working days.")),
    ("2024", ("6.2", "We acknowledge within two days."), ("5.7", "The acknowledgement is sent within five days.")),
    ("2024", ("2.2", "Issues over six months old are excluded."), ("2.3", "We accept issues raised within twelve months.")),
    ("2024", ("4.2", "The officer may spend up to £200."), ("5.13", "Officers can offer up to £750.")),
    ("2024", ("4.2", "Officers may award up to £250."),
     ("5.13", "Directors approve anything above; officers can offer up to £100.")),
    ("2024", ("4.2", "The chief  executive may approve up to £5,000."),
     ("5.13", "Our chief executive may pay up to £2,000.")),
    ("2024", ("4.2", "Under each head we may award up to £200."), ("5.13", "We may award up to £500.")),
    ("2024", ("5.3", "There are two stages."), ("6.10", "After stage 2 there is a stage 3 with the trustees.")),
    ("2022", ("4.13", "Residents may ask for stage two within four weeks."),
     ("5.8", "They have two months to ask for stage two.")),
    ("2024", ("9.7", "The board gets complaint figures quarterly."),
     ("4.1", "Complaint figures go to the board once a year.")),
    ("2024", ("1.4", "Requests are reviewed weekly."), ("1.5", "Service requests are looked at every six months.")),
    ("2024", ("5.14", "Restrictions are reviewed every quarter."), ("5.15", "Each restriction is reviewed after a year.")),
    ("2024", ("9.5", "Ms Aldous, a trustee, is our MRC."), ("9.6", "Our MRC, Mr Benn, meets the team monthly.")),
    ("2024", ("6.13", "A director decides stage 2."), ("6.18", "Stage 2 is decided by a panel of tenants.")),
    ("2024", ("5.8", "The same manager handles both stages."), ("6.13", "Stage 2 goes to a different manager.")),
    ("2024", ("4.1", "We have a single complaints officer."), ("4.3", "The complaints team of six is trained.")),
    ("2024", ("3.4", "Complaints Policy v4 is online."), ("2.2", "Complaints Policy v2, part 3, is in force.")),
    ("2024", ("3.4", "Complaints Policy, approved in 2024."), ("2.2", "Complaints Policy, approved in 2020.")),
    ("2024", ("1.2", "Our definition includes what contractors do."),
     ("5.5", "Contractors' work falls outside our complaints policy.")),
    ("2022", ("2.1", "You can complain by phone, letter or Facebook."),
     ("2.2", "We do not accept complaints over social media.")),
    ("2024", ("6.4", "We extended nine stage 1 cases last year."), ("6.5", "No stage 1 case has been extended.")),
    ("2024", ("1.6", "We have run no survey."), ("9.2", "Complaints were set beside the survey we ran in May.")),
    ("2024", ("9.5", "The MRC role is vacant."), ("9.6", "Our MRC meets the team monthly.")),
)  # fmt: skip

QUIET: tuple[tuple[str, Place, Place], ...] = (
    ("2024", ("4.2", "The manager can approve remedies up to £500."), ("5.13", "Officers can offer up to £250.")),
    ("2024", ("4.2", "A director may award up to £2,000."), ("5.13", "Managers may award up to £500.")),
    ("2024", ("4.2", "A director may award up to £2,000."), ("5.13", "The assistant director may award up to £750.")),
    ("2024", ("4.2", "The head of service may pay up to £1,000."), ("5.13", "The head of complaints may pay up to £500.")),
    ("2024", ("6.4", "No extension goes beyond ten more days."), ("6.5", "The extension letter was sent in March.")),
    ("2024", ("6.3", "Stage 1 is answered within ten working days."),
     ("6.14", "Stage 2 is answered within twenty working days.")),
    ("2024", ("6.3", "Stage 1 is answered within ten working days."),
     ("6.7", "Our stage 1 answers leave within two weeks.")),
    ("2024", ("6.3", "Stage 1 is answered within ten working days."), ("6.7", "On average stage 1 answers took 7 days.")),
    ("2024", ("6.3", "Stage 1 is answered within ten working days."),
     ("6.7", "Our target for stage 1 answers is six days.")),
    ("2024", ("6.3", "Stage 1 is answered within ten working days."),
     ("6.7", "Until 2023 stage 1 was answered within 20 days.")),
    ("2024", ("6.4", "Stage 1 is extended by up to ten days."), ("6.15", "Stage 2 is extended by up to twenty days.")),
    ("2024", ("5.3", "There are two stages."), ("6.10", "The third stage was abolished in 2021.")),
    ("2024", ("9.7", "The board gets complaint figures quarterly."),
     ("8.2", "The annual report goes to the board every year.")),
    ("2024", ("9.7", "The board gets figures quarterly."), ("4.1", "Four times a year the board sees complaint figures.")),
    ("2024", ("1.4", "Requests are reviewed weekly."), ("6.1", "New complaints are sorted daily.")),
    ("2024", ("5.14", "The behaviour policy is reviewed every three years."),
     ("5.15", "Restrictions are reviewed monthly.")),
    ("2024", ("9.5", "Ms Aldous was MRC until May; Mr Benn took over."), ("9.6", "Our MRC, Mr Benn, meets the team.")),
    ("2024", ("9.5", "Ms Aldous, a trustee, is our MRC."),
     ("9.4", "Mr Benn, a director, is the senior lead for complaints.")),
    ("2024", ("6.13", "A director decides stage 2."), ("6.20", "The stage 1 officer supplies the file for stage 2.")),
    ("2024", ("6.13", "A director decides stage 2."), ("6.7", "Service managers write the stage 1 answer.")),
    ("2024", ("4.1", "The complaints team is three people."), ("4.2", "Ms Hart and her two colleagues can reach anyone.")),
    ("2024", ("5.1", "Complaints Policy 2024."), ("5.14", "Managing Behaviour Policy 2021.")),
    ("2024", ("3.4", "Complaints and Feedback Policy."), ("5.1", "One policy for all, the Feedback Policy.")),
    ("2024", ("1.2", "Our definition includes what contractors do."), ("5.4", "Contractors do not handle complaints.")),
    ("2024", ("6.4", "We extended nine stage 1 cases last year."), ("6.15", "No stage 2 case has been extended.")),
    ("2024", ("2.4", "Where we refuse, we write with reasons."), ("2.1", "No complaint was refused.")),
    ("2024", ("6.4", "In 2022 we extended nine stage 1 cases."), ("6.5", "No stage 1 case was extended in 2024.")),
)  # fmt: skip


@pytest.mark.parametrize(("edition", "one", "other"), CLASH)
def test_facts_that_differ_make_one_pair(edition: str, one: Place, other: Place) -> None:
    found = list(disagreements(form(one, other, edition=edition)))
    assert [(each.row.row.number, each.other.row.number) for each in found] == [(one[0], other[0])]
    assert all(part.said in found[0].why for part in (found[0].said, found[0].against))


@pytest.mark.parametrize(("edition", "one", "other"), QUIET)
def test_facts_that_only_look_different_are_no_pair(edition: str, one: Place, other: Place) -> None:
    assert [each.why for each in disagreements(form(one, other, edition=edition))] == []


def test_one_wrong_version_among_many_rows_makes_one_pair() -> None:
    right = [(number, "Complaints Policy v5 has this.") for number in ("1.2", "1.3", "2.1", "3.4", "5.1")]
    found = list(disagreements(form(*right, ("2.2", "Complaints Policy v3 has this."))))
    assert [{each.row.row.number, each.other.row.number} for each in found] == [{"2.1", "2.2"}]


def test_a_fact_on_which_most_rows_differ_is_read_wrongly_and_stays_quiet() -> None:
    rows = [(f"6.{n}", f"Stage 1 is answered within {2 * n} working days.") for n in range(2, 10)]
    assert list(disagreements(form(*rows))) == []


def test_a_row_that_also_states_the_other_fact_agrees_with_it() -> None:
    both = "Stage 1 is answered within ten working days. A simple stage 1 case is answered within five working days."
    assert list(disagreements(form(("6.3", both), ("6.7", "Stage 1 is answered within ten working days.")))) == []


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    (row,) = form(("6.3", text)).rows
    for read, _ in KINDS:
        for statement in read(row):
            assert 0 <= statement.span.start <= statement.span.end <= len(text)


def test_a_hostile_text_is_read_in_bounded_time() -> None:
    hostile = "stage 2 is decided by the panel of the board no survey every two "
    endless, many = ("6.13", hostile * 400), ("6.14", f"{hostile * 20}. " * 3)
    start = perf_counter()
    list(disagreements(form(endless, many)))
    assert perf_counter() - start < 20
