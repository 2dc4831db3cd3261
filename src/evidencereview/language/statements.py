"""A statement: one fact that a row gives, in a form that can be held against the same fact in another row.

A *slot* names what the fact is about ("respond 2": how long the answer at stage 2 may take). Two statements are compared
only within a slot, and only where both are said of today. One module a kind lies beside this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidencereview.language.claims_standing import is_past
from evidencereview.language.view import RowView, Sentence
from evidencereview.records import Span

# What is only wished for, usual, reported or said of one case states no rule.
_NO_RULE = re.compile(
    r"\b(?:target\w*|aim\w*|on\saverage|average[ds]?|usual(?:ly)?|typical\w*|normally|most\s(?:cases|of)|pilot\w*|trial\w*"
    r"|propos\w*|plan(?:s|ned)?\sto|used\sto|would\slike|hope\w*|expect\w*|if\swe|one\s(?:resident|tenant|customer|case)\s(?:ha[ds]|asked|wish\w*|want\w*|got|was|chose)"
    r"|(?:two|three|some|several|a\sfew)\s(?:residents|tenants|customers|people|cases)\s(?:ha[ds]|have|asked|wish\w*|want\w*|got|were|was|chose))\b",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:will\sbe|is\sto\sbe|are\sto\sbe|from\s(?:next|the\snext)|once\s(?!an?\b|every|each|per\b|in\b)\w+|is\sbeing|are\sbeing)\b",
    re.I,
)
_STAGES = (
    (
        1,
        re.compile(
            r"\b(?:stage|level|step)\s?(?:1|one|i)\b|\bfirst\s(?:stage|answer|response)\b|\bS1\b|\bstages? one\b", re.I
        ),
    ),
    (
        2,
        re.compile(r"\b(?:stage|level|step)\s?(?:2|two|ii)\b|\bsecond\sstage\b|\bfinal\s(?:answer|response)\b|\bS2\b", re.I),
    ),
    (3, re.compile(r"\b(?:stage|level|step)\s?(?:3|three|iii)\b|\bthird\sstage\b|\bS3\b", re.I)),
)
_TOPIC_STAGE_2 = re.compile(r"\bat escalation\b|\bmoving on to stage\b|\bescalation only\b|\brefusing to escalate\b", re.I)
_COMMA = re.compile(r"[,;:]\s")
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact: its slot, a value to compare (`number` where it is one), its words, and how to say it.

    `said` completes the sentence "this row says …".
    """

    slot: str
    value: str
    said: str
    span: Span
    sentence: Sentence
    number: float | None = None


def differ(one: Statement, other: Statement, *, tolerance: float = _EXACT) -> bool:
    """Tell whether two statements of one slot cannot both hold; numbers may differ by a share of the larger one."""
    if one.number is None or other.number is None:
        return one.value != other.value
    return abs(one.number - other.number) > tolerance * max(one.number, other.number)


def is_rule(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether words of a sentence state a rule of today: neither past, ahead, wished for, nor said of one case."""
    text = sentence.text
    left = max((m.end() for m in _COMMA.finditer(text, 0, start)), default=0)
    cut = _COMMA.search(text, end)
    near = text[left : cut.start() if cut else len(text)]
    return not (is_past(text, start, end) or _NO_RULE.search(near) or _AHEAD.search(near))


def stages_named(text: str) -> frozenset[int]:
    """Return the stages that some words name."""
    return frozenset(number for number, pattern in _STAGES if pattern.search(text))


def own_stage(row: RowView) -> int:
    """Return the stage that the provision of a row is about, 0 where it is about none or several."""
    topic = row.provision.topic if row.provision else ""
    named = stages_named(topic)
    if len(named) == 1:
        return next(iter(named))
    return 2 if _TOPIC_STAGE_2.search(topic) else 0


def stage_at(row: RowView, sentence: Sentence, start: int, end: int) -> int:
    """Return the stage of which a place of a sentence speaks: the nearest one named, else that of the provision."""
    found = [(_gap(m.start(), m.end(), start, end), n) for n, pattern in _STAGES for m in pattern.finditer(sentence.text)]
    return min(found)[1] if found else own_stage(row)


def _gap(left: int, right: int, start: int, end: int) -> int:
    """Characters between two places; what stands before counts as nearer than what follows."""
    return 2 * (left - end) + 1 if left >= end else max(0, 2 * (start - right))


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the pieces of a sentence that each state something: cut at ; : brackets, and at ', and'."""
    start = 0
    for mark in re.finditer(r"[;:()]|,?\s(?:but|whereas|while)\s|,\sand\s", text):
        if mark.start() > start:
            yield start, mark.start()
        start = mark.end()
    if start < len(text):
        yield start, len(text)
