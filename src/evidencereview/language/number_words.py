"""Numbers that are written in words, read in one place."""

from __future__ import annotations

import re

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_LOW_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ORDINALS = [*_LOW_ORDINALS, *"eleventh twelfth thirteenth fourteenth fifteenth".split()]
VALUES = {
    **{word: value for value, word in enumerate([*_ONES, *_TEENS], 1)},
    **{
        f"{ten}{join}{one}": base + value
        for ten, base in _TENS.items()
        for value, one in enumerate(_ONES, 1)
        for join in "- "
    },
    **_TENS,
    **{word: value for value, word in enumerate(_ORDINALS, 1)},
    "twentieth": 20, "a": 1, "an": 1,
}  # fmt: skip
UP_TO_TWELVE = (*_ONES, *_TEENS[:3])


_WORD = re.compile(r"\d{1,4}|[a-z]{3,9}")


def numbers_in(text: str) -> frozenset[int]:
    """Return the whole numbers of a text, in figures or in one word each ("within ten working days")."""
    found = _WORD.findall(text.lower())
    return frozenset(number_of(word) for word in found if word.isdigit() or word in VALUES)


def number_of(words: str) -> int:
    """Return the number that figures or words say; KeyError where they say none."""
    return int(words) if words.isdigit() else VALUES[words.lower()]
