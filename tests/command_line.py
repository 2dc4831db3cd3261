"""Runs the command line in processes of its own, as a user would, and makes small forms for it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from evidencereview.readers.rows_io import write_rows
from made_reviews import made_row

TESTS = Path(__file__).parent
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if key not in ("EVIDENCEREVIEW_DEBUG", "COLUMNS", "NO_COLOR")},
    "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)]),
    "PYTHONWARNINGS": "error",
}
REAL = [sys.executable, "-m", "evidencereview"]
FAKE = [sys.executable, str(TESTS / "fake_cli.py")]


def run(
    *arguments: object, folder: Path, program: list[str] = FAKE, stdin: str = "", timeout: float = 60, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in a folder."""
    return subprocess.run(
        [*program, *map(str, arguments)],
        cwd=folder,
        env={**ENVIRONMENT, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def start(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    """Start a command in a process group of its own."""
    return subprocess.Popen(
        [*FAKE, *map(str, arguments)],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def make_form(folder: Path, name: str, *evidence: str) -> Path:
    """Write a form as JSON lines: a row for each text."""
    path = folder / f"{name}.jsonl"
    rows = [made_row(f"5.{order}", order, evidence=text) for order, text in enumerate(evidence, 1)]
    path.write_bytes(write_rows(replace(row, form=name) for row in rows).encode("utf-8"))
    return path
