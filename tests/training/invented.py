"""Rows, labels and reviews of invented landlords, in the few words that a test needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from evidencereview.records import Answer, Cell, Finding, Form, Item, Review, Row, Scores, Severity, Span
from evidencereview.training.judgements import Judgement
from evidencereview.training.labels import Label


def a_row(number: str, text: str = "Our policy covers it.", form: str = "elmfold", **other: object) -> Row:
    values: dict[str, object] = {
        "form": form,
        "order": int(number.replace(".", "")),
        "section": int(number.split(".")[0]),
        "provision": number,
        "provision_inferred": None,
        "requirement": "Landlords keep a record of every complaint.",
        "answer_raw": "Yes",
        "answer": Answer.YES,
        "evidence": text,
        "commentary": "",
        "mandatory": True,
    }
    return Row(**{**values, **other})  # type: ignore[arg-type]


def a_label(number: str, *flags: str, tier: int = 1, form: str = "elmfold", **other: object) -> Label:
    values: dict[str, object] = {"relevance": 2, "specificity": 1, "spans": dict.fromkeys(flags, "")}
    return Label(form=form, provision=number, flags=tuple(sorted(flags)), tier=tier, **{**values, **other})  # type: ignore[arg-type]


def a_judgement(number: str, rank: int, *flags: str, tier: int = 1, **other: object) -> Judgement:
    values: dict[str, object] = {"relevance": 2, "specificity": 1, "words": {}}
    return Judgement(provision=number, rank=rank, tier=tier, flags=dict.fromkeys(flags, 0.9), **{**values, **other})  # type: ignore[arg-type]


def a_finding(row: Row, flag: str, words: str = "", confidence: float = 0.9, linked: Sequence[str] = ()) -> Finding:
    start = row.evidence.find(words)
    span = Span(Cell.EVIDENCE, start, start + len(words)) if words else None
    return Finding(
        row.order, row.number, "ER999", flag, Severity.LOW, confidence, span, words, "because", "ask", tuple(linked)
    )


def an_item(row: Row, rank: int, tier: int, scores: tuple[int, int], findings: Sequence[Finding]) -> Item:
    relevance, specificity = scores
    return Item(rank, row, tier, 0.5, (), Scores(relevance, specificity, 0.5, 0.5), tuple(findings), "ask")


def a_review(items: Sequence[Item]) -> Review:
    rows = tuple(item.row for item in items)
    return Review(Form(rows[0].form, "jsonl", "0" * 64, rows), tuple(items))


def review_that_says(labels: Sequence[Label], rows: Mapping[str, Row] | None = None) -> Review:
    """Return a review that agrees with every label, ordered by tier."""
    items = []
    ranked = sorted(labels, key=lambda label: (-label.tier, label.provision))
    for rank, label in enumerate(ranked, 1):
        row = (rows or {}).get(label.provision) or a_row(label.provision, form=label.form)
        findings = [
            a_finding(row, flag, label.spans.get(flag, ""), 1.0, label.linked if flag == "contradiction" else ())
            for flag in label.flags
        ]
        items.append(an_item(row, rank, label.tier, (label.relevance, label.specificity), findings))
    return a_review(items)


def write_labels(path: Path, labels: Sequence[Label]) -> Path:
    path.write_text("".join(json.dumps(asdict(label)) + "\n" for label in labels), encoding="utf-8")
    return path
