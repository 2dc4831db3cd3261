"""How far the second, blind labelling agrees with the first: flags, grades, and what the two differ on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evidencereview.errors import LabelError
from evidencereview.training import metrics
from evidencereview.training.data import TrainingForm
from evidencereview.training.labels import Label

GRADES = ("relevance", "specificity", "tier")
# The second reader saw single rows: these need the whole form.
NOT_ASKED = ("boilerplate", "contradiction")


@dataclass(frozen=True, slots=True)
class SecondLabel:
    """What the second reader said of one row."""

    form: str
    order: int
    flags: frozenset[str]
    relevance: int
    specificity: int
    tier: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over the rows that were labelled twice; `flags` counts first, second and both, by flag."""

    rows: int
    forms: int
    micro_f1: float | None
    flags: dict[str, metrics.Counts]
    kappas: dict[str, float | None]


def load_second(folder: Path) -> tuple[SecondLabel, ...]:
    """Read `second/*.jsonl`; no file gives none."""
    lines = [
        json.loads(line)
        for path in sorted((folder / "second").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    return tuple(
        SecondLabel(each["form"], each["order"], frozenset(each["flags"]), *(each[grade] for grade in GRADES))
        for each in lines
    )


def agreement(forms: Sequence[TrainingForm], second: Sequence[SecondLabel], flags: Sequence[str]) -> Agreement:
    """Compare the labels as they stand with those of the second reader.

    Raises:
        LabelError: no second label, a row labelled twice over, or one that is not among the rows.
    """
    first = {
        (label.form, row.order): label for form in forms for row, label in zip(form.form.rows, form.labels, strict=True)
    }
    pairs = [(_first(first, each), each) for each in second]
    if not pairs or len({(each.form, each.order) for each in second}) < len(second):
        raise LabelError("no second labels, or a row stands twice among them", "give one second label a row")
    asked = [flag for flag in flags if flag not in NOT_ASKED]
    one = np.array([[flag in label.flags for flag in asked] for label, _ in pairs])
    two = np.array([[flag in each.flags for flag in asked] for _, each in pairs])
    kappas = {
        grade: metrics.kappa([getattr(label, grade) for label, _ in pairs], [getattr(each, grade) for _, each in pairs])
        for grade in GRADES
    }
    counted = dict(zip(asked, metrics.count_flags(one, two), strict=True))
    return Agreement(len(pairs), len({each.form for each in second}), metrics.micro_f1(one, two), counted, kappas)


def _first(known: dict[tuple[str, int], Label], label: SecondLabel) -> Label:
    try:
        return known[label.form, label.order]
    except KeyError:
        raise LabelError(f"second label of {label.form} {label.order}: there is no such row", "mend form or order") from None
