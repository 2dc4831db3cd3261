"""Fits the heads: those of duties and sentences, then row heads on their out-of-fold scores; grouped by landlord throughout.

A head is a scaler and a logistic regression. Small gradient boostings were tried and given up: on 62 landlords held out they
ranked as the linear heads do (average precision, linear and boosted: generic-reference 0.968 and 0.970, off-topic 0.39 and
0.42), and on four published forms not better (0.989 and 0.985, 0.44 and 0.24).

What a head looks at is kept short where our rows and published ones differ. The steps of a scale see no scores of single
sentences and, of the cross-encoder's readings, their own alone; restatement sees no scores of single sentences. Held out,
that costs little (relevance 3: 0.895 to 0.889, specificity 2: 0.986 to 0.981, restatement 0.78 to 0.76), and on four
published forms it gains (0.72 to 0.74, 0.82 to 0.84, 0.54 to 0.63): readings learn our writers' style along with the matter.

Partial coverage looks at the chances of the row's duties and at nothing else. In our first 2,749 rows those that leave a
duty out had a median of 18 words and the others 27, and a head that saw every feature learned that (average precision 0.75
on our held-out landlords, 0.57 with the lengths evened out, 0.65 on four published forms, where the medians are 35 and 38).
On duties alone it had 0.61, 0.60 and 0.75, and with clauses (see `language.clauses`) 0.69 on held-out landlords. How
near each piece of a duty lies to the nearest one of the row (late interaction) told more of our duties (area under the curve
0.889 for 0.878) and no more of published rows (0.79 for 0.80).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from evidencereview.errors import LabelError
from evidencereview.language.chances import with_chances
from evidencereview.language.features import DUTY_COLUMNS, OUTPUTS, ROW_NAMES, SENTENCE_FLAGS, Matrix, row_features
from evidencereview.language.gates import GATES
from evidencereview.language.view import FormView
from evidencereview.training.examples import UNKNOWN, FormExamples, SentenceExamples, row_sentences
from evidencereview.training.labels import Label

SEED = 20261122
FOLDS = 6
SENTENCE_STRENGTH = 0.02  # inverse regularisation, chosen on held-out landlords from 0.003 to 0.1
ROW_STRENGTH = 0.01
STEP_STRENGTH = 0.003  # of the steps of a scale, which nearly every feature speaks of: as good at 0.01
DUTY_STRENGTH = 0.3
COVERAGE_STRENGTH = 0.05
# Learned on rows whose duties somebody marked, and on nothing but these.
MARKED = frozenset({"partial-coverage"})
_SIZE = len(ROW_NAMES) + 3 * len(SENTENCE_FLAGS)
OTHER_COLUMNS = tuple(k for k in range(_SIZE) if k not in DUTY_COLUMNS)
_WITHOUT_SENTENCES = tuple(k for k in OTHER_COLUMNS if k < len(ROW_NAMES))


def columns_of(output: str) -> tuple[int, ...]:
    """Return the columns of the row features that an output is judged by.

    Duties' chances are for coverage and for relevance: to answer all that is asked is relevance 3 (kappa of relevance, the
    off-topic rows aside, 0.53, and 0.58 with the duties').
    """
    if output in MARKED:
        return DUTY_COLUMNS
    if output == "restated-requirement":
        return _WITHOUT_SENTENCES
    scale, _, step = output.partition(">=")
    if not step:
        return OTHER_COLUMNS
    read = tuple(k for k in _WITHOUT_SENTENCES if not ROW_NAMES[k].startswith("read:") or ROW_NAMES[k] == f"read:{output}")
    return tuple(sorted((*read, *DUTY_COLUMNS))) if scale == "relevance" else read


Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """The fitted heads, and what they said of landlords that they had not seen.

    Attributes:
        duties: the pipeline that tells whether a row speaks to a duty.
        sentences: one pipeline a sentence flag.
        rows: one pipeline an output.
        features: features of all training rows, shape (rows, dimensions).
        held_out: out-of-fold probability of each output, shape (rows, outputs).
        targets: 0 or 1, shape (rows, outputs).
        possible: whether the row may carry the output at all (its gate is open), shape (rows, outputs); a head learns from
            such rows alone.
        groups: landlord of each row.
    """

    duties: Pipeline
    sentences: tuple[Pipeline, ...]
    rows: tuple[Pipeline, ...]
    features: Matrix
    held_out: Floats
    targets: NDArray[np.int64]
    possible: NDArray[np.bool_]
    groups: tuple[str, ...]


def fit(forms: Sequence[FormExamples], singles: SentenceExamples | None) -> Fitted:
    """Fit all heads on the training forms and single sentences.

    Raises:
        LabelError: nobody has marked which duties the rows speak to.
    """
    shown = _held_out_sentences(forms, singles)
    views = _held_out_views(forms)
    features = np.concatenate([row_features(v, s, f.places) for f, v, s in zip(forms, views, shown, strict=True)])
    targets = np.concatenate([row_targets(form.labels) for form in forms])
    possible = _with_both_kinds(
        np.concatenate([open_gates(view) & looked_at(form) for form, view in zip(forms, views, strict=True)]), targets
    )
    groups = tuple(form.name for form in forms for _ in form.labels)
    held_out = _held_out_rows(features, targets, possible, groups)
    everything = np.ones(len(targets), dtype=np.bool_)
    rows = tuple(_output_head(k, everything, features, targets, possible) for k in range(len(OUTPUTS)))
    sentences = _sentence_heads(_joined(forms, singles))
    return Fitted(_duty_head(forms), sentences, rows, features, held_out, targets, possible, groups)


def open_gates(view: FormView) -> NDArray[np.bool_]:
    """Return for each row and output whether the output may be said of the row at all, shape (rows, outputs)."""
    return np.asarray(
        [[name not in GATES or GATES[name](view, row) for name in OUTPUTS] for row in view.rows], dtype=np.bool_
    )


def _with_both_kinds(possible: NDArray[np.bool_], targets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return the gates, open for all rows where those behind a gate are of one kind, as in very little text."""
    kinds = [len(set(targets[gate, k].tolist())) for k, gate in enumerate(possible.T)]
    return np.asarray(possible | (np.asarray(kinds) < 2), dtype=np.bool_)


