"""From tables of gold and judgement to figures, rare rows and intervals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields, replace

import numpy as np

from evidencereview.training import metrics
from evidencereview.training.calibration import Calibration, calibrate
from evidencereview.training.evaluation import Figures, FlagFigures, Intervals, Measured, RareRow
from evidencereview.training.labels import FLAGS
from evidencereview.training.tables import FormTable, Truths

ALL_FORMS = "all forms"
LEVEL = 0.95


def measure(name: str, tables: Sequence[FormTable], left_out: Collection[str] = ()) -> Measured:
    """Measure one judge form by form and over all forms (at least one)."""
    forms = tuple(form_figures(table, left_out) for table in tables)
    return Measured(name, _pooled(tables, forms, left_out), forms)


def form_figures(table: FormTable, left_out: Collection[str] = ()) -> Figures:
    """Measure one form."""
    micro = _columns(left_out, "boilerplate")
    tiers = table.gold_grades[:, 2]
    kappas = [metrics.kappa(table.gold_grades[:, n], table.said_grades[:, n]) for n in range(3)]
    return Figures(
        form=table.form,
        rows=len(tiers),
        micro_f1=metrics.micro_f1(table.gold[:, micro], table.said[:, micro]),
        macro_f1=_macro(table, left_out),
        kappa_relevance=kappas[0],
        kappa_specificity=kappas[1],
        kappa_tier=kappas[2],
        ndcg=metrics.ndcg(tiers),
        early=metrics.share(*metrics.early(tiers, table.asked)),
        spans=metrics.share(*metrics.span_hits(table.overlap.ravel())),
        false_flags=metrics.false_flags(table.gold, table.said),
        pairs=metrics.pair_counts(table.gold_pairs, table.said_pairs),
    )


def flag_figures(tables: Sequence[FormTable], left_out: Collection[str] = ()) -> tuple[FlagFigures, ...]:
    """Count every flag over all rows, in the order of `FLAGS`."""
    counts = metrics.count_flags(_stack(tables, "gold"), _stack(tables, "said"))
    return tuple(FlagFigures(flag, each, flag not in left_out) for flag, each in zip(FLAGS, counts, strict=True))


def rare_rows(tables: Sequence[FormTable], flags: Sequence[FlagFigures]) -> tuple[RareRow, ...]:
    """List the rows of the rare flags, hit by hit."""
    rare = [(place, each.flag) for place, each in enumerate(flags) if each.rare]
    return tuple(
        RareRow(flag, table.form, str(table.provisions[row]), _outcome(table.gold[row, place], table.said[row, place]))
        for place, flag in rare
        for table in tables
        for row in np.flatnonzero(table.gold[:, place] | table.said[:, place])
    )


def calibrations(tables: Sequence[FormTable]) -> tuple[Calibration, ...]:
    """Measure the confidence of every flag that is in the gold or was said."""
    gold, sure = _stack(tables, "gold"), _stack(tables, "confidence")
    return tuple(
        calibrate(flag, sure[:, place], gold[:, place])
        for place, flag in enumerate(FLAGS)
        if gold[:, place].any() or sure[:, place].any()
    )


def bootstrap(tables: Sequence[FormTable], resamples: int, seed: int, left_out: Collection[str] = ()) -> Intervals:
    """Draw rows with replacement within each form and return percentile intervals of the pooled figures.

    Pairs and false flags get none: a pair needs both its rows. A drawn row keeps its place relative to the others.
    """
    random = np.random.default_rng(seed)
    drawn: dict[str, list[float]] = {}
    for _ in range(resamples):
        sample = [table.take(random.integers(0, len(table.gold), len(table.gold))) for table in tables]
        for name, value in _measured(measure("", sample, left_out).pooled):
            drawn.setdefault(name, []).append(value)
    tails = (50 * (1 - LEVEL), 50 * (1 + LEVEL))
    bounds = {name: np.percentile(values, tails) for name, values in drawn.items()}
    return Intervals(resamples, seed, LEVEL, {name: (float(low), float(high)) for name, (low, high) in bounds.items()})


def _measured(figures: Figures) -> list[tuple[str, float]]:
    names = [field.name for field in fields(figures) if field.name not in ("form", "rows", "false_flags", "pairs")]
    return [(name, getattr(figures, name)) for name in names if getattr(figures, name) is not None]


def _pooled(tables: Sequence[FormTable], forms: Sequence[Figures], left_out: Collection[str]) -> Figures:
    """Take the figures over all rows, then those that are defined as sums or means over the forms."""
    whole = form_figures(_joined(tables), left_out)
    near = [metrics.early(table.gold_grades[:, 2], table.asked) for table in tables]
    pairs = [each.pairs for each in forms]
    return replace(
        whole,
        micro_f1=metrics.mean(each.micro_f1 for each in forms),
        ndcg=metrics.mean(each.ndcg for each in forms),
        early=metrics.share(sum(hit for hit, _ in near), sum(rows for _, rows in near)),
        false_flags=metrics.mean(each.false_flags for each in forms) or 0.0,
        pairs=metrics.PairCounts(*(sum(values) for values in zip(*((p.said, p.true, p.both) for p in pairs), strict=True))),
    )


def _joined(tables: Sequence[FormTable]) -> FormTable:
    """Stack the forms; only figures that know no order and no pairs may be read from the result."""
    names = [field.name for field in fields(FormTable)]
    arrays = {name: _stack(tables, name) for name in names if isinstance(getattr(tables[0], name), np.ndarray)}
    return FormTable(form=ALL_FORMS, gold_pairs=frozenset(), said_pairs=frozenset(), **arrays)


def _stack(tables: Sequence[FormTable], name: str) -> np.ndarray:
    return np.concatenate([getattr(table, name) for table in tables])


def _macro(table: FormTable, left_out: Collection[str]) -> float | None:
    columns = _columns(left_out)
    return metrics.macro_f1(metrics.count_flags(table.gold[:, columns], table.said[:, columns]))


def _columns(left_out: Collection[str], *more: str) -> Truths:
    return np.array([flag not in left_out and flag not in more for flag in FLAGS], dtype=bool)


def _outcome(gold: bool, said: bool) -> str:
    return ("hit" if said else "missed") if gold else "false"
