"""From labelled text to arrays: features and targets of sentences and of rows, with the landlord as group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.build import Models, build_view
from evidencereview.language.chances import Place, duty_signs
from evidencereview.language.features import SENTENCE_FLAGS, Matrix, sentence_features
from evidencereview.language.vectors import TextEncoder
from evidencereview.language.view import FormView, RowView, Sentence
from evidencereview.provisions import load_pack
from evidencereview.training.data import TrainingForm, TrainingSentence, sentence_forms
from evidencereview.training.labels import Label

UNKNOWN = -1
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class SentenceExamples:
    """Sentences as features, shape (sentences, dimensions), and targets, shape (sentences, len(SENTENCE_FLAGS)).

    A target is 1, 0, or UNKNOWN (-1) where the label does not say (another sentence of a row that carries the flag).
    """

    features: Matrix
    targets: Ints
    groups: tuple[str, ...]


@dataclass(frozen=True)
class FormExamples:
    """One form with its view, its sentences' features and their places, and its labels.

    `signs` are those of its duties, `duties` their places, and `spoken` 1, 0, or UNKNOWN (-1) where nobody has looked.
    """

    name: str
    view: FormView
    features: Matrix
    places: list[Place]
    targets: Ints
    labels: tuple[Label, ...]
    signs: Matrix
    duties: list[Place]
    spoken: Ints


def form_examples(form: TrainingForm, models: Models) -> FormExamples:
    """Build the view and features of one training form."""
    view = build_view(form.form, load_pack(form.edition), models)
    features, places = sentence_features(view)
    targets = [_targets(view.rows[i], view.rows[i].sentences[j], form.labels[i]) for i, j in places]
    signs, duties = duty_signs(view.coverage)
    spoken = [int(form.spoken[i].get(view.coverage[i][j].duty.id, UNKNOWN)) for i, j in duties]
    return FormExamples(
        form.form.name,
        view,
        features,
        places,
        np.asarray(targets),
        form.labels,
        signs,
        duties,
        np.asarray(spoken, dtype=np.int64),
    )


def _targets(row: RowView, sentence: Sentence, label: Label) -> list[int]:
    return [_target(row, sentence, label, flag) for flag in SENTENCE_FLAGS]


def _target(row: RowView, sentence: Sentence, label: Label, flag: str) -> int:
    if flag not in label.flags:
        return 0
    words = label.spans.get(flag, "")
    start = row.row.cell(sentence.cell).find(words) if words else -1
    if start < 0:
        return UNKNOWN
    shared = min(start + len(words), sentence.end) - max(start, sentence.start)
    return 1 if shared > 0.5 * min(len(words), sentence.end - sentence.start) else UNKNOWN


def row_sentences(forms: Sequence[FormExamples]) -> SentenceExamples:
    """Join the sentences of several forms."""
    return SentenceExamples(
        np.concatenate([form.features for form in forms]),
        np.concatenate([form.targets for form in forms]),
        tuple(form.name for form in forms for _ in form.places),
    )


def single_sentences(sentences: Sequence[TrainingSentence], encoder: TextEncoder) -> SentenceExamples:
    """Build features and targets of the single sentences; where one is split in two, its longest part speaks for it."""
    features, targets, groups = [], [], []
    for form, held in sentence_forms(sentences):
        view = build_view(form, load_pack(form.edition), Models(encoder))
        made, places = sentence_features(view)
        for i, sentence in enumerate(held):
            own = [k for k, (row, _) in enumerate(places) if row == i]
            if own:
                longest = max(own, key=lambda k: len(view.rows[places[k][0]].sentences[places[k][1]].words))
                features.append(made[longest])
                targets.append([int(flag in sentence.flags) for flag in SENTENCE_FLAGS])
                groups.append(sentence.group)
    return SentenceExamples(np.stack(features), np.asarray(targets), tuple(groups))
