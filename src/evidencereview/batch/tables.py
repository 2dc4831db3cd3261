"""The three tables of a batch as CSV: a row a form, a row a row of a form, a row a failure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencereview.checks.registry import all_checks
from evidencereview.records import Review
from evidencereview.report.csv_format import COLUMNS, Value, item_values, lines
from evidencereview.report.wording import flag_counts, tier_counts

Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's file name and the names of its columns; `flags` adds a column a flag."""

    name: str
    columns: tuple[str, ...]
    flags: bool = False

    def header(self) -> Values:
        """Return the names of all columns."""
        return (*self.columns, *flag_columns()) if self.flags else self.columns


SUMMARY = Table(
    "summary.csv",
    (
        "form",
        "landlord",
        "file",
        "result",
        "edition",
        "rows",
        "missing",
        "missing_provisions",
        "notes",
        "tier_3",
        "tier_2",
        "tier_1",
        "tier_0",
        "findings",
        "mean_relevance",
        "mean_specificity",
        "mean_relevance_score",
        "mean_specificity_score",
        "mean_score",
        "seconds",
    ),
    flags=True,
)
ITEMS = Table("items.csv", ("form", "result", "edition", *COLUMNS))
FAILURES = Table("failures.csv", ("file", "kind", "what", "remedy"))


def flag_columns() -> tuple[str, ...]:
    """Return the flags of all checks, in the order of their ids."""
    return tuple(info.flag for info in all_checks())


def with_file(table: Table, values: Values, path: Path) -> Values:
    """Return a row with its column `file`, which is left out until it is known where the form lies."""
    place = table.columns.index("file")
    return (*values[:place], str(path), *values[place:])


def summary_values(result: str, landlord: str, review: Review, seconds: float) -> Values:
    """Return a form's row of SUMMARY without its file.

    Counts are of rows by tier and of findings by flag, means are over its rows; the seconds are those of reading and
    reviewing.
    """
    form, items, flags = review.form, review.items, flag_counts(review)
    return (
        form.name,
        landlord,
        result,
        form.edition,
        len(form.rows),
        len(form.missing_provisions),
        " ".join(form.missing_provisions),
        len(form.notes),
        *tier_counts(review).values(),
        sum(flags.values()),
        _mean([item.scores.relevance for item in items]),
        _mean([item.scores.specificity for item in items]),
        _mean([item.scores.relevance_score for item in items]),
        _mean([item.scores.specificity_score for item in items]),
        _mean([item.score for item in items]),
        round(seconds, 2),
        *(flags.get(flag, 0) for flag in flag_columns()),
    )


def item_rows(result: str, review: Review) -> tuple[Values, ...]:
    """Return a form's rows of ITEMS, best place first."""
    return tuple((review.form.name, result, review.form.edition, *item_values(item)) for item in review.items)


def failure_values(kind: str, what: str, remedy: str) -> Values:
    """Return a row of FAILURES without its file."""
    return (kind, what, remedy)


def header_line(table: Table) -> bytes:
    """Return the first line of a table's file, after a byte-order mark."""
    return lines([table.header()]).encode("utf-8-sig")


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
