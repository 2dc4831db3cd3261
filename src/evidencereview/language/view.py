"""The form as a reader sees it: sentences with their cues and mentions, each made once.

Checks and features only look; nothing here is parsed or encoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from evidencereview.language.mentions import Kind, Mention
from evidencereview.records import Answer, Cell, Form, Row, Scores, Span

if TYPE_CHECKING:
    from datetime import date

    from evidencereview.language.coverage import DutyCoverage
    from evidencereview.language.pair_reader import PairReader
    from evidencereview.language.vectors import FormVectors
    from evidencereview.provisions import Pack, Provision

_BLANK = re.compile(r"(?:[\s\-–—−._/•]|n/?a|not applicable|none|nil|tbc)*", re.IGNORECASE)


class SentenceKind(StrEnum):
    """Prose says something; a title or a link's label only names a thing."""

    PROSE = "prose"
    TITLE = "title"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found in a cell: category, code points of the cue, and of its reach within the sentence."""

    category: str
    start: int
    end: int
    reach_start: int
    reach_end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a cell; offsets are code points in the cell."""

    cell: Cell
    start: int
    end: int
    text: str
    kind: SentenceKind
    cues: tuple[CueHit, ...]
    mentions: tuple[Mention, ...]
    words: tuple[str, ...]

    @property
    def span(self) -> Span:
        """The sentence as a span of its cell."""
        return Span(self.cell, self.start, self.end)

    def hits(self, *categories: str) -> list[CueHit]:
        """Return the cues of the given categories."""
        return [cue for cue in self.cues if cue.category in categories]

    def has(self, *categories: str) -> bool:
        """Tell whether a cue of one of the categories stands here."""
        return any(cue.category in categories for cue in self.cues)

    def mentions_of(self, *kinds: Kind) -> list[Mention]:
        """Return the mentions of the given kinds."""
        return [mention for mention in self.mentions if mention.kind in kinds]


@dataclass(frozen=True)
class RowView:
    """One row with its provision (None where the number is unknown), sentences, and place in the form."""

    index: int
    row: Row
    provision: Provision | None
    sentences: tuple[Sentence, ...]

    @property
    def is_blank(self) -> bool:
        """Whether evidence and commentary hold nothing but dashes or 'N/A'."""
        return _BLANK.fullmatch(self.row.text) is not None

    @property
    def claims(self) -> bool:
        """Whether the row claims compliance: the answer is Yes, or left blank."""
        return self.row.answer in (Answer.YES, Answer.BLANK)

    @cached_property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences that say something."""
        return tuple(s for s in self.sentences if s.kind is SentenceKind.PROSE)

    def words(self, span: Span) -> str:
        """Return the words of a span."""
        return self.row.cell(span.cell)[span.start : span.end]

    def sentence_at(self, span: Span) -> Sentence | None:
        """Return the sentence in which a span begins; None where it begins in none."""
        return next((s for s in self.sentences if s.cell is span.cell and s.start <= span.start < s.end), None)

    def sentences_with(self, *categories: str) -> Iterator[Sentence]:
        """Yield the sentences in which a cue of one of the categories stands."""
        return (s for s in self.sentences if s.has(*categories))


@dataclass(frozen=True)
class FormView:
    """Everything that checks may look at.

    `heads` maps a learned score ("future-commitment") to one probability a row; it is empty where no heads are shipped.
    `readings` gives, for each row, what the cross-encoder makes of it (log-odds, in the order of `cross_encoder.READINGS`).
    `reader` reads further pairs of texts that a check brings up; None where cross-encoder or heads are missing.
    `shown` gives, for each row, the probability of each of its sentences showing a flag.
    `repeats` maps a row's index to the sentences of it that stand in three rows or more.
    """

    form: Form
    pack: Pack
    rows: tuple[RowView, ...]
    scores: tuple[Scores, ...]
    repeats: Mapping[int, tuple[Sentence, ...]]
    coverage: tuple[tuple[DutyCoverage, ...], ...] = ()
    vectors: FormVectors | None = None
    readings: tuple[tuple[float, ...], ...] = ()
    reader: PairReader | None = None
    heads: Mapping[str, Sequence[float]] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    shown: tuple[Mapping[str, tuple[float, ...]], ...] = ()
    as_of: date | None = None

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The provision numbers of this form."""
        return frozenset(view.row.number for view in self.rows if view.row.number)

    @cached_property
    def links(self) -> frozenset[tuple[int, int]]:
        """Places of two rows that the map of shared duties links, in either direction; each pair stands both ways round."""
        places: dict[str, list[int]] = {}
        for row in self.rows:
            places.setdefault(row.row.number, []).append(row.index)
        found = {
            (row.index, other)
            for row in self.rows
            for share in (row.provision.shares if row.provision else ())
            if share.edition == self.pack.edition
            for other in places.get(share.number, ())
        }
        return frozenset(found | {(other, row) for row, other in found})

    @cached_property
    def by_number(self) -> Mapping[str, RowView]:
        """Provision number to its first row."""
        return {view.row.number: view for view in reversed(self.rows) if view.row.number}
