"""Forms with a column to tick for each answer ("Yes" and "No" side by side): folded into the one column of answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidencereview.readers.answers import read_answer
from evidencereview.readers.grid import Document, Grid, GridRow, Loose
from evidencereview.readers.headings import Role, role_of
from evidencereview.readers.numbers import is_number
from evidencereview.records import Answer

_TICKS = frozenset("✓✔☑☒🗸√✅xX×●•■")
_BOX = {"x": "[x]", "X": "[X]", "×": "[x]", "●": "☒", "•": "☒", "■": "☒"}
_WORDS = re.compile(r"(?:yes|no|y|n|partial(?:ly)?|partly|in part|n/?a|not applicable|(?:non[- ]?|not )?compliant)\W*", re.I)
_HEAD = 3  # rows from the top in which such headings may stand


@dataclass(frozen=True, slots=True)
class _Choice:
    """The neighbouring columns to tick: where the first stands, and the answer above each."""

    start: int
    words: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def fold_choices(document: Document) -> Document:
    """Return the document with columns to tick made one; a table without headings goes on with the one before."""
    known: _Choice | None = None
    blocks: list[Grid | Loose] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            place = _find(block.rows)
            known = place[1] if place else known if known and _carries_on(block.rows, known) else None
            if known is not None:
                block = Grid(tuple(_folded(block.rows, known, place[0] if place else -1)))
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _find(rows: Sequence[GridRow]) -> tuple[int, _Choice] | None:
    """Find the row whose neighbouring cells are answers of different meaning, above rows that have none there."""
    for place, row in enumerate(rows[:_HEAD]):
        if any(is_number(cell) for cell in row.cells):
            return None
        for start in range(len(row.cells) - 1):
            end = start
            while end < len(row.cells) and _WORDS.fullmatch(row.cells[end].strip()):
                end += 1
            meanings = {read_answer(cell).answer for cell in row.cells[start:end]}
            if len(meanings) == end - start >= 2 and {Answer.YES, Answer.NO} <= meanings and _has_others(rows[: place + 1]):
                return place, _Choice(start, tuple(cell.strip() for cell in row.cells[start:end]))
    return None


def _has_others(head: Sequence[GridRow]) -> bool:
    roles = {role_of(cell) for row in head for cell in row.cells}
    return bool(roles & {Role.NUMBER, Role.REQUIREMENT, Role.EVIDENCE, Role.COMMENTARY})


def _carries_on(rows: Sequence[GridRow], known: _Choice) -> bool:
    filled = [row for row in rows if len(row.cells) > known.end]
    return any(_is_ticked(row.cells[known.start : known.end]) for row in filled)


def _is_ticked(cells: Sequence[str]) -> bool:
    return sum(cell.strip() in _TICKS for cell in cells) == 1


def _folded(rows: Sequence[GridRow], known: _Choice, head: int) -> Iterator[GridRow]:
    for place, row in enumerate(rows):
        cells = row.cells
        ticks = cells[known.start : known.end]
        if place == head or [cell.strip() for cell in ticks] == list(known.words):
            answer = "Comply: " + "/".join(ticks)
        elif place < head:
            answer = " ".join(cell for cell in ticks if cell.strip())
        else:
            answer = _answer(ticks, known.words)
        shift = len(known.words) - 1
        above = {p if p <= known.start else max(known.start, p - shift) for p in row.above}
        # A cell of the answer is merged with the one above only if all its columns are.
        if not all(p in row.above for p in range(known.start, known.end)):
            above.discard(known.start)
        folded = (*cells[: known.start], answer, *cells[known.end :])
        yield replace(row, cells=folded if len(cells) > known.start else cells, above=frozenset(above))


def _answer(ticks: Sequence[str], words: Sequence[str]) -> str:
    """Return what the ticks say, each before its word: "✓ Yes", "☐ Yes ☒ No"; a word in its own column is itself."""
    said = []
    for tick, word in zip(ticks, words, strict=False):
        text = tick.strip()
        if not text or re.fullmatch(r"[-–—]+", text):
            continue
        if text in _TICKS or text in "☐□":
            said.append(f"{_BOX.get(text, text)} {word}")
        else:
            # Words in a column to tick: the column's own answer, or something to be read behind it.
            same = read_answer(text).answer is read_answer(word).answer
            said.append(text if same else f"{word}: {text}")
    return " ".join(said)
