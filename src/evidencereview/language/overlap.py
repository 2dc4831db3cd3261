"""How much of a sentence stands in the requirement already: content words, by their stems."""

from __future__ import annotations

import re
from functools import lru_cache

from evidencereview.language.view import RowView, Sentence

_WORD = re.compile(r"[a-z]+|\d+")
_STOP = frozenset(
    "a an and any are as at be been being by can do does for from had has have if in into is it its may must no not of on or"
    " our out shall should so such than that the their them then there these they this those through to under up upon was we"
    " were what when where which who will with within would you your all also each every".split()
)
_ENDING = re.compile(r"(?:ations?|ments?|ings?|edly|ed|es|s|ly|ers?)$")


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """Return the content words of a text cut to a rough stem ("complaints" and "complaint" are one)."""
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP)


def _stem(word: str) -> str:
    cut = _ENDING.sub("", word)
    return cut[:7] if len(cut) >= 4 else word


def containment(sentence: str, requirement: str) -> float:
    """Share of a sentence's content words that the requirement has too, 0 to 1."""
    own = stems(sentence)
    return len(own & stems(requirement)) / len(own) if own else 0.0


def echoed(sentence: str, requirement: str) -> float:
    """Share of the requirement's content words that a sentence has too, 0 to 1."""
    asked = stems(requirement)
    return len(stems(sentence) & asked) / len(asked) if asked else 0.0


def asked_in(row: RowView) -> tuple[str, str]:
    """Return what may have been restated: the printed requirement, and our summary of it ("" where it is not known)."""
    return row.row.requirement, row.provision.summary if row.provision else ""


def restating(row: RowView) -> list[tuple[Sentence, float]]:
    """Return the sentences of a row with their containment in the requirement or our summary, closest first."""
    texts = asked_in(row)
    ranked = [(s, max(containment(s.text, text) for text in texts)) for s in row.prose if len(s.words) >= 4]
    return sorted(ranked, key=lambda pair: -pair[1])
