"""Every hostile file: its message, exit code 2, its time and memory, and the file itself as it was."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import time

import pytest
from hostile_files import HOSTILE

from evidencereview.errors import EvidenceReviewError
from evidencereview.readers import read_form

SECONDS = 5.0  # the slowest takes half of it on two shared cores
MEGABYTES = 500  # that one file adds to the peak of the process; the greatest bomb may inflate to 200 before it is refused


@pytest.mark.parametrize(("build", "message"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_file(tmp_path, build, message):
    path = tmp_path / "form.docx"
    path.write_bytes(build())
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    start, most = time.process_time(), peak()
    with pytest.raises(EvidenceReviewError, match=message) as error:
        read_form(path)
    assert time.process_time() - start < SECONDS
    assert error.value.exit_code == 2
    assert "\n" not in str(error.value)
    assert error.value.what.startswith("form.docx: ") and error.value.remedy
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    # Other tests of the same run have filled this process before, so only what this file adds to its peak is weighed.
    assert peak() - most < MEGABYTES


def peak() -> float:
    """Return the most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def test_there_are_enough_of_them():
    assert len(HOSTILE) >= 60
    assert len({name for name, _, _ in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("name", ["old Excel", "commas alone"])
def test_the_command_ends_with_2_and_one_line(tmp_path, name):
    build = next(build for case, build, _ in HOSTILE if case == name)
    (tmp_path / "form.docx").write_bytes(build())
    command = [sys.executable, "-m", "evidencereview", "rows", str(tmp_path / "form.docx")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
