"""A text and the spans of its parts: one reading of the whole gives a vector for each part as well."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Parted:
    """A text and the spans (start and end, in characters) of those parts that are to have a vector of their own."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in words."""
        return tuple(self.text[start:end] for start, end in self.spans)


def piece_ranges(offsets: Sequence[Span], spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return which of a text's pieces each span holds, if only in part: the first, and the one after the last.

    Args:
        offsets: start and end of each piece in the text, in order; (0, 0) for the marks at its two ends.
        spans: of the parts, in characters.

    Returns:
        One range a span; empty (both numbers alike) where no piece of it was read, as beyond the pieces that fit.
    """
    inner = [place for place in offsets if place != (0, 0)]
    first = next((i for i, place in enumerate(offsets) if place != (0, 0)), 0)
    starts, ends = [start for start, _ in inner], [end for _, end in inner]
    ranges = ((bisect_right(ends, a), bisect_left(starts, b)) for a, b in spans)
    return tuple((first + begin, first + max(begin, end)) for begin, end in ranges)
