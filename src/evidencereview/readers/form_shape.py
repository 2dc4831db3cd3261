"""Whether cells look like rows of a form, before anybody has named a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from evidencereview.readers.answers import is_answer
from evidencereview.readers.grid import Grid
from evidencereview.readers.headings import is_header
from evidencereview.readers.numbers import is_number

MOST_SHARED = 30  # rows: no landlord means one text for more provisions than these


def form_rows(records: Iterable[Sequence[str]]) -> int:
    """Count the records that look like a form's row: a provision number and an answer in cells of their own."""
    return sum(any(is_number(c) for c in r[:6]) and any(is_answer(c) for c in r[:8]) for r in records if len(r) > 2)


def is_form_grid(grid: Grid) -> bool:
    """Tell whether a table holds rows of a form, or the headings above some."""
    cells = [row.cells for row in grid.rows]
    return form_rows(cells) > 0 or any(is_header(row, least=3) for row in cells[:10])


def share_down(cells: list[str], covered: Mapping[int, str]) -> bool:
    """Put the text of cells merged from above into a row of its own provision; tell whether any was put.

    Args:
        cells: the row's cells, changed in place.
        covered: column to the text of the merged cell that reaches down into it.
    """
    if not covered or not any(is_number(cell) for place, cell in enumerate(cells) if place not in covered):
        return False
    texts = {place: text for place, text in covered.items() if not is_number(text)}
    cells += [""] * (max(texts, default=-1) + 1 - len(cells))
    for place, text in texts.items():
        cells[place] = text
    return bool(texts)
