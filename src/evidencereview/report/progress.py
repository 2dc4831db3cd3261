"""How far a long run is: a bar with rate and remaining time on a terminal, plain lines otherwise. It never stops the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Task
    from rich.text import Text

Advance = Callable[[int, int, str], None]


@contextmanager
def progress(stream: TextIO) -> Iterator[Advance]:
    """Give a function that is told how many are done, how many there are, and a harmless line about the last."""
    if not stream.isatty():
        yield lambda done, total, line: _plain(stream, f"[{done}/{total}] {line}\n")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

    class Rate(ProgressColumn):
        """Forms a second, or seconds a form where they are slow."""

        def render(self, task: Task) -> Text:
            """Return the rate of the last forms."""
            from rich.text import Text

            return Text(rate_words(task.finished_speed or task.speed), style="progress.data.speed")

    # The line is a form's text in part: never markup.
    last = TextColumn("{task.description}", markup=False)
    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn(), last)
    with Progress(*columns, console=Console(file=stream), transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task("", total=None)

        def advance(done: int, total: int, line: str) -> None:
            bar.update(task, completed=done, total=total, description=line)
            if line.startswith("not reviewed"):
                # Stays above the bar, which moves on.
                bar.console.print(line, markup=False, highlight=False)

        yield advance


def rate_words(speed: float | None) -> str:
    """Return "3.2 forms/s", "4.0 s a form", or nothing while there is no rate yet."""
    if not speed:
        return ""
    return f"{speed:.1f} forms/s" if speed >= 1 else f"{1 / speed:.1f} s a form"


def _plain(stream: TextIO, line: str) -> None:
    # A closed standard error is no reason to lose the results.
    with suppress(OSError, ValueError):
        stream.write(line)
        stream.flush()