def looked_at(form: FormExamples) -> NDArray[np.bool_]:
    """Return for each row and output whether the row teaches it: coverage only where somebody marked the row's duties."""
    marked = {i for (i, _), spoken in zip(form.duties, form.spoken, strict=True) if spoken != UNKNOWN}
    rows = [row.index in marked for row in form.view.rows]
    return np.asarray([[name not in MARKED or mark for name in OUTPUTS] for mark in rows], dtype=np.bool_)


def row_targets(labels: Sequence[Label]) -> NDArray[np.int64]:
    """Return one 0 or 1 a row and output."""
    return np.asarray([[_target(label, name) for name in OUTPUTS] for label in labels], dtype=np.int64)


def _target(label: Label, name: str) -> int:
    scale, _, step = name.partition(">=")
    return int(getattr(label, scale) >= int(step)) if step else int(name in label.flags)


def folds(names: Sequence[str], count: int = 0) -> Iterator[frozenset[str]]:
    """Yield the landlords to hold out, fold by fold, in a seeded order; in `FOLDS` folds where no number is given."""
    count = count or FOLDS
    unique = sorted(set(names))
    np.random.default_rng(SEED).shuffle(unique)
    return (frozenset(unique[k::count]) for k in range(count))


def _held_out_sentences(forms: Sequence[FormExamples], singles: SentenceExamples | None) -> list[Matrix]:
    scores: dict[str, Matrix] = {}
    for held in folds([form.name for form in forms]):
        heads = _sentence_heads(_joined([form for form in forms if form.name not in held], singles))
        scores |= {form.name: sentence_scores(heads, form.features) for form in forms if form.name in held}
    return [scores[form.name] for form in forms]


def _held_out_views(forms: Sequence[FormExamples]) -> list[FormView]:
    """Return the views with the chances of duties that a head gives which has not seen the landlord."""
    views: dict[str, FormView] = {}
    for held in folds([form.name for form in forms]):
        head = _duty_head([form for form in forms if form.name not in held])
        views |= {form.name: judged_duties(form, duty_chances(head, form.signs)) for form in forms if form.name in held}
    return [views[form.name] for form in forms]


def _duty_head(forms: Sequence[FormExamples]) -> Pipeline:
    signs = np.concatenate([form.signs for form in forms])
    spoken = np.concatenate([form.spoken for form in forms])
    known = spoken != UNKNOWN
    if not known.any():
        raise LabelError("no row says which of its duties it speaks to", "mark some in training_data/duties")
    return _head(signs[known], spoken[known], DUTY_STRENGTH)


def duty_chances(head: Pipeline, signs: Matrix) -> list[float]:
    """Return one probability a duty."""
    return [float(chance) for chance in head.predict_proba(signs)[:, 1]] if len(signs) else []


def judged_duties(form: FormExamples, chances: Sequence[float]) -> FormView:
    """Return a form's view with the chances of its duties."""
    return replace(form.view, coverage=with_chances(form.view.coverage, form.duties, chances))


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
    name = OUTPUTS[k]
    return _head(features[seen], targets[seen, k], _strength(name), columns_of(name))


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


def _strength(name: str) -> float:
    if name in MARKED:
        return COVERAGE_STRENGTH
    return STEP_STRENGTH if ">=" in name else ROW_STRENGTH


def _head(features: Matrix, targets: NDArray[Any], strength: float, columns: Sequence[int] = ()) -> Pipeline:
    parts = [StandardScaler(), LogisticRegression(C=strength, max_iter=2000, random_state=SEED)]
    return make_pipeline(*([_only(columns)] if columns else []), *parts).fit(features, targets)


def _only(columns: Sequence[int]) -> ColumnTransformer:
    return ColumnTransformer([("kept", "passthrough", list(columns))])
