"""Reads what a reviewer wrote into a review list: an Excel workbook (any sheet with the columns), or CSV.

The columns are found by their headings, wherever they stand: decision, provision and flag are needed; words, owner, due,
note and finding may be there. A line without a decision, owner, day and note says nothing and is passed over.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from evidencereview.config import Limits
from evidencereview.errors import DecisionError, EvidenceReviewError
from evidencereview.readers.decoding import decode
from evidencereview.readers.source import Source, kind_of, open_source
from evidencereview.readers.tally import Tally
from evidencereview.records import Decision, Verdict

# Stands in an identity for a number that is not known.
NO_NUMBER = "no-number"
NEEDED = ("decision", "provision", "flag")
# Other headings under which a column is known.
_ALIASES = {"flags": "flag", "reason": "note", "notes": "note", "identity": "finding", "until": "due", "expires": "due"}
_VERDICTS = {
    "": Verdict.UNDECIDED,
    "agreed": Verdict.AGREE,
    "disagreed": Verdict.DISAGREE,
    "accept": Verdict.ACCEPTED,
    "done": Verdict.FIXED,
    **{verdict.value: verdict for verdict in Verdict},
}
_HEADING_WITHIN = 20  # lines from the top of a sheet
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_IN_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Value = object
Line = tuple[str, Sequence[Value]]


def read_decisions(path: Path, limits: Limits = Limits()) -> tuple[Decision, ...]:  # noqa: B008  frozen
    """Read the decisions of a file, in its order.

    Args:
        path: a workbook that `--format xlsx` wrote (or any with the columns), or CSV; told apart by content.
        limits: caps on size.

    Raises:
        ReadError: the file is missing, damaged or over a limit.
        DecisionError: it has no column of decisions, or a line makes no sense; the message names the line.
    """
    source = open_source(Path(path), limits)
    try:
        tables = _tables(source, limits)
        found = [list(_decisions(lines, source.name)) for lines in tables if _heading(lines)]
    except EvidenceReviewError:
        raise
    except Exception as error:  # whatever a library raises on a damaged file
        what = f"{source.name}: is damaged and cannot be read ({type(error).__name__})"
        raise DecisionError(what, "open it, save it anew, and try again") from error
    if not found:
        raise DecisionError(
            f"{source.name}: has no decisions; no sheet has the columns decision, provision and flag",
            "write decisions into a list that 'review FORM -o list.xlsx' made",
        )
    return tuple(decision for decisions in found for decision in decisions)


def _tables(source: Source, limits: Limits) -> list[list[Line]]:
    kind = kind_of(source, limits)
    if kind == "xlsx":
        return _sheets(source.data)
    if kind == "text":
        return [_lines(decode(source.data, source.name, Tally()))]
    raise DecisionError(f"{source.name}: holds no decisions ({kind})", "give the list as Excel (.xlsx) or CSV")


def _sheets(data: bytes) -> list[list[Line]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    return [
        [(f"{sheet.title}, line {number}", row) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)]
        for sheet in book.worksheets
    ]


def _lines(text: str) -> list[Line]:
    first = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    records = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    return [(f"line {records.line_num}", record) for record in records]


def _heading(lines: Sequence[Line]) -> tuple[int, dict[str, int]] | None:
    """Return how many lines the heading takes with those above it, and the place of each column."""
    for index, (_, values) in enumerate(lines[:_HEADING_WITHIN]):
        names = [_name(value) for value in values]
        if all(name in names for name in NEEDED):
            return index + 1, {name: place for place, name in reversed(list(enumerate(names))) if name}
    return None


def _name(value: Value) -> str:
    name = str(value or "").strip().casefold()
    return _ALIASES.get(name, name)


def _decisions(lines: Sequence[Line], file: str) -> Iterator[Decision]:
    found = _heading(lines)
    assert found is not None
    begin, columns = found
    for where, values in lines[begin:]:
        told = {name: values[place] if place < len(values) else None for name, place in columns.items()}
        decision = _decision(told, f"{file}, {where}")
        if decision.verdict is not Verdict.UNDECIDED or decision.owner or decision.due or decision.note:
            yield decision


def _decision(told: dict[str, Value], where: str) -> Decision:
    texts = {name: _text(value) for name, value in told.items()}
    identity = texts.get("finding", "")
    number, flag = texts["provision"], texts["flag"]
    if len(identity.split()) == 3:
        # A spreadsheet that read CSV makes 5.1 of 5.10; the identity has the number as it was.
        number, flag = identity.split()[:2]
        number = "" if number == NO_NUMBER else number
    return Decision(
        provision=number,
        flag=flag,
        words=texts.get("words", ""),
        verdict=_verdict(texts["decision"], where),
        owner=texts.get("owner", ""),
        due=_due(told.get("due"), where),
        note=texts.get("note", ""),
        identity=identity,
        where=where,
    )


def _verdict(text: str, where: str) -> Verdict:
    verdict = _VERDICTS.get(text.strip().casefold())
    if verdict is None:
        raise DecisionError(f"{where}: '{text}' is no decision", "write agree, disagree, fixed or accepted")
    return verdict


def _due(value: Value, where: str) -> date | None:
    """Read a day as Excel keeps it, or written as 2026-11-22, 22/11/2026 (day first), or 22 Nov 2026."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value)
    if not text:
        return None
    try:
        return _day(text)
    except ValueError:
        raise DecisionError(f"{where}: '{text}' is no day", "write it as 2026-11-22") from None


def _day(text: str) -> date:
    """Read a day in one of the ways in which a list holds it once it was saved as CSV; ValueError where it is none."""
    figures, words = _DAY.fullmatch(text), _IN_WORDS.fullmatch(text)
    if figures:
        return date(*(int(part) for part in reversed(figures.groups())))
    if words:
        day, month, year = words.groups()
        return date(int(year), _MONTHS.index(month[:3].casefold()) + 1, int(day))
    return date.fromisoformat(text[:10])


def _text(value: Value) -> str:
    """Return a cell's text as it was before it was made safe for a spreadsheet."""
    text = "" if value is None else str(value).strip()
    return text[1:] if text.startswith("'") and text[1:].lstrip()[:1] in tuple("=+-@＝＋－＠") else text
