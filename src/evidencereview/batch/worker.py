"""What a worker does with one form: read, review, and hand back everything that is to be written.

A worker writes nothing itself, so one that is ended in the middle leaves nothing behind.
"""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path

from evidencereview.batch.tables import Values, failure_values, item_rows, summary_values
from evidencereview.config import Settings
from evidencereview.errors import EvidenceReviewError
from evidencereview.records import Review
from evidencereview.report.harmless import one_line
from evidencereview.report.json_format import render
from evidencereview.report.wording import counted, tier_counts

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Task:
    """One form to review; `name` is that of its JSON."""

    path: Path
    name: str
    settings: Settings
    provisions: Path | None = None
    encoder: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one form: its JSON (None where it was not reviewed), its rows of the three tables, and a line."""

    name: str
    line: str
    document: bytes | None = None
    summary: tuple[Values, ...] = ()
    items: tuple[Values, ...] = ()
    failures: tuple[Values, ...] = ()

    @property
    def reviewed(self) -> bool:
        """Whether the form was reviewed."""
        return self.document is not None


def start_worker() -> None:
    """Make a fresh process a worker: one thread for sums, deaf to Ctrl-C (the parent ends it), gone with its parent."""
    for variable in THREAD_VARIABLES:
        os.environ.setdefault(variable, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def review_task(task: Task) -> Outcome:
    """Read and review one form; every fault becomes an outcome."""
    try:
        # Imported here, when the threads are capped: numpy looks at the cap only once.
        from evidencereview import pipeline, readers

        form = readers.read_form(task.path, task.settings.limits)
        review = pipeline.review(form, task.settings, provisions=task.provisions, encoder=task.encoder)
        return outcome_of(task, review)
    except EvidenceReviewError as error:
        return failed(task, type(error).__name__, error.what, error.remedy)
    except Exception as error:
        what = f"internal fault ({type(error).__name__}: {error})"
        return failed(task, "InternalError", what, "run 'review' on it with EVIDENCEREVIEW_DEBUG=1 and report it")


def outcome_of(task: Task, review: Review) -> Outcome:
    """Return what is to be written of a review."""
    fix = tier_counts(review)[3]
    line = f"{review.form.name}: {counted(len(review.form.rows), 'row')}, {fix} to fix before the board"
    crashed = tuple(
        failure_values(task.path, "check crashed", f"{failure.check}: {failure.message}", "report it")
        for failure in review.failures
    )
    return Outcome(
        name=task.name,
        line=one_line(f"{line}, {counted(len(crashed), 'check')} crashed" if crashed else line),
        document=render(review),
        summary=(summary_values(task.path, task.name, review),),
        items=item_rows(review),
        failures=crashed,
    )


def failed(task: Task, kind: str, what: str, remedy: str) -> Outcome:
    """Return the outcome of a form that was not reviewed."""
    about = f"{what}; {remedy}" if task.path.name in what else f"{task.path.name}: {what}; {remedy}"
    return Outcome(task.name, one_line(f"not reviewed: {about}"), failures=(failure_values(task.path, kind, what, remedy),))


def died(task: Task) -> Outcome:
    """Return the outcome of a form whose worker ended without a word."""
    return failed(task, "WorkerDied", "the worker that reviewed it was ended", "look at the memory, or lower the limits")


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
