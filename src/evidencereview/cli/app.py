"""The command line's one application, to which the other modules of this folder add their commands."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from evidencereview.cli.streams import close_output, emit

# What a newcomer needs stands first in the help; the others follow as they were added.
_FIRST = ("demo", "review", "explain", "rows", "compare")


class InterruptedByUserError(Exception):
    """Ctrl-C inside a command, carried past typer, which would end the program its own way."""


class Commands(TyperGroup):
    """The group of commands; keeps from typer what it would handle otherwise than we promise."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands in the order of the help."""
        names = super().list_commands(ctx)
        return [*(name for name in _FIRST if name in names), *(name for name in names if name not in _FIRST)]

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise InterruptedByUserError from error
        except BrokenPipeError:
            close_output()
            return 0


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Reviews the evidence in a Complaint Handling Code self-assessment, row by row, on this machine alone.",
)


def _say_version(wanted: bool) -> None:
    if wanted:
        from evidencereview.version import __version__

        emit(f"evidencereview {__version__}\n", None)
        raise typer.Exit


@app.callback()
def _before_a_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
