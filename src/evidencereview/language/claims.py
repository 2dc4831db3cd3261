"""Typed claims that a row makes: time limits, stages, who the Member Responsible is, refusals, views of volumes.

They are compared with the facts of the provision and, between rows, with each other. Every claim keeps its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidencereview.language.mentions import Kind, Mention
from evidencereview.language.view import RowView, Sentence
from evidencereview.records import Span

_NUMBERS = {
    word: value for value, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"fifteen": 15, "twenty": 20, "thirty": 30}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time that a row states: value, unit ("working days", "days", "weeks", "months"), and its words."""

    value: int
    unit: str
    span: Span
    sentence: Sentence

    @property
    def working_days(self) -> float:
        """The length in working days (five a week; months as twenty-one)."""
        factor = {
            "working days": 1.0,
            "days": 5 / 7,
            "calendar days": 5 / 7,
            "weeks": 5.0,
            "months": 21.0,
            "hours": 1 / 8,
        }
        return self.value * factor.get(self.unit, 1.0)


def durations(row: RowView) -> Iterator[Duration]:
    """Yield the lengths of time stated in a row."""
    for sentence in row.sentences:
        for mention in sentence.mentions_of(Kind.LIMIT):
            duration = _duration(mention, sentence)
            if duration is not None:
                yield duration


def _duration(mention: Mention, sentence: Sentence) -> Duration | None:
    words = mention.text.lower().replace("-", " ").split()
    value = int(words[0]) if words[0].isdigit() else _NUMBERS.get(words[0])
    if value is None:
        return None
    unit = " ".join(words[1:])
    unit = unit if unit.endswith("s") else unit + "s"
    return Duration(value, unit.replace("business", "working"), Span(sentence.cell, mention.start, mention.end), sentence)
