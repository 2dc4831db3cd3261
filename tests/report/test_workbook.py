"""The workbook: a line a finding, text that stays text, and decisions that come back from it."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencereview.checks.registry import all_checks
from evidencereview.decisions import apply_decisions, identity
from evidencereview.readers.decisions import read_decisions
from evidencereview.records import Cell, Review, Verdict
from evidencereview.report import workbook
from evidencereview.report.harmless import visible
from evidencereview.report.workbook.cells import LONGEST, TIER_FILLS, cell_text, put
from made_reviews import NASTY, decided_review, made_finding, made_item, made_review, made_row, nasty_review, sample_review

TODAY = date(2026, 11, 22)
LIST = "Review list"
HEAD = "Rank Tier Provision Topic Answer Flag Words Why Ask Decision Owner Due Note Finding".split()


def opened(review: Review, **more: int) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook.render(review, **more)))


def lines(sheet: Any) -> list[dict[str, Any]]:
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, line, strict=True)) for line in rest]


def test_the_sheets() -> None:
    assert opened(sample_review()).sheetnames == [LIST, "Summary", "All rows", "Flags explained", "How this was made"]
    assert "Decisions not matched" in opened(decided_review()).sheetnames


def test_a_line_a_finding_and_a_row_a_row() -> None:
    book, review = opened(sample_review()), sample_review()
    told = lines(book[LIST])
    assert list(told[0]) == HEAD
    found = [(item.rank, f.provision, f.flag, f.words or None) for item in review.items for f in item.findings]
    assert [(line["Rank"], line["Provision"], line["Flag"], line["Words"]) for line in told] == found
    assert told[0]["Tier"] == "fix before the board" and told[0]["Topic"] == "definition of a complaint"
    assert [line["Provision"] for line in lines(book["All rows"])] == [item.row.number for item in review.items]


def test_all_rows_name_the_duties_without_words() -> None:
    told = [line["Duties without words"] or "" for line in lines(opened(nasty_review())["All rows"])]
    assert all(text.startswith("nothing on: ") for text in told)
    assert all(not line["Duties without words"] for line in lines(opened(sample_review())["All rows"]))


def test_it_works_as_a_list() -> None:
    sheet = opened(sample_review())[LIST]
    last = sheet.max_row
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:N{last}")
    assert sheet.column_dimensions["N"].hidden
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == ("landscape", 9, "$1:$1")
    assert sheet.page_setup.fitToWidth == 1 and sheet.sheet_properties.pageSetUpPr.fitToPage
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation}
    assert rules["list"].formula1 == '"agree,disagree,fixed,accepted"'
    assert str(rules["list"].sqref).startswith("J2:J")
    assert str(rules["date"].sqref).startswith("L2:L")
    assert sheet["B2"].fill.fgColor.rgb.endswith(TIER_FILLS[3])
    assert all(sheet.row_dimensions[line].height for line in range(2, last + 1))


def test_the_summary_has_its_picture_and_says_what_is_missing() -> None:
    sheet = opened(sample_review())["Summary"]
    assert len(sheet._charts) == 1
    said = " ".join(str(cell) for line in sheet.iter_rows(values_only=True) for cell in line if cell)
    assert "2 provisions not found: 2.1, 7.4" in said and "Check ER501 crashed (ValueError: nothing to compare)" in said
    assert "The form alone was read" in said


def test_the_flags_are_explained_and_the_making_is_told() -> None:
    book = opened(sample_review())
    told = lines(book["Flags explained"])
    assert [line["Flag"] for line in told] == [info.flag for info in all_checks()]
    assert all(line["Why it matters"] and line["What to ask"] and line["Known limits"] for line in told)
    made = {line[0]: line[1] for line in book["How this was made"].iter_rows(values_only=True)}
    assert made["SHA-256 of the file"] == "0" * 64 and "evidencereview 0.1.0" in made["Versions"]
    assert "high 7" in made["Weights"] and made["Made on"]


def test_lower_tiers_are_left_out_and_that_is_said() -> None:
    book = opened(sample_review(), min_tier=2)
    assert len(lines(book["All rows"])) == 4
    assert "10 rows below tier 2 left out of the lists." in [cell.value for cell in book["Summary"]["A"]]


@pytest.mark.parametrize(("index", "name"), list(enumerate(NASTY)))
def test_nasty_text_stays_text(index: int, name: str) -> None:
    sheet = NASTY_BOOK["All rows"]
    for heading in ("Evidence", "Commentary", "Ask", "Answer as printed"):
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        cell = sheet.cell(index + 2, column)
        shown = visible(NASTY[name])
        assert (cell.value or "") == (shown if len(shown) <= LONGEST else cell_text(NASTY[name]))
        assert cell.value is None or cell.data_type == "s"
        if shown.lstrip()[:1] in tuple("=+-@＝") and shown:
            assert cell.quotePrefix


NASTY_BOOK = opened(nasty_review())


def test_a_text_that_excel_cannot_hold_is_cut_and_says_so() -> None:
    for text in ("x" * 40_000, "👍" * 20_000, "word " * 8_000):
        held = cell_text(text)
        assert len(held.encode("utf-16-le")) // 2 <= LONGEST
        assert held.endswith(f"the form and JSON hold all {len(text)}]")
    assert cell_text("x" * LONGEST) == "x" * LONGEST


@settings(max_examples=40)
@given(st.text(max_size=30))
def test_whatever_is_written_is_text(text: str) -> None:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    put(book.worksheets[0], 1, 1, text)
    book.save(saved)
    cell = openpyxl.load_workbook(saved).worksheets[0]["A1"]
    assert (cell.value or "") == visible(text)
    assert cell.value is None or cell.data_type == "s"


def test_what_looks_like_an_escape_of_excel_is_kept() -> None:
    assert cell_text("_x0041_ and _x41_") == "_x005F_x0041_ and _x41_"


def test_decisions_stand_in_their_columns() -> None:
    told = {line["Provision"]: line for line in lines(opened(decided_review())[LIST])}
    first = told["1.2"]
    assert (first["Decision"], first["Owner"], first["Note"]) == ("accepted", "A. Owner", "=known to the board")
    assert first["Due"] == datetime(2027, 3, 31)
    assert told["9.5"]["Decision"] is None and told["9.5"]["Owner"] == "A. Owner"
    assert told["6.2"]["Decision"] is None
    (missed,) = lines(opened(decided_review())["Decisions not matched"])
    assert (missed["Provision"], missed["Why it fits nothing"]) == ("3.4", "the form has no row 3.4")


def test_decisions_come_back_as_they_were(tmp_path: Path) -> None:
    """What was decided, also what fitted nothing, survives any number of rounds."""
    review = decided_review()
    for number in range(2):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(workbook.render(review))
        review = apply_decisions(sample_review(), read_decisions(path), TODAY)
        assert states(review) == states(decided_review())
        assert [u.decision.provision for u in review.unmatched] == ["3.4"]


def test_every_nasty_finding_takes_a_decision(tmp_path: Path) -> None:
    book = opened(nasty_review())
    for line in range(2, book[LIST].max_row + 1):
        book[LIST].cell(line, 10).value = "disagree"
    book.save(tmp_path / "reviewed.xlsx")
    done = apply_decisions(nasty_review(), read_decisions(tmp_path / "reviewed.xlsx"), TODAY)
    assert done.unmatched == ()
    assert all(not found.is_open for item in done.items for found in item.findings)


def test_what_the_settings_accept_is_no_decision_of_a_reviewer(tmp_path: Path) -> None:
    from evidencereview.config import Ignored
    from evidencereview.decisions import apply_ignored

    row = made_row()
    review = made_review((made_item(row, findings=(made_finding(row, "stale-date", "ER304"),)),))
    ignored = apply_ignored(review, [Ignored("5.1", "being replaced")], TODAY)
    (line,) = lines(opened(ignored)[LIST])
    assert line["Decision"] is None and line["Why"].endswith("[accepted (settings): being replaced]")


def states(review: Review) -> dict[str, tuple[Any, ...]]:
    return {
        identity(found, item.row): (found.is_open, *decision_of(found.decision))
        for item in review.items
        for found in item.findings
    }


def decision_of(decision: Any) -> tuple[Any, ...]:
    return (decision.verdict, decision.owner, decision.due, decision.note) if decision else (None, "", None, "")


def test_an_empty_review_is_a_workbook() -> None:
    book = opened(made_review(()))
    assert lines(book[LIST]) == [] and Verdict.AGREE in book[LIST].data_validations.dataValidation[0].formula1


def test_words_in_the_answer_are_listed() -> None:
    row = made_row(answer_raw="TBC")
    item = made_item(row, findings=(made_finding(row, "missing-answer", "ER101", "TBC", Cell.ANSWER),))
    assert lines(opened(made_review((item,)))[LIST])[0]["Words"] == "TBC"
