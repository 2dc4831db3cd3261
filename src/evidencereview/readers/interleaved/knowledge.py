"""What is known of an edition before a form is read: the order of its numbers, and the words of each provision."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidencereview.provisions import Pack
from evidencereview.readers.alignment import key_of
from evidencereview.readers.interleaved.cuts import Leanings


@dataclass(frozen=True, slots=True)
class Known:
    """An edition as the reader of an interleaved form needs it.

    Attributes:
        pack: the facts of the edition, in our own words.
        numbers: the provisions in the order in which the form prints them.
        lent: the wording of each provision as another form prints it; empty where none was lent.
    """

    pack: Pack
    numbers: tuple[str, ...]
    lent: Mapping[str, str]

    def leanings(self) -> Leanings:
        """Return the first guess at what requirements and what landlords' answers are made of."""
        asked: Counter[str] = Counter()
        told: Counter[str] = Counter()
        for provision in self.pack.provisions:
            asked.update(_keys(provision.topic, provision.summary, *(duty.text for duty in provision.duties)))
            told.update(_keys(*(answer for duty in provision.duties for answer in duty.answers)))
        for text in self.lent.values():
            asked.update(_keys(text))
        return Leanings(asked, told)

    def words(self) -> list[dict[str, float]]:
        """Return for each number the words that tell it from the others, with a weight (0 to 1) each."""
        bags = [set(_keys(*self._texts(number))) for number in self.numbers]
        spread = Counter(word for bag in bags for word in bag)
        most = math.log(max(len(bags), 2))
        return [{word: math.log(len(bags) / spread[word]) / most for word in bag if len(word) > 2} for bag in bags]

    def _texts(self, number: str) -> Sequence[str]:
        provision = self.pack.by_number.get(number)
        if provision is None:
            return (self.lent.get(number, ""),)
        duties = [text for duty in provision.duties for text in (duty.text, *duty.terms)]
        return (provision.topic, provision.summary, *duties, self.lent.get(number, ""))


def orders_of(pack: Pack, lent: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the orders in which a form of this edition may print its rows, the likeliest first."""
    by_value = tuple(sorted(pack.numbers, key=_value))
    return list(dict.fromkeys((pack.numbers, tuple(n for n in lent if n in pack.by_number), by_value)))


def _value(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdecimal())


def _keys(*texts: str) -> list[str]:
    return [key for text in texts for word in text.split() if (key := key_of(word))]
