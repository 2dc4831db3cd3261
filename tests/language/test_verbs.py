"""Which words say that somebody does something."""

from __future__ import annotations

import pytest

from evidencereview.language.verbs import is_act


@pytest.mark.parametrize(
    "word",
    [
        "sign",
        "signs",
        "review",
        "oversees",
        "triages",
        "handle",
        "carries",
        "triage",
        "contact",
        "reviewed",
        "carried",
        "rang",
        "compares",
    ],
)
def test_what_is_an_act(word: str) -> None:
    assert is_act(word)


@pytest.mark.parametrize(
    "word",
    [
        "is",
        "has",
        "comprises",
        "understand",
        "understands",
        "ensures",
        "aim",
        "table",
        "policy",
        "as",
        "this",
        "papers",
        "members",
        "minutes",
        "does",
        "trained",
    ],
)
def test_what_is_none(word: str) -> None:
    assert not is_act(word)
