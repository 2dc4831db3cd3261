"""Drawn columns without drawn rows: tables of which the rules between some rows, or between all of them, are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from evidencereview.readers.numbers import is_number
from evidencereview.readers.pdf_columns import headings_of
from evidencereview.readers.pdf_lines import lines_of
from evidencereview.readers.pdf_page import Word
from evidencereview.readers.pdf_rows import Habit, Zone, split_rows
from evidencereview.readers.pdf_ruled import Cells, Piece

_CROWDED = 1.3  # provision numbers to a drawn row: more, and the rows are not drawn at all


def with_all_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with every row by itself, where drawn rows hold several provision numbers."""
    tables: dict[tuple[int, ...], list[Piece]] = defaultdict(list)
    for piece in pieces:
        tables[tuple(round(edge / 8) for edge in piece.edges)].append(piece)
    return [whole for table in tables.values() for whole in _table(table)]


def _table(pieces: Sequence[Piece]) -> list[Piece]:
    counts = [_numbers(row) for piece in pieces for row in piece.rows]
    if sum(counts) > _CROWDED * sum(count > 0 for count in counts):
        whole = [replace(piece, rows=(_together(piece.rows),)) for piece in pieces]
        return _split(whole)
    return [
        replace(piece, rows=tuple(r for row in piece.rows for r in (_alone(row) if _numbers(row) > 1 else [row])))
        for piece in pieces
    ]


def _split(pieces: Sequence[Piece]) -> list[Piece]:
    headings = headings_of([line for piece in pieces for line in lines_of(_words(piece.rows[0]), piece.page)])
    zones = [_zone(piece.rows[0], headings) for piece in pieces]
    habit = Habit.of(zones)
    return [replace(piece, rows=tuple(split_rows(zone, habit))) for piece, zone in zip(pieces, zones, strict=True)]


def _alone(cells: Cells) -> list[Cells]:
    zone = _zone(cells, frozenset())
    return split_rows(zone, Habit.of([zone]))


def _zone(cells: Cells, headings: frozenset[str]) -> Zone:
    slots = {word: slot for slot, cell in enumerate(cells) for word in cell}
    return Zone.of(_words(cells), slots.__getitem__, len(cells), headings)


def _together(rows: Sequence[Cells]) -> Cells:
    return [[word for row in rows for word in row[slot]] for slot in range(len(rows[0]))]


def _words(cells: Cells) -> list[Word]:
    return [word for cell in cells for word in cell]


def _numbers(cells: Cells) -> int:
    """Return how many provision numbers stand by themselves in the column that has most of them."""
    return max(sum(is_number(line.text) for line in lines_of(cell)) for cell in cells)
