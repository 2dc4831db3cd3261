"""scikit-learn transformers for the numbers that the learned heads look at, for notebooks and experiments of your own.

They learn nothing: `fit` only checks, and `transform` gives the same numbers as a review would use.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from evidencereview import pipeline
from evidencereview.language.build import build_view
from evidencereview.language.features import CATEGORIES, KINDS, ROW_NAMES, SENTENCE_FLAGS, row_features, sentence_features
from evidencereview.language.heads import run_heads
from evidencereview.language.nlp import cell_sentences
from evidencereview.provisions import choose_pack
from evidencereview.records import Cell, Form, Row

Matrix = NDArray[np.float32]


class _Stateless(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """What the transformers share: there is nothing to fit."""

    def fit(self, X: Sequence[Any], y: object = None) -> Any:  # noqa: ARG002, N803  scikit-learn's names
        """Return itself."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True


class EvidenceVectors(_Stateless):
    """Texts to the shipped encoder's unit vectors, shape (texts, 384)."""

    def transform(self, X: Sequence[str]) -> Matrix:  # noqa: N803
        """Return one vector a text."""
        encoder = pipeline.load_models(None).needed_encoder
        return np.asarray(encoder.encode(list(X)), dtype=np.float32)


class EvidenceCues(_Stateless):
    """Texts to counts: sentences, words, cues of each category, mentions of each kind."""

    def transform(self, X: Sequence[str]) -> Matrix:  # noqa: N803
        """Return one line of counts a text, in the order of `get_feature_names_out`."""
        counted = [_counts(text) for text in X]
        return np.asarray(counted, dtype=np.float32).reshape(len(X), len(self.get_feature_names_out()))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[Any]:  # noqa: ARG002
        """Return the names of the columns."""
        cues, kinds = (f"cue:{name}" for name in CATEGORIES), (f"mention:{kind}" for kind in KINDS)
        return np.asarray(["sentences", "words", *cues, *kinds], dtype=object)


class RowFeatures(_Stateless):
    """Rows to what the row heads look at, shape (rows, names).

    Some numbers look at the whole form (sentences that repeat): keep the rows of a form together, as with GroupKFold.

    Args:
        edition: of the Code; "" detects it, form by form.
        as_of: the day against which dates are judged.
    """

    def __init__(self, edition: str = "", as_of: date | None = None) -> None:
        self.edition = edition
        self.as_of = as_of

    def transform(self, X: Sequence[Row]) -> Matrix:  # noqa: N803
        """Return one line a row, in the order of the rows and of `get_feature_names_out`.

        Raises:
            EditionError: no known edition fits the rows of a form.
        """
        table = np.zeros((len(X), len(self.get_feature_names_out())), dtype=np.float32)
        for name in dict.fromkeys(row.form for row in X):
            # As printed, whatever the order here: a row may lean on those before it.
            places = sorted((place for place, row in enumerate(X) if row.form == name), key=lambda place: X[place].order)
            table[places] = self._of_form(Form(name, "rows", "", tuple(X[place] for place in places)))
        return table

    def get_feature_names_out(self, input_features: object = None) -> NDArray[Any]:  # noqa: ARG002
        """Return the names of the columns."""
        shown = (f"{how}:{flag}" for how in ("highest", "mean", "second") for flag in SENTENCE_FLAGS)
        return np.asarray([*ROW_NAMES, *shown], dtype=object)

    def _of_form(self, form: Form) -> Matrix:
        models = pipeline.load_models(None)
        view = build_view(form, choose_pack(form, self.edition), models, self.as_of)
        features, places = sentence_features(view)
        if models.heads is None:
            return row_features(view, np.zeros((len(places), len(SENTENCE_FLAGS)), dtype=np.float32), places)
        return row_features(view, run_heads(models.heads.sentences, features, SENTENCE_FLAGS), places)


def _counts(text: str) -> list[int]:
    sentences = cell_sentences(text, Cell.EVIDENCE)
    cues = [cue.category for sentence in sentences for cue in sentence.cues]
    kinds = [mention.kind for sentence in sentences for mention in sentence.mentions]
    return [
        len(sentences),
        sum(len(sentence.words) for sentence in sentences),
        *(cues.count(name) for name in CATEGORIES),
        *(kinds.count(kind) for kind in KINDS),
    ]
