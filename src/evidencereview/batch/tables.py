"""The three tables of a batch as CSV: a row a form, a row a row of a form, a row a failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evidencereview.checks.registry import all_checks
from evidencereview.records import Review
from evidencereview.report.csv_format import COLUMNS, Value, item_values, lines
from evidencereview.report.saving import replacing
from evidencereview.report.wording import flag_counts, tier_counts

Values = tuple[Value, ...]
AddRows = Callable[[Iterable[Values]], None]


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
        "mean_score",
    ),
    flags=True,
)
ITEMS = Table("items.csv", ("form", "edition", *COLUMNS))
FAILURES = Table("failures.csv", ("file", "kind", "what", "remedy"))


def flag_columns() -> tuple[str, ...]:
    """Return the flags of all checks, in the order of their ids."""
    return tuple(info.flag for info in all_checks())


def summary_values(path: Path, result: str, review: Review) -> Values:
    """Return a form's row of SUMMARY: counts of rows by tier and of findings by flag; means over its rows."""
    form, items, flags = review.form, review.items, flag_counts(review)
    return (
        form.name,
        str(path),
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
        _mean([item.score for item in items]),
        *(flags.get(flag, 0) for flag in flag_columns()),
    )


def item_rows(review: Review) -> tuple[Values, ...]:
    """Return a form's rows of ITEMS, best place first."""
    return tuple((review.form.name, review.form.edition, *item_values(item)) for item in review.items)


def failure_values(path: Path, kind: str, what: str, remedy: str) -> Values:
    """Return a row of FAILURES."""
    return (str(path), kind, what, remedy)


@contextmanager
def open_table(folder: Path, table: Table) -> Iterator[AddRows]:
    """Open a table that takes rows as they come, and stands in the folder only when the block ends well.

    Raises:
        WriteError: the disk refuses.
    """
    with replacing(folder / table.name) as stream:
        stream.write(lines([table.header()]).encode("utf-8-sig"))

        def add(rows: Iterable[Values]) -> None:
            stream.write(lines(rows).encode("utf-8"))

        yield add


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 3) if values else 0.0
