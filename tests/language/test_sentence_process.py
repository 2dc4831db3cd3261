"""The process that splits rows: what comes out is what is split here, and a process that breaks off loses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview import own_python
from evidencereview.language import sentence_process
from evidencereview.language.nlp import cell_sentences, row_sentences
from evidencereview.language.sentence_lines import line_of, sentences_from
from evidencereview.language.sentence_process import split_rows, splitting_beside
from evidencereview.records import Answer, Cell, Row

TEXTS = (
    ("Our policy, section 4.2, sets this out.\nWe aim to reply within 10 working days.", "Approved 12 March 2024."),
    ("", ""),
    ("See https://lark.example/complaints and the • guide “for staff”.", "Will be done…   once approved"),
    ("\x00 and 🙂 beside it, e.g. in “quotes”.", "-"),
)


def row(order: int, evidence: str, commentary: str = "") -> Row:
    return Row("x", order, 1, "1.2", None, "", "Yes", Answer.YES, evidence, commentary, True)


ROWS = tuple(row(order, *texts) for order, texts in enumerate(TEXTS, 1))
HERE = [row_sentences(row) for row in ROWS]
PROGRAM = """
import sys
from pathlib import Path
from evidencereview import readers, pipeline
from evidencereview.language.sentence_process import splitting_beside
with splitting_beside():
    reviewed = pipeline.review(readers.read_form(Path(sys.argv[1])))
print(len(reviewed.items), "spacy" in sys.modules)
"""


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine with two, and with no process left from one test to the next."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    yield
    assert sentence_process._waiting == []


def test_the_sentences_are_those_that_are_split_here() -> None:
    with splitting_beside():
        assert list(split_rows(ROWS)) == HERE


def test_a_long_form_does_not_block_the_pipes() -> None:
    rows = [row(i, f"Report {i} went to the board. " * 80) for i in range(1, 101)]
    with splitting_beside():
        assert sum(1 for _ in split_rows(rows)) == 100


@pytest.mark.parametrize("after", [0, 2])
def test_a_process_that_is_killed_loses_no_row(after: int) -> None:
    with splitting_beside():
        (process,) = sentence_process._waiting
        if not after:
            process.kill()
        found = []
        for sentences in split_rows(ROWS):
            found.append(sentences)
            if len(found) == after:
                process.kill()
    assert found == HERE


def test_a_process_that_writes_something_else_loses_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_python, "_START", "print('[[1]]')")
    with splitting_beside():
        assert list(split_rows(ROWS)) == HERE


def test_it_has_ended_when_nobody_asked_for_rows() -> None:
    with splitting_beside():
        (process,) = sentence_process._waiting
    assert process.returncode is not None


def test_it_ends_with_the_process_that_started_it() -> None:
    program = (
        PROGRAM.split("with ")[0]
        + "c = splitting_beside(); c.__enter__()\nfrom evidencereview.language import sentence_process\n"
    )
    program += "print(sentence_process._waiting[0].pid, flush=True); import os; os._exit(1)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    psutil = pytest.importorskip("psutil")
    give_up = time.monotonic() + 30
    while psutil.pid_exists(int(done.stdout)) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not psutil.pid_exists(int(done.stdout))


@pytest.mark.parametrize(("what", "value"), [("os.cpu_count", lambda: 1), ("sys.executable", "")])
def test_without_a_second_processor_or_a_python_the_rows_are_split_here(
    monkeypatch: pytest.MonkeyPatch, what: str, value: object
) -> None:
    monkeypatch.setattr(what, value)
    with splitting_beside():
        assert sentence_process._waiting == []
        assert list(split_rows(ROWS)) == HERE


def test_a_review_with_it_imports_no_spacy(shipped: None, tmp_path: Path) -> None:
    sample = Path(sentence_process.__file__).parents[1] / "samples" / "rosewood-2024.txt"
    done = subprocess.run([sys.executable, "-c", PROGRAM, sample], capture_output=True, text=True, check=True, cwd=tmp_path)
    rows, imported = done.stdout.split()
    assert int(rows) > 0
    assert imported == "False"


@given(st.text(max_size=200))
def test_a_line_holds_all_of_the_sentences(text: str) -> None:
    sentences = cell_sentences(text, Cell.COMMENTARY)
    line = line_of(sentences)
    assert "\n" not in line
    assert sentences_from(line) == sentences


@pytest.mark.parametrize("line", ["", "[", "[1]", "[[]]", "{}x", json.dumps([["nowhere", 0, 1, "a", "prose", [], [], []]])])
def test_what_is_no_line_of_sentences(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        sentences_from(line)
