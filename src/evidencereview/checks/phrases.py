"""The few words that show a pointer: a bracket, or the piece between two commas, where the sentence goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidencereview.checks.finding import clause
from evidencereview.records import Span

if TYPE_CHECKING:
    from evidencereview.language.view import RowView, Sentence

_LONG_REST = 5  # words outside of the piece from which on it is quoted by itself


def phrase(row: RowView, sentence: Sentence, start: int, end: int) -> Span:
    """Return the bracket, or the piece between commas, in which some words stand; the clause where neither is plain."""
    text = row.row.cell(sentence.cell)
    left, right = text.rfind("(", sentence.start, start + 1), text.find(")", end - 1, sentence.end)
    if left >= 0 and right >= 0 and ")" not in text[left:start] and "(" not in text[end:right]:
        return Span(sentence.cell, left, right + 1)
    left, right = _piece(text, sentence, start, end)
    rest = len((text[sentence.start : left] + " " + text[right : sentence.end]).split())
    return Span(sentence.cell, left, right) if rest >= _LONG_REST else clause(row, sentence, start, end)


def _piece(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    cuts = [(text.rfind(mark, sentence.start, start), mark) for mark in (", ", "; ", ": ", " - ", " – ")]
    left = max((cut + len(mark) for cut, mark in cuts if cut >= 0), default=sentence.start)
    right = min(
        (cut for mark in (", ", "; ", " - ", " – ") if (cut := text.find(mark, end, sentence.end)) >= 0),
        default=sentence.end,
    )
    return left, right
