"""From cut lines and their rows to drafts: which answer counts, which words are whose, and what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from evidencereview.readers.answers import read_answer
from evidencereview.readers.interleaved.answer_words import remains
from evidencereview.readers.interleaved.cuts import Cut, Cutter
from evidencereview.readers.interleaved.lines import ScanLine
from evidencereview.readers.interleaved.marks import EXACT, Mark
from evidencereview.readers.joints import Pieces
from evidencereview.records import Answer

_UNSURE = 2.0  # a cut whose next best is nearer than this might as well stand elsewhere
# A sign between letters that no word has; addresses have them.
_SPOILT = re.compile(r"[A-Za-z][_%°§?{}<>^~\\\]\[;:(“”]{1,3}[A-Za-z]")
_ADDRESS = re.compile(r"://|www\.|@")
_SEVERAL = 2
_DEBRIS = frozenset("| ‘ ’ ' ` . : ; , - _ ~ ( ) « » * + “ ”".split())


@dataclass(slots=True)
class Parted:
    """One row of an interleaved form in the making.

    `doubts` are what a reader of the review should know, `debris` is punctuation that is no text, `rebuilt` is the damaged
    word out of which the answer was rebuilt ("" where it is as printed).
    """

    number: str
    mark: Mark | None
    first: int
    last: int
    asked: Pieces = field(default_factory=Pieces)
    told: Pieces = field(default_factory=Pieces)
    answer: str = ""
    doubts: list[str] = field(default_factory=list)
    debris: list[str] = field(default_factory=list)
    rebuilt: str = ""

    @property
    def where(self) -> str:
        """The lines of the row, for a note."""
        return f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"


def one_answer_each(cutter: Cutter, parts: Iterable[tuple[int, int]], marks: Mapping[int, Mark]) -> list[Cut]:
    """Leave each row the plainest of its answers (of equals the nearest to its number); the others are text again."""
    cuts = list(cutter.cuts)
    for start, end in parts:
        places = [place for place in range(start, end) if cuts[place].answer is not None]
        number = next((place for place in range(start, end) if place in marks), start)
        places.sort(key=lambda place: (-_plain(cuts[place]), abs(place - number), place))
        for place in places[1:]:
            cuts[place] = cutter.without_answer(place)
    return cuts


def _plain(cut: Cut) -> float:
    return cut.answer.plain if cut.answer is not None else 0.0


def join_row(number: str, mark: Mark | None, lines: Sequence[ScanLine], cuts: Sequence[Cut], skip: Sequence[int]) -> Parted:
    """Put the parts of a row's lines together; all three sequences are those of the row's lines."""
    row = Parted(number, mark, lines[0].number, lines[-1].number)
    damaged = None if any(cut.answer for cut in cuts) else _damaged(lines, cuts)
    for place, (line, cut) in enumerate(zip(lines, cuts, strict=True)):
        left, right = list(line.words[skip[place] : cut.left]), list(line.words[cut.right :])
        if cut.answer is not None:
            row.answer = cut.answer.text
        if damaged is not None and damaged[0] == place:
            row.answer = remains(line.words[damaged[1]])
            left, right = _without(line, damaged[1], skip[place], cut)
            row.rebuilt = line.words[damaged[1]]
            row.doubts.append(f"'{line.words[damaged[1]]}' is taken for what is left of '{row.answer}'")
        row.asked.add(" ".join(_clean(left, row.debris)))
        row.told.add(" ".join(_clean(right, row.debris)))
    _add_doubts(row, cuts)
    return row


def _damaged(lines: Sequence[ScanLine], cuts: Sequence[Cut]) -> tuple[int, int] | None:
    """Find what is left of an answer right at a cut, or alone in its line: (line, word)."""
    for place, (line, cut) in enumerate(zip(lines, cuts, strict=True)):
        for at in (cut.left, cut.left - 1):
            if 0 <= at < len(line.words) and remains(line.words[at]):
                return place, at
        filled = [at for at, key in enumerate(line.keys) if key]
        if len(filled) == 1 and remains(line.words[filled[0]]):
            return place, filled[0]
    return None


def _without(line: ScanLine, at: int, skip: int, cut: Cut) -> tuple[list[str], list[str]]:
    left = [word for place, word in enumerate(line.words[: cut.left]) if place >= skip and place != at]
    right = [word for place, word in enumerate(line.words) if place >= cut.right and place != at]
    return left, right


def _clean(words: list[str], debris: list[str]) -> list[str]:
    """Drop punctuation that stands alone at either end: ruled lines and dots that a scanner took for letters."""
    start, end = 0, len(words)
    while start < end and words[start] in _DEBRIS:
        start += 1
    while end > start and words[end - 1] in _DEBRIS:
        end -= 1
    debris += words[:start] + words[end:]
    return words[start:end]


def _add_doubts(row: Parted, cuts: Sequence[Cut]) -> None:
    if row.mark is None:
        row.doubts.insert(0, "no number was found for it")
    elif row.mark.sure < EXACT:
        row.doubts.insert(0, f"the number is printed as '{row.mark.raw}'")
    unsure = sum(cut.margin < _UNSURE for cut in cuts)
    if unsure:
        row.doubts.append(f"requirement and evidence could be parted otherwise in {unsure} of its {len(cuts)} lines")
    spoilt = [word for word in row.told.joined().split() if _SPOILT.search(word) and not _ADDRESS.search(word)]
    if len(spoilt) >= _SEVERAL:
        row.doubts.append(f"{len(spoilt)} words of its evidence are hardly legible, such as '{spoilt[0]}'")
    if not row.answer:
        row.doubts.append("no answer was found")
    elif read_answer(row.answer).answer is Answer.BLANK:
        row.doubts.append(f"'{row.answer}' is no answer yet")
