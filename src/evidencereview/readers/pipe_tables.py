"""Tables that are drawn with bars: Markdown's pipe tables, and grid tables whose rows stand between drawn lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencereview.readers.markup import with_target

_DASHES = re.compile(r":?-+:?")
_BORDER = re.compile(r"\+(?:[-=:]{2,}\+)+")
_WIDEST_RULE = 2000  # characters: a longer line rules no table
_BAR = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\(<?([^()\s<>]{0,1000})>?(?:\s+\"[^\"\n]{0,200}\")?\)")
_STRONG = re.compile(r"(?<![\w*])(\*\*\*|\*\*|\*)(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])")
_UNDER = re.compile(r"(?<![\w_])(___|__|_)(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def is_markdown(text: str) -> bool:
    """Tell whether a text holds a table with a ruled line below its headings, or between its rows."""
    return any(_is_rule(line) or _is_border(line) for line in text.split("\n") if "--" in line or "==" in line)


def table_lines(lines: Sequence[str]) -> Iterator[tuple[int, str, list[str] | None]]:
    """Yield each line with its number (from 1) and its cells, None where it is no row between bars.

    The lines of a grid table's row come as one, at the number of its last.
    """
    open_bars = {n + d for n, line in enumerate(lines) if _is_open_rule(line) for d in (-1, 0)}
    row: list[list[str]] = []
    inside = below = False
    for number, line in enumerate(lines, 1):
        if _is_border(line):
            if row:
                yield number - 1, "", _stacked(row)
            row, inside = [], True
            continue
        cells = bar_cells(line)
        if inside and cells is not None:
            row.append(cells)
            continue
        if row:
            yield number - 1, "", _stacked(row)
        row, inside = [], False
        below = bool(line.strip()) and "|" in line and (below or number - 1 in open_bars)
        yield number, line, cells if cells is not None or not below or "\t" in line else _parts(line)
    if row:
        yield len(lines), "", _stacked(row)


def bar_cells(line: str) -> list[str] | None:
    """Return the cells of a line that begins and ends with a bar; None for any other."""
    bare = line.strip()
    if "\t" in line or len(bare) < 5 or not (bare.startswith("|") and bare.endswith("|")) or bare.count("|") < 4:
        return None
    return _parts(bare[1:-1])


def plain_markdown(text: str) -> str:
    """Return Markdown text without its marks of emphasis and escape; a link keeps its address behind its words."""
    text = _LINK.sub(lambda found: with_target(found[1], found[2]), text)
    text = _UNDER.sub(r"\2", _STRONG.sub(r"\2", text))
    return _ESCAPED.sub(r"\1", text)


def _parts(bare: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(bare)]


def _is_open_rule(line: str) -> bool:
    return not line.lstrip().startswith("|") and line.count("|") >= 2 and _is_rule(line)


def _is_rule(line: str) -> bool:
    """Tell whether a line rules off the headings of a pipe table (|---|:--:|)."""
    bare = line.strip() if len(line) <= _WIDEST_RULE else ""
    return "|" in bare and "-" in bare and all(_DASHES.fullmatch(part.strip()) for part in bare.strip("|").split("|"))


def _is_border(line: str) -> bool:
    return len(line) <= _WIDEST_RULE and _BORDER.fullmatch(line.strip()) is not None


def _stacked(lines: Sequence[Sequence[str]]) -> list[str]:
    """Join the lines of one row of a grid table, column by column."""
    width = max(map(len, lines))
    columns = [[line[place] for line in lines if place < len(line)] for place in range(width)]
    return [_paragraphs(column) for column in columns]


def _paragraphs(pieces: Sequence[str]) -> str:
    out = ""
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if piece:
            out += ("" if not out else "\n" if not before or piece[0] in "-*•" else " ") + piece
    return out
