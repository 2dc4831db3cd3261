"""Many forms: workers in processes of their own, one bad form does not stop the rest, only whole files are left behind.

paths → forms to review, in order → outcomes from the workers, in the same order → one JSON a form, and three tables
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from evidencereview.batch.paths import expand, result_names
from evidencereview.batch.pool import in_order
from evidencereview.batch.tables import FAILURES, ITEMS, SUMMARY, Table, open_table
from evidencereview.batch.worker import Outcome, Task, review_task
from evidencereview.config import Settings
from evidencereview.errors import WriteError
from evidencereview.report.harmless import one_line
from evidencereview.report.saving import check_target, save

__all__ = ["BatchResult", "run_batch"]

OnDone = Callable[[int, int, str], None]
Job = Callable[[Task], Outcome]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of a run: forms reviewed, forms not reviewed, and forms on which a check crashed."""

    folder: Path
    reviewed: int
    failed: int
    crashed: int

    @property
    def exit_code(self) -> int:
        """0 when every form was reviewed, 2 when some were not, 3 when all were but a check crashed."""
        return 2 if self.failed else 3 if self.crashed else 0


def run_batch(
    paths: Sequence[str | Path],
    folder: Path,
    settings: Settings = Settings(),  # noqa: B008  frozen
    jobs: int = 0,
    *,
    provisions: Path | None = None,
    encoder: Path | None = None,
    force: bool = False,
    on_done: OnDone | None = None,
    job: Job = review_task,
) -> BatchResult:
    """Review many forms and write a JSON for each, summary.csv, items.csv and failures.csv.

    The files are the same to the byte whatever the number of workers. The workers are started afresh, so a script that
    calls this needs the usual `if __name__ == "__main__":`.

    Args:
        paths: forms, folders (searched to the bottom) and patterns such as "forms/**/*.docx".
        folder: where the results go; made where it is missing.
        settings: in force for every form.
        jobs: number of workers; 0 takes one a processor.
        provisions: a pack of another regulator's provisions.
        encoder: folder of another sentence-transformers model.
        force: overwrite results that are there.
        on_done: called after each form, in order, with how many are done, how many there are, and a line about it.
        job: what a worker does with one form.

    Raises:
        SettingsError: no paths are given.
        WriteError: the folder cannot be made or written, or holds results already (without `force`).
    """
    sources = expand(paths, folder)
    names = result_names(sources)
    _prepare(folder, [*names, SUMMARY.name, ITEMS.name, FAILURES.name], sources, force)
    tasks = [Task(path, name, settings, provisions, encoder) for path, name in zip(sources, names, strict=True)]
    return _write_all(tasks, folder, min(jobs or processors(), len(tasks)), job, on_done)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write_all(tasks: Sequence[Task], folder: Path, jobs: int, job: Job, on_done: OnDone | None) -> BatchResult:
    """Write each outcome as its turn comes, so that memory does not grow with the number of forms."""
    reviewed = crashed = 0
    with ExitStack() as stack:
        add_to = {table: stack.enter_context(open_table(folder, table)) for table in (SUMMARY, ITEMS, FAILURES)}
        for done, outcome in enumerate(in_order(tasks, job, jobs), 1):
            _write_one(outcome, folder, add_to)
            reviewed += outcome.reviewed
            crashed += bool(outcome.reviewed and outcome.failures)
            if on_done is not None:
                on_done(done, len(tasks), outcome.line)
    return BatchResult(folder, reviewed, len(tasks) - reviewed, crashed)


def _write_one(outcome: Outcome, folder: Path, add_to: dict[Table, Callable[..., None]]) -> None:
    if outcome.document is not None:
        save(folder / outcome.name, outcome.document, force=True)
    add_to[SUMMARY](outcome.summary)
    add_to[ITEMS](outcome.items)
    add_to[FAILURES](outcome.failures)


def _prepare(folder: Path, names: Sequence[str], sources: Sequence[Path], force: bool) -> None:
    """Make the folder, and refuse before any work what must not be overwritten."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"the folder {one_line(str(folder))} cannot be made ({reason})", "name another with -o") from error
    for name in names:
        check_target(folder / name, force=force, inputs=sources if (folder / name).exists() else ())
