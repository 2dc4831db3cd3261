"""What goes to a worker and what comes back: plain records that cross processes and machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evidencereview.batch.tables import Values, failure_values
from evidencereview.config import Settings
from evidencereview.report.harmless import one_line

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Caps:
    """What one form may cost before its worker is ended: wall seconds, and bytes of memory with the models included."""

    seconds: float = 300.0
    memory: int = 2_000 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that travels with its task, for a worker that does not share the disk."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Task:
    """One form to review.

    Attributes:
        path: where the form lies.
        name: file name of its JSON.
        settings: what is in force.
        provisions: a pack of another regulator's provisions.
        encoder: folder of another sentence-transformers model.
        formats: formats to write besides JSON.
        caps: what it may cost.
        form: the form itself, where the worker cannot open `path`.
        pack: the pack itself, where the worker cannot open `provisions`.
    """

    path: Path
    name: str
    settings: Settings
    provisions: Path | None = None
    encoder: Path | None = None
    formats: tuple[str, ...] = ()
    caps: Caps = field(default_factory=Caps)
    form: Sent | None = None
    pack: Sent | None = None

    @property
    def stem(self) -> str:
        """The name of its results without the ending."""
        return self.name.removesuffix(".json")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a finding asks for: "5.1", "generic-reference", "the section or page …"."""

    provision: str
    flag: str
    ask: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one form.

    Attributes:
        name: file name of its JSON.
        line: one harmless line about it.
        sha256: hash of the form as it was read ("" where it was not).
        documents: file name and content of each result; none where the form was not reviewed.
        summary: its rows of the summary, without the column `file`.
        items: its rows of the items as CSV text.
        failures: its rows of the failures, without the column `file`.
        asks: what its findings ask for.
    """

    name: str
    line: str
    sha256: str = ""
    documents: tuple[tuple[str, bytes], ...] = ()
    summary: tuple[Values, ...] = ()
    items: str = ""
    failures: tuple[Values, ...] = ()
    asks: Sequence[Asked] = ()

    @property
    def reviewed(self) -> bool:
        """Whether the form was reviewed."""
        return bool(self.documents)


def failed(task: Task, kind: str, what: str, remedy: str) -> Outcome:
    """Return the outcome of a form that was not reviewed."""
    about = f"{what}; {remedy}" if task.path.name in what else f"{task.path.name}: {what}; {remedy}"
    return Outcome(task.name, one_line(f"not reviewed: {about}"), failures=(failure_values(kind, what, remedy),))


def died(task: Task) -> Outcome:
    """Return the outcome of a form whose worker ended without a word."""
    return failed(task, "WorkerDied", "the worker that reviewed it was ended", "look at the memory, or lower the limits")


def too_slow(task: Task) -> Outcome:
    """Return the outcome of a form that took longer than its cap."""
    what = f"it took more than {task.caps.seconds:g} seconds, the cap for one form"
    return failed(task, "TooSlow", what, "look at it with 'rows', or raise --form-seconds")


def too_large(task: Task) -> Outcome:
    """Return the outcome of a form that took more memory than its cap."""
    what = f"it took more than {task.caps.memory // MEGABYTE} MB of memory, the cap for one form"
    return failed(task, "TooLarge", what, "look at it with 'rows', or raise --form-memory")
