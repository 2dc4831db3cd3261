"""A No, Partial or Not applicable without its reason, or without a dated action.

What it finds
-------------
A row answered No, Partial or Not applicable whose text gives no reason; or, for No and Partial, no action with a date.
A No with a reason and an action but no date carries the flag too.

Why it matters
--------------
An honest No is good practice only with the reason, the remedy and the day by which it will be done. Without these the
board approves an open breach.

Example
-------
No: "We are bringing in personal letters soon." There is no reason and no date.

What to ask
-----------
For the reason, the owner of the action and its date.

Known limits
------------
A reason is recognised by its wording and by whether the text says anything beyond the action; a poor reason counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.finding import answer_span, finding
from evidencereview.checks.registry import check
from evidencereview.language.mentions import Kind
from evidencereview.records import Answer, Finding, Severity, Span

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView

_REASON = re.compile(
    r"\b(?:because|due to|as (?:we|the|our|this|there|it)|since (?:we|the|our|there)|owing to|reason|so that|given (?:that|our|the)"
    r"|following|caused|result of|has (?:only )?(?:two|2) stages|(?:two|2)[- ]stage|does not (?:have|operate|use|apply)|do not (?:have|operate|use)"
    r"|no (?:third|3rd)|never (?:had|used)|have no|has no|there is no|there are no|not (?:have|operate|built|set up|able|possible|been|yet|recorded|asked|written)"
    r"|did not|could not|cannot|was never|were never|lapsed|vacan\w+|left (?:us|in|the)|old system|staffing|capacity|currently (?:generic|only|held|no))\b",
    re.I,
)
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_BARE_DAY = re.compile(
    rf"\b(?:by|in|from|on|until|before|during|end of|for)\s(?:the\s)?(?:\w+\s){{0,3}}(?:{_MONTHS}|(?:19|20)\d\d|\d\d/\d\d|Q[1-4]|spring|summer|autumn|winter)\b",
    re.I,
)


@check(
    "ER103",
    "unexplained-no",
    Severity.HIGH,
    since="0.1.0",
    ask="the reason, the owner of the action and the date by which it will be done",
)
def unexplained_no(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each No, Partial or Not applicable that is not explained."""
    for row in view.rows:
        lacking = _lacking(row)
        if lacking:
            because = f"the answer is '{row.row.answer_raw.strip()}' and the text gives no {' and no '.join(lacking)}"
            ask = _ask(row, lacking)
            yield finding("unexplained-no", row, _words(row), because, confidence=0.9, ask=ask)


def _lacking(row: RowView) -> list[str]:
    answer = row.row.answer
    if answer not in (Answer.NO, Answer.PARTIAL, Answer.NOT_APPLICABLE):
        return []
    lacking = [] if _has_reason(row) else ["reason"]
    if answer in (Answer.NO, Answer.PARTIAL) and not _dated_action(row):
        lacking.append("action with a date")
    return lacking


def _has_reason(row: RowView) -> bool:
    if row.is_blank:
        return False
    says_more = any(not s.has("promise") and len(s.words) >= 4 for s in row.prose)
    return says_more or _REASON.search(row.row.text) is not None


def _dated_action(row: RowView) -> bool:
    return any(s.mentions_of(Kind.DATE) or _BARE_DAY.search(s.text) for s in row.sentences)


def _words(row: RowView) -> Span | None:
    promises = [s.span for s in row.sentences_with("promise")]
    if promises:
        return promises[-1]
    return row.sentences[0].span if row.sentences else answer_span(row)


def _ask(row: RowView, lacking: list[str]) -> str:
    topic = row.provision.topic if row.provision else "this provision"
    if "reason" in lacking and len(lacking) > 1:
        return f"why {topic} is not met, who will put it right and by what date"
    if "reason" in lacking:
        return f"the reason why {topic} is answered so, in one line"
    return f"the owner and the date of the action on {topic}"
