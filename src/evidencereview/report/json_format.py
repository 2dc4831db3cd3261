"""JSON, schema `evidencereview/1` (see `evidencereview-1.schema.json` beside this file): always every row."""

from __future__ import annotations

import json

from evidencereview.decisions import identity
from evidencereview.records import Decision, DutyStanding, Finding, Form, Item, Review, Row
from evidencereview.report.harmless import json_text

SCHEMA = "evidencereview/1"


def render(review: Review, *, min_tier: int = 0) -> bytes:  # noqa: ARG001 - JSON holds every row
    """Return the review as UTF-8 JSON, the same bytes for the same review."""
    text = json.dumps(to_dict(review), ensure_ascii=False, indent=1, allow_nan=False)
    return (json_text(text) + "\n").encode("utf-8")


def to_dict(review: Review) -> dict[str, object]:
    """Return the review as plain values in the order of the schema."""
    document: dict[str, object] = {
        "schema": SCHEMA,
        "form": _form(review.form),
        "items": [_item(item) for item in review.items],
        "notes": [{"kind": note.kind, "text": note.text, "where": note.where} for note in review.form.notes],
        "failures": [{"check": failure.check, "message": failure.message} for failure in review.failures],
        "settings": dict(review.settings),
        "versions": dict(review.versions),
    }
    if review.unmatched:
        document["unmatched_decisions"] = [
            {**_decision(unmatched.decision), "unmatched_because": unmatched.because} for unmatched in review.unmatched
        ]
    return document


def _form(form: Form) -> dict[str, object]:
    return {
        "name": form.name,
        "format": form.format,
        "sha256": form.sha256,
        "edition": form.edition,
        "rows": len(form.rows),
        "missing_provisions": list(form.missing_provisions),
    }


def _item(item: Item) -> dict[str, object]:
    told: dict[str, object] = {
        "rank": item.rank,
        "provision": item.row.number,
        "order": item.row.order,
        "section": item.row.section,
        "mandatory": item.row.mandatory,
        "answer": item.row.answer.value,
        "tier": item.tier,
        "score": item.score,
        "breakdown": [
            {"label": reason.label, "points": reason.points, "because": reason.because} for reason in item.breakdown
        ],
        "relevance": item.scores.relevance,
        "specificity": item.scores.specificity,
        "relevance_score": item.scores.relevance_score,
        "specificity_score": item.scores.specificity_score,
        "ask": item.ask,
        "findings": [_finding(finding, item.row) for finding in item.findings],
    }
    return {**told, "duties": [_duty(duty) for duty in item.duties]} if item.duties else told


def _duty(duty: DutyStanding) -> dict[str, object]:
    span = duty.span
    return {
        "id": duty.id,
        "text": duty.text,
        "state": duty.state.value,
        "field": span.cell.value if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "words": duty.words,
    }


def _finding(finding: Finding, row: Row) -> dict[str, object]:
    span = finding.span
    told: dict[str, object] = {
        "check": finding.check,
        "flag": finding.flag,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "field": span.cell.value if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "words": finding.words,
        "because": finding.because,
        "ask": finding.ask,
        "linked": list(finding.linked),
        "identity": identity(finding, row),
    }
    return told if finding.decision is None else {**told, "decision": _decision(finding.decision)}


def _decision(decision: Decision) -> dict[str, object]:
    return {
        "provision": decision.provision,
        "flag": decision.flag,
        "words": decision.words,
        "verdict": decision.verdict.value,
        "closes": decision.closes,
        "expired": decision.expired,
        "owner": decision.owner,
        "due": decision.due.isoformat() if decision.due else None,
        "note": decision.note,
        "identity": decision.identity,
        "where": decision.where,
    }
