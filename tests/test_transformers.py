"""The transformers: scikit-learn's ways, one line a text or row, and the same numbers as a review uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

import evidencereview
from evidencereview.language.build import build_view
from evidencereview.language.features import SENTENCE_FLAGS, row_features, sentence_features
from evidencereview.language.heads import run_heads
from evidencereview.pipeline import load_models
from evidencereview.provisions import load_pack
from evidencereview.readers import read_form
from evidencereview.records import Form
from evidencereview.transformers import EvidenceCues, EvidenceVectors, RowFeatures
from toy_models import SIZE, toys_in_place

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
TEXTS = ["We will review the policy in May.", "", "Clause 4 of the policy, approved 12 March 2024, page 3."]


@pytest.fixture
def toys() -> Iterator[None]:
    with toys_in_place():
        yield


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(SAMPLE)


def test_cues_are_counted() -> None:
    names, counts = list(EvidenceCues().get_feature_names_out()), EvidenceCues().fit_transform(TEXTS)
    assert counts.shape == (3, len(names)) and counts.dtype == np.float32
    told = [dict(zip(names, line, strict=True)) for line in counts.tolist()]
    assert told[0]["sentences"] == 1 and told[0]["cue:promise"] >= 1
    assert not any(told[1].values())
    assert told[2]["cue:promise"] == 0 and sum(v for k, v in told[2].items() if k.startswith("mention:")) >= 2


def test_no_texts_are_no_lines(toys: None) -> None:
    assert EvidenceCues().transform([]).shape == (0, len(EvidenceCues().get_feature_names_out()))
    assert RowFeatures().transform([]).shape == (0, len(RowFeatures().get_feature_names_out()))


def test_vectors_are_unit_vectors(toys: None) -> None:
    vectors = EvidenceVectors().fit_transform(TEXTS)
    assert vectors.shape == (3, SIZE)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_they_stand_in_a_pipeline(toys: None) -> None:
    texts, flags = TEXTS * 4, [1, 0, 0] * 4
    model = make_pipeline(make_union(EvidenceCues(), EvidenceVectors()), LogisticRegression())
    assert clone(model).fit(texts, flags).predict(texts).tolist() == flags


def test_rows_come_in_their_order_and_forms_apart(toys: None, form: Form) -> None:
    table = RowFeatures().fit_transform(form.rows)
    assert table.shape == (72, len(RowFeatures().get_feature_names_out()))
    assert np.array_equal(RowFeatures(edition="2024").transform(form.rows[::-1])[::-1], table)
    assert clone(RowFeatures(edition="2022")).edition == "2022"


@pytest.mark.models
def test_rows_have_the_numbers_of_a_review(shipped: None, form: Form) -> None:
    models = load_models(None)
    assert models.heads is not None
    view = build_view(form, load_pack("2024"), models)
    features, places = sentence_features(view)
    expected = row_features(view, run_heads(models.heads.sentences, features, SENTENCE_FLAGS), places)
    assert np.array_equal(RowFeatures().transform(form.rows), expected)
