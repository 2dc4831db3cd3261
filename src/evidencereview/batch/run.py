"""The flow of a batch on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidencereview.batch.engines import Engine, LocalEngine, as_done, processors
from evidencereview.batch.ledger import Ledger
from evidencereview.batch.paths import expand, result_names
from evidencereview.batch.stamp import stamp_of
from evidencereview.batch.summing import SUMMARIES, TABLES, write_tables
from evidencereview.batch.task import Caps, Sent, Task, failed
from evidencereview.config import Settings
from evidencereview.errors import ClusterError, EvidenceReviewError, WriteError
from evidencereview.report import SUFFIXES, find_format
from evidencereview.report.saving import check_target

OnDone = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What came of a run.

    Attributes:
        folder: where the results are.
        reviewed: forms with a result, those of an earlier run included.
        kept: how many of these were reviewed by an earlier run.
        failed: forms that were not reviewed.
        crashed: forms on which a check crashed.
        passed_over: files of the folders that hold no form.
    """

    folder: Path
    reviewed: int
    kept: int
    failed: int
    crashed: int
    passed_over: tuple[Path, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when every form was reviewed, 2 when some were not, 3 when all were but a check crashed."""
        return 2 if self.failed else 3 if self.crashed else 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a batch is run, as far as it is not what decides a form's result.

    Attributes:
        jobs: workers on this machine; 0 takes one a processor.
        resume: keep what an earlier run has done of the same forms with the same settings and models.
        force: overwrite results that are there.
        formats: formats to write a form, besides JSON.
        caps: what one form may cost.
        scheduler: address of a Dask scheduler; "" uses this machine.
        shared_disk: the cluster's workers open the forms at the same paths; otherwise the forms are sent to them.
        stdin: lines of standard input, for the path "-".
    """

    jobs: int = 0
    resume: bool = False
    force: bool = False
    formats: tuple[str, ...] = ()
    caps: Caps = field(default_factory=Caps)
    scheduler: str = ""
    shared_disk: bool = False
    stdin: Iterable[str] = field(default=(), compare=False)


def run_batch(
    paths: Sequence[str | Path],
    folder: Path,
    settings: Settings = Settings(),  # noqa: B008  frozen
    wishes: Wishes = Wishes(),
    *,
    provisions: Path | None = None,
    encoder: Path | None = None,
    on_done: OnDone | None = None,
) -> BatchResult:
    """Review many forms: a JSON for each, summary.csv, .xlsx and .html, items.csv and failures.csv.

    The files are the same to the byte whatever does the work, but for the seconds that a form took. The workers are
    started afresh, so a script that calls this needs the usual `if __name__ == "__main__":`.

    Args:
        paths: forms, folders (searched to the bottom), patterns such as "forms/**/*.docx", lists, or "-".
        folder: where the results go; made where it is missing.
        settings: in force for every form.
        wishes: how it is run.
        provisions: a pack of another regulator's provisions.
        encoder: folder of another sentence-transformers model.
        on_done: called after each form with how many are done, how many there are, and a line about it.

    Raises:
        SettingsError: no paths are given, or a format is not known.
        WriteError: the folder cannot be made or written, or holds results already (without `resume` or `force`).
        ClusterError: the cluster cannot be used.
    """
    for name in wishes.formats:
        find_format(name)
    found = expand(paths, folder, wishes.stdin)
    names = result_names(found.forms)
    ledger = Ledger(folder, stamp_of(settings, provisions, encoder, wishes.formats))
    _check_targets(folder, names, found.forms, wishes, ledger)
    ledger.open()
    tasks = [
        Task(path, name, settings, provisions, encoder, wishes.formats, wishes.caps)
        for path, name in zip(found.forms, names, strict=True)
    ]
    kept = _review_all(tasks, ledger, wishes, on_done)
    counts = write_tables(folder, ledger, [(task.path, task.name) for task in tasks])
    return BatchResult(folder, counts.reviewed, kept, counts.failed, counts.crashed, found.passed_over)


def _review_all(tasks: Sequence[Task], ledger: Ledger, wishes: Wishes, on_done: OnDone | None) -> int:
    """Review what is not done yet, and record each form as it comes; return how many were kept from an earlier run."""
    progress = _Progress(len(tasks), on_done)
    hashes: dict[str, str] = {}
    with _engine(wishes, len(tasks)) as engine:
        to_do = _to_do(tasks, ledger, wishes.resume, engine.shares_disk, hashes, progress)
        for task, outcome in as_done(to_do, engine):
            ledger.record(hashes.pop(task.name), outcome)
            progress.step(outcome.line)
    return progress.kept


def _to_do(
    tasks: Iterable[Task],
    ledger: Ledger,
    resume: bool,
    shares_disk: bool,
    hashes: dict[str, str],
    progress: _Progress,
) -> Iterator[Task]:
    """Yield the tasks that need a worker; a form that cannot be opened is recorded, one that is done is passed over."""
    from evidencereview.readers.source import open_source

    for task in tasks:
        try:
            source = open_source(task.path, task.settings.limits)
        except EvidenceReviewError as error:
            ledger.forget(task.name)
            outcome = failed(task, type(error).__name__, error.what, error.remedy)
            ledger.record("", outcome)
            progress.step(outcome.line)
            continue
        if resume and ledger.is_done(task.name, source.sha256):
            progress.keep(task)
            continue
        ledger.forget(task.name)
        hashes[task.name] = source.sha256
        yield _placed(task) if shares_disk else _sent(task, source.data)


def _placed(task: Task) -> Task:
    """Name the files in full, for a worker that was started in another folder."""
    return replace(
        task,
        path=task.path.absolute(),
        provisions=task.provisions and task.provisions.absolute(),
        encoder=task.encoder and task.encoder.absolute(),
    )


def _sent(task: Task, data: bytes) -> Task:
    pack = task.provisions
    return replace(
        task,
        form=Sent(task.path.name, data),
        pack=Sent(pack.name, pack.read_bytes()) if pack is not None and pack.is_file() else None,
    )


@contextmanager
def _engine(wishes: Wishes, forms: int) -> Iterator[Engine]:
    if wishes.scheduler:
        from evidencereview.batch.cluster import ClusterEngine

        with ClusterEngine(wishes.scheduler, shares_disk=wishes.shared_disk) as cluster:
            yield cluster
    else:
        if wishes.shared_disk:
            raise ClusterError("--shared-path means a cluster's workers", "name the cluster with --scheduler")
        with LocalEngine(min(wishes.jobs or processors(), forms)) as local:
            yield local


class _Progress:
    """Counts forms as they are done."""

    def __init__(self, total: int, on_done: OnDone | None) -> None:
        self.total = total
        self.done = 0
        self.kept = 0
        self._on_done = on_done

    def step(self, line: str) -> None:
        self.done += 1
        if self._on_done is not None:
            self._on_done(self.done, self.total, line)

    def keep(self, task: Task) -> None:
        self.kept += 1
        self.step(f"{task.stem}: done before")


def _check_targets(folder: Path, names: Sequence[str], sources: Sequence[Path], wishes: Wishes, ledger: Ledger) -> None:
    """Refuse before any work what must not be overwritten; a resumed run may replace what an earlier one made."""
    force = wishes.force or (wishes.resume and ledger.exists)
    endings = [ending for ending, name in SUFFIXES.items() if name in wishes.formats and name != "json"]
    targets = [*names, *(name.removesuffix(".json") + ending for name in names for ending in endings), *TABLES, *SUMMARIES]
    for name in targets:
        path = folder / name
        if path.exists() or path.is_symlink():
            try:
                check_target(path, force=force, inputs=sources)
            except WriteError as error:
                if ledger.exists and error.remedy.startswith("add --force"):
                    remedy = "add --resume to go on with it, --force to do all anew, or name another folder with -o"
                    raise WriteError(error.what, remedy) from error
                raise
