"""How a sentence leans on what it names, and what is a promise rather than a rule of each complaint."""

from __future__ import annotations

import pytest

from evidencereview.language.commitment import speaks_of_the_future, tells_only_rules
from evidencereview.language.leaning import Leaning, leaning
from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import RowView
from evidencereview.provisions import load_pack
from made_reviews import made_row


def view_of(evidence: str, provision: str = "5.1") -> RowView:
    row = made_row(provision, evidence=evidence)
    return RowView(0, row, load_pack("2024").by_number[provision], row_sentences(row))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("This is set out in our complaints policy.", Leaning.POINTED_AT),
        ("The procedure makes it clear that anyone may complain.", Leaning.POINTED_AT),
        ("Letters are sent in line with the handbook.", Leaning.POINTED_AT),
        ("All papers are stored within the case management system.", Leaning.POINTED_AT),
        ("Complaints Policy", Leaning.TITLE),
        ("Using established procedures the team gathers what it needs.", Leaning.SPOKEN_OF),
        ("A framework of senior colleagues meets each quarter.", Leaning.SPOKEN_OF),
    ],
)
def test_a_sentence_points_at_a_source_or_speaks_of_it(text: str, wanted: Leaning) -> None:
    row = view_of(text)
    assert leaning(row, row.sentences[0]) is wanted


@pytest.mark.parametrize(
    ("text", "only_rules"),
    [
        ("Expectations will be managed as part of stage 1.", True),
        ("Disagreement will be dealt with as part of stage 2.", True),
        ("A panel will be set up by June 2026.", False),
        ("The report will be published each year.", False),
        ("The policy will be refreshed.", False),
        ("We plan to ask residents.", False),
        ("Figures by ward will follow in the new layout.", False),
        ("Managers will be shown the tracker at the next forum.", False),
        ("A reply will follow within the next working day.", True),
        ("Anything new will be treated as a new complaint.", True),
        ("The officer rings within a day.", False),
    ],
)
def test_what_happens_in_each_complaint_is_no_promise(text: str, only_rules: bool) -> None:
    assert tells_only_rules(view_of(text)) is only_rules


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("Lessons will be included in the quarterly report.", True),
        ("A new form will be brought in.", True),
        ("The manager reports to the board each quarter.", False),
        ("Cases are read by a second officer.", False),
    ],
)
def test_a_sentence_beside_a_promise_speaks_of_the_future_or_of_today(text: str, future: bool) -> None:
    assert speaks_of_the_future(view_of(text).sentences[0]) is future


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("A survey for closed complaints will be introduced by the spring.", True),
        ("A champion for complaints will be appointed after the election.", True),
        ("The panel's response will be published in May.", True),
        ("Tenants will receive texts once the new case system has gone live.", True),
        ("The complaint will be logged the same day.", False),
        ("The response will be sent by post.", False),
        ("Once the case is closed, a survey is sent.", False),
    ],
)
def test_what_is_brought_in_for_complaints_is_a_promise_and_what_is_done_with_one_is_not(text: str, promised: bool) -> None:
    assert view_of(text).sentences[0].has("promise") is promised


def test_what_follows_a_merger_is_a_rule() -> None:
    assert view_of("A fresh assessment will be made after any merger or restructure.").sentences[0].has("rule")
