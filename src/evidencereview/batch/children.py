"""Processes that review one form at a time under caps: one that never ends or eats memory is ended, and the rest go on.

The same code runs in a thread of this machine's pool and in a thread of a Dask worker.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

import psutil

from evidencereview.batch.task import Outcome, Task, died, too_large, too_slow
from evidencereview.batch.worker import review_task, start_worker

# How often a form under way is looked at, and how long a process may take to start, in seconds.
LOOK = 0.05
_START = 300.0
_STARTING = threading.Lock()


class Child:
    """A process that reviews one form after another."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,))
        _start(self._process)
        other.close()
        self._watched = psutil.Process(self._process.pid)
        self.alive = True
        self._ready = False

    def review(self, task: Task) -> Outcome:
        """Review a form; a process that goes over a cap is ended, and so is one that keeps much memory afterwards."""
        try:
            self._wait_until_ready()
            give_up = time.monotonic() + task.caps.seconds
            self._pipe.send(task)
            while not self._pipe.poll(LOOK):
                if time.monotonic() > give_up:
                    return self._ended(too_slow(task))
                if self._memory() > task.caps.memory:
                    return self._ended(too_large(task))
            outcome: Outcome = self._pipe.recv()
        except (EOFError, OSError):
            return self._ended(died(task))
        if self._memory() > task.caps.memory / 2:
            self.end()
        return outcome

    def end(self) -> None:
        """End the process at once."""
        self.alive = False
        with suppress(OSError):
            self._process.kill()
        self._process.join()
        self._pipe.close()

    def kill(self) -> None:
        """End the process from another thread than that which waits for it."""
        with suppress(OSError):
            self._process.kill()

    def _wait_until_ready(self) -> None:
        """Wait for a process that has just started: what its start takes is not the form's fault.

        Raises:
            EOFError: it ended instead.
        """
        if not self._ready:
            if not self._pipe.poll(_START):
                raise EOFError
            self._pipe.recv()
            self._ready = True

    def _ended(self, outcome: Outcome) -> Outcome:
        self.end()
        return outcome

    def _memory(self) -> int:
        try:
            return int(self._watched.memory_info().rss)
        except psutil.Error:
            return 0


class Children:
    """The processes of one engine: an idle one is taken, or a new one started, for each form."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._closed = False

    def review(self, task: Task) -> Outcome:
        """Review a form in a process of its own."""
        child = self._take()
        if child is None:
            return died(task)
        try:
            return child.review(task)
        finally:
            self._give_back(child)

    def close(self) -> None:
        """End all processes; a form under way is lost."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            for child in self._busy:
                child.kill()
        for child in idle:
            child.end()

    def _take(self) -> Child | None:
        with self._lock:
            child = self._idle.pop() if self._idle else None
        child = child or Child()
        with self._lock:
            if not self._closed:
                self._busy.add(child)
                return child
        child.end()
        return None

    def _give_back(self, child: Child) -> None:
        with self._lock:
            self._busy.discard(child)
            keep = child.alive and not self._closed
            if keep:
                self._idle.append(child)
        if not keep and child.alive:
            child.end()


@cache
def children_here() -> Children:
    """Return the processes of a Dask worker, which live as long as it does."""
    return Children()


def review_here(task: Task) -> Outcome:
    """Review a form in a process beside this one: what a Dask worker runs."""
    return children_here().review(task)


def _serve(pipe: Connection, review: Callable[[Task], Outcome] = review_task) -> None:
    start_worker()
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            pipe.send(review(pipe.recv()))


def _start(process: SpawnProcess) -> None:
    with _STARTING, _deaf(), _allowed():
        process.start()


@contextmanager
def _deaf() -> Iterator[None]:
    """Hold Ctrl-C back, so that a process that starts now never hears it, not even before its first line runs."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _allowed() -> Iterator[None]:
    """Let a daemonic process (a Dask worker is one) start another: ours ends by itself when its parent does."""
    config = vars(multiprocessing.current_process()).get("_config", {})
    daemon = config.pop("daemon", None)
    try:
        yield
    finally:
        if daemon is not None:
            config["daemon"] = daemon
