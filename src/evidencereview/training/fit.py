"""Fits the heads: sentence heads, then row heads on out-of-fold sentence scores; grouped by landlord throughout.

A head is a scaler and a logistic regression, or a small gradient boosting where that was plainly better on landlords that it
had not seen (average precision, linear against boosted: partial-coverage 0.62 and 0.69, off-topic 0.15 and 0.21; on two
published forms generic-reference 0.93 and 0.99). For the other outputs the two scored alike, and the simpler one was kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from evidencereview.language.features import SENTENCE_FLAGS, Matrix, row_features
from evidencereview.language.substance import GATES
from evidencereview.language.view import FormView
from evidencereview.training.examples import FormExamples, SentenceExamples, row_sentences
from evidencereview.training.labels import Label

SEED = 20261122
FOLDS = 6
SENTENCE_STRENGTH = 0.02  # inverse regularisation, chosen on held-out landlords from 0.003 to 0.1
ROW_STRENGTH = 0.01
ROW_FLAGS = (*SENTENCE_FLAGS, "partial-coverage", "off-topic")
BOOSTED = frozenset({"generic-reference", "partial-coverage", "off-topic"})
STEPS: Mapping[str, tuple[int, ...]] = {"relevance": (1, 2, 3), "specificity": (1, 2, 3)}
OUTPUTS = (*ROW_FLAGS, *(f"{scale}>={step}" for scale, steps in STEPS.items() for step in steps))

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """The fitted heads, and what they said of landlords that they had not seen.

    Attributes:
        sentences: one pipeline a sentence flag.
        rows: one pipeline an output.
        features: features of all training rows, shape (rows, dimensions).
        held_out: out-of-fold probability of each output, shape (rows, outputs).
        targets: 0 or 1, shape (rows, outputs).
        possible: whether the row may carry the output at all (its gate is open), shape (rows, outputs); a head learns from
            such rows alone.
        groups: landlord of each row.
    """

    sentences: tuple[Pipeline, ...]
    rows: tuple[Pipeline, ...]
    features: Matrix
    held_out: Floats
    targets: NDArray[np.int64]
    possible: NDArray[np.bool_]
    groups: tuple[str, ...]


def fit(forms: Sequence[FormExamples], singles: SentenceExamples | None) -> Fitted:
    """Fit all heads on the training forms and single sentences."""
    shown = _held_out_sentences(forms, singles)
    features = np.concatenate([row_features(f.view, s, f.places) for f, s in zip(forms, shown, strict=True)])
    targets = np.concatenate([row_targets(form.labels) for form in forms])
    possible = np.concatenate([open_gates(form.view) for form in forms])
    groups = tuple(form.name for form in forms for _ in form.labels)
    held_out = _held_out_rows(features, targets, possible, groups)
    everything = np.ones(len(targets), dtype=np.bool_)
    rows = tuple(_output_head(k, everything, features, targets, possible) for k in range(len(OUTPUTS)))
    return Fitted(_sentence_heads(_joined(forms, singles)), rows, features, held_out, targets, possible, groups)


def open_gates(view: FormView) -> NDArray[np.bool_]:
    """Return for each row and output whether the output may be said of the row at all, shape (rows, outputs)."""
    return np.asarray([[name not in GATES or GATES[name](row) for name in OUTPUTS] for row in view.rows], dtype=np.bool_)


def row_targets(labels: Sequence[Label]) -> NDArray[np.int64]:
    """Return one 0 or 1 a row and output."""
    return np.asarray([[_target(label, name) for name in OUTPUTS] for label in labels], dtype=np.int64)


def _target(label: Label, name: str) -> int:
    scale, _, step = name.partition(">=")
    return int(getattr(label, scale) >= int(step)) if step else int(name in label.flags)


def folds(names: Sequence[str]) -> Iterator[frozenset[str]]:
    """Yield the landlords to hold out, fold by fold, in a seeded order."""
    unique = sorted(set(names))
    np.random.default_rng(SEED).shuffle(unique)
    return (frozenset(unique[k::FOLDS]) for k in range(FOLDS))


def _held_out_sentences(forms: Sequence[FormExamples], singles: SentenceExamples | None) -> list[Matrix]:
    scores: dict[str, Matrix] = {}
    for held in folds([form.name for form in forms]):
        heads = _sentence_heads(_joined([form for form in forms if form.name not in held], singles))
        scores |= {form.name: sentence_scores(heads, form.features) for form in forms if form.name in held}
    return [scores[form.name] for form in forms]


def _joined(forms: Sequence[FormExamples], singles: SentenceExamples | None) -> SentenceExamples:
    own = row_sentences(forms)
    if singles is None:
        return own
    return SentenceExamples(
        np.concatenate([own.features, singles.features]),
        np.concatenate([own.targets, singles.targets]),
        (*own.groups, *singles.groups),
    )


def _sentence_heads(examples: SentenceExamples) -> tuple[Pipeline, ...]:
    made = []
    for k in range(len(SENTENCE_FLAGS)):
        known = examples.targets[:, k] >= 0
        made.append(_head(examples.features[known], examples.targets[known, k], SENTENCE_STRENGTH))
    return tuple(made)


def sentence_scores(heads: Sequence[Pipeline], features: Matrix) -> Matrix:
    """Return one probability a sentence and flag, shape (sentences, flags)."""
    if not len(features):
        return np.zeros((0, len(heads)), dtype=np.float32)
    return np.stack([head.predict_proba(features)[:, 1] for head in heads], axis=1).astype(np.float32)


def _output_head(
    k: int, known: NDArray[np.bool_], features: Matrix, targets: NDArray[np.int64], possible: NDArray[np.bool_]
) -> Pipeline:
    """Fit one output on the known rows whose gate is open, or on all known rows where those are of one kind."""
    gated = known & possible[:, k]
    seen = gated if len(set(targets[gated, k].tolist())) > 1 else known
    return _row_head(OUTPUTS[k], features[seen], targets[seen, k])


def _held_out_rows(
    features: Matrix, targets: NDArray[np.int64], possible: NDArray[np.bool_], groups: Sequence[str]
) -> Floats:
    result = np.zeros(targets.shape)
    names = np.asarray(groups)
    for held in folds(groups):
        out = np.isin(names, sorted(held))
        for k in range(len(OUTPUTS)):
            head = _output_head(k, ~out, features, targets, possible)
            result[out, k] = head.predict_proba(features[out])[:, 1]
    return result


def _row_head(name: str, features: Matrix, targets: NDArray[Any]) -> Pipeline:
    if name not in BOOSTED:
        return _head(features, targets, ROW_STRENGTH)
    trees = GradientBoostingClassifier(
        n_estimators=120, max_depth=3, learning_rate=0.06, subsample=0.6, max_features=0.3, random_state=SEED
    )
    # No scaler: trees need none, and a scaled value on the edge of a split would fall to the other side in single precision.
    return make_pipeline(trees).fit(features, targets)


def _head(features: Matrix, targets: NDArray[Any], strength: float) -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=2000, random_state=SEED)).fit(
        features, targets
    )
