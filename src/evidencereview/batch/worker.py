"""What a worker does with one form: read, review, and hand back everything that is to be written.

A worker writes no result itself, so one that is ended in the middle leaves nothing behind.
"""

from __future__ import annotations

import importlib
import os
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import parent_process
from pathlib import Path

from evidencereview.batch.landlord import landlord_of
from evidencereview.batch.tables import failure_values, item_rows, summary_values
from evidencereview.batch.task import Asked, Outcome, Sent, Task, failed
from evidencereview.errors import EvidenceReviewError
from evidencereview.records import Form, Review
from evidencereview.report import SUFFIXES, content
from evidencereview.report.csv_format import lines
from evidencereview.report.harmless import one_line
from evidencereview.report.json_format import render
from evidencereview.report.wording import counted, tier_counts

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_ENDINGS = {name: suffix for suffix, name in SUFFIXES.items()}


def start_worker() -> None:
    """Make a fresh process a worker: one thread for sums, deaf to Ctrl-C (the parent ends it), gone with its parent."""
    for variable in THREAD_VARIABLES:
        os.environ.setdefault(variable, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(Exception):
        # Imported when the threads are capped, for numpy looks at the cap only once. What is wrong is told with a form.
        importlib.import_module("evidencereview.pipeline")


def review_task(task: Task) -> Outcome:
    """Read and review one form; every fault becomes an outcome."""
    begun = time.perf_counter()
    try:
        from evidencereview import pipeline, readers

        with _opened(task) as here:
            form = readers.read_form(here.path, here.settings.limits)
            review = pipeline.review(form, here.settings, provisions=here.provisions, encoder=here.encoder)
            # A format may take up the form's own file, so that it is written while the file is there.
            return outcome_of(task, form, review, time.perf_counter() - begun)
    except EvidenceReviewError as error:
        return failed(task, type(error).__name__, error.what, error.remedy)
    except MemoryError:
        return failed(task, "TooLarge", "there was no memory left for it", "look at it with 'rows', or lower the limits")
    except Exception as error:
        what = f"internal fault ({type(error).__name__}: {error})"
        return failed(task, "InternalError", what, "run 'review' on it with EVIDENCEREVIEW_DEBUG=1 and report it")


def outcome_of(task: Task, form: Form, review: Review, seconds: float) -> Outcome:
    """Return what is to be written of a review."""
    fix = tier_counts(review)[3]
    line = f"{review.form.name}: {counted(len(review.form.rows), 'row')}, {fix} to fix before the board"
    crashed = tuple(
        failure_values("check crashed", f"{failure.check}: {failure.message}", "report it") for failure in review.failures
    )
    return Outcome(
        name=task.name,
        line=one_line(f"{line}, {counted(len(crashed), 'check')} crashed" if crashed else line),
        sha256=form.sha256,
        documents=((task.name, render(review)), *_more(task, review)),
        summary=(summary_values(task.name, landlord_of(form), review, seconds),),
        items=lines(item_rows(task.name, review)),
        failures=crashed,
        asks=tuple(Asked(f.provision, f.flag, f.ask) for item in review.items for f in item.findings),
    )


def _more(task: Task, review: Review) -> Iterator[tuple[str, bytes]]:
    for name in task.formats:
        if name != "json":
            yield f"{task.stem}{_ENDINGS[name]}", content(name, review, inputs=(task.path,))


@contextmanager
def _opened(task: Task) -> Iterator[Task]:
    """Lay the files that came with a task on this machine's disk while it is done."""
    if task.form is None and task.pack is None:
        yield task
        return
    with tempfile.TemporaryDirectory(prefix="evidencereview-") as folder:
        form = _laid(Path(folder) / "form", task.form)
        pack = _laid(Path(folder) / "pack", task.pack)
        yield replace(task, path=form or task.path, provisions=pack or task.provisions)


def _laid(folder: Path, sent: Sent | None) -> Path | None:
    if sent is None:
        return None
    folder.mkdir()
    path = folder / sent.name
    path.write_bytes(sent.data)
    return path


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
