"""Small pieces of Markdown that the model card and the datasheet are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill

WIDTH = 120


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table: the first column to the left, the others to the right."""
    lines = [tuple(head), ("---", *("---:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(cell(each) for each in line)} |" for line in lines)


def cell(value: object) -> str:
    """Return a value as it stands in a table: shares with two places, a dash for what could not be measured."""
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def interval(bounds: Sequence[float] | None) -> str:
    """Return the two ends of an interval, a dash where there is none."""
    return f"{bounds[0]:.2f} to {bounds[1]:.2f}" if bounds else "–"


def prose(text: str) -> str:
    """Return a paragraph, wrapped."""
    return fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def bullets(texts: Iterable[str]) -> str:
    """Return a list, wrapped."""
    return "\n".join(
        fill(
            " ".join(text.split()),
            WIDTH,
            initial_indent="- ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for text in texts
    )


def document(parts: Iterable[str]) -> str:
    """Join the parts that are not empty, a blank line between them."""
    return "\n\n".join(part for part in parts if part) + "\n"
