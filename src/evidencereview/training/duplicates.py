"""Finds texts of two landlords that are all but the same: they would let a model meet in the test what it was taught."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidencereview.training.counts import runs_of, words_of
from evidencereview.training.data import TrainingForm, TrainingSentence

LEAST_WORDS = 8
SAME = 0.8


@dataclass(frozen=True, slots=True)
class Text:
    """A training text: whose it is, where it stands, and what it says."""

    group: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two texts of different landlords, and how alike they are (shared five-word runs by all of both, 0 to 1)."""

    first: Text
    second: Text
    alike: float


def texts_of(forms: Sequence[TrainingForm], sentences: Sequence[TrainingSentence]) -> tuple[Text, ...]:
    """Return evidence and commentary of every row, and every single sentence."""
    rows = (Text(form.form.name, f"{form.form.name} {row.order}", row.text) for form in forms for row in form.form.rows)
    singles = (Text(each.group, f"sentence {n} ({each.group})", each.text) for n, each in enumerate(sentences, 1))
    return (*rows, *singles)


def near_duplicates(texts: Sequence[Text]) -> tuple[Duplicate, ...]:
    """Return the pairs of different landlords with a likeness of 0.8 or more, among texts of eight words or more."""
    words = [words_of(each.text) for each in texts]
    runs = [runs_of(each) if len(each) >= LEAST_WORDS else frozenset() for each in words]
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found = []
    for here, own in enumerate(runs):
        shared = Counter(there for run in own for there in places[run])
        for there, count in sorted(shared.items()):
            alike = count / (len(own) + len(runs[there]) - count)
            if alike >= SAME and texts[here].group != texts[there].group:
                found.append(Duplicate(texts[there], texts[here], alike))
        for run in own:
            places[run].append(here)
    return tuple(found)
