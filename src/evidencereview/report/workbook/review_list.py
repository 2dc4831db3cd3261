"""The sheet in which audit works: a line a finding, with columns for what was decided about it.

The last column, hidden, holds the finding's identity: by it `--decisions` knows the line again in another draft.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from evidencereview.decisions import identity
from evidencereview.records import Decision, Finding, Item, Review, Unmatched, Verdict
from evidencereview.report.making import topics
from evidencereview.report.wording import ANSWERS, TIERS, decision_words, provision_name
from evidencereview.report.workbook.cells import CENTRED, DAY, Value, head, heights, printed, put_line, table, tint, widths

LIST, NOT_MATCHED = "Review list", "Decisions not matched"
COLUMNS = ("Rank", "Tier", "Provision", "Topic", "Answer", "Flag", "Words", "Why", "Ask")
DECIDED = ("Decision", "Owner", "Due", "Note")
KEY = "Finding"
VERDICTS = (Verdict.AGREE, Verdict.DISAGREE, Verdict.FIXED, Verdict.ACCEPTED)
_WIDTHS = (6, 11, 10, 15, 10, 16, 30, 30, 30, 10.5, 12, 12, 20, 10)
_ASKED = PatternFill("solid", fgColor="FFFBE8")
_DUE = len(COLUMNS) + DECIDED.index("Due")
_MORE = 200  # lines below the list that are checked too, for whoever adds one


def add_review_list(book: Workbook, review: Review, items: Sequence[Item]) -> None:
    """Add the sheet: the findings of the items in the order of the list, each with its decision so far."""
    sheet: Worksheet = book.create_sheet(LIST)
    names = (*COLUMNS, *DECIDED, KEY)
    head(sheet, 1, names)
    told = topics(review)
    line = 1
    for item in items:
        for finding in item.findings:
            line += 1
            _put_finding(sheet, line, item, finding, told.get(item.row.number, ""))
    _finish(sheet, review, line, len(names))


def add_not_matched(book: Workbook, review: Review) -> None:
    """Add a sheet of the decisions that fit no finding, so that they stay on file; none where all fit."""
    if not review.unmatched:
        return
    sheet: Worksheet = book.create_sheet(NOT_MATCHED)
    names = ("Provision", "Flag", "Words", *DECIDED, KEY, "Why it fits nothing", "Where it was read")
    head(sheet, 1, names)
    for line, unmatched in enumerate(review.unmatched, 2):
        put_line(sheet, line, _not_matched(unmatched))
    last = len(review.unmatched) + 1
    widths(sheet, (10, 18, 34, 11, 14, 12, 24, 16, 34, 26))
    heights(sheet, 2, last)
    table(sheet, len(names), last)
    printed(sheet, review.form.name, len(names), last)


def _put_finding(sheet: Worksheet, line: int, item: Item, finding: Finding, topic: str) -> None:
    decision = finding.decision
    # What the settings accept is theirs to change; as a reviewer's decision it would outlive them.
    own = decision if decision is not None and decision.where != "settings" else None
    because = finding.because + (f" (see {', '.join(finding.linked)})" if finding.linked else "")
    if decision is not None and own is None:
        because = f"{because} [{decision_words(decision)}]"
    values: tuple[Value, ...] = (
        item.rank,
        TIERS[item.tier],
        provision_name(item.row.number),
        topic,
        ANSWERS[item.row.answer],
        finding.flag,
        finding.words,
        because,
        finding.ask,
    )
    cells = put_line(sheet, line, (*values, *_decided(own), identity(finding, item.row)))
    tint(cells[1], item.tier)
    for cell in cells[len(COLUMNS) : -1]:
        cell.fill = _ASKED
    cells[_DUE].number_format, cells[_DUE].alignment = DAY, CENTRED


def _decided(decision: Decision | None) -> tuple[Value, ...]:
    if decision is None:
        return (None, None, None, None)
    verdict = None if decision.verdict is Verdict.UNDECIDED else decision.verdict.value
    return (verdict, decision.owner or None, decision.due, decision.note or None)


def _not_matched(unmatched: Unmatched) -> tuple[Value, ...]:
    decision = unmatched.decision
    return (
        decision.provision,
        decision.flag,
        decision.words,
        *_decided(decision),
        decision.identity,
        unmatched.because,
        decision.where,
    )


def _finish(sheet: Worksheet, review: Review, last: int, columns: int) -> None:
    widths(sheet, _WIDTHS)
    heights(sheet, 2, last)
    table(sheet, columns, last)
    sheet.freeze_panes = "D2"  # rank, tier and provision stay in sight
    sheet.column_dimensions["N"].hidden = True
    printed(sheet, review.form.name, columns - 1, last)
    bottom = last + _MORE
    _validate(sheet, bottom)
    over = _where('AND($J2="accepted",$L2<>"",$L2<TODAY())', Font(color="B3261E", bold=True))
    closed = _where('OR($J2="disagree",AND($J2="accepted",OR($L2="",$L2>=TODAY())))', Font(color="7A7A7A", italic=True))
    sheet.conditional_formatting.add(f"J2:M{bottom}", over)
    sheet.conditional_formatting.add(f"F2:M{bottom}", closed)


def _where(formula: str, font: Font) -> Rule:
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(font=font), stopIfTrue=True)


def _validate(sheet: Worksheet, bottom: int) -> None:
    """Let the four columns take what `--decisions` understands, and say so where something else is typed."""
    verdict = DataValidation(type="list", formula1=f'"{",".join(VERDICTS)}"', allow_blank=True)
    _say(verdict, "Decision", "Choose agree, disagree, fixed or accepted.")
    owner = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="200", allow_blank=True)
    _say(owner, "Owner", "Who answers for it: a name or a role, up to 200 characters.")
    due = DataValidation(type="date", operator="greaterThan", formula1="DATE(2000,1,1)", allow_blank=True)
    _say(due, "Due", "A day: when the action is due or, of an acceptance, its last day.")
    note = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="2000", allow_blank=True)
    _say(note, "Note", "The reason, up to 2000 characters.")
    for column, rule in zip("JKLM", (verdict, owner, due, note), strict=True):
        rule.add(f"{column}2:{column}{bottom}")
        sheet.add_data_validation(rule)


def _say(rule: DataValidation, name: str, text: str) -> None:
    rule.promptTitle, rule.prompt, rule.showInputMessage = name, text, True
    rule.errorTitle, rule.error, rule.showErrorMessage = name, text, True
