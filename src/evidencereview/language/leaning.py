"""How a sentence leans on a document, training, website or system that it names: points at it, has it as a title, or speaks
of it in passing ("using established procedures the team gathers evidence").

A row leans on what it points at; what it only speaks of is seldom meant as proof. Among rows that name something and have no
locator, 88 % of those that point or have a title are loose references in four published forms, 46 % of the others.
"""

from __future__ import annotations

import re
from enum import IntEnum

from evidencereview.language.view import RowView, Sentence, SentenceKind


class Leaning(IntEnum):
    """From the least to the plainest."""

    SPOKEN_OF = 0
    TITLE = 1
    POINTED_AT = 2


_WORDS = r"(?:[\w’'&/-]+\s){0,6}"
_BEFORE = re.compile(
    r"\b(?:(?:(?:set|laid)\s(?:out|down)|outlined|detailed|stated|described|documented|specified|defined|contained|included"
    r"|covered|explained|reflected|embedded|incorporated|recorded|stored|held|logged|published|available|accessible|found"
    r"|displayed|evidenced|evident|noted|captured|addressed|demonstrated|advertised|promoted|part\sof|built\sinto)"
    r"(?:\s(?:in|on|within|at|by|through|via|from|under|across|throughout|as\spart\sof|into))?"
    r"|as\sper|per|in\sline\swith|in\saccordance\swith|in\scompliance\swith|according\sto|see|refer\sto|evidence\s(?:in|by)"
    rf"|statement\sin|details?\sin|under\s(?:our|the))\s{_WORDS}$",
    re.I,
)
_AFTER = re.compile(
    r"(?:\s\([^)]{0,60}\))?\s(?:[\w’'-]+\s){0,3}(?:states?|sets?\sout|outlines?|details?|explains?|specif(?:y|ies)|covers?"
    r"|describes?|confirms?|contains?|includes?|makes?\s(?:it\s|this\s|that\s)?(?:very\s)?clear|provides?|requires?|says?"
    r"|lists?|allows?|stipulates?|reflects?|identif(?:y|ies)|highlights?|advises?|informs?|gives?)\b",
    re.I,
)
_NEAR = 90  # characters before a name in which the words that point at it may stand


def leaning(row: RowView, sentence: Sentence) -> Leaning:
    """Return how plainly a sentence leans on the documents that it names."""
    if sentence.has("dangling") or any(_points(row, sentence, hit.start, hit.end) for hit in sentence.hits("document")):
        return Leaning.POINTED_AT
    return Leaning.TITLE if sentence.kind is not SentenceKind.PROSE else Leaning.SPOKEN_OF


def _points(row: RowView, sentence: Sentence, start: int, end: int) -> bool:
    cell = row.row.cell(sentence.cell)
    before = cell[max(sentence.start, start - _NEAR) : start]
    return _BEFORE.search(before) is not None or _AFTER.match(cell, end, min(sentence.end, end + _NEAR)) is not None
