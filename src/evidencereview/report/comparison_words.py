"""The words by which a comparison is told, the same in every format."""

from __future__ import annotations

from collections.abc import Iterable

from evidencereview.comparison.changes import Comparison, FindingChange, Outcome, Promise, RowChange, ScoreChange, State
from evidencereview.records import Review
from evidencereview.report.wording import ANSWERS, TIERS, counted, provision_name, tier_counts

AROUND = 6  # words shown before and after those that changed
LONGEST = 60  # and of those that changed
# What needs a person first: promises that nobody speaks of any more.
OUTCOMES = (Outcome.NO_WORD, Outcome.LATER, Outcome.STILL, Outcome.KEPT)
LIMITS = "Kept in words means that the new form says so; nobody has looked whether it is true."
Figure = tuple[str, str, str]


def headline(comparison: Comparison) -> str:
    """Return how many rows were compared and how many changed."""
    both = [row for row in comparison.changed if row.new and row.old]
    lost = sum(1 for row in comparison.rows if row.new is None)
    fresh = sum(1 for row in comparison.rows if row.old is None)
    old, new = comparison.old.form, comparison.new.form
    read = f"{counted(len(old.rows), 'row')}, then {len(new.rows)}"
    editions = f"edition {new.edition}" if old.edition == new.edition else f"editions {old.edition} and {new.edition}"
    return f"{read} ({editions}): {len(both)} changed, {lost} gone, {fresh} new"


def figures(comparison: Comparison) -> list[Figure]:
    """Return (name, old, new) for the tiers and the mean grades."""
    old, new = tier_counts(comparison.old), tier_counts(comparison.new)
    rows = [(f"{TIERS[tier]} (tier {tier})", str(old[tier]), str(new[tier])) for tier in old]
    for name in ("relevance", "specificity"):
        rows.append((f"mean {name} (0 to 3)", _mean(comparison.old, name), _mean(comparison.new, name)))
    return rows


def findings_line(comparison: Comparison) -> str:
    """Return how many findings are gone, new and still there."""
    still, reworded = comparison.count(State.STILL), comparison.count(State.REWORDED)
    words = f"{comparison.count(State.GONE)} gone, {comparison.count(State.NEW)} new, {still + reworded} still there"
    return f"{words} ({reworded} of them in other words)" if reworded else words


def promises_line(comparison: Comparison) -> str:
    """Return how many promises of the old form were kept, and how many not."""
    counts = {outcome: sum(1 for p in comparison.promises if p.outcome is outcome) for outcome in OUTCOMES}
    return ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items() if count) or "none"


def row_name(row: RowChange) -> str:
    """Return the number of a row, with those of the old form where they differ."""
    here = provision_name(row.row.number)
    olds = [provision_name(item.row.number) for item in ((row.old,) if row.old else ()) + row.merged]
    return here if not row.new or set(olds) <= {here} else f"{here} (was {', '.join(olds)})"


def headings(row: RowChange) -> list[str]:
    """Return what happened to a row as a whole, in short."""
    if row.new is None:
        return ["row gone"]
    if row.old is None:
        return ["row new"]
    told = [score_words(score) for score in row.scores]
    if row.answer:
        told.insert(0, f"answer changed: {ANSWERS[row.answer[0]]} to {ANSWERS[row.answer[1]]}")
    if row.requirement:
        told.append("requirement changed")
    return [*told, *(["text changed"] if row.text else [])]


def score_words(score: ScoreChange) -> str:
    """Return a grade's change: "specificity up, 1 to 3"; a tier is better or worse, since a high one is bad."""
    if score.name == "tier":
        verdict = "worse" if score.direction == "up" else "better"
        return f"{verdict}, {TIERS[score.old]} to {TIERS[score.new]}"
    return f"{score.name} {score.direction}, {score.old} to {score.new}"


def finding_words(change: FindingChange) -> str:
    """Return a finding with its reason."""
    return f"{change.finding.flag}: {change.finding.because}"


def promise_title(promise: Promise) -> str:
    """Return the number and date of a promise, and what became of it."""
    passed = ", which has passed" if promise.overdue and promise.outcome is not Outcome.KEPT else ""
    due = f" (due {promise.due}{passed})" if promise.due else ""
    later = f", now {promise.new_due}" if promise.new_due and promise.new_due != promise.due else ""
    return f"{provision_name(promise.provision)} {promise.outcome.value}{later}{due}"


def in_need_order(promises: Iterable[Promise]) -> list[Promise]:
    """Return promises with those first of which there is no word."""
    return sorted(promises, key=lambda promise: OUTCOMES.index(promise.outcome))


def changed_words(old: str, new: str) -> tuple[str, str]:
    """Return the parts of two texts that differ, with a few words around them; "…" shows where something is left out."""
    a, b = old.split(), new.split()
    head = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    most = min(len(a), len(b)) - head
    tail = next((i for i in range(most) if a[-1 - i] != b[-1 - i]), most)
    return _part(a, head, tail), _part(b, head, tail)


def _part(words: list[str], head: int, tail: int) -> str:
    start, end = max(head - AROUND, 0), min(len(words) - tail + AROUND, len(words))
    shown = words[start:end]
    if len(shown) > LONGEST:
        shown = [*shown[: LONGEST // 2], "…", *shown[-LONGEST // 2 :]]
    text = " ".join(shown) or "(blank)"
    return f"{'… ' if start else ''}{text}{' …' if end < len(words) else ''}"


def _mean(review: Review, name: str) -> str:
    grades = [getattr(item.scores, name) for item in review.items]
    return f"{sum(grades) / len(grades):.2f}" if grades else "-"
