"""A table of a web page in the making: cells in their columns whatever spans them, tables within tables set free."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidencereview.readers.form_shape import MOST_SHARED, is_form_grid, share_down
from evidencereview.readers.grid import Grid, GridRow, Loose, Meter

WIDEST = 1000  # what browsers allow a colspan to be


@dataclass(slots=True)
class OpenTable:
    """A table whose end has not come yet.

    Attributes:
        parts: finished rows, and what stood between them: loose text, tables that were set free.
        cells: the cells of the row that is open, None between rows.
    """

    meter: Meter
    parts: list[GridRow | Loose | Grid] = field(default_factory=list)
    cells: list[str] | None = None
    where: str = ""
    shared: int = 0  # rows to which the text of a cell from above was given
    _held: dict[int, tuple[int, str]] = field(default_factory=dict)  # column → rows still covered from above, the text
    _begun: dict[int, tuple[int, str]] = field(default_factory=dict)  # the same for cells that begin in the open row

    def open_row(self, where: str) -> None:
        """Begin a row; one that was left open ends."""
        self.close_row()
        self.cells, self.where = [], where
        self._skip_held()

    def add_cell(self, text: str, across: int, down: int) -> None:
        """Put a cell into the next free column; the columns and rows that it also covers stay blank."""
        if self.cells is None:
            self.open_row(self.where)
        assert self.cells is not None
        self._skip_held()
        start = len(self.cells)
        self.cells += [text, *[""] * (min(across, WIDEST) - 1)]
        if down > 1:
            self._begun |= dict.fromkeys(range(start, len(self.cells)), (down - 1, ""))
            self._begun[start] = (down - 1, text if down <= MOST_SHARED else "")

    def close_row(self) -> None:
        """End the open row, if there is one.

        Raises:
            LimitError: over one of the reading limits.
        """
        if self.cells is None:
            return
        self._skip_held()
        if self.cells:
            self.shared += share_down(self.cells, {column: text for column, (_, text) in self._held.items() if text})
            self.parts.append(self.meter.row(self.cells, self.where))
        self.cells = None
        self._held = {column: (rows - 1, text) for column, (rows, text) in self._held.items() if rows > 1} | self._begun
        self._begun = {}

    def blocks(self) -> list[Grid | Loose]:
        """Return the finished table: one grid, or several where something stood between its rows."""
        self.close_row()
        blocks: list[Grid | Loose] = []
        rows: list[GridRow] = []
        for part in self.parts:
            if isinstance(part, GridRow):
                rows.append(part)
                continue
            blocks += [Grid(tuple(rows))] if rows else []
            blocks.append(part)
            rows = []
        return blocks + ([Grid(tuple(rows))] if rows else [])

    def _skip_held(self) -> None:
        assert self.cells is not None
        while len(self.cells) in self._held:
            self.cells.append("")


def stands_alone(blocks: list[Grid | Loose]) -> bool:
    """Tell whether a table inside a cell is a table of the form, so that the cell only frames it."""
    grids = [block for block in blocks if isinstance(block, Grid)]
    return len(grids) > 1 or any(is_form_grid(grid) for grid in grids)


def as_lines(blocks: list[Grid | Loose]) -> str:
    """Return a table inside a cell as lines of text, its cells between bars."""
    lines = []
    for block in blocks:
        rows = [block.text] if isinstance(block, Loose) else [" | ".join(filter(None, row.cells)) for row in block.rows]
        lines += [row for row in rows if row.strip()]
    return "\n".join(lines)
