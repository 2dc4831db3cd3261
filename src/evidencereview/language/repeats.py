"""Sentences that stand in three rows or more of a form, as LABELS defines `boilerplate`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from evidencereview.language.view import RowView, Sentence, SentenceKind

SAME = 0.90
LEAST_WORDS = 3
LEAST_ROWS = 3
_PUNCTUATION = re.compile(r"[^\w\s]")
_NUMBER = re.compile(r"\d+")

Key = tuple[tuple[str, ...], str]


def repeated_sentences(rows: Iterable[RowView]) -> Mapping[int, tuple[Sentence, ...]]:
    """Return, by row index, the sentences that stand in at least `LEAST_ROWS` rows.

    Two sentences are the same when their number tokens are equal and the rest agrees with a `difflib` ratio of at
    least 0.90; sentences under three words, and bare titles, do not count.
    """
    places: dict[Key, set[int]] = defaultdict(set)
    held: dict[int, list[tuple[Key, Sentence]]] = defaultdict(list)
    for view in rows:
        for sentence in view.sentences:
            if sentence.kind is SentenceKind.PROSE and len(sentence.words) >= LEAST_WORDS:
                key = normal_form(sentence.text)
                places[key].add(view.index)
                held[view.index].append((key, sentence))
    spread = _spread(places)
    repeated = {index: tuple(s for key, s in kept if len(spread[key]) >= LEAST_ROWS) for index, kept in held.items()}
    return {index: sentences for index, sentences in repeated.items() if sentences}


def normal_form(text: str) -> Key:
    """Return number tokens, and the rest in lower case without punctuation, in single spaces."""
    plain = " ".join(_PUNCTUATION.sub(" ", text.lower()).split())
    rest = " ".join(_NUMBER.sub(" ", plain).split())
    return tuple(_NUMBER.findall(plain)), rest


def _spread(places: Mapping[Key, set[int]]) -> dict[Key, set[int]]:
    """Add to each sentence the rows of the sentences that are the same; bounds keep the comparison cheap."""
    spread = {key: set(rows) for key, rows in places.items()}
    by_numbers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for numbers, rest in places:
        by_numbers[numbers].append(rest)
    for numbers, texts in by_numbers.items():
        for one, other in _same_pairs(sorted(texts, key=len)):
            spread[numbers, one] |= places[numbers, other]
            spread[numbers, other] |= places[numbers, one]
    return spread


def _same_pairs(texts: list[str]) -> Iterable[tuple[str, str]]:
    for i, one in enumerate(texts):
        matcher = SequenceMatcher(None, b=one, autojunk=True)
        for other in texts[i + 1 :]:
            # ratio = 2M / (a + b) with M at most the shorter length: no longer text can reach the bound either.
            if 2 * len(one) < SAME * (len(one) + len(other)):
                break
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() >= SAME and matcher.quick_ratio() >= SAME and matcher.ratio() >= SAME:
                yield one, other
