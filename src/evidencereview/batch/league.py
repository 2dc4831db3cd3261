"""What many forms look like together: the league table, distributions, and what is most often asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from evidencereview.batch.tables import FAILURES, SUMMARY, Values, flag_columns, with_file
from evidencereview.batch.task import Outcome
from evidencereview.report.csv_format import Value
from evidencereview.report.wording import TIERS

MOST_ASKS = 50
BINS = 10


@dataclass(frozen=True, slots=True)
class CommonAsk:
    """Something that is asked of many forms: how many, and an example in words."""

    provision: str
    flag: str
    forms: int
    example: str


@dataclass(slots=True)
class League:
    """Forms as they are added; a few hundred bytes each.

    Attributes:
        forms: rows of the summary, by column.
        failures: rows of the failures: file, kind, what, remedy.
    """

    forms: list[Mapping[str, Value]] = field(default_factory=list)
    failures: list[Values] = field(default_factory=list)
    _asks: Counter[tuple[str, str]] = field(default_factory=Counter)
    _examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, outcome: Outcome, path: Path) -> None:
        """Add what was recorded of a form."""
        columns = SUMMARY.header()
        for row in outcome.summary:
            self.forms.append(dict(zip(map(str, columns), with_file(SUMMARY, row, path), strict=True)))
        self.failures.extend(with_file(FAILURES, row, path) for row in outcome.failures)
        asked = {(asked.provision, asked.flag): asked.ask for asked in reversed(outcome.asks)}
        self._asks.update(asked.keys())
        for key, ask in asked.items():
            self._examples.setdefault(key, ask)

    def ranked(self) -> list[Mapping[str, Value]]:
        """Return the forms, the one that needs most work first: by the share of unsafe rows, weak rows, and the score."""
        return sorted(
            self.forms, key=lambda form: (-share(form, 3), -share(form, 2), -number(form["mean_score"]), str(form["file"]))
        )

    def tiers(self) -> dict[int, int]:
        """Return tier to rows of all forms."""
        return {tier: int(sum(number(form[f"tier_{tier}"]) for form in self.forms)) for tier in TIERS}

    def weak_shares(self) -> list[int]:
        """Return how many forms have 0-10 %, 10-20 % … of their rows weak or unsafe."""
        bins = [0] * BINS
        for form in self.forms:
            bins[min(BINS - 1, int((share(form, 3) + share(form, 2)) * BINS))] += 1
        return bins

    def flags(self) -> list[tuple[str, int, int, float]]:
        """Return, for each flag, its findings, the forms that have it, and the median of a form; most frequent first."""
        told = []
        for flag in flag_columns():
            found = [number(form[flag]) for form in self.forms]
            told.append((flag, int(sum(found)), sum(n > 0 for n in found), float(median(found)) if found else 0.0))
        return sorted(told, key=lambda entry: (-entry[1], entry[0]))

    def asks(self) -> Sequence[CommonAsk]:
        """Return what is asked of most forms, at most MOST_ASKS."""
        common = sorted(self._asks.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_ASKS]
        return [CommonAsk(*key, forms, self._examples[key]) for key, forms in common]


def share(form: Mapping[str, Value], tier: int) -> float:
    """Return the share of a form's rows that stand in a tier, 0 to 1."""
    return number(form[f"tier_{tier}"]) / max(1.0, number(form["rows"]))


def number(value: Value) -> float:
    """Return a value of a numeric column as a number."""
    return float(value)
