"""The part of the model card that speaks of published forms: figures, intervals, baselines, failures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from evidencereview.training.markdown import bullets, interval, prose, table

Record = Mapping[str, Any]
NAMES = {
    "micro_f1": "micro-F1*",
    "macro_f1": "macro-F1",
    "kappa_relevance": "κ relevance",
    "kappa_specificity": "κ specificity",
    "kappa_tier": "κ tier",
    "ndcg": "nDCG@10",
    "early": "early",
    "spans": "spans",
}
WEAK = 0.6
FEW = 3
BINS = 5
LIMITS = (
    "Whether a text on the right topic answers every duty (`partial-coverage`) rests on nearness of vectors: terse rows that"
    " cover everything and fluent rows that cover one duty are easily confused.",
    "Whether a source is named as the proof or merely mentioned (`generic-reference`) is learned from wording alone.",
    "A general claim, a restated duty and a described practice shade into one another.",
    "Text recognised from a scan is judged as it stands: lost words look like missing evidence.",
)


def published(figures: Record, name: str, heads: Record) -> tuple[str, ...]:
    """Return the sections about open published forms; () where nothing has been measured."""
    if not figures:
        return ("## Published forms", prose("Not measured yet: the labelled forms are not part of this repository."))
    stale = "" if figures["heads"] == heads.get("version") else "They are of earlier heads than the ones that are shipped."
    text = f"""From `{name}` ({figures["date"]}), which holds the hashes of its inputs. {stale} These published forms were in
        sight while this was built: no training text comes from them, but rules and cues were tried on them and the shares
        of each flag were counted on them. Without {" and ".join(figures["left_out"])}. Intervals (95 %) draw rows within
        forms; with so few forms they say nothing of other landlords."""
    return (
        "## Published forms",
        prose(text),
        _by_form(figures),
        prose(f"With all flags counted: {_all_flags(figures['pooled_all_flags'])}."),
        "### Baselines",
        _baselines(figures),
        "### Flag by flag",
        _flags(figures),
        _rare(figures),
        "### Calibration on published forms",
        _calibration(figures),
    )


def _by_form(figures: Record) -> str:
    forms = sorted(figures["forms"], key=lambda form: form["micro_f1"])
    columns = [*forms, figures["pooled"]]
    bounds = [*(form["intervals"] for form in forms), figures["intervals"]]
    head = ("Figure", *(f"{form['form']}{' (worst)' if form is forms[0] else ''}" for form in forms), "all")
    rows = [
        (shown, *(f"{_two(column[key])} ({interval(ends.get(key))})" for column, ends in zip(columns, bounds, strict=True)))
        for key, shown in NAMES.items()
    ]
    return table(head, [*rows, ("false flags a form", *(_two(column["false_flags"]) for column in columns))])


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _all_flags(pooled: Record) -> str:
    pairs = pooled["pairs"]
    return (
        f"micro-F1* {_two(pooled['micro_f1'])}, macro-F1 {_two(pooled['macro_f1'])}, early {_two(pooled['early'])};"
        f" contradiction pairs: {pairs['said']} said, {pairs['true']} true, {pairs['both']} both"
    )


def _baselines(figures: Record) -> str:
    keys = ("micro_f1", "worst_form", "macro_f1", "kappa_tier", "ndcg")
    worst = min(form["micro_f1"] for form in figures["forms"])
    ours = {**figures["pooled"], "name": "evidencereview", "worst_form": worst}
    rows = [(each["name"], *(each[key] for key in keys)) for each in (ours, *figures["baselines"])]
    return table(("Judge", *(NAMES.get(key, "worst form") for key in keys)), rows)


def _flags(figures: Record) -> str:
    said = [each for each in figures["flags"] if each["gold"] or each["said"]]
    rows = [
        (each["flag"], each["gold"], each["said"], each["hit"], each["f1"], interval(each["interval"]))
        for each in sorted(said, key=lambda each: (each["f1"] or 0.0, each["flag"]))
    ]
    return table(("Flag, worst first", "gold", "said", "both", "F1", "interval"), rows)


def _rare(figures: Record) -> str:
    rows = [f"{each['flag']}: {each['form']} {each['provision']}, {each['outcome']}" for each in figures["rare"]]
    return f"{prose('Rare flags, row by row (no part of macro-F1):')}\n\n{bullets(rows)}" if rows else ""


def _calibration(figures: Record) -> str:
    rows = [
        (each["flag"], f"{each['brier']:.3f}", f"{each['expected_error']:.3f}", _bins(each["bins"]))
        for each in figures["calibration"]
    ]
    return table(("Flag", "Brier", "expected error", "mean confidence → share with the flag (rows)"), rows)


def _bins(bins: Sequence[Record]) -> str:
    """Join the ten bins of the figures by twos: a form has too few rows for ten."""
    joined: dict[int, list[Record]] = defaultdict(list)
    for each in bins:
        joined[min(int(each["low"] * BINS + 1e-6), BINS - 1)].append(each)
    return "; ".join(_bin(joined[place]) for place in sorted(joined))


def _bin(parts: Sequence[Record]) -> str:
    rows = sum(each["rows"] for each in parts)
    sure, share = (sum(each["rows"] * each[key] for each in parts) / rows for key in ("confidence", "share"))
    return f"{sure:.2f} → {share:.2f} ({rows})"


def sealed_figures(log: Sequence[Record]) -> tuple[str, ...]:
    """Return the section about the sealed form: every look that was taken, first to last."""
    if not log:
        return "## Sealed form", prose("Not looked at yet.")
    rows = [
        (entry["date"][:10], entry["commit"][:10], form["form"], *(form[key] for key in NAMES))
        for entry in log
        for form in next((each for each in entry["evaluations"] if each["left_out"]), entry["evaluations"][0])["forms"]
    ]
    text = "One labelled form is kept shut while the project is built; each look at it is logged with the commit."
    return "## Sealed form", prose(text), table(("Day", "commit", "form", *NAMES.values()), rows)


def known_failures(figures: Record, behaviour: Record) -> str:
    """Return the limits that are known beforehand, and those that the figures and cases show."""
    flags = [each for each in figures.get("flags", ()) if each["gold"] >= FEW and (each["f1"] or 0.0) < WEAK]
    weak = [f"`{each['flag']}`: F1 {_two(each['f1'])} on {each['gold']} gold rows of published forms." for each in flags]
    failed = [f"Behaviour case {name}: {problem}." for name, problem in behaviour.get("failures", {}).items()]
    return bullets([*LIMITS, *weak, *failed])
