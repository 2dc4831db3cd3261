"""Every notebook runs from top to bottom, and is kept without outputs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LONGEST_CELL = 20
SECONDS = 1200
# In a process of its own: what the kernel's libraries warn of at start-up is not ours to mend.
RUN = """
import sys, nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(book, timeout=int(sys.argv[3]), resources={"metadata": {"path": sys.argv[2]}}).execute()
print(sum(out.output_type == "display_data" for cell in book.cells for out in cell.get("outputs", ())))
"""


def test_the_four_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01-data", "02-training", "03-evaluation", "04-errors"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_thin_and_holds_no_output(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    assert max(len(cell["source"]) for cell in cells) <= LONGEST_CELL
    assert any("evidencereview" in line for cell in cells for line in cell["source"])
    assert not any(line.startswith(("def ", "class ")) for cell in cells for line in cell["source"])


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_draws(path: Path) -> None:
    words = [sys.executable, "-c", RUN, str(path), str(path.parent), str(SECONDS)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert int(done.stdout.split()[-1]) >= 2, "a notebook shows at least two plots"
