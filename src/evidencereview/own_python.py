"""The command that runs one of our modules in a Python of its own, which finds the same packages as this one."""

from __future__ import annotations

import sys

_START = "import sys; sys.path[:] = sys.argv.pop().split('\\n'); from evidencereview.{module} import main; main()"


def own_python(module: str, *arguments: str) -> list[str] | None:
    """Return the command that calls `main()` of a module; None in a program that has Python built in.

    Args:
        module: its dotted name within the package.
        arguments: what it finds in `sys.argv[1:]`.
    """
    if not sys.executable or getattr(sys, "frozen", False):
        return None
    path = "\n".join(entry for entry in sys.path if entry)
    # Isolated and without site packages' start-up files: the path that is handed over says where everything is.
    return [sys.executable, "-I", "-S", "-c", _START.format(module=module), *arguments, path]
