"""Standard output for results, standard error for talk."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evidencereview.errors import WriteError
from evidencereview.report.harmless import one_line
from evidencereview.report.saving import save

NAME = "evidencereview"


def prepare_streams() -> None:
    """Write UTF-8 whatever the console says; what cannot be encoded shows as an escape and never raises."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def talk(text: str) -> None:
    """Say one line on standard error."""
    with suppress(OSError, ValueError):
        print(f"{NAME}: {one_line(text)}", file=sys.stderr, flush=True)  # noqa: T201


def emit(text: str, output: Path | None, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Save a result to a file, or print it.

    Raises:
        WriteError: neither works.
    """
    if output is not None:
        save(output, text.encode("utf-8", "backslashreplace"), force=force, inputs=inputs)
        talk(f"saved {output}")
        return
    with printing():
        sys.stdout.write(text)


@contextmanager
def printing() -> Iterator[None]:
    """Print within this block: a reader that goes away (`| head`) is no fault.

    Raises:
        WriteError: standard output cannot be written, as on a full disk.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        close_output()
    except OSError as error:
        close_output()
        raise WriteError(
            f"the result cannot be written ({error.strerror})", "free the place or name a file with -o"
        ) from error


def close_output() -> None:
    """Turn standard output away, so that the interpreter's last flush finds a place for what is left."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
