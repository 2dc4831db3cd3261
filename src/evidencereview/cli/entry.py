"""The way in: runs the commands and turns whatever happens into one line and an exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from evidencereview.cli import form_commands, model_commands  # noqa: F401  they add their commands
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
    try:
        with _gentle_end():
            code = app(args=given or ["--help"], prog_name=NAME, standalone_mode=False)
            sys.stdout.flush()
            return code if isinstance(code, int) else 0
    except (KeyboardInterrupt, InterruptedByUserError):
        talk("interrupted; nothing was left half-written")
        return INTERRUPTED
    except BrokenPipeError:
        close_output()
        return 0
    except Exception as error:
        return _told(error)


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
def _gentle_end() -> Iterator[None]:
    """Let a request to end (SIGTERM) tidy up as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
