"""A Dask cluster started by hand gives the results of this machine, and a worker killed in the middle loses nothing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from batch_results import without_times
from command_line import ENVIRONMENT, REAL, run
from evidencereview.batch import Wishes, run_batch
from evidencereview.batch.cluster import ClusterEngine
from evidencereview.errors import ClusterError
from made_forms import make_forms

pytest.importorskip("distributed", reason="the extra [cluster] is not installed")


def dask(*arguments: str, log: Path) -> subprocess.Popen[bytes]:
    """Start a part of a cluster as README shows it."""
    # Another package's warning at its start is not ours to mend.
    environment = {key: value for key, value in ENVIRONMENT.items() if key != "PYTHONWARNINGS"}
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def end(process: subprocess.Popen[bytes]) -> None:
    """End a part of the cluster with everything that it started."""
    for each in [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]:
        with suppress(psutil.NoSuchProcess):
            each.kill()
    process.wait(20)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    log = tmp_path / "scheduler.log"
    started = [dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log)]
    try:
        address = ""
        give_up = time.monotonic() + 90
        while not address and time.monotonic() < give_up:
            found = re.search(r"Scheduler at:\s+(tcp://[\d.]+:\d+)", log.read_text(errors="replace"))
            address = found.group(1) if found else ""
            time.sleep(0.1)
        assert address, log.read_text(errors="replace")
        for number in range(2):
            worker = ("worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path))
            started.append(dask(*worker, log=tmp_path / f"worker-{number}.log"))
        yield address, started
    finally:
        for process in started:
            if process.poll() is None:
                end(process)


@pytest.mark.slow
@pytest.mark.models
def test_a_cluster_gives_the_results_of_this_machine(shipped: None, cluster: tuple[str, object], tmp_path: Path) -> None:
    make_forms(tmp_path / "forms", 4)
    (tmp_path / "forms" / "broken.docx").write_bytes(b"PK\x03\x04")
    address, _ = cluster
    here = run("batch", "forms", "gone.txt", "-o", "here", "--jobs", 2, folder=tmp_path, program=REAL, timeout=300)
    there = run(
        "batch", "forms", "gone.txt", "-o", "there", "--scheduler", address, folder=tmp_path, program=REAL, timeout=300
    )
    assert (here.returncode, there.returncode) == (2, 2), there.stderr
    assert without_times(tmp_path / "here") == without_times(tmp_path / "there")
    assert len(list((tmp_path / "there").glob("*.json"))) == 4
    assert "Traceback" not in there.stderr
    shared = run(
        "batch", "forms", "gone.txt", "-o", "shared", "--scheduler", address, "--shared-path",
        folder=tmp_path, program=REAL, timeout=300,
    )  # fmt: skip
    assert shared.returncode == 2
    assert without_times(tmp_path / "here") == without_times(tmp_path / "shared")


@pytest.mark.slow
@pytest.mark.models
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_worker_killed_in_the_middle_loses_nothing(
    shipped: None, cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, processes = cluster
    forms = make_forms(tmp_path / "forms", 12)
    with ClusterEngine(address, wait=60) as engine:
        assert engine.width >= 1
    done: list[int] = []

    def kill_one(count: int, total: int, line: str) -> None:
        done.append(count)
        if count == 2:
            # The nanny and the worker that it minds, at once and without a word.
            for each in [*psutil.Process(processes[1].pid).children(recursive=True), psutil.Process(processes[1].pid)]:
                each.send_signal(signal.SIGKILL)

    result = run_batch([tmp_path / "forms"], tmp_path / "out", wishes=Wishes(scheduler=address), on_done=kill_one)
    assert (result.reviewed, result.failed, result.exit_code) == (12, 0, 0)
    assert done == list(range(1, 13))
    assert len(forms) == 12
    assert run_batch([tmp_path / "forms"], tmp_path / "here").exit_code == 0
    assert without_times(tmp_path / "out") == without_times(tmp_path / "here")


def test_no_scheduler_is_one_line() -> None:
    with pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1") as caught:
        ClusterEngine("tcp://127.0.0.1:1", wait=0.5)
    assert "dask scheduler" in caught.value.remedy


def test_an_option_of_a_cluster_without_one(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match="--shared-path"):
        run_batch([tmp_path / "x.txt"], tmp_path / "out", wishes=Wishes(shared_disk=True))
