"""Where forms are reviewed: processes of this machine, or a Dask cluster. Both run the same function on the same tasks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self

from evidencereview.batch.children import Children
from evidencereview.batch.task import Outcome, Task

# Two tasks a worker keep it busy.
AHEAD = 2


class Engine(AbstractContextManager["Engine"], Protocol):
    """Takes tasks and gives futures of outcomes; `width` is the number of forms that it reviews at a time."""

    @property
    def width(self) -> int:
        """How many forms are reviewed at a time."""
        ...

    @property
    def shares_disk(self) -> bool:
        """Whether its workers can open the paths of this machine."""
        ...

    def submit(self, task: Task) -> Future[Outcome]:
        """Begin with a form."""
        ...

    def outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        """Return what came of a form, once its future is done."""
        ...


class LocalEngine:
    """Processes of this machine, each started when it is first needed."""

    shares_disk = True

    def __init__(self, width: int) -> None:
        self.width = width
        self._children = Children()
        self._threads = ThreadPoolExecutor(width, thread_name_prefix="form")

    def submit(self, task: Task) -> Future[Outcome]:
        """Begin with a form as soon as a process is free."""
        return self._threads.submit(self._children.review, task)

    def outcome(self, task: Task, future: Future[Outcome]) -> Outcome:  # noqa: ARG002  a local future cannot fail
        """Return what came of a form."""
        return future.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End all processes at once; what is under way is lost (there is nothing when all went well)."""
        self._children.close()
        self._threads.shutdown(wait=True, cancel_futures=True)


def as_done(tasks: Iterable[Task], engine: Engine) -> Iterator[tuple[Task, Outcome]]:
    """Yield outcomes as they come, taking no more tasks than keep the engine busy."""
    left = iter(tasks)
    under_way: dict[Future[Outcome], Task] = {}
    while True:
        while len(under_way) < engine.width * AHEAD and (task := next(left, None)) is not None:
            under_way[engine.submit(task)] = task
        if not under_way:
            return
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            task = under_way.pop(future)
            yield task, engine.outcome(task, future)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
