"""Our own text for two findings: rows that break their provision, and pairs of rows that cannot both be true.

`conflicts/*.jsonl` and `contradictions/*.jsonl`, a file a writer; each holds about as many look-alikes that must stay quiet.
Every line is another invented landlord.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencereview.errors import LabelError
from evidencereview.provisions import known_editions, load_pack
from evidencereview.records import Answer, Form, Modality, Row
from evidencereview.training.data import read_lines

CONFLICTS, CONTRADICTIONS = "conflicts", "contradictions"


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A row, whether its text breaks its provision, and the words that do ("" where none do)."""

    group: str
    edition: str
    row: Row
    conflict: bool
    words: str


@dataclass(frozen=True, slots=True)
class RowPair:
    """Two rows as a form of their own, whether both can be true, and the words of each that clash or seem to."""

    group: str
    edition: str
    form: Form
    contradictory: bool
    words: tuple[str, str]


def load_conflicts(folder: Path) -> tuple[ConflictRow, ...]:
    """Read `conflicts/*.jsonl` in order of file and line; an empty folder gives none.

    Raises:
        LabelError: a line lacks a key, names no provision of its edition, or quotes words that its row does not hold.
    """
    return tuple(_conflict(path.stem, entry) for path in _files(folder / CONFLICTS) for entry in read_lines(path))


def load_row_pairs(folder: Path) -> tuple[RowPair, ...]:
    """Read `contradictions/*.jsonl` in order of file and line; an empty folder gives none.

    Raises:
        LabelError: as `load_conflicts`.
    """
    return tuple(_pair(path.stem, entry) for path in _files(folder / CONTRADICTIONS) for entry in read_lines(path))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl"))


def _conflict(group: str, entry: Mapping[str, Any]) -> ConflictRow:
    row = _row(entry, entry, 1)
    words = str(_value(entry, entry, "words"))
    _quoted(entry, row, words)
    conflict = _value(entry, entry, "conflict") is True
    if conflict != bool(words):
        raise LabelError(f"{entry['_where']} has words and no conflict, or a conflict and no words", "mend the line")
    return ConflictRow(f"conflict {group}", str(entry["edition"]), row, conflict, words)


def _pair(group: str, entry: Mapping[str, Any]) -> RowPair:
    sides = _value(entry, entry, "rows")
    rows = tuple(_row(entry, side, order) for order, side in enumerate(sides, 1))
    words = tuple(str(_value(entry, side, "words")) for side in sides)
    for row, quoted in zip(rows, words, strict=True):
        _quoted(entry, row, quoted)
    if len(rows) != 2 or not all(words):
        raise LabelError(f"{entry['_where']} needs two rows with words of each", "mend the line")
    form = Form(f"pair {group}", "jsonl", "", rows, edition=str(entry["edition"]))
    contradictory = _value(entry, entry, "contradiction") is True
    return RowPair(f"pair {group}", str(entry["edition"]), form, contradictory, (words[0], words[1]))


def _value(entry: Mapping[str, Any], part: Mapping[str, Any], key: str) -> Any:
    if key not in part:
        raise LabelError(f"{entry['_where']} lacks {key}", "complete the line")
    return part[key]


def _row(entry: Mapping[str, Any], part: Mapping[str, Any], order: int) -> Row:
    number, edition = str(_value(entry, part, "provision")), str(_value(entry, entry, "edition"))
    known = load_pack(edition).by_number.get(number) if edition in known_editions() else None
    if known is None:
        raise LabelError(f"{entry['_where']}: edition {edition} has no provision {number}", "mend the line")
    if _value(entry, part, "answer") not in tuple(Answer):
        raise LabelError(f"{entry['_where']}: '{part['answer']}' is no answer", "mend the line")
    answer = Answer(part["answer"])
    cells = str(_value(entry, part, "evidence")), str(_value(entry, part, "commentary"))
    section, must = int(number.partition(".")[0]), known.modality is Modality.MUST
    return Row("", order, section, number, None, known.summary, answer.value, answer, *cells, must)


def _quoted(entry: Mapping[str, Any], row: Row, words: str) -> None:
    if words not in row.evidence and words not in row.commentary:
        raise LabelError(f"{entry['_where']} quotes words that its row does not hold", "mend the line")
