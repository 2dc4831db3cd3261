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

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import answer_span, finding
from evidencereview.checks.registry import check
from evidencereview.language.facts import belongs_to_title
from evidencereview.language.mentions import Kind
from evidencereview.records import Answer, Finding, Severity, Span

if TYPE_CHECKING:
    from evidencereview.language.mentions import Mention
    from evidencereview.language.view import FormView, RowView, Sentence

_REASON = re.compile(
    r"\b(?:because|due to|as (?:we|the|our|this|there|it)|since (?:we|the|our|there)|owing to|reason"
    r"|so that|given (?:that|our|the)"
    r"|following|caused|result of|has (?:only )?(?:two|2) stages|(?:two|2)[- ]stage|does not (?:have"
    r"|operate|use|apply)|do not (?:have|operate|use)"
    r"|no (?:third|3rd)|never (?:had|used)|have no|has no|there is no|there are no|not (?:have"
    r"|operate|built|set up|able|possible|been|yet|recorded|asked|written)"
    r"|did not|could not|cannot|was never|were never|lapsed|vacan\w+|left (?:us|in|the)|old system"
    r"|staffing|capacity|currently (?:generic|only|held|no))\b",
    re.I,
)
# Words that only say again that the duty does not apply.
_STOCK = frozenset(
    "not applicable relevant n a this does do apply to us here the is provision requirement at present currently".split()
)
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_BARE_DAY = re.compile(
    rf"\b(?:by|in|from|on|until|before|during|end of|for)\s(?:the\s)?(?:\w+\s){{0,3}}(?:{_MONTHS}"
    rf"|(?:19|20)\d\d|\d\d/\d\d|Q[1-4]|spring|summer|autumn|winter|easter|christmas)\b"
    r"|\bby\s(?:the\s)?end\sof\s(?:the\s|this\s)?(?:calendar\s|financial\s)?(?:year|quarter|month)\b",
    re.I,
)
# A date of the lack ("lapsed in 2023", "since March nobody has") is not that of a remedy.
_OVER = re.compile(
    r"\b(?:was|were|had|did|used to|lapsed|left|stopped|ended|folded|closed|ceased|went|got|came|ran|last|previously"
    r"|restructured|merged|returned|became|fell|lost|failed|missed|resigned|retired|expired)\b",
    re.I,
)
_LACK_SINCE = re.compile(r"\b(?:no|not|never|nobody|none|without|vacant|missing|empty|n[’']t)\b|n[’']t\b", re.I)
_SINCE = re.compile(r"\b(?:since|after|following|until|till|between)\s(?:the\s|\w+\s){0,2}$", re.I)
_AHEAD = re.compile(r"\b(?:will|shall|to be|due|plan(?:s|ned)?|(?:is|are) (?:\w+ed|being|in)|starts?|begins?)\b", re.I)
_DEADLINE = re.compile(r"\b(?:by|from|before)\s(?:the\s|end\s|of\s){0,3}$", re.I)
_TITLE_AFTER = re.compile(
    r"\s(?:\w+\s)?(?:policy|procedure|report|code|survey|audit|review|edition|version|strategy|template|letters?)\b", re.I
)
_RECORD_YEAR = re.compile(r"(?:\w+\s)?(?:20)?\d\d[/–-]\d\d", re.I)


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
    if row.is_blank or {word for s in row.sentences for word in s.words} <= _STOCK:
        return False
    says_more = any(not s.has("promise") and len(s.words) >= 4 for s in row.prose)
    return says_more or _REASON.search(row.row.text) is not None or _excuses(row)


def _excuses(row: RowView) -> bool:
    """Whether a Not applicable says, in however few words, why ("two stages only")."""
    said = {word for s in row.sentences if not s.has("promise") for word in s.words} - _STOCK
    return row.row.answer is Answer.NOT_APPLICABLE and len(said) >= 2


def _dated_action(row: RowView) -> bool:
    return any(_acts_on(sentence, row.row.cell(sentence.cell)) for sentence in row.sentences)


def _acts_on(sentence: Sentence, cell: str) -> bool:
    """Whether the sentence gives a date to something that is, was or will be done about the lack."""
    dates = [m for m in sentence.mentions_of(Kind.DATE) if not belongs_to_title(m, cell)]
    places = [(m.start, m.end) for m in dates if not _names_edition(m, cell)]
    places += [(sentence.start + m.start(), sentence.start + m.end()) for m in _BARE_DAY.finditer(sentence.text)]
    return any(not _tells_of_the_lack(sentence, cell, start, end) for start, end in places)


def _names_edition(mention: Mention, cell: str) -> bool:
    """Whether a bare year belongs to the title that follows it ("the 2022 policy")."""
    return mention.text.isdigit() and _TITLE_AFTER.match(cell[mention.end : mention.end + 40]) is not None


def _tells_of_the_lack(sentence: Sentence, cell: str, start: int, end: int) -> bool:
    before = cell[max(sentence.start, start - 90) : start]
    near = cell[max(sentence.start, start - 200) : min(sentence.end, end + 200)]
    if _SINCE.search(before):
        return _OVER.search(near) is not None or _LACK_SINCE.search(near) is not None
    words = cell[start:end]
    to_the_day = re.match(r"\W*(?:\w+\s)?\d{1,2}(?:st|nd|rd|th|[/.]|\s)", words) is not None
    if to_the_day or _DEADLINE.search(before) or _AHEAD.search(near):
        return False
    return _OVER.search(near) is not None or _RECORD_YEAR.fullmatch(words) is not None


def _words(row: RowView) -> Span | None:
    promises = [s.span for s in row.sentences_with("promise")]
    if promises:
        return promises[-1]
    # The last sentence is where the action would stand.
    return row.sentences[-1].span if row.sentences else answer_span(row)


def _ask(row: RowView, lacking: list[str]) -> str:
    topic = topic_of(row)
    if "reason" in lacking and len(lacking) > 1:
        return f"why {topic} is not met, who will put it right and by what date"
    if "reason" in lacking:
        return f"the reason why {topic} is answered so, in one line"
    return f"the owner and the date of the action on {topic}"
