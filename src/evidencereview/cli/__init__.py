"""The command line: thin, each command one flow. Heavy imports stand inside the commands, so that `--help` is quick.

Exit codes: 0 done, 1 only with --fail-on, 2 the form could not be reviewed or wrong usage, 3 a fault of ours or a
crashed check, 130 interrupted. Results go to standard output, all talk to standard error.
"""

from evidencereview.cli.entry import main, run

__all__ = ["main", "run"]
