"""From Python: a review as plain values, as a table, as a file."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from command_line import ENVIRONMENT
from evidencereview import report
from evidencereview.errors import SettingsError, WriteError
from evidencereview.report import json_format
from made_reviews import decided_review, made_review, nasty_review, sample_review

SCHEMA = json.loads((Path(report.__file__).parent / "evidencereview-1.schema.json").read_text(encoding="utf-8"))


def test_to_dict_is_the_json() -> None:
    for review in (sample_review(), decided_review()):
        jsonschema.validate(review.to_dict(), SCHEMA)
        assert review.to_dict() == json.loads(json_format.render(review))


def test_a_line_a_row() -> None:
    frame = sample_review().to_frame()
    assert frame["provision"].tolist() == [item.row.number for item in sample_review().items]
    assert frame["rank"].tolist() == list(range(1, 15))
    assert frame["flags"][0] == ("future-commitment",) and frame["open_findings"].sum() == 11
    assert frame["provision"].map(type).eq(str).all()


def test_a_line_a_finding() -> None:
    frame = decided_review().to_frame("finding").set_index("provision")
    assert len(frame) == 11
    first = frame.loc["1.2"]
    assert (first["words"], first["decision"], first["owner"]) == ("will be reviewing", "accepted", "A. Owner")
    assert first["due"] == date(2027, 3, 31) and not first["is_open"]
    assert frame.loc["8.1"]["field"] == "" and frame.loc["8.1"]["is_open"]


def test_an_empty_review_has_the_columns() -> None:
    for by in ("row", "finding"):
        frame = made_review(()).to_frame(by)
        assert len(frame) == 0 and list(frame.columns) == list(sample_review().to_frame(by).columns)
    with pytest.raises(SettingsError, match="there is no table by 'word'; say 'row' or 'finding'"):
        sample_review().to_frame("word")


@pytest.mark.parametrize("name", report.built_formats())
def test_write_saves_what_the_name_asks_for(tmp_path: Path, name: str) -> None:
    ending = {value: key for key, value in report.SUFFIXES.items()}[name]
    path = nasty_review().write(tmp_path / f"list{ending}", min_tier=1)
    assert path.read_bytes() == report.find_format(name).render(nasty_review(), min_tier=1)
    again = nasty_review().write(str(tmp_path / "other.bin"), name, min_tier=1)
    assert again.read_bytes() == path.read_bytes()


def test_write_refuses(tmp_path: Path) -> None:
    form = tmp_path / "form.txt"
    form.write_bytes(b"the form")
    read = sample_review()
    read = replace(read, form=replace(read.form, sha256=hashlib.sha256(b"the form").hexdigest()))
    with pytest.raises(WriteError, match="exists; add --force"):
        read.write(form)
    with pytest.raises(WriteError, match="is the form itself"):
        read.write(form, force=True)
    with pytest.raises(SettingsError, match=r"the name list asks for no format; end it in one of \.txt"):
        read.write(tmp_path / "list")
    assert form.read_bytes() == b"the form" and [path.name for path in tmp_path.iterdir()] == ["form.txt"]


SPACY = """
import spacy
nlp = spacy.blank("en")
nlp.add_pipe("evidence_sentences")
nlp.add_pipe("evidence_cues")
doc = nlp("We will review the policy. Staff answer within ten working days.")
print([(span.text, span.label_) for span in doc.spans["evidence_cues"]])
"""


def test_a_notebook_finds_the_spacy_components_without_importing_ours() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPACY], env=ENVIRONMENT, capture_output=True, text=True, timeout=60, check=False
    )
    if "Can't find factory" in done.stderr:
        pytest.skip("the package is not installed, so spaCy does not know its entry points")
    assert done.returncode == 0, done.stderr
    assert "'promise'" in done.stdout
