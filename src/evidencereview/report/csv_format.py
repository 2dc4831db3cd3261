"""CSV, one row a row of the form, as a spreadsheet opens it: with a byte-order mark, and nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from evidencereview.records import Item, Review
from evidencereview.report.harmless import spreadsheet_cell
from evidencereview.report.wording import ANSWERS, TIERS, decision_words, flags_of

COLUMNS = (
    "rank",
    "tier",
    "tier_in_words",
    "provision",
    "section",
    "answer",
    "relevance",
    "specificity",
    "flags",
    "words",
    "because",
    "ask",
    "evidence",
    "commentary",
    "decisions",
)
Value = str | int | float


def render(review: Review, *, min_tier: int = 0) -> bytes:
    """Return the rows of `min_tier` and above as UTF-8 CSV with a byte-order mark."""
    rows = [item_values(item) for item in review.items if item.tier >= min_tier]
    return lines([COLUMNS, *rows]).encode("utf-8-sig")


def item_values(item: Item) -> tuple[Value, ...]:
    """Return one row of the form in the order of COLUMNS; several findings stand on lines of their own in a cell."""
    row, findings = item.row, item.findings
    return (
        item.rank,
        item.tier,
        TIERS[item.tier],
        row.number,
        row.section,
        ANSWERS[row.answer],
        item.scores.relevance,
        item.scores.specificity,
        "; ".join(flags_of(item)),
        "\n".join(finding.words for finding in findings if finding.words),
        "\n".join(f"{finding.flag}: {finding.because}" for finding in findings),
        item.ask,
        row.evidence,
        row.commentary,
        "\n".join(f"{found.flag}: {decision_words(found.decision)}" for found in findings if found.decision),
    )


def lines(rows: Iterable[Sequence[Value]]) -> str:
    """Return rows as CSV text; numbers stay numbers, every text is made safe for a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for row in rows:
        writer.writerow([spreadsheet_cell(value) if isinstance(value, str) else value for value in row])
    return stream.getvalue()
