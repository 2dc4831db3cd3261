"""Times the reading of a ruled PDF of 15 pages against `extract_tables` of pdfplumber on the same file.

The sample form, set large enough to fill 15 pages; by turns in one run, the median of a few. Ends with 1 when ours takes
more than 1.2 times as long, or more than 0.4 seconds a page.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from evidencereview.readers import read_form

sys.path.insert(0, str(Path(__file__).parent / "readers"))
from pdf_forms import Look, blocks_of_text, by_reportlab

SAMPLE = Path(__file__).parents[1] / "src" / "evidencereview" / "samples" / "rosewood-2024.txt"
RATIO, SECONDS, RUNS = 1.2, 0.4, 5


def by_pdfplumber(path: Path) -> None:
    """Extract the tables of every page, as a script would."""
    with pdfplumber.open(path) as file:
        for page in file.pages:
            page.extract_tables()


def seconds(work: Callable[[Path], object], path: Path) -> float:
    """Return the wall time of one call."""
    begun = time.perf_counter()
    work(path)
    return time.perf_counter() - begun


def main() -> int:
    """Time both by turns and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rosewood-2024.pdf")
        path.write_bytes(by_reportlab(blocks_of_text(SAMPLE.read_text(encoding="utf-8")), Look(size=12)))
        with pdfplumber.open(path) as file:
            pages = len(file.pages)
        took = [(seconds(read_form, path), seconds(by_pdfplumber, path)) for _ in range(RUNS + 1)][1:]
    ours, theirs = (statistics.median(times) for times in zip(*took, strict=True))
    out = f"a ruled PDF of {pages} pages, median of {RUNS}: ours {ours:.2f} s, pdfplumber's tables {theirs:.2f} s, "
    sys.stdout.write(f"{out}ratio {ours / theirs:.2f} (at most {RATIO}), {ours / pages:.3f} s a page (at most {SECONDS})\n")
    return int(ours / theirs > RATIO or ours / pages > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
