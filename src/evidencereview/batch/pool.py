"""A pool of processes that gives results in order and outlives a worker that dies."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from evidencereview.batch.worker import Outcome, Task, died, start_worker

Numbered = tuple[int, Task]
Job = Callable[[Task], Outcome]

# Two tasks a worker keep it busy; more would only make more suspects of a death.
AHEAD = 2


def in_order(tasks: Sequence[Task], job: Job, jobs: int) -> Iterator[Outcome]:
    """Yield the outcome of each task in the order of the tasks, with `jobs` workers."""
    ready: dict[int, Outcome] = {}
    place = 0
    for index, outcome in _as_done(deque(enumerate(tasks)), job, jobs):
        ready[index] = outcome
        while place in ready:
            yield ready.pop(place)
            place += 1


def _as_done(left: deque[Numbered], job: Job, jobs: int) -> Iterator[tuple[int, Outcome]]:
    """Yield outcomes as they come. When a worker dies, each task that was under way is tried again by itself."""
    while left:
        suspects = yield from _until_broken(left, job, jobs)
        for index, task in suspects:
            yield index, _alone(task, job)


def _until_broken(left: deque[Numbered], job: Job, jobs: int) -> Generator[tuple[int, Outcome], None, list[Numbered]]:
    """Take tasks from `left` until none is left or a worker dies; return those that were under way then."""
    with _pool(jobs) as pool:
        under_way: dict[Future[Outcome], Numbered] = {}
        while left or under_way:
            try:
                while left and len(under_way) < jobs * AHEAD:
                    under_way[_submit(pool, job, left[0][1])] = left[0]
                    left.popleft()
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    outcome = future.result()
                    yield under_way.pop(future)[0], outcome
            except BrokenProcessPool:
                return sorted(under_way.values(), key=lambda numbered: numbered[0])
    return []


def _alone(task: Task, job: Job) -> Outcome:
    with _pool(1) as pool:
        try:
            return _submit(pool, job, task).result()
        except BrokenProcessPool:
            return died(task)


def _submit(pool: ProcessPoolExecutor, job: Job, task: Task) -> Future[Outcome]:
    """Submit a task; a worker that this starts never hears Ctrl-C, not even before its first line runs."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(job, task)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(job, task)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Start a pool; when the block is left by an exception (Ctrl-C), its workers are ended at once."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=start_worker)
    try:
        yield pool
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
