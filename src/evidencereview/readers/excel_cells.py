"""What a cell of a sheet shows: numbers with the zeros of their format, dates, truth values, links."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from evidencereview.readers.markup import with_target

# Of a number format only the first part counts, without its literals, colours and padding.
_DRESS = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
_DECIMALS = re.compile(r"[#0,?]*0\.(0+)[#?]*(%?)|0()(%)")
_DAY_MONTH = re.compile(r"(?P<first>d{1,2}|m{1,2})\.(?P<second>d{1,2}|m{1,2})\.?", re.IGNORECASE)
_LINK = re.compile(r"=?HYPERLINK\(\s*\"([^\"]{1,2000})\"\s*(?:[,;].*)?\)", re.IGNORECASE | re.DOTALL)


def text_of(cell: Any) -> str:
    """Return the text that an openpyxl cell shows, "" for a blank one."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    style = str(cell.number_format or "General")
    if isinstance(value, float | int):
        return number_text(value, style)
    if isinstance(value, datetime | date | time):
        return moment_text(value, style)
    link = cell.hyperlink.target if cell.hyperlink is not None else None
    return with_target(str(value), link or "")


def number_text(value: float, style: str) -> str:
    """Write a number as its cell shows it: 5.1 with the format 0.00 is 5.10, a provision and not a quantity."""
    found = _DECIMALS.fullmatch(_DRESS.sub("", style).partition(";")[0].strip())
    if found is not None:
        places, percent = len(found[1] or ""), bool(found[2] or found[4])
        return f"{value * 100:.{places}f}%" if percent else f"{value:.{places}f}"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.10g}"


def moment_text(value: datetime | date | time, style: str) -> str:
    """Write a date as 03/05/2024; a format like d.m means that a provision was typed and taken for a day."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    short = _DAY_MONTH.fullmatch(_DRESS.sub("", style).strip())
    if short is not None and short["first"][0].lower() != short["second"][0].lower():
        parts = {"d": value.day, "m": value.month}
        return ".".join(f"{parts[p[0].lower()]:0{len(p)}d}" for p in (short["first"], short["second"]))
    midnight = not isinstance(value, datetime) or value.time() == time(0)
    return value.strftime("%d/%m/%Y" if midnight else "%d/%m/%Y %H:%M")


def link_of(formula: object) -> str:
    """Return the address in a HYPERLINK formula, "" for any other."""
    found = _LINK.fullmatch(str(formula).strip())
    return found[1] if found else ""
