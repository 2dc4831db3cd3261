"""A review as a pandas table: a line a row of the form, or a line a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evidencereview.decisions import identity
from evidencereview.errors import SettingsError
from evidencereview.records import Finding, Item, Review
from evidencereview.report.wording import TIERS, flags_of

if TYPE_CHECKING:
    from pandas import DataFrame


def to_frame(review: Review, by: str = "row") -> DataFrame:
    """Return a table in the order of the list. Numbers of provisions stay texts, so 5.10 is not 5.1.

    Args:
        review: what to show.
        by: "row", a line a row of the form; "finding", a line a finding.

    Raises:
        SettingsError: `by` is neither.
    """
    import pandas as pd

    if by == "row":
        return pd.DataFrame([_row(item) for item in review.items], columns=ROW_COLUMNS)
    if by == "finding":
        lines = [_finding(item, found) for item in review.items for found in item.findings]
        return pd.DataFrame(lines, columns=FINDING_COLUMNS)
    raise SettingsError(f"there is no table by '{by}'", "say 'row' or 'finding'")


ROW_COLUMNS = [
    *("rank", "tier", "tier_in_words", "provision", "section", "order", "mandatory", "answer", "score"),
    *("relevance", "specificity", "relevance_score", "specificity_score", "flags", "open_findings", "ask"),
    *("requirement", "evidence", "commentary"),
]
FINDING_COLUMNS = [
    *("rank", "tier", "provision", "check", "flag", "severity", "confidence", "field", "start", "end"),
    *("words", "because", "ask", "linked", "is_open", "decision", "owner", "due", "note", "identity"),
]


def _row(item: Item) -> dict[str, Any]:
    row, scores = item.row, item.scores
    return {
        "rank": item.rank,
        "tier": item.tier,
        "tier_in_words": TIERS[item.tier],
        "provision": row.number,
        "section": row.section,
        "order": row.order,
        "mandatory": row.mandatory,
        "answer": row.answer.value,
        "score": item.score,
        "relevance": scores.relevance,
        "specificity": scores.specificity,
        "relevance_score": scores.relevance_score,
        "specificity_score": scores.specificity_score,
        "flags": flags_of(item),
        "open_findings": sum(found.is_open for found in item.findings),
        "ask": item.ask,
        "requirement": row.requirement,
        "evidence": row.evidence,
        "commentary": row.commentary,
    }


def _finding(item: Item, found: Finding) -> dict[str, Any]:
    span, decision = found.span, found.decision
    return {
        "rank": item.rank,
        "tier": item.tier,
        "provision": item.row.number,
        "check": found.check,
        "flag": found.flag,
        "severity": found.severity.value,
        "confidence": found.confidence,
        "field": span.cell.value if span else "",
        "start": span.start if span else None,
        "end": span.end if span else None,
        "words": found.words,
        "because": found.because,
        "ask": found.ask,
        "linked": found.linked,
        "is_open": found.is_open,
        "decision": decision.verdict.value if decision else "",
        "owner": decision.owner if decision else "",
        "due": decision.due if decision else None,
        "note": decision.note if decision else "",
        "identity": identity(found, item.row),
    }
