"""What the text describes breaks the provision.

What it finds
-------------
A longer time limit than the Code's, calendar days in place of working days only where that is longer, an extra or informal
stage, an extra ground of refusal, a Member Responsible for Complaints who is an employee, complaint volumes seen as bad, and
"not applicable" to a duty that always applies.

Why it matters
--------------
The landlord's own words show a breach under a Yes. It is the gravest finding that one row can give by itself.

Example
-------
"We answer stage 1 within 15 working days", where the Code allows ten.

What to ask
-----------
For the rule as the Code has it, or the answer No with the reason.

Known limits
------------
Only conflicts that can be read from typed facts are found. A shorter limit, an added channel or a wider definition is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.finding import answer_span, finding
from evidencereview.checks.registry import check
from evidencereview.language.claims import durations
from evidencereview.records import Answer, Finding, Severity, Span

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView
    from evidencereview.provisions import Limit

Conflict = tuple[Span | None, str, str]

_EXTRA_STAGE = re.compile(
    r"\b(?:three[- ]stage|3[- ]stage|(?:third|3rd|final)\sstage\s(?:panel|review|appeal)|stage\s(?:3|three)\b|informal\s(?:stage|complaint\sstage|resolution\sstage)"
    r"|stage\s(?:0|zero)|pre[- ]complaint\s(?:stage|step)|first\sas\san?\s(?:informal|enquiry|service\srequest))",
    re.I,
)
_DENIED = re.compile(
    r"\b(?:no|not|never|without|nor|n't|do(?:es)?\snot|removed|abolished|ended|abandoned|former|previously|used\sto)\b",
    re.I,
)
_EMPLOYEE = re.compile(r"\b(?:head\sof|director|manager|officer|chief\sexecutive|team\sleader|lead\b|assistant)\b", re.I)
_GOVERNS = re.compile(
    r"\b(?:board\smember|member\sof\sthe\s(?:board|committee|governing)|non[- ]executive|trustee|councillor|cabinet\smember|chair\b|vice[- ]chair|cllr|portfolio\sholder|lead\smember|elected\smember|committee\smember|governing\sbody\smember)",
    re.I,
)
_VOLUMES_BAD = re.compile(
    r"\b(?:reduc\w+|minimis\w+|lower\w*|cut\w*|drive\s\w+\sdown|bring\s\w+\sdown|fewer|keep\w*\s\w*\s?(?:down|low))\s(?:the\s)?(?:number|volume|level)?s?\s?(?:of\s)?(?:\w+\s){0,2}complaints?\b"
    r"|\b(?:low|lower|fewer|small)\s(?:number|volume|level)s?\s(?:of\scomplaints\s)?(?:is|are|shows?|as|means?|reflects?|demonstrates?)\s(?:a\s)?(?:good|positive|sign\sof\s(?:good|success)|satisf\w+|well)"
    r"|\bhigh\s(?:number|volume|level)s?\s(?:of\scomplaints\s)?(?:is|are|shows?|means?)\s(?:a\s)?(?:bad|poor|negative|concern|failure|problem)",
    re.I,
)


@check(
    "ER404",
    "requirement-conflict",
    Severity.HIGH,
    since="0.1.0",
    ask="the rule as the Code has it, or the answer No with the reason",
)
def requirement_conflict(view: FormView) -> Iterator[Finding]:
    """Yield at most one finding a row: the first conflict that the facts show."""
    for row in view.rows:
        if row.provision is None or row.row.answer is Answer.NO:
            continue
        for kind in _KINDS:
            conflict = kind(row)
            if conflict is not None:
                span, because, ask = conflict
                yield finding("requirement-conflict", row, span, because, confidence=0.75, ask=ask)
                break


def _longer_limit(row: RowView) -> Conflict | None:
    for limit in row.provision.limits if row.provision else ():
        if limit.unit == "working days" and not limit.extension:
            found = _over(row, limit)
            if found is not None:
                return found
    return None


def _over(row: RowView, limit: Limit) -> Conflict | None:
    allowed = max(entry.value for entry in row.provision.limits) if row.provision else limit.value
    stated = [d for d in durations(row) if d.unit.endswith("days") or d.unit == "weeks"]
    # A row that also states the right limit speaks of something else with the longer one.
    if any(round(d.working_days) <= allowed for d in stated):
        return None
    for duration in stated:
        if duration.working_days > allowed + 0.5 and not _DENIED.search(duration.sentence.text):
            words = row.words(duration.span)
            because = f"'{words}' is longer than the {limit.value} {limit.unit} that the Code allows to {limit.what}"
            return duration.span, because, f"{limit.value} {limit.unit} from {limit.event} as the rule, to {limit.what}"
    return None


def _extra_stage(row: RowView) -> Conflict | None:
    assert row.provision is not None
    if "stage" not in f"{row.provision.topic} {row.provision.summary}".lower() or not row.provision.always_applies:
        return None
    for sentence in row.sentences:
        match = _EXTRA_STAGE.search(sentence.text)
        if match and not _DENIED.search(sentence.text):
            start = sentence.start + match.start()
            span = Span(sentence.cell, start, start + len(match.group()))
            return (
                span,
                f"'{match.group()}' is a stage that the Code does not allow",
                "a process of two stages and no other",
            )
    return None


def _employee_as_member(row: RowView) -> Conflict | None:
    assert row.provision is not None
    if not any("employee" in role.must_not_be for role in row.provision.roles):
        return None
    text = row.row.text
    match = _EMPLOYEE.search(text)
    if match is None or _GOVERNS.search(text) or not re.search(r"responsible|MRC|lead|appointed|member", text, re.I):
        return None
    sentence = next((s for s in row.sentences if _EMPLOYEE.search(s.text)), None)
    because = f"'{match.group()}' names an employee, where the Code asks for a member of the governing body"
    return (
        sentence.span if sentence else None,
        because,
        "a member of the governing body by name, with the date of appointment",
    )


def _volumes_bad(row: RowView) -> Conflict | None:
    assert row.provision is not None
    if "volume" not in row.provision.topic.lower() and "volume" not in row.provision.summary.lower()[:200]:
        return None
    for sentence in row.sentences:
        match = _VOLUMES_BAD.search(sentence.text)
        if match:
            because = f"'{match.group()}' treats many complaints as bad, which the provision warns against"
            return (
                sentence.span,
                because,
                "how high and low volumes are read, as signs of access rather than of failure",
            )
    return None


def _never_inapplicable(row: RowView) -> Conflict | None:
    assert row.provision is not None
    if row.row.answer is not Answer.NOT_APPLICABLE or not row.provision.always_applies or row.provision.conditional:
        return None
    because = f"{row.provision.topic} applies to every landlord, so 'not applicable' cannot stand"
    return answer_span(row), because, f"the answer Yes or No on {row.provision.topic}, with what is done"


_KINDS: tuple[Callable[[RowView], Conflict | None], ...] = (
    _longer_limit,
    _extra_stage,
    _employee_as_member,
    _volumes_bad,
    _never_inapplicable,
)
