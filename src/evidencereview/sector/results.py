"""Reads the results of a batch: the list of forms from summary.csv, each form's JSON, and the texts from items.csv."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencereview.errors import ReadError

_REMEDY = "name the folder that 'evidencereview batch … -o FOLDER' wrote"
_LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row of a reviewed form."""

    provision: str
    tier: int
    score: float
    relevance: float
    specificity: float
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormResult:
    """One reviewed form; `result` is the name of its JSON, and `copy_of` that of a form with the same content."""

    result: str
    form: str
    landlord: str
    edition: str
    rows: tuple[RowResult, ...]
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class TextOfRow:
    """The words of one row."""

    result: str
    provision: str
    evidence: str
    commentary: str


def read_results(folder: Path) -> Iterator[FormResult]:
    """Yield the forms of a folder of results, in its order.

    Raises:
        ReadError: the folder holds no results, or a JSON of it is missing or damaged.
    """
    seen: dict[str, str] = {}
    for line in _table(folder / "summary.csv", ("form", "landlord", "result")):
        review = _review(folder / line["result"])
        told = review["form"]
        rows = tuple(map(_row, review["items"]))
        copied = seen.setdefault(told["sha256"], line["result"])
        copy_of = copied if copied != line["result"] else ""
        yield FormResult(line["result"], told["name"], _plain(line["landlord"]), told["edition"], rows, copy_of)


def read_texts(folder: Path) -> Iterator[TextOfRow]:
    """Yield the words of every row of a folder of results.

    Raises:
        ReadError: items.csv is missing or damaged.
    """
    for line in _table(folder / "items.csv", ("result", "provision", "evidence", "commentary")):
        yield TextOfRow(line["result"], line["provision"], _plain(line["evidence"]), _plain(line["commentary"]))


def _table(path: Path, needed: tuple[str, ...]) -> Iterator[Mapping[str, str]]:
    # A cell may hold a whole policy; the limit of the library is meant for other files.
    csv.field_size_limit(min(sys.maxsize, _LONGEST_CELL))
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not set(needed) <= set(reader.fieldnames or ()):
                raise ReadError(f"{path}: is no table of a batch", _REMEDY)
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: cannot be read ({reason})", _REMEDY) from error


def _review(path: Path) -> Mapping[str, Any]:
    try:
        review = json.loads(path.read_bytes())
        if review["schema"] == "evidencereview/1":
            return dict(review)
        reason = f"its schema is {review['schema']}"
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
    raise ReadError(f"{path}: is no result of a review ({reason})", "run the batch again with --resume")


def _row(item: Mapping[str, Any]) -> RowResult:
    flags = tuple(dict.fromkeys(finding["flag"] for finding in item["findings"]))
    return RowResult(
        item["provision"], item["tier"], item["score"], item["relevance_score"], item["specificity_score"], flags
    )


def _plain(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from seeing a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip()[:1] in tuple("=+-@＝＋－＠") else cell
