"""Times reviews against a plain script on the same rows: `make bench`. Ratios alone count, all taken in one run.

    cold     one form, from the start of the process to the list: wall and processor seconds, largest memory
    many     forms of invented landlords with one worker and with two, and the plain script: rows a second
    encoder  texts a second beside the original at its defaults, with and without the memory of known texts
    cluster  two Dask workers beside two of the pool

Ends with 1 when a mark is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench_parts import Bench, Mark, cluster, cold, encoder, many

PARTS = {"cold": cold, "many": many, "encoder": encoder, "cluster": cluster}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and keep the figures in .bench/bench.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=Path, required=True, help="a Python with evidencereview")
    parser.add_argument("--theirs", type=Path, required=True, help="a Python with sentence-transformers")
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpus/ and tools/")
    parser.add_argument("--only", choices=PARTS, action="append", help="these parts alone")
    parser.add_argument("--runs", type=int, default=5, help="runs of a cold review")
    parser.add_argument("--forms", type=int, default=200)
    parser.add_argument("--plain-forms", type=int, default=20, help="forms for the plain script, whose rate does not change")
    given = parser.parse_args(arguments)
    folder = Path(".bench").absolute()
    folder.mkdir(exist_ok=True)
    bench = Bench(given.ours, given.theirs, given.shared.absolute(), folder, given.runs, given.forms, given.plain_forms)
    out, marks, told = sys.stdout.write, list[Mark](), {}
    for name in given.only or PARTS:
        figures, found = PARTS[name](bench)
        told[name] = figures
        marks += found
        out(f"{name}\n" + "".join(f"  {key:44} {value:>10.4g}\n" for key, value in figures.items()))
        out("".join(f"  {mark.line}\n" for mark in found) + "\n")
        sys.stdout.flush()
    (folder / "bench.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return int(not all(mark.met for mark in marks))


if __name__ == "__main__":
    sys.exit(main())
