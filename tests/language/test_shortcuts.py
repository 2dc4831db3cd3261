"""A quick look that lets most sentences pass must let none pass that a closer look would have stopped at."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidencereview.language import claims, statements_coverage, statements_existence, statements_rhythm
from evidencereview.training.data import load_training_forms, load_training_sentences

DATA = Path(__file__).parents[2] / "training_data"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    rows = [row.text for form in load_training_forms(DATA) for row in form.form.rows]
    return [*rows, *(sentence.text for sentence in load_training_sentences(DATA))]


def test_no_length_is_overlooked(texts: list[str]) -> None:
    found = [text for text in texts if claims._LENGTH.search(text)]
    assert len(found) > 500
    assert all(claims.MAY_LAST.search(text) for text in found)


def test_no_rhythm_is_overlooked(texts: list[str]) -> None:
    patterns = [*(pattern for _, pattern in statements_rhythm._RATES), statements_rhythm._EVERY, statements_rhythm._AFTER]
    for pattern in patterns:
        found = [text for text in texts if pattern.search(text)]
        assert all(statements_rhythm.MAY_RECUR.search(text) for text in found), pattern.pattern
    assert any(statements_rhythm.MAY_RECUR.search(text) is None for text in texts)


def test_no_thing_is_overlooked(texts: list[str]) -> None:
    for thing in statements_existence.THINGS:
        for words in (thing.noun, thing.verb, thing.absent):
            found = [text for text in texts if words and words.search(text)]
            assert all(statements_existence._ANY_THING.search(text) for text in found), thing.name


def test_no_group_is_overlooked(texts: list[str]) -> None:
    for name, pattern in statements_coverage._COMPILED:
        found = [text for text in texts if pattern.search(text)]
        assert all(statements_coverage._ANY_GROUP.search(text) for text in found), name
