"""Pages of words and rules become grids and loose text: columns by rules or white strips, tables over page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidencereview.readers.answers import is_answer
from evidencereview.readers.headings import is_header
from evidencereview.readers.joints import fit
from evidencereview.readers.numbers import is_number
from evidencereview.readers.pdf_columns import Strips, tables_of
from evidencereview.readers.pdf_lines import TextLine, Vocabulary, lines_of, running_text
from evidencereview.readers.pdf_page import Page, Rule
from evidencereview.readers.pdf_rows import Habit, Zone, split_rows
from evidencereview.readers.pdf_ruled import Piece, merged, ruled_pieces
from evidencereview.readers.pdf_running import on_many, running_lines, shape
from evidencereview.readers.pdf_undrawn import with_all_rows

_MOVED = 4.0  # points: columns that stand further apart are another table's
_WIDE = 0.8  # of a table's width: a rule that long parts rows
Row = list[list[TextLine]]


@dataclass(frozen=True, slots=True)
class Text:
    """Lines that stand in no table, from the top; `page` is where they begin."""

    page: int
    top: float
    lines: tuple[TextLine, ...]

    @property
    def all_lines(self) -> tuple[TextLine, ...]:
        """Every line of it."""
        return self.lines


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what page breaks have cut joined: cells as lines, and the page on which each row begins.

    `repeated` are its headings as often as later pages print them again; they stand in no row.
    """

    rows: tuple[tuple[tuple[TextLine, ...], ...], ...]
    pages: tuple[int, ...]
    repeated: tuple[str, ...] = ()

    @property
    def all_lines(self) -> tuple[TextLine, ...]:
        """Every line of its cells."""
        return tuple(line for row in self.rows for cell in row for line in cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page taken apart: its drawn tables, the lines outside them, and the rules that go across."""

    page: Page
    tables: tuple[Piece, ...]
    lines: tuple[TextLine, ...]
    floors: tuple[Rule, ...]

    @classmethod
    def of(cls, page: Page) -> Sheet:
        """Take a page apart."""
        tables, rest = ruled_pieces(page, page.words)
        return cls(page, tuple(tables), tuple(lines_of(rest, page.number)), tuple(merged(page.across)))


def without_running(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[str]]:
    """Return the pages without what runs over them (titles, page numbers, small tables of them), and its texts."""
    running = running_lines([sheet.lines for sheet in sheets], [sheet.page.height for sheet in sheets])
    counts = Counter(label for sheet in sheets for label in {_label(table) for table in sheet.tables})
    kept: list[Sheet] = []
    texts: list[str] = []
    for sheet in sheets:
        tables = [t for t in sheet.tables if not on_many(counts[_label(t)], len(sheets)) or _is_form(t)]
        texts += [line.text for line in sheet.lines if line in running]
        texts += [" ".join(word.text for word in table.words) for table in sheet.tables if table not in tables]
        lines = tuple(line for line in sheet.lines if line not in running)
        kept.append(replace(sheet, tables=tuple(tables), lines=lines))
    return kept, texts


def _label(table: Piece) -> str:
    return shape(" ".join(word.text for word in table.words))


def _is_form(table: Piece) -> bool:
    rows = [[_flat(lines_of(cell)) for cell in row] for row in table.rows]
    return any(is_header(row, least=3) or any(map(is_number, row)) for row in rows)


def tables_and_text(sheets: Sequence[Sheet]) -> Iterator[Table | Text]:
    """Yield what the pages hold in reading order."""
    drawn = with_all_rows([piece for sheet in sheets for piece in sheet.tables])
    pieces: dict[int, list[Piece | Text]] = {sheet.page.number: [] for sheet in sheets}
    for piece in drawn:
        pieces[piece.page].append(piece)
    floors = {sheet.page.number: sheet.floors for sheet in sheets}
    for strips, lines in tables_of((sheet.page.width, line) for sheet in sheets for line in sheet.lines):
        for found in _unruled(strips, lines, pieces, floors):
            pieces[found.page].append(found)
    ordered = [piece for page in sorted(pieces) for piece in sorted(pieces[page], key=lambda piece: piece.top)]
    return _joined(ordered)


def _unruled(
    strips: Strips | None,
    lines: Sequence[TextLine],
    pieces: dict[int, list[Piece | Text]],
    floors: dict[int, tuple[Rule, ...]],
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
        long = [r.at for r in floors[page] if min(r.end, right) - max(r.start, left) >= _WIDE * (right - left)]
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
    draft = _Draft()
    for piece in pieces:
        if isinstance(piece, Text):
            yield from draft.close()
            yield piece
            continue
        if not draft.takes(piece):
            yield from draft.close()
        draft.add(piece)
    yield from draft.close()


class _Draft:
    """The table in the making."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._rows: list[Row] = []
        self._pages: list[int] = []
        self._repeated: list[str] = []
        self._last: Piece | None = None

    def takes(self, piece: Piece) -> bool:
        """Tell whether a piece has the same columns as the one before it."""
        last = self._last
        if last is None or len(last.rows[0]) != len(piece.rows[0]) or len(last.edges) != len(piece.edges):
            return False
        return all(abs(a - b) <= _MOVED for a, b in zip(last.edges, piece.edges, strict=True))

    def add(self, piece: Piece) -> None:
        """Append the rows of a piece; what goes on with the last row of another page joins it."""
        rows = [[lines_of(cell, piece.page) for cell in cells] for cells in piece.rows]
        first = self._without_headings(rows[0]) if self._rows else rows[0]
        new_page = self._last is not None and self._last.page < piece.page
        if first is not None and new_page and _goes_on(self._rows[-1], first):
            for cell, more in zip(self._rows[-1], first, strict=True):
                cell.extend(more)
        elif first is not None:
            self._take(first, piece.page)
        for row in rows[1:]:
            self._take(row, piece.page)
        self._last = piece

    def close(self) -> Iterator[Table]:
        """Yield the table, if there is one, and begin the next."""
        if self._rows:
            rows = tuple(tuple(tuple(cell) for cell in row) for row in self._rows)
            yield Table(rows, tuple(self._pages), tuple(self._repeated))
        self._begin()

    def _take(self, row: Row, page: int) -> None:
        self._rows.append(row)
        self._pages.append(page)

    def _without_headings(self, row: Row) -> Row | None:
        """Return a row without the headings that are printed again in it (with or without a rule below them)."""
        head = self._rows[0]
        pairs = list(zip(row, head, strict=True))
        if not is_header([_flat(cell) for cell in head], least=3):
            return row
        if any(_flat(cell[: len(first)]) != _flat(first) for cell, first in pairs):
            return row
        self._repeated.append(" | ".join(_flat(cell) for cell in head))
        rest = [cell[len(first) :] for cell, first in pairs]
        return rest if any(rest) else None


def _flat(cell: Sequence[TextLine]) -> str:
    return " ".join(line.text for line in cell)


def _goes_on(above: Sequence[Sequence[TextLine]], cells: Sequence[Sequence[TextLine]]) -> bool:
    """Tell whether the first row of a page plainly ends the last row of the page before."""
    texts = [_flat(cell) for cell in cells]
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
