"""Pages of words and rules become grids and loose text: columns by rules or white strips, tables over page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencereview.readers.answers import is_answer
from evidencereview.readers.joints import fit
from evidencereview.readers.numbers import is_number
from evidencereview.readers.pdf_columns import Strips, tables_of
from evidencereview.readers.pdf_lines import TextLine, Vocabulary, lines_of, running_text
from evidencereview.readers.pdf_page import Page, Word
from evidencereview.readers.pdf_rows import Habit, Zone, split_rows
from evidencereview.readers.pdf_ruled import Cells, Piece, merged, ruled_pieces

_MOVED = 4.0  # points: columns that stand further apart are another table's
_WIDE = 0.8  # of a table's width: a rule that long parts rows


@dataclass(frozen=True, slots=True)
class Text:
    """Lines that stand in no table, from the top; `page` is where they begin."""

    page: int
    top: float
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what page breaks have cut joined: cells as lines, and the page on which each row begins."""

    rows: tuple[tuple[tuple[TextLine, ...], ...], ...]
    pages: tuple[int, ...]


def tables_and_text(pages: Sequence[tuple[Page, Sequence[Word]]]) -> Iterator[Table | Text]:
    """Yield what the pages hold in reading order; each page comes with the words that are its own."""
    pieces: dict[int, list[Piece | Text]] = {}
    loose: list[tuple[float, TextLine]] = []
    floors: dict[int, list[tuple[float, float, float]]] = {}
    for page, words in pages:
        found, rest = ruled_pieces(page, words)
        pieces[page.number] = list(found)
        loose += [(page.width, line) for line in lines_of(rest, page.number)]
        floors[page.number] = [(rule.at, rule.start, rule.end) for rule in merged(page.across)]
    for strips, lines in tables_of(loose):
        for piece in _unruled(strips, lines, pieces, floors):
            pieces[piece.page].append(piece)
    ordered = [piece for page in sorted(pieces) for piece in sorted(pieces[page], key=lambda piece: piece.top)]
    return _joined(ordered)


def _unruled(
    strips: Strips | None,
    lines: Sequence[TextLine],
    pieces: dict[int, list[Piece | Text]],
    floors: dict[int, list[tuple[float, float, float]]],
) -> Iterator[Piece | Text]:
    zones: list[tuple[int, Zone]] = []
    for page, run, inside in _stretches(strips, lines, pieces):
        if strips is not None and inside:
            words = [word for line in run for word in line.words]
            zones.append((page, Zone.of(words, strips.slot, len(strips.columns), strips.headings)))
        else:
            yield Text(page, run[0].top, tuple(run))
    if strips is None:
        return
    habit = Habit.of([zone for _, zone in zones])
    left, right = strips.columns[0][0], strips.columns[-1][1]
    for page, zone in zones:
        long = [at for at, start, end in floors[page] if min(end, right) - max(start, left) >= _WIDE * (right - left)]
        top, bottom = min(w.top for w in zone.words), max(w.bottom for w in zone.words)
        inner = [at for at in long if top < at < bottom]
        yield Piece(page, top, bottom, strips.edges, tuple(split_rows(zone, habit, inner)))


def _stretches(
    strips: Strips | None, lines: Sequence[TextLine], pieces: dict[int, list[Piece | Text]]
) -> Iterator[tuple[int, list[TextLine], bool]]:
    """Cut lines into stretches that lie in the table and such that do not, none of them over a page or a ruled table."""
    run: list[TextLine] = []
    inside = False
    for line in lines:
        now = strips is not None and strips.holds(line) and not _tail(run, line, inside)
        if run and (now != inside or line.page != run[-1].page or _parted(run[-1], line, pieces[line.page])):
            yield run[-1].page, run, inside and _is_table(run)
            run = []
        inside = now
        run.append(line)
    if run:
        yield run[-1].page, run, inside and _is_table(run)


def _tail(run: Sequence[TextLine], line: TextLine, inside: bool) -> bool:
    """Tell whether a short line only ends the paragraph above it."""
    if not run or inside or run[-1].page != line.page or len(line.pieces) > 1 or is_number(line.text):
        return False
    above = run[-1]
    near = line.top - above.top < 1.7 * above.height and abs(line.height - above.height) < 0.15 * above.height
    return near and abs(line.x0 - above.x0) < 2


def _is_table(run: Sequence[TextLine]) -> bool:
    """Tell whether lines that fit into the columns are more than a lonely heading."""
    return len(run) > 1 or len(run[0].pieces) > 1 or not run[0].text[:1].isupper()


def _parted(above: TextLine, below: TextLine, others: Sequence[Piece | Text]) -> bool:
    return any(isinstance(piece, Piece) and above.top <= piece.top < below.top for piece in others)


def _joined(pieces: Sequence[Piece | Text]) -> Iterator[Table | Text]:
    """Join the pieces of a table that page breaks have cut."""
    rows: list[list[list[TextLine]]] = []
    pages: list[int] = []
    last: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Text):
            yield from _closed(rows, pages)
            rows, pages, last = [], [], None
            yield piece
            continue
        if last is None or not _same_columns(last, piece):
            yield from _closed(rows, pages)
            rows, pages = [], []
        for place, cells in enumerate(piece.rows):
            lines = [lines_of(cell, piece.page) for cell in cells]
            if place == 0 and rows and last is not None and last.page < piece.page and _goes_on(rows[-1], lines):
                for cell, more in zip(rows[-1], lines, strict=True):
                    cell.extend(more)
                continue
            rows.append(lines)
            pages.append(piece.page)
        last = piece
    yield from _closed(rows, pages)


def _closed(rows: Sequence[Sequence[Sequence[TextLine]]], pages: Sequence[int]) -> Iterator[Table]:
    if rows:
        yield Table(tuple(tuple(tuple(cell) for cell in row) for row in rows), tuple(pages))


def _same_columns(one: Piece, other: Piece) -> bool:
    if len(one.rows[0]) != len(other.rows[0]) or len(one.edges) != len(other.edges):
        return False
    return all(abs(a - b) <= _MOVED for a, b in zip(one.edges, other.edges, strict=True))


def _goes_on(above: Sequence[Sequence[TextLine]], cells: Sequence[Sequence[TextLine]]) -> bool:
    """Tell whether the first row of a page plainly ends the last row of the page before."""
    texts = [" ".join(line.text for line in cell) for cell in cells]
    if any(is_number(text) or is_answer(text) for text in texts):
        return False
    ends = [cell[-1].text if cell else "" for cell in above]
    filled = [(end, text) for end, text in zip(ends, texts, strict=True) if text]
    # A whole row has its requirement; what has words only where the row above has some may be the rest of it.
    return all(end for end, _ in filled) and any(fit(end, text) >= 1 for end, text in filled)


def cell_texts(table: Table, vocabulary: Vocabulary) -> Iterator[list[str]]:
    """Yield the texts of each row's cells."""
    columns = len(table.rows[0])
    lefts, widths = [], []
    for place in range(columns):
        lines = [line for row in table.rows for line in row[place]]
        lefts.append(min((line.x0 for line in lines), default=0.0))
        widths.append(max((line.x1 for line in lines), default=0.0) - lefts[-1])
    for row in table.rows:
        yield [running_text(cell, vocabulary, lefts[i], widths[i]) for i, cell in enumerate(row)]


__all__ = ["Cells", "Table", "Text", "cell_texts", "tables_and_text"]
