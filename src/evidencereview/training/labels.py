"""Labels: what an auditor said of each row, read from JSON lines and joined to the rows that they speak of.

A label and a row belong together by the provision's number; where a row has an inferred number, that one counts.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from evidencereview.errors import LabelError
from evidencereview.records import Row

FLAGS = (
    "missing-answer", "missing-evidence", "unexplained-no",
    "generic-reference", "bare-assertion", "cross-reference", "dangling-pointer", "boilerplate",
    "future-commitment", "hedged-practice", "admitted-gap", "stale-date",
    "off-topic", "partial-coverage", "restated-requirement", "requirement-conflict",
    "contradiction",
)  # fmt: skip
CONSISTENCY_FLAGS = ("contradiction", "requirement-conflict")

Key = TypeVar("Key")

# What puts a row into tier 3 by itself: always, or on a 'must' row alone.
URGENT = frozenset({"missing-answer", "admitted-gap", "requirement-conflict", "contradiction", "future-commitment"})
URGENT_ON_MUST = frozenset({"missing-evidence", "unexplained-no"})
_REMEDY = "give one JSON object a line with form, provision, flags, relevance, specificity and tier"


@dataclass(frozen=True, slots=True)
class Label:
    """What an auditor said of one row.

    Attributes:
        form: name of the form.
        provision: number of the row, printed or inferred.
        flags: the faults, sorted.
        relevance: 0 to 3.
        specificity: 0 to 3.
        tier: 0 (good) to 3 (fix first).
        spans: flag to the words that show it ("" for something absent).
        linked: for a contradiction, the other provisions.
        note: what the auditor would ask for.
    """

    form: str
    provision: str
    flags: tuple[str, ...]
    relevance: int
    specificity: int
    tier: int
    spans: Mapping[str, str]
    linked: tuple[str, ...] = ()
    note: str = ""


def load_labels(path: Path) -> tuple[Label, ...]:
    """Read the labels of one or more forms from JSON lines.

    Raises:
        LabelError: unreadable file, no label, a wrong value, an unknown flag, or a provision labelled twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: cannot be read ({error})", "name a file of labels") from error
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    labels = tuple(_label(line, f"{path.name}, line {n}") for n, line in lines)
    if not labels:
        raise LabelError(f"{path}: holds no label", _REMEDY)
    twice = _first_repeated((label.form, label.provision) for label in labels)
    if twice:
        raise LabelError(f"{path.name}: provision {twice[1]} of '{twice[0]}' is labelled twice", "keep one of them")
    return labels


def join(rows: Sequence[Row], labels: Sequence[Label]) -> tuple[tuple[Row, Label], ...]:
    """Put each row of one form beside its label, in the order of the rows.

    Raises:
        LabelError: they are of different forms, or a provision is missing, extra, repeated or without a number.
    """
    _same_form(rows, labels)
    _once([row.number for row in rows], "rows")
    _once([label.provision for label in labels], "labels")
    by_number = {label.provision: label for label in labels}
    missing = [row.number for row in rows if row.number not in by_number]
    extra = sorted(set(by_number) - {row.number for row in rows}, key=_by_number)
    if missing or extra:
        parts = [f"no label for {_some(missing)}"] * bool(missing) + [f"no row for {_some(extra)}"] * bool(extra)
        raise LabelError(f"{_name(rows, labels)}: {' and '.join(parts)}", "give rows and labels of one and the same form")
    return tuple((row, by_number[row.number]) for row in rows)


def tier_rests_on(label: Label, mandatory: bool, flags: Collection[str]) -> bool:
    """Tell whether a tier 3 has no other ground than `flags` (LABELS: "Tier 3 always")."""
    urgent = URGENT | (URGENT_ON_MUST if mandatory else frozenset())
    grounds = urgent & set(label.flags)
    return label.tier == 3 and bool(grounds) and grounds <= set(flags)


def _label(line: str, where: str) -> Label:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LabelError(f"{where}: is no JSON ({type(error).__name__})", _REMEDY) from error
    if not isinstance(record, dict):
        raise LabelError(f"{where}: is no JSON object", _REMEDY)
    flags = _flags(record, where)
    grades = {key: _grade(record, key, where) for key in ("relevance", "specificity", "tier")}
    return Label(
        form=_text(record, "form", where),
        provision=_text(record, "provision", where),
        flags=flags,
        spans=_spans(record, flags, where),
        linked=_texts(record.get("linked", []), f"{where}: 'linked'"),
        note=str(record.get("note", "")),
        **grades,
    )


def _text(record: Mapping[str, Any], key: str, where: str) -> str:
    value = record.get(key)
    if isinstance(value, str) and value:
        return value
    raise LabelError(f"{where}: '{key}' must be a text", "5.10 as a number would be 5.1" if key == "provision" else _REMEDY)


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    raise LabelError(f"{where} must be a list of texts", _REMEDY)


def _flags(record: Mapping[str, Any], where: str) -> tuple[str, ...]:
    flags = _texts(record.get("flags"), f"{where}: 'flags'")
    for flag in flags:
        if flag not in FLAGS:
            raise LabelError(f"{where}: unknown flag '{flag}'", "use the flags of the table of checks")
    return tuple(sorted(set(flags)))


def _grade(record: Mapping[str, Any], key: str, where: str) -> int:
    value = record.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3:
        return value
    raise LabelError(f"{where}: '{key}' must be a whole number from 0 to 3", _REMEDY)


def _spans(record: Mapping[str, Any], flags: Collection[str], where: str) -> dict[str, str]:
    spans = record.get("spans", {})
    if not isinstance(spans, dict) or not all(isinstance(words, str) for words in spans.values()):
        raise LabelError(f"{where}: 'spans' must be flags and their words", _REMEDY)
    for flag in spans:
        if flag not in flags:
            raise LabelError(f"{where}: words for '{flag}', which the row does not carry", "mend its spans or its flags")
    return dict(spans)


def _same_form(rows: Sequence[Row], labels: Sequence[Label]) -> None:
    printed = {row.form for row in rows} - {""}
    labelled = {label.form for label in labels} - {""}
    if len(printed) > 1 or len(labelled) > 1 or (printed and labelled and printed != labelled):
        what = f"the rows are of {_some(sorted(printed))}, the labels of {_some(sorted(labelled))}"
        raise LabelError(what, "give rows and labels of one and the same form")


def _once(numbers: Sequence[str], what: str) -> None:
    if "" in numbers:
        raise LabelError(f"a provision has no number among the {what}", "number every one of them")
    twice = _first_repeated(numbers)
    if twice:
        raise LabelError(f"provision {twice} stands twice among the {what}", "keep one of them")


def _first_repeated(keys: Iterable[Key]) -> Key | None:
    return next((key for key, count in Counter(keys).items() if count > 1), None)


def _name(rows: Sequence[Row], labels: Sequence[Label]) -> str:
    return next((name for name in [*(row.form for row in rows), *(label.form for label in labels)] if name), "form")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5]) or "nothing"
    return shown + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _by_number(number: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdecimal() else (10**6, part) for part in number.split("."))
