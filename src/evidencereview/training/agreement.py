"""How far the second, blind labelling agrees with the first: flags, grades, and what the two differ on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evidencereview.errors import LabelError
from evidencereview.training import metrics
from evidencereview.training.data import TrainingForm, read_lines

GRADES = ("relevance", "specificity", "tier")
# The second reader saw single rows: these need the whole form.
NOT_ASKED = ("boilerplate", "contradiction")


@dataclass(frozen=True, slots=True)
class SecondLabel:
    """What one reader said of one row."""

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
    """Read a folder of second labels, `*.jsonl`; no file gives none."""
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in read_lines(path)]
    return tuple(
        SecondLabel(each["form"], each["order"], frozenset(each["flags"]), *(each[grade] for grade in GRADES))
        for each in lines
    )


def labels_now(forms: Sequence[TrainingForm]) -> tuple[SecondLabel, ...]:
    """Return the labels of the rows as they stand, in the same shape."""
    return tuple(
        SecondLabel(label.form, row.order, frozenset(label.flags), label.relevance, label.specificity, label.tier)
        for form in forms
        for row, label in zip(form.form.rows, form.labels, strict=True)
    )


def agreement(first: Sequence[SecondLabel], second: Sequence[SecondLabel], flags: Sequence[str]) -> Agreement:
    """Compare first labels with those of the second reader, over the rows of the second.

    Raises:
        LabelError: no second label, a row labelled twice over, or one that is not among the first.
    """
    known = {(each.form, each.order): each for each in first}
    pairs = [(_first(known, each), each) for each in second]
    if not pairs or len({(each.form, each.order) for each in second}) < len(second):
        raise LabelError("no second labels, or a row stands twice among them", "give one second label a row")
    asked = [flag for flag in flags if flag not in NOT_ASKED]
    one, two = (np.array([[flag in pair[n].flags for flag in asked] for pair in pairs]) for n in (0, 1))
    kappas = {
        grade: metrics.kappa([getattr(a, grade) for a, _ in pairs], [getattr(b, grade) for _, b in pairs])
        for grade in GRADES
    }
    counted = dict(zip(asked, metrics.count_flags(one, two), strict=True))
    return Agreement(len(pairs), len({each.form for each in second}), metrics.micro_f1(one, two), counted, kappas)


@dataclass(frozen=True, slots=True)
class MarkAgreement:
    """How far two readers agree on which duties a row speaks to: rows and duties marked twice, share alike, kappa."""

    rows: int
    duties: int
    alike: float
    kappa: float | None


def mark_agreement(forms: Sequence[TrainingForm], folder: Path) -> MarkAgreement | None:
    """Compare the marks of duties with those of a second reader in a folder; None where there are none.

    Raises:
        LabelError: a second mark has no first one.
    """
    first = {
        (form.form.name, row.order, duty): spoken
        for form in forms
        for row, marks in zip(form.form.rows, form.spoken, strict=True)
        for duty, spoken in marks.items()
    }
    lines = [line for path in sorted(folder.glob("*.jsonl")) for line in read_lines(path)]
    second = {(each["form"], each["order"], duty): spoken for each in lines for duty, spoken in each["spoken"].items()}
    unknown = sorted(second.keys() - first.keys())
    if unknown:
        raise LabelError(f"second mark of {' '.join(map(str, unknown[0]))}: there is no first one", "mend form or order")
    if not second:
        return None
    one, two = [first[key] for key in second], list(second.values())
    alike = sum(a == b for a, b in zip(one, two, strict=True)) / len(two)
    return MarkAgreement(len(lines), len(two), alike, metrics.kappa(one, two))


def _first(known: dict[tuple[str, int], SecondLabel], label: SecondLabel) -> SecondLabel:
    try:
        return known[label.form, label.order]
    except KeyError:
        raise LabelError(f"second label of {label.form} {label.order}: there is no such row", "mend form or order") from None
