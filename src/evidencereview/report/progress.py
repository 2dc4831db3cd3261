"""How far a long run is: a bar on a terminal, plain lines otherwise. It never stops the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

Advance = Callable[[int, int, str], None]


@contextmanager
def progress(stream: TextIO) -> Iterator[Advance]:
    """Give a function that is told how many are done, how many there are, and a harmless line about the last."""
    if not stream.isatty():
        yield lambda done, total, line: _plain(stream, f"[{done}/{total}] {line}\n")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    # The line is a form's text in part: never markup.
    last = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), last)
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, line: bar.update(task, completed=done, total=total, description=line)


def _plain(stream: TextIO, line: str) -> None:
    # A closed standard error is no reason to lose the results.
    with suppress(OSError, ValueError):
        stream.write(line)
        stream.flush()
