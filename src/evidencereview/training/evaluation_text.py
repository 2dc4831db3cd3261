"""An evaluation as plain tables of at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

from evidencereview.training.evaluation import Evaluation, Figures, FlagFigures, Measured

WIDTH = 80
_COLUMNS = ("micro", "macro", "kRel", "kSpec", "kTier", "nDCG", "early", "spans", "false")
_LEGEND = (
    "micro: micro-F1* (without boilerplate); macro: macro-F1; k: quadratic kappa of",
    "relevance, specificity and tier; nDCG: at 10; early: tier-3 rows within the",
    "first 2N places; spans: right words; false: false flags a form.",
)
_NAMES = {
    "micro_f1": "micro-F1*",
    "macro_f1": "macro-F1",
    "kappa_relevance": "kappa relevance",
    "kappa_specificity": "kappa specificity",
    "kappa_tier": "kappa tier",
    "ndcg": "nDCG@10",
    "early": "early",
    "spans": "spans",
}


def as_text(evaluation: Evaluation) -> str:
    """Return the whole evaluation as text that ends with a line feed."""
    parts = [
        _head(evaluation),
        _forms(evaluation.review),
        _baselines(evaluation.baselines),
        _flags(evaluation.flags, {each.flag: each.brier for each in evaluation.calibration}),
        _rare(evaluation),
        _intervals(evaluation),
        [line for note in evaluation.notes for line in wrap(f"Note: {_plain(note)}", WIDTH, subsequent_indent="  ")],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(evaluation: Evaluation) -> list[str]:
    lines = [f"Evaluation of {len(evaluation.forms)} form(s), {evaluation.pooled.rows} rows."]
    if evaluation.left_out:
        lines.append("micro, macro and early leave out:")
        lines.extend(f"  {flag}" for flag in evaluation.left_out)
    return [*lines, *_LEGEND]


def _forms(review: Measured) -> list[str]:
    worst, pairs = review.worst, review.pooled.pairs
    lines = [_line("form", "rows", _COLUMNS), *(_figures(each.form, each) for each in review.forms)]
    lines.append(_figures("ALL FORMS", review.pooled))
    if worst:
        lines.append(f"Worst form: {_cut(worst.form, 40)}, micro-F1* {_number(worst.micro_f1)}")
    return [*lines, f"Contradiction pairs: said {pairs.said}, true {pairs.true}, both {pairs.both}"]


def _baselines(baselines: Sequence[Measured]) -> list[str]:
    if not baselines:
        return []
    return [_line("baseline", "rows", _COLUMNS), *(_figures(each.name, each.pooled) for each in baselines)]


def _flags(flags: Sequence[FlagFigures], brier: Mapping[str, float]) -> list[str]:
    lines = [f"{'flag':<22}{'gold':>6}{'said':>6}{'hit':>6}{'prec.':>8}{'recall':>8}{'F1':>8}{'Brier':>7}"]
    for each in flags:
        counts = each.counts
        rates = "".join(f"{_number(value):>8}" for value in (counts.precision, counts.recall, counts.f1))
        error = f"{brier[each.flag]:.3f}" if each.flag in brier else "-"
        mark = " rare" if each.rare else "" if each.counted else " left out"
        lines.append(f"{each.flag:<22}{counts.gold:>6}{counts.said:>6}{counts.hit:>6}{rates}{error:>7}{mark}")
    return lines


def _rare(evaluation: Evaluation) -> list[str]:
    if not evaluation.rare:
        return []
    rows = (f"  {row.outcome:<7}{row.flag:<22}{_cut(row.form, 36):<38}{row.provision}" for row in evaluation.rare)
    return ["Rare flags (fewer than 3 gold rows), row by row:", *rows]


def _intervals(evaluation: Evaluation) -> list[str]:
    drawn = evaluation.intervals
    if drawn is None:
        return []
    head = f"{drawn.level:.0%} intervals, rows within forms, {drawn.resamples} draws, seed {drawn.seed}:"
    values = (f"  {_NAMES[name]:<20}{low:6.3f} to {high:.3f}" for name, (low, high) in drawn.figures.items())
    return [head, *values]


def _figures(name: str, figures: Figures) -> str:
    shown = [getattr(figures, field) for field in _NAMES]
    return _line(name, str(figures.rows), [*map(_number, shown), f"{figures.false_flags:.1f}"])


def _line(name: str, rows: str, cells: Iterable[str]) -> str:
    return f"{_cut(name, 21):<21}{rows:>5}" + "".join(f"{cell:>6}" for cell in cells)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _cut(text: str, width: int) -> str:
    flat = _plain(text)
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def _plain(text: str) -> str:
    return "".join(character if character.isprintable() else "·" for character in text)
