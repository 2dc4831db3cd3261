"""A comparison as JSON, schema `evidencereview-comparison/1` (see `evidencereview-comparison-1.schema.json` here)."""

from __future__ import annotations

import json

from evidencereview.comparison.changes import Comparison, FindingChange, Promise, RowChange
from evidencereview.records import Finding, Item, Review
from evidencereview.report.harmless import json_text
from evidencereview.report.wording import tier_counts

SCHEMA = "evidencereview-comparison/1"


def render(comparison: Comparison) -> bytes:
    """Return the comparison as UTF-8 JSON, the same bytes for the same comparison; every row is in it."""
    text = json.dumps(to_dict(comparison), ensure_ascii=False, indent=1, allow_nan=False)
    return (json_text(text) + "\n").encode("utf-8")


def to_dict(comparison: Comparison) -> dict[str, object]:
    """Return the comparison as plain values in the order of the schema."""
    return {
        "schema": SCHEMA,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "rows": [_row(row) for row in comparison.rows],
        "promises": [_promise(promise) for promise in comparison.promises],
        "notes": list(comparison.notes),
    }


def _side(review: Review) -> dict[str, object]:
    form = review.form
    count = len(review.items)
    return {
        "name": form.name,
        "format": form.format,
        "sha256": form.sha256,
        "edition": form.edition,
        "stated_date": form.stated_date.isoformat() if form.stated_date else None,
        "rows": len(form.rows),
        "tiers": {str(tier): number for tier, number in sorted(tier_counts(review).items())},
        "mean_relevance": round(sum(i.scores.relevance for i in review.items) / count, 4) if count else None,
        "mean_specificity": round(sum(i.scores.specificity for i in review.items) / count, 4) if count else None,
        "versions": dict(review.versions),
    }


def _row(row: RowChange) -> dict[str, object]:
    return {
        "provision": row.row.number,
        "old_provisions": [item.row.number for item in ((row.old,) if row.old else ()) + row.merged],
        "status": "gone" if row.new is None else "new" if row.old is None else "both",
        "changed": row.changed,
        "why": row.why,
        "answer": {"old": row.answer[0].value, "new": row.answer[1].value} if row.answer else None,
        "text": {"old": row.text[0], "new": row.text[1]} if row.text else None,
        "requirement": {"old": row.requirement[0], "new": row.requirement[1]} if row.requirement else None,
        "scores": [{"name": s.name, "old": s.old, "new": s.new, "direction": s.direction} for s in row.scores],
        "old": _grades(row.old),
        "new": _grades(row.new),
        "findings": [_finding(change) for change in row.findings],
    }


def _grades(item: Item | None) -> dict[str, object] | None:
    if item is None:
        return None
    return {
        "rank": item.rank,
        "answer": item.row.answer.value,
        "tier": item.tier,
        "relevance": item.scores.relevance,
        "specificity": item.scores.specificity,
    }


def _finding(change: FindingChange) -> dict[str, object]:
    finding = change.finding
    return {
        "state": change.state.value,
        "check": finding.check,
        "flag": finding.flag,
        "severity": finding.severity.value,
        "because": finding.because,
        "ask": finding.ask,
        "old_words": _words(change.old),
        "new_words": _words(change.new),
    }


def _words(finding: Finding | None) -> str | None:
    return finding.words if finding else None


def _promise(promise: Promise) -> dict[str, object]:
    return {
        "provision": promise.provision,
        "words": promise.words,
        "due": promise.due,
        "due_day": promise.due_day.isoformat() if promise.due_day else None,
        "outcome": promise.outcome.value,
        "overdue": promise.overdue,
        "answer": promise.answer,
        "answer_provision": promise.answer_provision,
        "new_due": promise.new_due,
    }
