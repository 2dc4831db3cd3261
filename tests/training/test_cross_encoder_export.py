"""Who is held out of the cross-encoder's folds."""

from __future__ import annotations

import numpy as np

from evidencereview.language.cross_encoder import READINGS
from evidencereview.training.cross_encoder_export import FOLDS, held_out_groups
from evidencereview.training.pair_examples import CANDIDATES, PAIRS, ROWS, SINGLE, Taught

FORMS, WRITERS, COUPLES = (tuple(f"{kind} {k}" for k in range(count)) for kind, count in (("f", 9), ("w", 4), ("c", 3)))


def taught() -> Taught:
    told = [(name, kind) for kind in (ROWS, CANDIDATES) for name in FORMS]
    told += [(name, SINGLE) for name in WRITERS] + [(name, PAIRS) for name in COUPLES]
    groups, kinds = zip(*told, strict=True)
    nothing = np.zeros((len(told), len(READINGS)), dtype=np.int64)
    return Taught((("a", "b"),) * len(told), nothing, nothing > 0, groups, kinds, nothing[:, 0] > 0)


def test_each_landlord_and_writer_is_held_out_once() -> None:
    held = held_out_groups(taught())
    assert len(held) == FOLDS
    assert sorted(name for fold in held for name in fold) == sorted({*FORMS, *WRITERS, *COUPLES})


def test_every_fold_holds_forms_writers_of_conflicts_and_of_pairs() -> None:
    for fold in held_out_groups(taught()):
        assert [len(fold & set(names)) >= len(names) // FOLDS for names in (FORMS, WRITERS, COUPLES)] == [True] * 3
