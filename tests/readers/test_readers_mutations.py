"""Three hundred seeded mutations of a form in each format: a form with its notes, or an error of our own."""

from __future__ import annotations

import random

import pytest
from mutations import MAKERS, TABLE, damaged, damaged_part, read_bytes

from evidencereview.records import Form

MUTATIONS = 300


def check_whole(form: Form | None) -> None:
    """Rows in order, plain text, and nothing half-read in silence: fewer rows than were written leave a note."""
    if form is None:
        return
    assert [row.order for row in form.rows] == list(range(1, len(form.rows) + 1))
    for row in form.rows:
        text = row.requirement + row.answer_raw + row.text
        assert "\x00" not in text
        text.encode("utf-8")
    if len(form.rows) < len(TABLE) - 1 and form.format != "jsonl":
        assert form.notes


@pytest.mark.parametrize("suffix", sorted(MAKERS))
def test_a_whole_form_is_read(suffix):
    form = read_bytes(MAKERS[suffix](), suffix)
    assert form is not None
    assert [row.number for row in form.rows] == [row[0] for row in TABLE[1:]]


@pytest.mark.parametrize("suffix", sorted(MAKERS))
def test_damaged_files(suffix):
    whole, dice = MAKERS[suffix](), random.Random(f"{suffix} 20261122")
    for _ in range(MUTATIONS):
        check_whole(read_bytes(damaged(whole, dice), suffix))


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_damaged_parts_of_office_files(suffix):
    whole, dice = MAKERS[suffix](), random.Random(f"{suffix} parts")
    for _ in range(MUTATIONS if suffix == "xlsx" else MUTATIONS // 3):
        check_whole(read_bytes(damaged_part(whole, dice), suffix))
