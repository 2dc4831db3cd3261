from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.errors import EvidenceReviewError, FormError
from evidencereview.readers import read_form
from evidencereview.readers.rows_io import KEYS, read_rows, write_rows
from evidencereview.records import Answer, Row

LABELS_KEYS = (
    "form", "order", "section", "provision", "provision_inferred", "requirement", "answer_raw", "answer", "evidence",
    "commentary", "mandatory",
)  # fmt: skip
GOOD = {"form": "marrow", "provision": "5.10", "requirement": "We must.", "answer_raw": "Yes", "evidence": "Rota."}

texts = st.text(st.characters(exclude_categories=()), max_size=60)
rows = st.builds(
    Row,
    form=texts, order=st.integers(0, 999), section=st.integers(0, 99), provision=st.none() | texts,
    provision_inferred=st.none() | texts, requirement=texts, answer_raw=texts, answer=st.sampled_from(Answer),
    evidence=texts, commentary=texts, mandatory=st.booleans(),
)  # fmt: skip


@given(st.lists(rows, max_size=5))
def test_rows_come_back_as_they_went(many):
    assert read_rows(write_rows(many)) == tuple(many)


@given(rows)
def test_one_line_a_row_and_always_writable(row):
    text = write_rows([row])
    assert text.count("\n") == 1
    text.encode("utf-8")


def test_keys_are_those_of_labels():
    row = Row("f", 1, 1, "1.2", None, "r", "Yes", Answer.YES, "e", "", True)
    assert KEYS == LABELS_KEYS
    assert tuple(json.loads(write_rows([row]))) == LABELS_KEYS
    assert '"answer": "yes"' in write_rows([row])


def test_corpus_rows_are_written_as_they_stand(corpus):
    for path in sorted(corpus.glob("*.rows.jsonl")):
        text = path.read_text(encoding="utf-8")
        assert write_rows(read_rows(text)) == text.rstrip("\n") + "\n"


def test_what_is_missing_is_concluded():
    row = read_rows(json.dumps(GOOD))[0]
    assert (row.order, row.section, row.answer, row.mandatory, row.commentary) == (1, 5, "yes", True, "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"provision": 5.1}, "'provision' must be a text in quotes"),
        ({"evidence": None}, "'evidence' must be a text"),
        ({"answer": "maybe"}, "'answer' must be one of"),
        ({"answer": ["yes"]}, "'answer' must be one of"),
        ({"mandatory": "yes"}, "'mandatory' must be true or false"),
        ({"order": True}, "'order' must be a whole number"),
        ({"section": -1}, "'section' must be a whole number"),
    ],
)
def test_wrong_values_name_line_and_key(change, message):
    with pytest.raises(FormError, match=message) as error:
        read_rows(json.dumps(GOOD) + "\n\n" + json.dumps(GOOD | change))
    assert "line 3" in str(error.value)


@pytest.mark.parametrize("line", ["{", "[1]", "nonsense", '{"form": "x"}', "[" * 100_000, '{"order": ' + "9" * 5000 + "}"])
def test_lines_that_are_no_rows(line):
    with pytest.raises(FormError):
        read_rows(line)


@given(st.text(max_size=300))
def test_any_text_is_rows_or_an_error_of_ours(text):
    with suppress(EvidenceReviewError):
        read_rows(text)


def test_file_of_rows_drops_controls_and_notes_what_it_passes_over(write_text):
    path = write_text(json.dumps(GOOD | {"evidence": "Ro\x00ta\ud800", "flags": []}) + "\n", "marrow.jsonl")
    form = read_form(path)
    assert (form.name, form.rows[0].form, form.rows[0].evidence) == ("marrow", "marrow", "Rota\ufffd")
    assert {"control-characters", "unknown-keys"} <= {note.kind for note in form.notes}


def test_rows_of_two_forms_are_refused(write_text):
    with pytest.raises(FormError, match="2 forms"):
        read_form(write_text(json.dumps(GOOD) + "\n" + json.dumps(GOOD | {"form": "other"}), "x.jsonl"))
