"""Finds the date that a form states for itself, where it plainly speaks of the assessment and not of something else."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?P<iso>20\d\d-\d\d-\d\d)\b|\b(?P<slash>\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d\d)\b"
    rf"|\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_NAMES})\.?,?\s+(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_ASSESSMENT = re.compile(
    r"\bself[- ]?assess(?:ment|ed)\b|\bassessment (?:date|completed|undertaken|carried out)\b", re.IGNORECASE
)
_DONE = re.compile(
    r"^\W*(?:form\s+)?(?:date(?:\s+of)?(?:\s+\w+){0,3}|(?:completed|undertaken|carried out)(?:\s+(?:on|in|by))?)"
    r"\W*(?=\d|[A-Z])",
    re.IGNORECASE,
)
# A sentence with one of these speaks of another day than that of this assessment.
_OTHER = re.compile(
    r"\b(?:next|due|will|deadline|in force|effective|previous|last|since|until|review(?:ed)? date|birth|policy|from"
    r"|code of|approv\w+|publish\w*|publication|version)\b",
    re.IGNORECASE,
)
_LONGEST = 30  # words; an introduction that mentions a date in passing is longer


def stated_date(texts: Iterable[str]) -> date | None:
    """Return the date of the assessment as the form states it: a month alone means its last day.

    None where no text plainly speaks of it, or where two say different dates.
    """
    found = {day for text in texts for sentence in re.split(r"(?<=[a-z0-9][.!?])\s+|\n", text) if (day := _of(sentence))}
    return found.pop() if len(found) == 1 else None


def _of(sentence: str) -> date | None:
    if len(sentence.split()) > _LONGEST or _OTHER.search(sentence):
        return None
    if not (_ASSESSMENT.search(sentence) or _DONE.match(sentence)):
        return None
    days = {_day(match) for match in _DATE.finditer(sentence)}
    return days.pop() if len(days) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["slash"]:
            day, month, year = (int(part) for part in re.split(r"[/.]", match["slash"]))
            return date(year if year > 99 else 2000 + year, month, day)
        year, month = int(match["year"]), _MONTHS[match["month"].lower()]
        return date(year, month, int(match["day"]) if match["day"] else calendar.monthrange(year, month)[1])
    except ValueError:
        return None
