"""Counts the training text: rows, sentences, positives and near misses of each flag, and how often words return."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidencereview.language.features import SENTENCE_FLAGS
from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import Sentence
from evidencereview.provisions import load_pack
from evidencereview.records import Row
from evidencereview.training.data import TrainingForm, TrainingSentence
from evidencereview.training.labels import FLAGS, Label

RUN = 5
LEAST_ROWS = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How often one flag stands, and how often a text only looks like it, in rows and in single sentences."""

    flag: str
    rows: int
    near_rows: int
    sentences: int
    near_sentences: int

    @property
    def positives(self) -> int:
        """Rows and single sentences that carry the flag."""
        return self.rows + self.sentences

    @property
    def near(self) -> int:
        """Rows and single sentences that only look like it."""
        return self.near_rows + self.near_sentences


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of five words: how many there are, and how many of them stand in three rows or more."""

    all: int
    repeated: int

    @property
    def share(self) -> float:
        """Repeated runs by all runs."""
        return self.repeated / self.all if self.all else 0.0


def count_flags(forms: Sequence[TrainingForm], sentences: Sequence[TrainingSentence]) -> tuple[FlagCount, ...]:
    """Count every flag, in the order of `FLAGS`."""
    return tuple(
        FlagCount(
            flag,
            sum(flag in label.flags for form in forms for label in form.labels),
            sum(flag in near for form in forms for near in form.near),
            sum(flag in sentence.flags for sentence in sentences),
            sum(flag in sentence.near for sentence in sentences),
        )
        for flag in FLAGS
    )


def is_whole(form: TrainingForm) -> bool:
    """Tell whether the rows are one whole form: every provision once, in the printed order."""
    return tuple(row.number for row in form.form.rows) == load_pack(form.edition).numbers


def marked_sentences(forms: Sequence[TrainingForm]) -> int:
    """Count the sentences of rows that a label's span marks as showing a sentence flag."""
    return sum(
        _is_marked(row, sentence, label)
        for form in forms
        for row, label in zip(form.form.rows, form.labels, strict=True)
        for sentence in row_sentences(row)
    )


def _is_marked(row: Row, sentence: Sentence, label: Label) -> bool:
    """Whether most of the sentence, or of the marked words, is shared by the two."""
    text = row.cell(sentence.cell)
    for flag in set(SENTENCE_FLAGS) & set(label.flags):
        words = label.spans.get(flag, "")
        start = text.find(words) if words else -1
        shared = min(start + len(words), sentence.end) - max(start, sentence.start)
        if start >= 0 and shared > 0.5 * min(len(words), sentence.end - sentence.start):
            return True
    return False


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, without punctuation."""
    return tuple(_WORD.findall(text.lower()))


def runs_of(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Return the distinct runs of five words."""
    return frozenset(tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def five_word_runs(rows: Iterable[Row]) -> Runs:
    """Count the runs of five words over evidence and commentary, and those that stand in three rows or more."""
    places: dict[tuple[str, ...], int] = defaultdict(int)
    for row in rows:
        for run in runs_of(words_of(row.text)):
            places[run] += 1
    return Runs(len(places), sum(count >= LEAST_ROWS for count in places.values()))
