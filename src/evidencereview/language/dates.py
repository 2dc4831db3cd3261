"""UK dates in a form's text: days, months, quarters, seasons and financial years, as the last day that they name."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 12, "easter": 4, "christmas": 12}
_MONTH = "|".join(_MONTHS)
_DAY_MONTH = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\s+(?:of\s)?)?({_MONTH})[a-z]{{0,6}}\.?,?[\s-]+(?:(\d{{1,2}})(?:st|nd|rd"
    rf"|th)?,?\s+)?['’]?(\d{{4}}|\d\d)",
    re.I,
)
_NUMERIC = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FINANCIAL = re.compile(r"(?:20)?(\d\d)/(\d\d)")
_PERIOD = re.compile(r"\d{2}(\d\d)[-–](\d\d)")
_QUARTER = re.compile(r"Q([1-4])\s(\d{4})", re.I)
_SEASON = re.compile(r"(spring|summer|autumn|winter|easter|christmas)\s(\d{4})", re.I)


def last_day(text: str) -> date | None:
    """Return the last day that a date names: "March 2024" is 31 March 2024, "23/24" is 31 March 2024.

    None where the text has no year or names no possible day.
    """
    text = text.strip()
    for pattern, make in (
        (_ISO, lambda m: date(int(m[1]), int(m[2]), int(m[3]))),
        (_NUMERIC, lambda m: date(_year(m[3]), int(m[2]), int(m[1]))),
        (_DAY_MONTH, _month_day),
        (_QUARTER, lambda m: _month_end(int(m[2]), int(m[1]) * 3)),
        (_SEASON, lambda m: _month_end(int(m[2]), _SEASONS[m[1].lower()])),
        (_FINANCIAL, _financial_end),
        (_PERIOD, _period_end),
    ):
        match = pattern.fullmatch(text)
        if match:
            try:
                return make(match)
            except (ValueError, KeyError):
                return None
    return date(int(text), 12, 31) if re.fullmatch(r"(?:19|20)\d\d", text) else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month_day(match: re.Match[str]) -> date:
    month, year = _MONTHS[match[2].lower()], _year(match[4])
    day = match[1] or match[3]
    return date(year, month, int(day)) if day else _month_end(year, month)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _financial_end(match: re.Match[str]) -> date | None:
    """The financial year 23/24 ends on 31 March 2024."""
    first, second = int(match[1]), int(match[2])
    return date(2000 + second, 3, 31) if second == (first + 1) % 100 else None


def _period_end(match: re.Match[str]) -> date | None:
    """2023-24 is a financial year; 2024-27 ends with 2027."""
    first, second = int(match[1]), int(match[2])
    return _financial_end(match) or (date(2000 + second, 12, 31) if second > first else None)
