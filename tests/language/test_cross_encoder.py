"""The shipped cross-encoder: what it is given of a row, and each row's reading its own whatever else is read."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencereview.errors import ModelError
from evidencereview.language.build import Models, build_view, look_at_rows
from evidencereview.language.cross_encoder import FOLDER, READINGS, CrossEncoder, shipped_cross_encoder
from evidencereview.language.encoder import shipped_encoder
from evidencereview.language.features import OUTPUTS
from evidencereview.language.heads import load_heads
from evidencereview.language.model_files import models_folder
from evidencereview.language.pair_texts import pair_of
from evidencereview.language.view import RowView
from evidencereview.provisions import load_pack
from evidencereview.records import Form
from made_reviews import made_row

TOLERANCE = 1e-5
ASKED = "The landlord keeps a record of each complaint, its outcome and what was agreed."
SAYINGS = (
    "yes. This is standard practice.",
    "yes. Complaints Policy v4, section 2.1, approved 3 March 2024. The register is checked each Friday by the team leader.",
    "no. We will bring in a register in the autumn.",
    "yes. ",
)
here = pytest.mark.skipif(
    not (models_folder() / FOLDER / "model.onnx").is_file(), reason="models/cross_encoder is not here: make cross-encoder"
)


@pytest.fixture(scope="module")
def reader() -> CrossEncoder:
    return CrossEncoder(models_folder() / FOLDER, beside=shipped_encoder(), cached_texts=0)


def _rows(*saying: dict[str, str]) -> tuple[RowView, ...]:
    form = Form("f", "jsonl", "", tuple(made_row("5.1", order=i, **each) for i, each in enumerate(saying, 1)))
    return look_at_rows(form, load_pack("2024"), Models(None))


def test_a_row_is_read_beside_our_own_words_for_its_provision() -> None:
    both, one = _rows(
        {"evidence": "Policy, section 2.", "commentary": "Checked weekly."},
        {"evidence": "", "commentary": "Checked weekly."},
    )
    assert pair_of(both) == (load_pack("2024").by_number["5.1"].summary, "yes. Policy, section 2. / Checked weekly.")
    assert pair_of(one)[1] == "yes. Checked weekly."


def test_a_provision_that_is_not_known_is_read_as_printed() -> None:
    form = Form("f", "jsonl", "", (made_row("77.1", requirement="Lifts shall be safe.", evidence="They are."),))
    (row,) = look_at_rows(form, load_pack("2024"), Models(None))
    assert pair_of(row) == ("Lifts shall be safe.", "yes. They are.")


@pytest.mark.models
@here
def test_one_log_odds_an_output(reader: CrossEncoder) -> None:
    assert reader.encode([(ASKED, saying) for saying in SAYINGS]).shape == (len(SAYINGS), len(READINGS))
    assert reader.encode([]).shape == (0, len(READINGS))
    assert reader.card["outputs"] == list(READINGS)


@pytest.mark.models
@here
def test_it_tells_a_bare_assertion_from_a_particular(reader: CrossEncoder) -> None:
    bare, checkable = reader.encode([(ASKED, saying) for saying in SAYINGS[:2]])
    assert bare[OUTPUTS.index("bare-assertion")] > 0 > checkable[OUTPUTS.index("bare-assertion")]
    assert checkable[OUTPUTS.index("specificity>=2")] > 0 > bare[OUTPUTS.index("specificity>=2")]


@pytest.mark.models
@here
def test_neighbours_and_threads_have_no_say(reader: CrossEncoder) -> None:
    pairs = [(ASKED, saying * k) for saying in SAYINGS for k in (1, 2, 5, 40)]
    alone = np.vstack([reader.encode([pair]) for pair in pairs])
    single = CrossEncoder(models_folder() / FOLDER, beside=shipped_encoder(), threads=1, cached_texts=0)
    order = random.Random(3).sample(range(len(pairs)), len(pairs))
    for each in (reader, single):
        assert np.abs(each.encode([pairs[i] for i in order]) - alone[order]).max() <= TOLERANCE


@pytest.mark.models
@here
@settings(max_examples=25)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_have_a_reading(reader: CrossEncoder, asked: str, said: str) -> None:
    assert np.isfinite(reader.encode([(asked, said)])).all()


@pytest.mark.models
@here
@pytest.mark.parametrize(
    "said", ["word " * 5_000, "[SEP] [SEP] [SEP]", "\ud800 half a character"], ids=["long", "marks", "half"]
)
def test_odd_texts_have_a_reading(reader: CrossEncoder, said: str) -> None:
    assert np.isfinite(reader.encode([(ASKED, said), (said, ASKED)])).all()


@pytest.mark.models
@here
def test_a_view_holds_the_reading_of_each_row() -> None:
    form = Form(
        "f", "jsonl", "", tuple(made_row("5.1", order=i, evidence=said) for i, said in enumerate(("One.", "", "Two."), 1))
    )
    reader = shipped_cross_encoder()
    view = build_view(form, load_pack("2024"), Models(shipped_encoder(), cross_encoder=reader))
    assert reader is not None
    assert np.allclose(view.readings, reader.encode([pair_of(row) for row in view.rows]))
    assert build_view(form, load_pack("2024"), Models(shipped_encoder())).readings == ()


@pytest.mark.models
@here
def test_heads_are_refused_beside_another_cross_encoder() -> None:
    with pytest.raises(ModelError, match="trained for another cross encoder"):
        load_heads(shipped_encoder().name, "none")


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps({"name": "x"}), encoding="utf-8")
    with pytest.raises(ModelError, match="is missing") as raised:
        CrossEncoder(tmp_path, beside=shipped_encoder()).encode([(ASKED, SAYINGS[0])])
    assert "make cross-encoder" in raised.value.remedy
