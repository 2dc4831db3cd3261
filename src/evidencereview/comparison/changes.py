"""What a comparison says: frozen records, one a row that changed, one a finding, one a promise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evidencereview.records import Answer, Finding, Item, Review, Row


class State(StrEnum):
    """What became of a finding. REWORDED: the same fault of the same row, shown by other words or in a rewritten row."""

    GONE = "gone"
    NEW = "new"
    STILL = "still there"
    REWORDED = "still there in other words"


class Outcome(StrEnum):
    """What the new form says of a promise of the old one."""

    KEPT = "kept in words"
    STILL = "still promised"
    LATER = "dated later"
    NO_WORD = "no word"


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One finding and what became of it; `old` or `new` is None where that form does not have it."""

    state: State
    old: Finding | None
    new: Finding | None

    @property
    def finding(self) -> Finding:
        """The finding as the newer of the forms that have it shows it."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A grade that rose or fell: "relevance" and "specificity" run from 0 to 3 (better), "tier" from 0 to 3 (worse)."""

    name: str
    old: int
    new: int

    @property
    def direction(self) -> str:
        """Whether it went up or down."""
        return "up" if self.new > self.old else "down"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise of the old form.

    Attributes:
        provision: number of its row in the old form.
        words: the sentence.
        due: the date as it is written, "" where there is none.
        due_day: the last day that it names.
        outcome: what the new form says of it.
        answer: the sentence of the new form that tells, "" for no word.
        answer_provision: number of the row in which it stands.
        new_due: the date of a promise that still stands, as written.
        overdue: whether the day had passed by the date of the new form; None where either is not known.
    """

    provision: str
    words: str
    due: str
    due_day: date | None
    outcome: Outcome
    answer: str = ""
    answer_provision: str = ""
    new_due: str = ""
    overdue: bool | None = None


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the new form beside the rows of the old one that it answers to; or a row that one form lacks.

    Attributes:
        new: the row in the new form, None where it is gone.
        old: the row in the old form, None where the row is new.
        merged: further rows of the old form that went into this one (across editions).
        why: of two editions, what the rows have in common, or why a row has no counterpart.
        text: (old, new) evidence and commentary, where they say something else now.
        requirement: (old, new) requirement, where one edition's words were changed.
        answer: (old, new) answer, where it changed.
        scores: the grades that rose or fell.
        findings: every finding of both and what became of it.
    """

    new: Item | None
    old: Item | None
    merged: tuple[Item, ...] = ()
    why: str = ""
    text: tuple[str, str] | None = None
    requirement: tuple[str, str] | None = None
    answer: tuple[Answer, Answer] | None = None
    scores: tuple[ScoreChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()

    @property
    def row(self) -> Row:
        """The row as the newer of the forms that have it shows it."""
        item = self.new or self.old
        assert item is not None
        return item.row

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell; a finding that is still there is no change."""
        told = self.text or self.requirement or self.answer or self.scores
        return bool(told) or not (self.new and self.old) or any(c.state is not State.STILL for c in self.findings)

    def in_state(self, *states: State) -> tuple[FindingChange, ...]:
        """Return the findings of which one of these things became."""
        return tuple(change for change in self.findings if change.state in states)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that two reviews say of each other; rows in the printed order of the new form, lost ones at their place."""

    old: Review
    new: Review
    rows: tuple[RowChange, ...]
    promises: tuple[Promise, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def changed(self) -> tuple[RowChange, ...]:
        """The rows of which there is something to tell."""
        return tuple(row for row in self.rows if row.changed)

    def count(self, state: State) -> int:
        """Return how many findings this became of."""
        return sum(len(row.in_state(state)) for row in self.rows)
