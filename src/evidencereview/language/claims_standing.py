"""Whether words are said of the landlord's practice today, or are denied, past, or only measured.

"There is no third stage" and "the third stage was abolished in 2021" state no third stage. The judgement looks at the
clause in which the words stand: a sentence cut at semicolons, brackets and words like 'but' and 'though'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencereview.records import Span

if TYPE_CHECKING:
    from evidencereview.language.view import RowView, Sentence

_EDGE = re.compile(r"[;:()•]|\s[–—]\s|,?\s(?:but|though|although|whereas|while|however|yet)\s", re.I)
# Negations that deny something else than the words in question.
_HARMLESS = re.compile(
    r"\b(?:no(?:t)?|never)\s(?:later|more|less|longer\sthan|fewer|only|limited|exceed\w*|beyond)\b"
    r"|\bnot\s(?:yet\s)?(?:un)?(?:happy|satisfied|resolved|settled|content|solved|fixed|sorted"
    r"|agree|possible)\b"
    r"|\b(?:can|could|do|does|did|has|have|is|are|was|were)(?:n[’']t|\snot)\s(?:be\s"
    r"|been\s)?(?:sort|resolv|settl|work|help|fix|solv|agree|satisf|succe|put\sright|manage)\w*"
    r"|\bnot\s(?:be\s)?(?:accept|consider|investigat|escalat|look|deal|treat|report|rais|brought|made|submitt)\w*|\bnone\sthe\sless\b|\bno\.\s?\d",
    re.I,
)
_DENIAL = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nothing|nobody|without|cannot|avoid\w*|rather\sthan"
    r"|instead\sof|whether\sor|bans?|banned|forbids?|forbidden|prohibit\w*|disallow\w*|unlike"
    r"|contrary)\b|n[’']t\b",
    re.I,
)
_DENIED_AFTER = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|will|would|can|may|need)(?:n[’']t|\snot|\snever"
    r"|\sno\slonger)\b|\bneedn[’']t\b|\bisn[’']t\b|\b(?:banned|forbidden|disallowed|ruled\sout)\b",
    re.I,
)
_CHANGE_OF_SUBJECT = re.compile(r"\b(?:and|what|who|which|whether|where)\b", re.I)
_PAST = re.compile(
    r"\b(?:abolish\w*|scrapp\w*|remov\w*|dropped|ended|former\w*|previous\w*|used\sto|no\slonger"
    r"|withdrawn|withdrew|ceased|discontinued|replaced|struck\sout|deleted"
    r"|(?:take|took|taken|taking)\s(?:it\s|them\s)?out|took\saway|got\srid|historically"
    r"|in\sthe\spast|until\s(?:\w+\s)?(?:19|20)\d\d|before\s(?:19|20)\d\d|up\sto\s(?:19|20)\d\d"
    r"|moved\sfrom|changed\sfrom|lengthen\w*|went\sin|closed\s(?:on|in)|stopped|cut\sin|(?<!months\s)(?<!month\s)(?<!years\s)(?<!year\s)(?<!weeks\s)"
    r"(?<!days\s)\bold\s(?!er)|^old\b)",
    re.I,
)
_MEASURED = re.compile(
    r"\b(?:average[ds]?|averaging|mean|median|took|taken|taking|longest|slowest|per\scent"
    r"|achiev\w*|in\spractice\swe\swere)\b|\d\s?%",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a row states: its kind, its words, and the sentence in which they stand."""

    kind: str
    span: Span
    sentence: Sentence


def clause_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause around `text[start:end]` starts and ends."""
    left = max((m.end() for m in _EDGE.finditer(text, 0, start)), default=0)
    right = next((m.start() for m in _EDGE.finditer(text, end)), len(text))
    return left, right


def is_asserted(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]` is said of today's practice: neither denied nor past.

    Args:
        text: one sentence.
        start: where the words in question start.
        end: where they end.
    """
    left, right = clause_bounds(text, start, end)
    before, after = _HARMLESS.sub(" ", text[left:start]), _HARMLESS.sub(" ", text[end:right])
    return not (
        is_past(text, start, end) or _DENIAL.search(before) or _DENIED_AFTER.search(_CHANGE_OF_SUBJECT.split(after)[0][:60])
    )


def denies(words: str) -> bool:
    """Tell whether some words deny in themselves ("is not the MRC")."""
    return _DENIAL.search(_HARMLESS.sub(" ", words)) is not None


def is_past(text: str, start: int, end: int) -> bool:
    """Tell whether the clause around the words speaks of what was done away with."""
    left, right = clause_bounds(text, start, end)
    return _PAST.search(text[left:right]) is not None


def is_measured(text: str, start: int, end: int) -> bool:
    """Tell whether the clause reports a result ("took", "on average", "92 %") rather than a rule."""
    left, right = clause_bounds(text, start, end)
    return _MEASURED.search(text[left:right]) is not None


def claims_of(row: RowView, kind: str, pattern: re.Pattern[str]) -> Iterator[Claim]:
    """Yield the asserted places of a pattern in a row, sentence by sentence."""
    for sentence in row.sentences:
        for match in pattern.finditer(sentence.text):
            if is_asserted(sentence.text, match.start(), match.end()):
                yield Claim(kind, place(sentence, match.start(), match.end()), sentence)


def place(sentence: Sentence, start: int, end: int) -> Span:
    """Return words of a sentence as a span of its cell."""
    return Span(sentence.cell, sentence.start + start, sentence.start + end)
