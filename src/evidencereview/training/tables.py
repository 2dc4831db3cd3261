"""Gold and judgement of one form side by side, as arrays in the order of the review list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidencereview.errors import LabelError
from evidencereview.records import Row
from evidencereview.training.judgements import Judgement
from evidencereview.training.labels import FLAGS, Label, tier_rests_on
from evidencereview.training.metrics import Grades, Pair, word_overlap

Truths = NDArray[np.bool_]

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FormTable:
    """One form, one line a row, best place of the list first.

    Shapes: `gold` and `said` (rows, flags of `FLAGS`); `gold_grades` and `said_grades` (rows, 3: relevance,
    specificity, tier); `confidence` (rows, flags), 0 where a flag was not said; `overlap` (rows, flags), nan where the
    flag is no true positive or the gold shows no words; `asked` (rows,), False where the tier rests on left-out flags
    alone.
    """

    form: str
    provisions: NDArray[np.str_]
    gold: Truths
    said: Truths
    gold_grades: Grades
    said_grades: Grades
    confidence: Numbers
    overlap: Numbers
    asked: Truths
    gold_pairs: frozenset[Pair]
    said_pairs: frozenset[Pair]

    def take(self, rows: NDArray[np.int_]) -> FormTable:
        """Return the table of some of its rows (repeats allowed), in the order of the list; the pairs stay whole."""
        places = np.sort(rows)
        parts: dict[str, Any] = {part.name: getattr(self, part.name) for part in fields(self)}
        taken = {name: part[places] for name, part in parts.items() if isinstance(part, np.ndarray)}
        return FormTable(**{**parts, **taken})


def build_table(
    form: str,
    joined: Sequence[tuple[Row, Label]],
    judgements: Sequence[Judgement],
    left_out: Collection[str] = (),
    probabilities: Mapping[str, Mapping[str, float]] | None = None,
) -> FormTable:
    """Put labels and judgements side by side.

    Args:
        form: the form's name.
        joined: each row with its label.
        judgements: one for each row, in any order.
        left_out: flags on which a row's tier may not rest alone to be asked about in `early`.
        probabilities: flag to provision to a head's probability, which stands in for the confidence where it is given.

    Raises:
        LabelError: rows and judgements are not of the same provisions.
    """
    known = {row.number: (row, label) for row, label in joined}
    ranked = sorted(judgements, key=lambda judgement: judgement.rank)
    if sorted(judgement.provision for judgement in ranked) != sorted(known):
        raise LabelError(f"{form}: the review does not hold every row of the form once", "review the form again")
    rows = [known[judgement.provision][0] for judgement in ranked]
    labels = [known[judgement.provision][1] for judgement in ranked]
    pairs = list(zip(labels, ranked, strict=True))
    return FormTable(
        form=form,
        provisions=np.array([label.provision for label in labels], dtype=np.str_),
        gold=_marks([label.flags for label in labels]),
        said=_marks([judgement.flags for judgement in ranked]),
        gold_grades=_grades(labels),
        said_grades=_grades(ranked),
        confidence=_by_flag([[_sure(judgement, flag, probabilities) for flag in FLAGS] for judgement in ranked]),
        overlap=_by_flag([[_overlap(label, judgement, flag) for flag in FLAGS] for label, judgement in pairs]),
        asked=np.array(
            [not tier_rests_on(label, row.mandatory, left_out) for row, label in zip(rows, labels, strict=True)],
            dtype=bool,
        ),
        gold_pairs=_pairs(labels),
        said_pairs=_pairs(ranked),
    )


def _marks(carried: Sequence[Collection[str]]) -> Truths:
    return np.array([[flag in flags for flag in FLAGS] for flags in carried], dtype=bool).reshape(-1, len(FLAGS))


def _by_flag(values: Sequence[Sequence[float]]) -> Numbers:
    return np.array(values, dtype=float).reshape(-1, len(FLAGS))


def _grades(graded: Sequence[Label] | Sequence[Judgement]) -> Grades:
    return np.array([[each.relevance, each.specificity, each.tier] for each in graded], dtype=int).reshape(-1, 3)


def _sure(judgement: Judgement, flag: str, probabilities: Mapping[str, Mapping[str, float]] | None) -> float:
    said = judgement.flags.get(flag, 0.0)
    return (probabilities or {}).get(flag, {}).get(judgement.provision, said)


def _overlap(label: Label, judgement: Judgement, flag: str) -> float:
    words = label.spans.get(flag, "")
    hit = flag in label.flags and flag in judgement.flags
    return word_overlap(words, judgement.words.get(flag, "")) if hit and words.strip() else float("nan")


def _pairs(carriers: Sequence[Label] | Sequence[Judgement]) -> frozenset[Pair]:
    return frozenset(
        frozenset((each.provision, other)) for each in carriers if "contradiction" in each.flags for other in each.linked
    )
