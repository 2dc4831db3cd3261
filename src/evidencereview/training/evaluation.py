"""The record of an evaluation: the figures of each form and of all, per flag, beside plain baselines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from evidencereview.training.calibration import Calibration
from evidencereview.training.metrics import LEAST_GOLD, Counts, PairCounts

SCHEMA = "evidencereview-evaluation/1"


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of LABELS for one form, or for all of them; None where there was nothing to measure.

    For all forms, `micro_f1`, `ndcg` and `false_flags` are means over the forms, the others are taken over all rows.
    """

    form: str
    rows: int
    micro_f1: float | None
    macro_f1: float | None
    kappa_relevance: float | None
    kappa_specificity: float | None
    kappa_tier: float | None
    ndcg: float | None
    early: float | None
    spans: float | None
    false_flags: float
    pairs: PairCounts


@dataclass(frozen=True, slots=True)
class FlagFigures:
    """One flag over all rows; `rare` ones have too few gold rows for the macro-F1."""

    flag: str
    counts: Counts
    counted: bool = True

    @property
    def rare(self) -> bool:
        """Whether the flag has gold or said rows, but fewer gold rows than the macro-F1 asks for."""
        return self.counts.gold < LEAST_GOLD and bool(self.counts.gold or self.counts.said)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        counts = self.counts
        rates = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        return {"flag": self.flag, **asdict(counts), **rates, "rare": self.rare, "counted": self.counted}


@dataclass(frozen=True, slots=True)
class RareRow:
    """One row of a rare flag: "hit", "missed" or "false"."""

    flag: str
    form: str
    provision: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One judge (the review, or a baseline): the figures of all forms, and of each."""

    name: str
    pooled: Figures
    forms: tuple[Figures, ...]

    @property
    def worst(self) -> Figures | None:
        """The form with the least micro-F1*; None where no form has one."""
        known = [each for each in self.forms if each.micro_f1 is not None]
        return min(known, key=lambda each: each.micro_f1 or 0.0) if known else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        worst = self.worst
        return {
            "name": self.name,
            "pooled": asdict(self.pooled),
            "forms": [asdict(each) for each in self.forms],
            "worst_form": {"form": worst.form, "micro_f1": worst.micro_f1} if worst else None,
        }


@dataclass(frozen=True, slots=True)
class Intervals:
    """Bootstrap intervals over rows within forms: figure to (low, high)."""

    resamples: int
    seed: int
    level: float
    figures: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything measured in one go; `left_out` names the flags that micro-F1*, macro-F1 and early left out."""

    review: Measured
    flags: tuple[FlagFigures, ...]
    rare: tuple[RareRow, ...]
    calibration: tuple[Calibration, ...]
    baselines: tuple[Measured, ...] = ()
    intervals: Intervals | None = None
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def pooled(self) -> Figures:
        """The review's figures over all forms."""
        return self.review.pooled

    @property
    def forms(self) -> tuple[Figures, ...]:
        """The review's figures form by form."""
        return self.review.forms

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that follow `evaluation-1.schema.json`."""
        review = self.review.to_dict()
        del review["name"]
        return {
            "schema": SCHEMA,
            "left_out": list(self.left_out),
            **review,
            "flags": [each.to_dict() for each in self.flags],
            "rare": [asdict(each) for each in self.rare],
            "baselines": [each.to_dict() for each in self.baselines],
            "intervals": _intervals(self.intervals),
            "calibration": [{**asdict(each), "bins": [asdict(one) for one in each.bins]} for each in self.calibration],
            "notes": list(self.notes),
        }

    def to_text(self) -> str:
        """Return the figures as plain tables, at most 80 columns wide."""
        from evidencereview.training.evaluation_text import as_text

        return as_text(self)


def _intervals(intervals: Intervals | None) -> dict[str, Any] | None:
    if intervals is None:
        return None
    figures = {name: list(bounds) for name, bounds in intervals.figures.items()}
    return {"resamples": intervals.resamples, "seed": intervals.seed, "level": intervals.level, "figures": figures}
