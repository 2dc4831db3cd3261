"""Held-out readings: kept by pair, used in place of the model that has seen the row, and never those of another model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evidencereview.errors import LabelError
from evidencereview.language.build import Models, look_at_rows
from evidencereview.language.cross_encoder import shipped_cross_encoder
from evidencereview.language.model_files import models_folder
from evidencereview.language.pair_texts import Pair, pair_of
from evidencereview.provisions import load_pack
from evidencereview.training.data import load_training_forms
from evidencereview.training.readings import FILE, HeldOutReadings, keep_readings, key_of, load_readings, training_models
from toy_models import ToyEncoder

DATA = Path(__file__).parents[2] / "training_data"
PAIRS = [("asked", "yes. One."), ("asked", "yes. Two."), ("asked", "yes. One.")]


class Seen:
    """A model that gives every pair the number 9, and remembers what it was asked."""

    name = "seen"

    def __init__(self) -> None:
        self.asked: list[Pair] = []

    def encode(self, texts: Sequence[Pair]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        return np.full((len(texts), 2), 9.0, dtype=np.float32)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    keep_readings(tmp_path / FILE, "seen", PAIRS, np.array([[1.0, 2.0], [3.0, 4.0], [2.0, 4.0]], dtype=np.float32))
    return tmp_path / FILE


def test_a_pair_that_stands_twice_keeps_the_mean(kept: Path) -> None:
    readings = load_readings(kept, "seen")
    assert {key: values.tolist() for key, values in readings.items()} == {
        key_of(PAIRS[0]): [1.5, 3.0],
        key_of(PAIRS[1]): [3.0, 4.0],
    }


def test_only_new_pairs_are_read_by_the_model_itself(kept: Path) -> None:
    model = Seen()
    held_out = HeldOutReadings(load_readings(kept, "seen"), model)
    new = ("asked", "yes. Three.")
    assert held_out.encode([PAIRS[1], new, PAIRS[0]]).tolist() == [[3.0, 4.0], [9.0, 9.0], [1.5, 3.0]]
    assert model.asked == [new]
    assert held_out.encode([]).shape == (0, 2)
    assert held_out.name == "seen"


def test_readings_of_another_model_are_refused(kept: Path) -> None:
    with pytest.raises(LabelError, match="made by another cross-encoder"):
        load_readings(kept, "newer")


@pytest.mark.models
@pytest.mark.skipif(not (models_folder() / "cross_encoder").is_dir(), reason="models/cross_encoder is not here")
def test_nearly_every_training_row_has_a_held_out_reading() -> None:
    """A few rows may be newer than the cross-encoder; many would be read by a model that was made without them."""
    model = shipped_cross_encoder()
    assert model is not None
    kept = load_readings(DATA / FILE, model.name)
    packs = {form.edition: load_pack(form.edition) for form in load_training_forms(DATA)}
    rows = [
        row for form in load_training_forms(DATA)[::4] for row in look_at_rows(form.form, packs[form.edition], Models(None))
    ]
    assert sum(key_of(pair_of(row)) in kept for row in rows) >= 0.98 * len(rows), "run 'make cross-encoder'"


@pytest.mark.models
@pytest.mark.skipif(not (models_folder() / "cross_encoder").is_dir(), reason="models/cross_encoder is not here")
def test_heads_are_trained_on_held_out_readings() -> None:
    assert isinstance(training_models(ToyEncoder(), DATA).cross_encoder, HeldOutReadings)


@pytest.mark.models
@pytest.mark.skipif(not (models_folder() / "cross_encoder").is_dir(), reason="models/cross_encoder is not here")
def test_text_that_the_model_has_never_seen_is_read_by_it_as_it_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert training_models(ToyEncoder(), tmp_path).cross_encoder is shipped_cross_encoder()
    assert "as it is shipped" in caplog.text
