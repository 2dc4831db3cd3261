"""Times one cold review against a plain script on the same rows: `make bench`.

From the start of the process to the list, in two environments, by turns, the median of a few runs each. Ends with 1 when
ours takes more than a fifth of the other's wall time or processor seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

FORM = "southwark-2024.rows.jsonl"
MOST = 0.2
Figures = tuple[float, float]


def timed(command: Sequence[str | Path], output: Path) -> Figures:
    """Run a command to its end; return its wall time and processor time in seconds, its children's included.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    # No network: a model that is looked for by name must not be fetched within the time.
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    with output.open("wb") as stream:
        subprocess.run([str(part) for part in command], check=True, stdout=stream, env=environment)
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compared(commands: dict[str, Sequence[str | Path]], runs: int, folder: Path) -> dict[str, Figures]:
    """Run each command once to warm the disk, then by turns; return the median of each figure."""
    for name, command in commands.items():
        timed(command, folder / f"{name}.out")
    took: dict[str, list[Figures]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            took[name].append(timed(command, folder / f"{name}.out"))
    return {name: (median(w for w, _ in runs), median(c for _, c in runs)) for name, runs in took.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print, and keep the figures in .bench/bench.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", type=Path, required=True, help="the program evidencereview")
    parser.add_argument("--theirs", type=Path, required=True, help="a Python with sentence-transformers")
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and tools/")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args(arguments)
    form, folder = given.shared / "corpus" / FORM, Path(".bench")
    folder.mkdir(exist_ok=True)
    figures = compared(
        {
            "evidencereview": (given.ours, "review", form),
            "plain script": (given.theirs, given.shared / "tools" / "plain_review.py", form),
        },
        given.runs,
        folder,
    )
    ours, theirs = figures["evidencereview"], figures["plain script"]
    shares = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    told = {"form": FORM, "runs": given.runs, "seconds": figures, "shares": shares, "most": MOST}
    (folder / "bench.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    out = sys.stdout.write
    out(f"one cold review of {FORM}, median of {given.runs}\n\n{'':16} wall s   cpu s\n")
    for name, (wall, cpu) in figures.items():
        out(f"{name:16} {wall:6.2f}  {cpu:6.2f}\n")
    out(f"{'share':16} {shares[0]:6.0%}  {shares[1]:6.0%}   (at most {MOST:.0%})\n")
    return int(max(shares) > MOST)


if __name__ == "__main__":
    sys.exit(main())
