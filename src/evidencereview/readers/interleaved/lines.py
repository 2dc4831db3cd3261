"""Lines of an interleaved text as words, each line with what it may be: text, a heading, the headings of the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from evidencereview.readers.alignment import key_of
from evidencereview.readers.headings import BlockHeading, block_heading, is_block_title, role_of

# Words of which the headings of columns are made; a line of nothing else is such a heading.
_HEADING_WORDS = frozenset(
    "code section provision requirement requirements comply complies compliance compliant yes no y n evidence commentary"
    " comments comment explanation explanations and any or the of self assessment answer status met number ref notes".split()
)
_SAY_HEADING = frozenset("requirement requirements comply commentary explanation explanations evidence provision".split())
# "Section 5.2 Landlords must" is a provision with its text, and no heading of section 5.
_NAMED_NUMBER = re.compile(r"\W*(?:section|part|chapter)\s+\d{1,2}\s*[.,]\s*\d", re.IGNORECASE)
_LONG_HEADING = 10


class Kind(Enum):
    """What a line is: the form's own text, a heading of a section or block, the headings of the columns."""

    TEXT = auto()
    HEADING = auto()
    COLUMNS = auto()


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line that is not blank.

    Attributes:
        words: as printed, split at white space.
        keys: the same words without case and punctuation, for comparing ("" for a word of punctuation alone).
        kind: what the line is; `heading` says of what where it is one.
        gap: whether a blank line stands above.
        number: line in the file, from 1.
    """

    words: tuple[str, ...]
    keys: tuple[str, ...]
    kind: Kind
    heading: BlockHeading | None
    gap: bool
    number: int

    @property
    def text(self) -> str:
        """The line with single spaces."""
        return " ".join(self.words)

    @property
    def where(self) -> str:
        """The place for a note."""
        return f"line {self.number}"


def read_lines(texts: Iterable[str]) -> tuple[ScanLine, ...]:
    """Split lines into words and tell headings from text; blank lines only leave a gap."""
    lines: list[ScanLine] = []
    gap = True
    for number, text in enumerate(texts, 1):
        words = tuple(text.split())
        if not words:
            gap = True
            continue
        keys = tuple(map(key_of, words))
        kind, heading = _kind(" ".join(words), keys)
        lines.append(ScanLine(words, keys, kind, heading, gap, number))
        gap = False
    return tuple(lines)


def text_of(lines: Sequence[ScanLine]) -> list[ScanLine]:
    """Return the lines that are neither headings of blocks nor of columns."""
    return [line for line in lines if line.kind is Kind.TEXT]


def _kind(text: str, keys: Sequence[str]) -> tuple[Kind, BlockHeading | None]:
    if _heads_columns(keys):
        return Kind.COLUMNS, None
    if _NAMED_NUMBER.match(text):
        return Kind.TEXT, None
    heading = block_heading(text)
    if (heading is not None and _reads_as_heading(text, heading)) or is_block_title(text):
        return Kind.HEADING, heading
    return Kind.TEXT, None


def _reads_as_heading(text: str, heading: BlockHeading) -> bool:
    # "5 Landlords must satisfy" is a damaged number and its text; "Section 5", "Mandatory 'must' requirements" are headings.
    named = re.match(r"\W*(?:section|part|chapter)\b", text, re.IGNORECASE) is not None
    return named or heading.mandatory is not None


def _heads_columns(keys: Sequence[str]) -> bool:
    parts = [part for key in keys for part in re.split(r"\W+", key) if part]
    if not parts or len(parts) > 2 * _LONG_HEADING or not all(part in _HEADING_WORDS for part in parts):
        return False
    return bool(_SAY_HEADING & set(parts)) and (len(parts) > 1 or role_of(parts[0]) is not None)
