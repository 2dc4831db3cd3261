"""All pairs of texts that the cross-encoder learns from, with the outputs that each of them teaches.

- a row of a training form: every output of the row heads, and whether it breaks its provision;
- a row of `conflicts/`: whether it breaks its provision;
- two sentences: whether both can be true. From `contradictions/`, either way round; and, as pairs that can, those
  of whole training forms that a review would ask about (`candidate_pairs`), unless the labels call the rows contradictory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.build import Models, build_view
from evidencereview.language.candidate_pairs import MOST, candidate_pairs
from evidencereview.language.cross_encoder import READINGS
from evidencereview.language.features import OUTPUTS
from evidencereview.language.pair_texts import CONFLICT, CONTRADICTION, Pair, answered, pair_of, texts_of
from evidencereview.language.view import RowView, Sentence
from evidencereview.provisions import load_pack
from evidencereview.records import Form
from evidencereview.training.clashes import load_conflicts, load_row_pairs
from evidencereview.training.examples import FormExamples
from evidencereview.training.fit import looked_at, open_gates, row_targets

# Of a whole form, more than a review asks about: they cost nothing here, and a model learns from each what is no clash.
MOST_CANDIDATES = 40
ROWS, SINGLE, PAIRS, CANDIDATES = "rows", "conflicts", "contradictions", "candidates"
# A file with fewer rows is a set of rows rather than a form.
LEAST_ROWS = 40
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_OF_CONFLICT, _OF_CONTRADICTION = READINGS.index(CONFLICT), READINGS.index(CONTRADICTION)


@dataclass(frozen=True)
class Taught:
    """Pairs of texts, what each output should say of them, and which outputs they teach.

    Attributes:
        pairs: the texts.
        targets: 0 or 1, shape (pairs, len(READINGS)).
        taught: whether the output is learned from the pair, same shape.
        groups: landlord or writer of each pair; what belongs together is held out together.
        kinds: "rows", "conflicts", "contradictions" or "candidates", one a pair.
        natural: whether a review of a whole form would ask this: a row of one, or a pair among its `MOST` likeliest.
    """

    pairs: tuple[Pair, ...]
    targets: Ints
    taught: Flags
    groups: tuple[str, ...]
    kinds: tuple[str, ...]
    natural: Flags

    @property
    def counts(self) -> dict[str, int]:
        """How many pairs there are of each kind; those of two sentences count once for both ways round."""
        counted = Counter(self.kinds)
        return {**counted, PAIRS: counted[PAIRS] // 2}


def taught_pairs(forms: Sequence[FormExamples], data: Path) -> Taught:
    """Return everything that there is.

    Raises:
        LabelError: a line of `conflicts/` or `contradictions/` is broken.
    """
    return _joined(taught_rows(forms), taught_conflicts(data), taught_contradictions(data), taught_candidates(forms))


def taught_rows(forms: Sequence[FormExamples]) -> Taught:
    """Return the rows of the training forms."""
    pairs = [pair_of(row) for form in forms for row in form.view.rows]
    targets, taught = _nothing(len(pairs))
    if forms:
        targets[:, : len(OUTPUTS)] = np.concatenate([row_targets(form.labels) for form in forms])
        taught[:, : len(OUTPUTS)] = np.concatenate([open_gates(form.view) & looked_at(form) for form in forms])
    targets[:, _OF_CONFLICT] = [CONFLICT in label.flags for form in forms for label in form.labels]
    taught[:, _OF_CONFLICT] = True
    groups = [form.name for form in forms for _ in form.view.rows]
    return _of(ROWS, pairs, targets, taught, groups, [is_one_form(form) for form in forms for _ in form.view.rows])


def taught_conflicts(data: Path) -> Taught:
    """Return the rows of `conflicts/`."""
    rows = load_conflicts(data)
    views = [build_view(Form("", "jsonl", "", (each.row,)), load_pack(each.edition), Models(None)) for each in rows]
    targets, taught = _nothing(len(rows))
    targets[:, _OF_CONFLICT] = [each.conflict for each in rows]
    taught[:, _OF_CONFLICT] = True
    return _of(SINGLE, [pair_of(view.rows[0]) for view in views], targets, taught, [each.group for each in rows])


def taught_contradictions(data: Path) -> Taught:
    """Return the sentences of `contradictions/` that hold the marked words, either way round."""
    pairs: list[Pair] = []
    clash: list[bool] = []
    groups: list[str] = []
    for each in load_row_pairs(data):
        view = build_view(each.form, load_pack(each.edition), Models(None))
        one, other = (answered(row, _around(row, words)) for row, words in zip(view.rows, each.words, strict=True))
        pairs += [(one, other), (other, one)]
        clash += [each.contradictory] * 2
        groups += [each.group] * 2
    return _of(PAIRS, pairs, *_contradictions(clash), groups)


def taught_candidates(forms: Sequence[FormExamples]) -> Taught:
    """Return the candidate pairs of forms; sets of rows by several landlords are none."""
    found = [
        (form.name, pair, clash, place < MOST)
        for form in forms
        if is_one_form(form)
        for place, (pair, clash) in enumerate(_candidates(form))
    ]
    targets, taught = _contradictions([clash for _, _, clash, _ in found])
    pairs, groups = [pair for _, pair, _, _ in found], [name for name, *_ in found]
    return _of(CANDIDATES, pairs, targets, taught, groups, [likely for *_, likely in found])


def _joined(*parts: Taught) -> Taught:
    return Taught(
        tuple(pair for part in parts for pair in part.pairs),
        np.concatenate([part.targets for part in parts]),
        np.concatenate([part.taught for part in parts]),
        tuple(group for part in parts for group in part.groups),
        tuple(kind for part in parts for kind in part.kinds),
        np.concatenate([part.natural for part in parts]),
    )


def is_one_form(form: FormExamples) -> bool:
    """Tell whether the rows are one landlord's form, though some may be missing: no provision stands twice in it."""
    numbers = [row.row.number for row in form.view.rows]
    return len(numbers) == len(set(numbers)) >= LEAST_ROWS


def _candidates(form: FormExamples) -> Iterator[tuple[Pair, bool]]:
    for each in candidate_pairs(form.view, MOST_CANDIDATES):
        row, other = form.view.rows[each.row].row, form.view.rows[each.other].row
        clash = other.number in form.labels[each.row].linked or row.number in form.labels[each.other].linked
        yield texts_of(form.view, each), clash


def _around(row: RowView, words: str) -> str:
    """Return the sentence that holds most of the words."""

    def shared(sentence: Sentence) -> int:
        start = row.row.cell(sentence.cell).find(words)
        return min(start + len(words), sentence.end) - max(start, sentence.start) if start >= 0 else -1

    return max(row.sentences, key=shared).text if row.sentences else words


def _nothing(count: int) -> tuple[Ints, Flags]:
    shape = count, len(READINGS)
    return np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.bool_)


def _contradictions(clash: Sequence[bool]) -> tuple[Ints, Flags]:
    targets, taught = _nothing(len(clash))
    targets[:, _OF_CONTRADICTION] = clash
    taught[:, _OF_CONTRADICTION] = True
    return targets, taught


def _of(
    kind: str, pairs: Sequence[Pair], targets: Ints, taught: Flags, groups: Sequence[str], natural: Sequence[bool] = ()
) -> Taught:
    kept = np.asarray(natural if natural else [False] * len(pairs), dtype=np.bool_)
    return Taught(tuple(pairs), targets, taught, tuple(groups), (kind,) * len(pairs), kept)
