"""A row in the making, between the table lines and the finished record."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidencereview.readers.answers import is_answer
from evidencereview.readers.joints import Pieces
from evidencereview.readers.layout import Line


@dataclass(slots=True)
class Draft:
    """A row in the making.

    Attributes:
        printed: the number as printed ("" where the print has none) and what it must be.
        section: the section under whose heading the row stands, 0 where no heading says so.
        mandatory: what the block's heading says; None where there is none.
        headed: visible characters of the headings that stand before the cells of further columns.
    """

    printed: str
    number: str
    section: int
    mandatory: bool | None
    where: str
    requirement: Pieces = field(default_factory=Pieces)
    answer: Pieces = field(default_factory=Pieces)
    evidence: Pieces = field(default_factory=Pieces)
    commentary: Pieces = field(default_factory=Pieces)
    extra: Pieces = field(default_factory=Pieces)
    headed: int = 0

    def add(self, line: Line) -> None:
        """Append the cells of a line, piece by piece."""
        self.requirement.add(line.requirement)
        self.evidence.add(line.evidence)
        self.commentary.add(line.commentary)
        self.extra.add(line.extra)
        self.headed += line.headed
        if not (is_answer(line.answer) and line.answer.strip() in self.answer.parts):
            self.answer.add(line.answer)
