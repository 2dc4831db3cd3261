"""What `make bench` measures, each part with its marks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from made_forms import make_forms

FORM = "southwark-2024.rows.jsonl"
ROWS = 72
TESTS = Path(__file__).parent
Figures = dict[str, float]


@dataclass(frozen=True)
class Bench:
    """Where things are, and how much to measure."""

    ours: Path
    theirs: Path
    shared: Path
    folder: Path
    runs: int
    forms: int
    plain_forms: int


@dataclass(frozen=True)
class Mark:
    """A figure and the bound that it has to keep."""

    what: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the figure keeps its bound."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def line(self) -> str:
        """The mark in words."""
        side = "at least" if self.at_least else "at most"
        return f"{'ok  ' if self.met else 'MISS'} {self.what}: {self.value:.3f} ({side} {self.bound:.3f})"


def timed(command: Sequence[str | Path], output: Path) -> tuple[float, float, float]:
    """Run a command to its end; return wall seconds, processor seconds and largest memory (MB) with its children.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    # No network: a model that is looked for by name must not be fetched within the time.
    source = os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)])
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONPATH": source}
    begun = time.perf_counter()
    with output.open("wb") as out, output.with_suffix(".err").open("wb") as err:
        # A process of its own, so that its memory is not that of the largest child before it.
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, env=environment)
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def cold(bench: Bench) -> tuple[Figures, list[Mark]]:
    """One form, each command once to warm the disk, then by turns; the median of each figure.

    A review runs in two processes at a time; twice the memory of the larger one is more than both have.
    """
    form = bench.shared / "corpus" / FORM
    commands = {
        "ours": (bench.ours, "-m", "evidencereview", "review", form),
        "plain": (bench.theirs, bench.shared / "tools" / "plain_review.py", form),
    }
    took: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for turn in range(bench.runs + 1):
        for name, command in commands.items():
            wall, cpu, memory = timed(command, bench.folder / f"{name}.out")
            figures = (wall, cpu, memory * (2 if name == "ours" else 1))
            if turn:
                took[name].append(figures)
    found: Figures = {}
    for name, runs in took.items():
        for place, what in enumerate(("wall s", "cpu s", "memory MB")):
            found[f"{name} {what}"] = median(run[place] for run in runs)
    shares = {what: found[f"ours {what}"] / found[f"plain {what}"] for what in ("wall s", "cpu s", "memory MB")}
    marks = [
        Mark("wall time of one cold review, share of the plain script", shares["wall s"], 1 / 6),
        Mark("memory of one cold review, share of the plain script", shares["memory MB"], 0.45),
    ]
    return found | {f"share {what}": share for what, share in shares.items()}, marks


def many(bench: Bench) -> tuple[Figures, list[Mark]]:
    """Many forms with distinct evidence: rows a second with one worker, with two, and of the plain script."""
    forms = _forms(bench)
    one, two = (_batch(bench, forms, "--jobs", str(jobs)) for jobs in (1, 2))
    plain = forms[: bench.plain_forms]
    command = (bench.theirs, bench.shared / "tools" / "plain_review.py", "-o", bench.folder / "plain", *plain)
    rate = ROWS * len(plain) / timed(command, bench.folder / "plain.out")[0]
    found = {"rows/s, one worker": one, "rows/s, two workers": two, "rows/s, plain script": rate}
    marks = [
        Mark("two workers against the plain script", two / rate, 5, at_least=True),
        Mark("two workers against one", two / one, 1.7, at_least=True),
    ]
    return found, marks


def encoder(bench: Bench) -> tuple[Figures, list[Mark]]:
    """The encoder alone on the sentences of the made forms, beside the original on the same texts at its defaults."""
    texts = bench.folder / "texts.json"
    rows = (json.loads(line) for path in _forms(bench)[:12] for line in path.read_text(encoding="utf-8").splitlines())
    cells = [row["evidence"] + " " + row["commentary"] for row in rows]
    texts.write_text(json.dumps([text for text in cells if text.strip()]), encoding="utf-8")
    for name, python in (("ours", bench.ours), ("plain", bench.theirs)):
        timed((python, TESTS / "bench_encoder.py", name, texts, bench.folder / f"{name}.npz"), bench.folder / "e.out")
    timed((bench.ours, TESTS / "bench_encoder.py", "compare", texts, bench.folder / "compared.npz"), bench.folder / "e.out")
    found: Figures = json.loads((bench.folder / "e.out").read_text(encoding="utf-8"))
    marks = [
        Mark("texts a second against the original", found["texts/s, ours"] / found["texts/s, original"], 2.5, at_least=True),
        Mark("mean cosine with the original", found["mean cosine"], 0.995, at_least=True),
        Mark("largest difference by what it is batched with", found["largest difference"], 1e-5),
    ]
    return found, marks


def cluster(bench: Bench) -> tuple[Figures, list[Mark]]:
    """Two Dask workers beside two of the pool, on the same forms."""
    forms = _forms(bench)
    with _dask(bench) as address:
        # The workers' processes start at the first forms, in the pool as well.
        there = _batch(bench, forms, "--scheduler", address)
    here = _batch(bench, forms, "--jobs", "2")
    marks = [Mark("Dask against the pool, two workers each", there / here, 0.85, at_least=True)]
    return {"rows/s, Dask": there, "rows/s, pool": here}, marks


def _forms(bench: Bench) -> list[Path]:
    return make_forms(bench.folder / "forms", bench.forms, bench.shared / "corpus" / FORM)


def _batch(bench: Bench, forms: Sequence[Path], *more: str) -> float:
    """Return the rows a second of a batch, its start and its tables included."""
    results = bench.folder / "results"
    shutil.rmtree(results, ignore_errors=True)
    listed = bench.folder / "forms.lst"
    listed.write_text("".join(f"{path}\n" for path in forms), encoding="utf-8")
    command = (bench.ours, "-m", "evidencereview", "batch", f"@{listed}", "-o", results, *more)
    return ROWS * len(forms) / timed(command, bench.folder / "batch.out")[0]


@contextmanager
def _dask(bench: Bench) -> Iterator[str]:
    log = bench.folder / "scheduler.log"
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent / "src")}
    started = []

    def start(*arguments: str, log: Path) -> None:
        with log.open("wb") as stream:
            started.append(
                subprocess.Popen([str(bench.ours), "-m", "dask", *arguments], env=environment, stdout=stream, stderr=stream)
            )

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log)
        address, give_up = "", time.monotonic() + 60
        while not address and time.monotonic() < give_up:
            found = re.search(r"Scheduler at:\s+(tcp://[\d.]+:\d+)", log.read_text(errors="replace"))
            address = found.group(1) if found else ""
            time.sleep(0.1)
        for number in range(2):
            worker = ("worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(bench.folder))
            start(*worker, log=bench.folder / f"worker-{number}.log")
        time.sleep(8)
        yield address
    finally:
        for process in started[::-1]:
            process.terminate()
            process.wait(30)
