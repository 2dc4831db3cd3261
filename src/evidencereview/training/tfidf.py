"""The learned baseline: TF-IDF with logistic regression, one against the rest, trained on our own training data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from evidencereview.errors import LabelError
from evidencereview.records import Row
from evidencereview.training.judgements import Judgement
from evidencereview.training.labels import FLAGS, Label

Predict = Callable[[Any], NDArray[Any]]
_CERTAIN = 0.5


@dataclass(frozen=True, slots=True)
class TfidfBaseline:
    """A fitted baseline; `judge` takes the rows of one form."""

    vectorizer: Any
    flags: dict[str, Predict]
    grades: tuple[Predict, Predict, Predict]

    def judge(self, rows: Sequence[Row]) -> tuple[Judgement, ...]:
        """Judge the rows of one form; rows of one tier are ordered by how many flags are expected of them."""
        matrix = self.vectorizer.transform([_told(row) for row in rows])
        sure = {flag: predict(matrix) for flag, predict in self.flags.items()}
        relevance, specificity, tier = (predict(matrix) for predict in self.grades)
        expected = sum(sure.values(), np.zeros(len(rows)))
        judged = []
        for rank, n in enumerate(np.lexsort((np.arange(len(rows)), -expected, -tier)), 1):
            flags = {flag: float(values[n]) for flag, values in sure.items() if values[n] >= _CERTAIN}
            grades = (int(relevance[n]), int(specificity[n]), int(tier[n]))
            judged.append(Judgement(rows[n].number, rank, *grades, flags))
        return tuple(judged)


def fit_tfidf(train: Sequence[tuple[Row, Label]]) -> TfidfBaseline:
    """Fit on labelled rows; a flag without a gold row is never said.

    Raises:
        LabelError: no row to train on.
    """
    if not train:
        raise LabelError("no rows to train on", "give labelled rows")
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    matrix = vectorizer.fit_transform([_told(row) for row, _ in train])
    labels = [label for _, label in train]
    flags = {flag: _fit_flag(matrix, np.array([flag in label.flags for label in labels])) for flag in FLAGS}
    grades = tuple(
        _fit_grade(matrix, np.array([getattr(label, name) for label in labels]))
        for name in ("relevance", "specificity", "tier")
    )
    return TfidfBaseline(vectorizer, flags, (grades[0], grades[1], grades[2]))


def tfidf_baseline(train_rows: Sequence[tuple[Row, Label]], test_rows: Sequence[Row]) -> tuple[Judgement, ...]:
    """Fit on labelled rows and judge the rows of one form.

    Raises:
        LabelError: no row to train on.
    """
    return fit_tfidf(train_rows).judge(test_rows)


def _told(row: Row) -> str:
    return f"answer_{row.answer.value.replace('-', '_')} {row.text}"


def _fit_flag(matrix: Any, truth: NDArray[np.bool_]) -> Predict:
    if truth.all() or not truth.any():
        return _always(float(truth[0]))
    model = LogisticRegression(class_weight="balanced", max_iter=1000, C=10.0).fit(matrix, truth)
    return lambda other: np.asarray(model.predict_proba(other)[:, 1])


def _fit_grade(matrix: Any, grades: NDArray[np.int_]) -> Predict:
    if len(set(grades.tolist())) < 2:
        return _always(int(grades[0]))
    model = LogisticRegression(class_weight="balanced", max_iter=1000, C=10.0).fit(matrix, grades)
    return lambda other: np.asarray(model.predict(other))


def _always(value: float) -> Predict:
    return lambda other: np.full(other.shape[0], value)
