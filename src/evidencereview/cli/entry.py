"""The way in: runs the commands and turns whatever happens into one line and an exit code."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

# Imported since they add their commands.
from evidencereview.cli import batch_commands, compare_command, form_commands, model_commands  # noqa: F401
from evidencereview.cli.app import InterruptedByUserError, app
from evidencereview.cli.streams import NAME, close_output, prepare_streams, talk
from evidencereview.errors import EvidenceReviewError

WRONG_USAGE, FAULT, INTERRUPTED = 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    Args:
        arguments: without the program's name; None takes those of the process.
    """
    prepare_streams()
    # The products here are small: threads of the linear algebra library would only spin and take time from the encoder's.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = list(sys.argv[1:] if arguments is None else arguments)
    asked_to_end = threading.Event()
    try:
        with _gentle_end(asked_to_end):
            code = app(args=given or ["--help"], prog_name=NAME, standalone_mode=False)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, InterruptedByUserError):
        return _interrupted()
    except BrokenPipeError:
        close_output()
        return 0
    except Exception as error:
        # What goes wrong on the way out of an interruption (a future cancelled, a pipe gone) is part of it.
        return _interrupted() if asked_to_end.is_set() else _told(error)


def run() -> NoReturn:
    """Run the command line as a process of its own, and end that process at once.

    Taking down what was loaded, object by object, takes a seventh of the time of a review. What was registered for the end
    of the process (other libraries' threads and children) is still done, and the output is flushed.
    """
    code = main()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _interrupted() -> int:
    talk("interrupted; nothing was left half-written")
    return INTERRUPTED


def _told(error: Exception) -> int:
    """Say one line about an error and return its exit code."""
    if os.environ.get("EVIDENCEREVIEW_DEBUG") == "1":
        traceback.print_exception(error)
    if isinstance(error, EvidenceReviewError):
        talk(str(error))
        return error.exit_code
    # Every version of typer has its usage errors elsewhere; all of them can format themselves.
    if hasattr(error, "format_message"):
        talk(f"{error.format_message().rstrip('.')}; see '{NAME} {_command(error)}--help'")
        return WRONG_USAGE
    talk(f"internal fault ({type(error).__name__}: {error}); set EVIDENCEREVIEW_DEBUG=1 for the details and report it")
    return FAULT


def _command(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    name = str(getattr(context, "info_name", None) or NAME)
    return "" if name == NAME else f"{name} "


@contextmanager
def _gentle_end(asked: threading.Event) -> Iterator[None]:
    """Let a request to end (SIGTERM) tidy up as Ctrl-C does; `asked` is set by either.

    A Ctrl-C that is ignored (a job in the background of a script) stays ignored.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = [signal.SIGTERM, *([signal.SIGINT] if signal.getsignal(signal.SIGINT) is signal.default_int_handler else [])]
    before = {number: signal.signal(number, stop) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
