"""Which words of a cell are marked, and the part of a long cell around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidencereview.records import Cell, Item


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a cell's text, marked or not."""

    text: str
    marked: bool


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Cut a text at the spans (start, end in code points); spans that touch or overlap become one.

    The pieces joined are the text again.
    """
    found: list[Piece] = []
    place = 0
    for start, end in _merged(spans, len(text)):
        if start > place:
            found.append(Piece(text[place:start], False))
        found.append(Piece(text[start:end], True))
        place = end
    if place < len(text):
        found.append(Piece(text[place:], False))
    return tuple(found)


def marked_cell(item: Item, cell: Cell) -> tuple[Piece, ...]:
    """Return a cell of a row with the words of all its findings marked."""
    spans = [(f.span.start, f.span.end) for f in item.findings if f.span and f.span.cell is cell]
    return pieces(item.row.cell(cell), spans)


def excerpt(parts: tuple[Piece, ...], around: int = 90, longest: int = 300) -> tuple[Piece, ...]:
    """Shorten what is not marked to `around` characters either side of a mark, and a mark to `longest` characters.

    Cuts fall between words where there are any and show as "…". A text without marks keeps its first `longest`
    characters.
    """
    if not any(part.marked for part in parts):
        return tuple(Piece(_head(part.text, longest), False) for part in parts)
    last = len(parts) - 1
    short: list[Piece] = []
    for index, part in enumerate(parts):
        if part.marked:
            short.append(Piece(_middle_cut(part.text, longest // 2), True))
        elif index == 0:
            short.append(Piece(_tail(part.text, around), False))
        elif index == last:
            short.append(Piece(_head(part.text, around), False))
        else:
            short.append(Piece(_middle_cut(part.text, around), False))
    return tuple(short)


def _merged(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Return the spans in order, within the text, none empty, none touching another."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _head(text: str, length: int) -> str:
    if len(text) <= length + 1:
        return text
    cut = text[:length]
    return cut[: cut.rfind(" ") + 1 or None] + "…"


def _tail(text: str, length: int) -> str:
    if len(text) <= length + 1:
        return text
    cut = text[-length:]
    return "…" + cut[max(cut.find(" "), 0) :]


def _middle_cut(text: str, side: int) -> str:
    if len(text) <= 2 * side + 3:
        return text
    return f"{_head(text, side)[:-1]} … {_tail(text, side)[1:]}"
