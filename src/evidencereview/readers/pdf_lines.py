"""Words of a PDF put into lines, and lines into running text: hyphens at line ends, lists, paragraphs, links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from evidencereview.readers.markup import with_target
from evidencereview.readers.pdf_page import Word
from evidencereview.readers.visible import visible

_CLOSE = 0.1  # of a font's height: words no further apart are one, cut by the program that wrote them
_LEVEL = 0.45  # of a font's height: words whose middles differ by less stand on one line
_SPACE = 0.3  # of a font's height: a usual space
_APART = 0.6  # of a font's height: a gap that no space between two words of a sentence has
_PARAGRAPH = 1.4  # times the usual distance of lines: more begins a paragraph
_ITEM = re.compile(r"(?:[•▪●◦‣·–o-]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)])(?=\s|$)")
_ADDRESS = re.compile(r"https?:|www\.|@|\w/\w", re.IGNORECASE)
_REST = re.compile(r"\w[/_=&?#.@]\w|^[/_=&?#@]")  # more of an address and no word of a sentence
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")


@dataclass(frozen=True)
class TextLine:
    """Words on one height, from the left; `page` is the number of their page."""

    words: tuple[Word, ...]
    page: int = 0

    @cached_property
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Right end."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """Upper end."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Lower end."""
        return max(word.bottom for word in self.words)

    @cached_property
    def height(self) -> float:
        """Height of its usual font."""
        return median(word.height for word in self.words)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The texts that stand apart from each other on it."""
        return tuple(" ".join(word.text for word in segment) for segment in segments(self.words))

    @cached_property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)


@dataclass(slots=True)
class Vocabulary:
    """Words that stand whole inside a line of the document; it counts what was put together with their help.

    `joined` are words, `dropped` the visible hyphens that went with that.
    """

    known: frozenset[str]
    joined: int = 0
    dropped: int = 0
    targets: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Iterable[TextLine]) -> Vocabulary:
        """Collect the words that no line end can have cut."""
        return cls(frozenset(bare(word.text) for line in lines for word in line.words[1:-1]))


def bare(word: str) -> str:
    """Return a word without the signs around it, in small letters."""
    return _EDGES.sub("", word).casefold()


def lines_of(words: Iterable[Word], page: int = 0) -> list[TextLine]:
    """Put words into lines from the top, each from the left; what was one word becomes one again."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        line = lines[-1] if lines else []
        if line and abs(word.middle - line[-1].middle) < _LEVEL * min(word.height, line[-1].height):
            line.append(word)
        else:
            lines.append([word])
    return [TextLine(tuple(_whole(line)), page) for line in lines]


def running_text(lines: Sequence[TextLine], vocabulary: Vocabulary, left: float, width: float) -> str:
    """Return the text of one cell or paragraph; a line feed stands only where the author began a new line.

    Args:
        lines: from the top; they may come from several pages.
        vocabulary: of the whole document.
        left: where the column's text begins.
        width: how wide its widest line is, in points.
    """
    pitch = _pitch(lines)
    text, links = "", _Links(vocabulary)
    for before, line in pairwise([None, *lines]):
        joint = _between(before, line, vocabulary, left, width, pitch) if before and line else ""
        if joint is None:  # a hyphen that the line's end has put there
            whole, text, joint = text, text.rstrip("-\u00ad"), ""
            vocabulary.joined += 1
            vocabulary.dropped += visible(whole) - visible(text)
        for word in line.words if line else ():
            text, joint = links.add(text, joint, word), " "
    return links.close(text).replace("\u00ad", "")


def segments(words: Iterable[Word]) -> list[list[Word]]:
    """Cut a line's words where they stand apart from each other, as the cells of a table row do."""
    found: list[list[Word]] = []
    for word in words:
        if found and word.x0 - found[-1][-1].x1 < _APART * word.height:
            found[-1].append(word)
        else:
            found.append([word])
    return found


class _Links:
    """Puts an address behind the words that lead to it, once, where it says more than they do."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._target, self._start = "", 0

    def add(self, text: str, joint: str, word: Word) -> str:
        if word.link != self._target:
            text = self.close(text)
            self._target, self._start = word.link, len(text + joint)
        return text + joint + word.text

    def close(self, text: str) -> str:
        if not self._target:
            return text
        words = text[self._start :]
        more = with_target(words, self._target)[len(words) :]
        self._vocabulary.targets += [more] if more else []
        self._target = ""
        return text + more


def _whole(line: Iterable[Word]) -> Iterable[Word]:
    last: Word | None = None
    for word in sorted(line, key=lambda word: word.x0):
        if last is not None and -0.5 * word.height < word.x0 - last.x1 < _CLOSE * word.height:
            joined = last.text + word.text
            top, bottom = min(last.top, word.top), max(last.bottom, word.bottom)
            last = Word(joined, last.x0, top, max(last.x1, word.x1), bottom, last.link or word.link)
            continue
        if last is not None:
            yield last
        last = word
    if last is not None:
        yield last


def _between(
    before: TextLine, line: TextLine, vocabulary: Vocabulary, left: float, width: float, pitch: float
) -> str | None:
    """Return what joins two lines: a space, a line feed, nothing, or None where the hyphen between them goes too."""
    last, first = before.words[-1].text, line.words[0].text
    if _ITEM.match(line.text) and not _goes_on(last, first):
        return "\n"
    room = width - (before.x0 - left) - (before.x1 - before.x0)
    need = line.words[0].x1 - line.words[0].x0 + _SPACE * line.height
    if room > need + 0.5 * line.height or (before.page == line.page and line.top - before.top > _PARAGRAPH * pitch):
        return "\n"
    full = len(before.words) == 1 and room < 2 * _SPACE * line.height
    if full and _ADDRESS.search(last) and bare(first) not in vocabulary.known:
        return ""  # an address longer than the column, cut where it was full
    return _seam(last, first, vocabulary, tight=room < line.height)


def _goes_on(last: str, first: str) -> bool:
    """Tell whether what looks like the sign of a list is a dash or a number within a sentence ("page / 7.")."""
    return first[0] not in "•▪●◦‣" and last[-1:] not in ".:;!?"


def _seam(last: str, first: str, vocabulary: Vocabulary, *, tight: bool) -> str | None:
    if last.endswith("\u00ad"):
        return None
    whole = bare(last.rstrip("-")) + bare(first)
    if last.endswith("-") and len(last) > 1 and first[:1].islower():
        stem = bare(last)
        hyphened = f"{stem}-{bare(first)}" in vocabulary.known
        cut = whole in vocabulary.known or not (stem in vocabulary.known or hyphened)
        return None if cut and not hyphened and "-" not in last[:-1] else ""
    if last.endswith("-") and len(last) > 1 and first[:1].isalnum():
        return ""
    if tight and _ADDRESS.search(last) and (last.endswith(("/", "_", "=", "&", "?")) or _REST.search(first)):
        return ""
    ends = {bare(last), bare(first)}
    if tight and whole in vocabulary.known and not ends <= vocabulary.known and last[-1:].isalpha() and first[:1].islower():
        return ""
    return " "


def _pitch(lines: Sequence[TextLine]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    return median(steps) if steps else 1000.0
