"""Puts a form into the text that a scan leaves of it: columns interleaved line by line, numbers and words damaged."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidencereview.records import Row

HEADINGS = "Code section Code requirement Comply: Evidence, commentary and any\nYes/No explanations"
_MISREAD = {"l": "I", "1": "l", "0": "O", "o": "c", "e": "c", "n": "ri", "m": "rn", "i": "j", "a": "o", "s": "5", ".": ","}


@dataclass(frozen=True)
class Scan:
    """How a form was laid out and how badly it was scanned.

    `left` and `right` are the widths of the two text columns, `centred` says whether number and answer stand in the middle
    of their cells, `noise` is the share of characters misread, `damaged` of numbers damaged, `blocks` of rows whose text
    columns come one after the other, `smudged` of lines with specks between the columns.
    """

    left: int = 58
    right: int = 42
    centred: bool = True
    noise: float = 0.0
    damaged: float = 0.0
    blocks: float = 0.0
    smudged: float = 0.0
    headings: bool = True


def interleave(rows: Sequence[Row], scan: Scan, seed: int = 1) -> str:
    """Return the text of a scanned form."""
    dice = random.Random(seed)
    lines = ["Self-assessment", ""]
    section = 0
    for row in rows:
        if row.section != section and scan.headings:
            lines += ["", f"Section {row.section} - Part {row.section} of the assessment", *HEADINGS.split("\n")]
        section = row.section
        lines += list(_row(row, scan, dice))
        if dice.random() < 0.3:
            lines.append("")
    return "\n".join(lines) + "\n"


def _row(row: Row, scan: Scan, dice: random.Random) -> Iterator[str]:
    left = textwrap.wrap(_misread(row.requirement, scan, dice), scan.left)
    right = textwrap.wrap(_misread(row.text.replace("\n", " "), scan, dice), scan.right)
    height = max(len(left), len(right), 1)
    number = _damaged(row.number, dice) if dice.random() < scan.damaged else row.number
    middle = (height - 1) // 2 if scan.centred else 0
    blocks = dice.random() < scan.blocks and len(left) > 1
    rows = []
    for at in range(height):
        words = [column[at] if at < len(column) else "" for column in (left, right)]
        beside = [number, row.answer_raw] if at == middle else ["", ""]
        rows.append([beside[0], words[0], beside[1], words[1]])
    if blocks:
        yield from (" ".join(cell for cell in cells[:3] if cell) for cells in rows if any(cells[:3]))
        yield ""
        yield from (cells[3] for cells in rows if cells[3])
        return
    for cells in rows:
        if dice.random() < scan.smudged:
            cells[2] = f"| {cells[2]}".strip() if cells[2] else dice.choice(("'", ".", ": ."))
        yield " ".join(cell for cell in cells if cell)


def _damaged(number: str, dice: random.Random) -> str:
    major, _, minor = number.partition(".")
    ways = (f"{major}{minor}", f"{major}. {minor}", f"{major}.{minor}.", number.replace("1", "l"), f"{major},{minor}")
    return dice.choice(ways)


def _misread(text: str, scan: Scan, dice: random.Random) -> str:
    return "".join(_MISREAD.get(letter, letter) if dice.random() < scan.noise else letter for letter in text)
