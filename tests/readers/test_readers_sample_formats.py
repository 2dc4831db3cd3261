"""The sample form in every format: the same rows to the letter, and the same review."""

from __future__ import annotations

import re

import pytest
from sample_form import SAMPLE, WRITERS, as_html_run_together, sections

from evidencereview.pipeline import review
from evidencereview.readers import read_form
from toy_models import toys_in_place

NAMES = [name for name, _, _ in WRITERS]


@pytest.fixture(scope="module")
def sample():
    return read_form(SAMPLE)


@pytest.mark.parametrize(("name", "ending", "write"), WRITERS, ids=NAMES)
def test_same_rows_in_every_format(sample, tmp_path, name, ending, write):
    path = tmp_path / f"rosewood-2024.{ending}"
    write(sections(), path)
    form = read_form(path)
    assert form.rows == sample.rows
    assert form.stated_date == sample.stated_date
    assert "name-disagrees" not in {note.kind for note in form.notes}


def test_same_review_whatever_the_format(sample, tmp_path):
    """A review knows nothing of a form but its rows and its date, which the test above holds equal for every writer."""
    path = tmp_path / "rosewood-2024.html"
    WRITERS[NAMES.index("definition list")][2](sections(), path)
    with toys_in_place():
        assert review(read_form(path)).items == review(sample).items


@pytest.mark.slow
def test_same_review_from_every_writer(sample, tmp_path):
    with toys_in_place():
        wanted = review(sample).items
        for number, (name, ending, write) in enumerate(WRITERS):
            folder = tmp_path / str(number)
            folder.mkdir()
            write(sections(), folder / f"rosewood-2024.{ending}")
            assert review(read_form(folder / f"rosewood-2024.{ending}")).items == wanted, name


def test_cells_run_together_come_apart_but_where_no_seam_is_left(sample, tmp_path):
    """Where the evidence is blank, or no seam is left before the comment, nothing tells the two apart."""
    path = tmp_path / "rosewood-2024.html"
    as_html_run_together(sections(), path)
    form = read_form(path)
    assert [row.number for row in form.rows] == [row.number for row in sample.rows]
    assert [row.requirement for row in form.rows] == [row.requirement for row in sample.rows]
    assert sum(read.answer == row.answer for read, row in zip(form.rows, sample.rows, strict=True)) >= 71
    assert sum(read == row for read, row in zip(form.rows, sample.rows, strict=True)) >= 69
    for read, row in zip(form.rows, sample.rows, strict=True):
        texts = ["".join(re.findall(r"\S", f"{r.answer_raw}{r.evidence}{r.commentary}")) for r in (read, row)]
        assert texts[0] == texts[1]
