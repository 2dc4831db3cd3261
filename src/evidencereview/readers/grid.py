"""What every format is turned into before anybody asks what a column means: grids of cells, and loose text between."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from evidencereview.config import Limits
from evidencereview.errors import LimitError
from evidencereview.records import Note

_RAISE = "raise it under [limits] in evidencereview.toml if the file is a real form, or save only the form itself"


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of a table: the text of each cell from the left, and where it stands in the file.

    `above` holds the places of cells that are merged with the cell above them (their own text is "").
    """

    cells: tuple[str, ...]
    where: str
    above: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grid:
    """One table (or what is left of one between two page breaks), top row first; rows may be ragged."""

    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Loose:
    """Text that stands in no table: a title, a section heading, an introduction.

    `heading` is True where the file itself marks it as a heading, so that the text before it has ended.
    """

    text: str
    where: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as grids and loose text in reading order, with notes on what the format could not carry over.

    For the balance of characters, all counted by `readers.visible`: `visible` are those that the file shows (None: the
    format's reader does not say, so that blocks and notes are taken for all there is), `noted` the visible ones that stand
    in the notes and in no block, `added` those in blocks or notes that the reader put there (the target of a link):
    visible + added = characters of the blocks + noted.
    """

    blocks: tuple[Grid | Loose, ...]
    notes: tuple[Note, ...] = ()
    visible: int | None = None
    noted: int = 0
    added: int = 0


def over_limit(name: str, cap: int, what: str) -> LimitError:
    """Return the error for a cap that was passed: it names the cap and its value."""
    return LimitError(f"{what}: over the limit {name} = {cap}", _RAISE)


class Meter:
    """Counts what one file has yielded so far and stops a reader at the first cap."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._rows = 0
        self._cells = 0
        self._deadline = time.monotonic() + limits.seconds

    def row(self, cells: Iterable[str], where: str, above: Iterable[int] = ()) -> GridRow:
        """Count one table row and return it; `above` are the places of cells merged with the one above.

        Raises:
            LimitError: over the caps on rows, cells, characters of a cell, or seconds.
        """
        row = GridRow(tuple(cells), where, frozenset(above))
        self._rows += 1
        self._cells += len(row.cells)
        if self._rows > self.limits.rows:
            raise over_limit("rows", self.limits.rows, f"{where}: too many table rows")
        if self._cells > self.limits.cells:
            raise over_limit("cells", self.limits.cells, f"{where}: too many table cells")
        if any(len(cell) > self.limits.cell_characters for cell in row.cells):
            raise over_limit("cell_characters", self.limits.cell_characters, f"{where}: a cell is too long")
        self.tick()
        return row

    @property
    def left(self) -> float:
        """Seconds that are left for this file."""
        return max(0.0, self._deadline - time.monotonic())

    def tick(self) -> None:
        """Raise LimitError once the time for this file is used up."""
        if time.monotonic() > self._deadline:
            raise over_limit("seconds", self.limits.seconds, "reading takes too long")
