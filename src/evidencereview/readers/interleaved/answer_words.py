"""Answers that stand between the columns of an interleaved line, and the remains of damaged ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencereview.readers.answers import is_answer

_TICKS = "✓✔☑✗✘☒√✅❌"
_UPPER = re.compile(rf"(?:Yes|YES|No|NO|Y|N|N/A|N/a|Partial|PARTIAL|Partially|Partly|Compliant|[{_TICKS}])[.,;:*]?$")
_LOWER = re.compile(r"(?:yes|n/a|n\.a\.|partial|partially|compliant)[.,;:*]?$")
_PHRASES = (
    ("not", "applicable"), ("in", "part"), ("not", "yet"), ("working", "towards"), ("not", "compliant"),
    ("fully", "compliant"), ("partially", "compliant"), ("to", "be", "confirmed"), ("yes", "in", "part"),
)  # fmt: skip
# What a scanner leaves of a short word in a narrow column.
_REMAINS = {
    "es": "Yes", "ye": "Yes", "ves": "Yes", "yas": "Yes", "yos": "Yes", "yes": "Yes", "vyes": "Yes", "y-es": "Yes",
    "yss": "Yes", "yee": "Yes", "yés": "Yes", "n0": "No", "ho": "No", "nol": "No",
}  # fmt: skip
_TEMPLATE = re.compile(r"(?:TBC|TBD)[.,;:]?$")


@dataclass(frozen=True, slots=True)
class AnswerWord:
    """An answer inside a line: the index of its first word, how many words it takes, its text, how plain it is (0 to 1)."""

    at: int
    words: int
    text: str
    plain: float


def find_answers(words: Sequence[str]) -> tuple[AnswerWord, ...]:
    """Return the words of a line that may be an answer in a column of its own, from the left."""
    found = []
    for at, word in enumerate(words):
        phrase = _phrase(words, at)
        if phrase:
            found.append(AnswerWord(at, phrase, " ".join(words[at : at + phrase]), 0.8))
        elif _UPPER.match(word) or _TEMPLATE.match(word):
            found.append(AnswerWord(at, 1, word, _plain(word)))
        elif _LOWER.match(word):
            found.append(AnswerWord(at, 1, word, 0.7))
        elif word == "no" and len(words) == 1:
            found.append(AnswerWord(at, 1, word, 0.6))
    return tuple(found)


def remains(word: str) -> str:
    """Return the answer of which a damaged word is what is left, "" for none."""
    return _REMAINS.get(word.casefold().strip(".,:;|'"), "")


def _plain(word: str) -> float:
    # "No" also opens a sentence, and a single capital is often an initial.
    if word[0] in _TICKS:
        return 1.0
    return 0.4 if len(word) == 1 else 0.7 if word[:2].casefold() == "no" else 1.0


def _phrase(words: Sequence[str], at: int) -> int:
    if not words[at][:1].isupper():
        return 0
    for phrase in _PHRASES:
        here = words[at : at + len(phrase)]
        if tuple(word.casefold().strip(".,;:") for word in here) == phrase and is_answer(" ".join(here)):
            return len(phrase)
    return 0
