"""Rows as JSON lines, the keys of LABELS: one object a line, in printed order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from evidencereview.errors import FormError
from evidencereview.readers.answers import read_answer
from evidencereview.readers.numbers import section_of
from evidencereview.readers.visible import visible
from evidencereview.records import Answer, Row

KEYS = tuple(field.name for field in fields(Row))
_REMEDY = "give one JSON object a line with the keys " + ", ".join(KEYS)
SHOWN_KEYS = ("provision", "requirement", "answer_raw", "evidence", "commentary")
_TEXTS = ("requirement", "answer_raw", "evidence", "commentary")


def write_rows(rows: Iterable[Row]) -> str:
    """Return the rows as JSON lines (each ends with a line feed; "" for no rows)."""
    return "".join(_line(row) + "\n" for row in rows)


def read_rows(text: str) -> tuple[Row, ...]:
    """Read rows from JSON lines; blank lines and keys that rows do not have are passed over.

    Raises:
        FormError: a line that is no JSON object, lacks the provision or its texts, or holds a value of the wrong kind.
    """
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    return tuple(_row(_load(line, n), n, order) for order, (n, line) in enumerate(lines, 1))


def unknown_keys(text: str) -> tuple[str, ...]:
    """Return the keys that rows do not have, in order of appearance."""
    lines = [_load(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return tuple(dict.fromkeys(key for line in lines for key in line if key not in KEYS))


def _line(row: Row) -> str:
    record = {key: getattr(row, key) for key in KEYS}
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:  # half a character (lone surrogate) cannot be written, so this line is escaped
        return json.dumps(record)
    return line


def _load(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FormError(f"line {number} is no JSON ({type(error).__name__})", _REMEDY) from error
    if not isinstance(record, dict):
        raise FormError(f"line {number} is no JSON object", _REMEDY)
    return record


def _row(record: dict[str, Any], line: int, order: int) -> Row:
    provision, inferred = (_optional(record, key, line) for key in ("provision", "provision_inferred"))
    texts = {key: _text(record, key, line) for key in _TEXTS}
    number = inferred or provision or ""
    return Row(
        form=_text(record, "form", line),
        order=_whole(record, "order", order, line),
        section=_whole(record, "section", section_of(number), line),
        provision=provision,
        provision_inferred=inferred,
        answer=_answer(record, texts["answer_raw"], line),
        mandatory=_truth(record, line),
        **texts,
    )


def _wrong(key: str, kind: str, line: int) -> FormError:
    return FormError(f"line {line}: '{key}' must be {kind}", _REMEDY)


def _text(record: dict[str, Any], key: str, line: int) -> str:
    if key == "requirement" and key not in record:
        raise _wrong(key, "given", line)
    value = record.get(key, "")
    if isinstance(value, str):
        return value
    raise _wrong(key, "a text", line)


def _optional(record: dict[str, Any], key: str, line: int) -> str | None:
    value = record.get(key)
    if value is None or isinstance(value, str):
        return value
    raise _wrong(key, "a text in quotes (5.10 as a number would be 5.1)", line)


def _whole(record: dict[str, Any], key: str, default: int, line: int) -> int:
    value = record.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
        return value
    raise _wrong(key, "a whole number", line)


def _answer(record: dict[str, Any], raw: str, line: int) -> Answer:
    value = record.get("answer")
    if value is None:
        return read_answer(raw).answer
    try:
        return Answer(value)
    except ValueError:
        raise _wrong("answer", "one of " + ", ".join(Answer), line) from None


def _truth(record: dict[str, Any], line: int) -> bool:
    value = record.get("mandatory", True)
    if isinstance(value, bool):
        return value
    raise _wrong("mandatory", "true or false", line)


def visible_values(text: str, keys: Iterable[str]) -> int:
    """Return the visible characters of the values that JSON lines hold under some keys."""
    wanted = set(keys)
    lines = [_load(line, number) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return sum(_characters(value) for line in lines for key, value in line.items() if key in wanted)


def _characters(value: object) -> int:
    if value is None:
        return 0
    return visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
