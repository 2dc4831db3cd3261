"""White space made even, with the way back: cues and mentions must not depend on doubled spaces or blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidencereview.language.mentions import Mention
from evidencereview.language.view import CueHit

_RUN = re.compile(r"\s+")
_UNEVEN = re.compile(r"\s\s|[^\S \n]")


@dataclass(frozen=True, slots=True)
class Even:
    """A text with every run of white space as one character, and where each of its code points stood before.

    A run that holds a line break becomes a line break, any other a space.
    """

    text: str
    places: Sequence[int]

    def start(self, position: int) -> int:
        """Return the place of a code point in the original."""
        return self.places[position]

    def end(self, position: int) -> int:
        """Return the place just behind a code point that ends before `position`."""
        return self.places[position - 1] + 1 if position else 0

    def hit(self, hit: CueHit) -> CueHit:
        """Return a cue with its places in the original."""
        return CueHit(
            hit.category,
            self.start(hit.start),
            self.end(hit.end),
            self.start(hit.reach_start),
            self.end(hit.reach_end),
        )

    def mention(self, mention: Mention) -> Mention:
        """Return a mention with its places in the original; its text stays the even one."""
        return Mention(mention.kind, self.start(mention.start), self.end(mention.end), mention.text)


def even(text: str) -> Even:
    """Make the white space of a text even."""
    if not _UNEVEN.search(text):
        return Even(text, range(len(text)))
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for run in _RUN.finditer(text):
        parts.append(text[last : run.start()])
        places.extend(range(last, run.start()))
        parts.append("\n" if "\n" in run.group() else " ")
        places.append(run.start())
        last = run.end()
    parts.append(text[last:])
    places.extend(range(last, len(text)))
    return Even("".join(parts), tuple(places))
