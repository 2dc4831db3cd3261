"""Every immutable record that crosses a stage of the flow.

Readers make a `Form` of `Row`s, checks make `Finding`s, the priority makes `Item`s, and a `Review` holds them all.
Offsets count Unicode code points from the start of a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame


class Answer(StrEnum):
    """What the landlord answered, as understood from the printed cell."""

    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    NOT_APPLICABLE = "not-applicable"
    BLANK = "blank"


class Cell(StrEnum):
    """The cell of a row in which words stand."""

    EVIDENCE = "evidence"
    COMMENTARY = "commentary"
    ANSWER = "answer"
    REQUIREMENT = "requirement"


class Severity(StrEnum):
    """How much harm a finding does if it is true."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Modality(StrEnum):
    """Whether the Code demands a provision or recommends it."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Row:
    """One provision of a form: the requirement, the answer, and what supports it.

    `provision` is the number as printed (None where the form prints none); `provision_inferred` is the number that it
    must be where the print has none or a damaged one.
    """

    form: str
    order: int
    section: int
    provision: str | None
    provision_inferred: str | None
    requirement: str
    answer_raw: str
    answer: Answer
    evidence: str
    commentary: str
    mandatory: bool

    @property
    def number(self) -> str:
        """The provision's number as far as it is known ("" where it is not)."""
        return self.provision_inferred or self.provision or ""

    @property
    def text(self) -> str:
        """Evidence and commentary as one text, as LABELS reads them."""
        return "\n".join(part for part in (self.evidence, self.commentary) if part.strip())

    def cell(self, name: Cell) -> str:
        """Return the text of one cell; the answer is returned as printed."""
        return self.answer_raw if name is Cell.ANSWER else str(getattr(self, name.value))


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a reader did not carry over, or is not sure of.

    `kind` is a short slug ("dropped-text", "inferred-number"), `where` names the place in the file. `characters` says
    how many visible characters of the file the note accounts for, since they are in no row; it is below 0 where rows hold
    more than the file shows (the same words in two cells, wording that was lent).
    """

    kind: str
    text: str
    where: str = ""
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A self-assessment as read: rows in printed order, and notes on whatever was not carried over.

    `edition` is "" until it has been detected; `stated_date` is the date that the form itself gives, never the file's;
    `visible` counts the characters that a person sees in the file, None where its reader does not know.
    """

    name: str
    format: str
    sha256: str
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    edition: str = ""
    missing_provisions: tuple[str, ...] = ()
    stated_date: date | None = None
    visible: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a cell: `start` and `end` are code points, end exclusive."""

    cell: Cell
    start: int
    end: int


class Verdict(StrEnum):
    """What a reviewer decided about a finding; undecided where only an owner, a day or a note was written down."""

    AGREE = "agree"
    DISAGREE = "disagree"
    FIXED = "fixed"
    ACCEPTED = "accepted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided about one finding.

    `identity` is that of the finding ("" where the file has none: provision, flag and words stand for it); `due` is the
    day by which an action is due or, of an acceptance, the last day of it; `where` names the line or setting.
    """

    provision: str
    flag: str
    words: str
    verdict: Verdict
    owner: str = ""
    due: date | None = None
    note: str = ""
    identity: str = ""
    where: str = ""
    expired: bool = False

    @property
    def closes(self) -> bool:
        """Whether the finding no longer counts: it was disagreed with, or accepted and the acceptance still runs."""
        return self.verdict in (Verdict.DISAGREE, Verdict.ACCEPTED) and not self.expired


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A decision that fits no finding of the form, and why."""

    decision: Decision
    because: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault that a check found in one row.

    `span` is None for something that is absent; `confidence` (0 to 1) says how sure the check is, `severity` how much
    harm the fault does if it is there. The two meet only in the priority. `decision` is what a reviewer said of it.
    """

    order: int
    provision: str
    check: str
    flag: str
    severity: Severity
    confidence: float
    span: Span | None
    words: str
    because: str
    ask: str
    linked: tuple[str, ...] = ()
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody: nobody disagreed with it, and no acceptance of it runs."""
        return self.decision is None or not self.decision.closes


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that crashed: the others went on, and the run ends with exit code 3."""

    check: str
    message: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Relevance and specificity of one row: the grade (0 to 3) and the score behind it (0 to 1)."""

    relevance: int
    specificity: int
    relevance_score: float
    specificity_score: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a row's place in the list: what moved it, by how many points, in words."""

    label: str
    points: float
    because: str


class DutyState(StrEnum):
    """How a row stands to one duty of its provision.

    Met: words speak to it. Unmet: the row claims the provision, says something of its own or nothing at all, and has no
    words for this duty. Pointed: the row only points at a source, which may hold it. Not claimed: the answer is No or Not
    applicable.
    """

    MET = "met"
    UNMET = "unmet"
    POINTED = "pointed"
    NOT_CLAIMED = "not-claimed"


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """One duty of a row's provision: its id and text in the pack, its state, and the words that speak to it.

    `span` is None and `words` is "" wherever the state is not met.
    """

    id: str
    text: str
    state: DutyState
    span: Span | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the review list; rank 1 is the first to look at.

    `duties` are those of the row's provision and `nearest` the numbers of the other provisions that its text comes
    closest to, nearest first; both are empty where the provision is not known.
    """

    rank: int
    row: Row
    tier: int
    score: float
    breakdown: tuple[Reason, ...]
    scores: Scores
    findings: tuple[Finding, ...]
    ask: str
    duties: tuple[DutyStanding, ...] = ()
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """The reviewed form: every row once, best place first; `unmatched` are decisions that fit none of its findings."""

    form: Form
    items: tuple[Item, ...]
    failures: tuple[Failure, ...] = ()
    settings: Mapping[str, object] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    unmatched: tuple[Unmatched, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the review as plain values, as JSON has it (schema `evidencereview/1`)."""
        from evidencereview.report.json_format import to_dict

        return to_dict(self)

    def to_frame(self, by: str = "row") -> DataFrame:
        """Return a pandas table with a line a "row" of the form, or a line a "finding", best place first.

        Raises:
            SettingsError: `by` is neither.
        """
        from evidencereview.report.frame import to_frame

        return to_frame(self, by)

    def write(self, path: str | Path, format: str = "", *, min_tier: int = 0, force: bool = False) -> Path:
        """Save the review, whole or not at all, in the format that the file's name asks for (or `format`).

        Raises:
            SettingsError: the format is not known.
            WriteError: the file is there already (without `force`), is the form itself, or cannot be saved.
        """
        from evidencereview.report import save_review

        return save_review(self, path, format, min_tier=min_tier, force=force)
