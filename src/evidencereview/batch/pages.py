"""Pages that are one file: no script, nothing fetched, every text escaped; and pictures as inline SVG."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from evidencereview.report.csv_format import Value
from evidencereview.report.harmless import visible

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1.25rem 3rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3 { color: #1f3a4d; line-height: 1.25; }
h2 { margin-top: 2.2rem; border-bottom: 2px solid #1f3a4d; padding-bottom: .25rem; }
table { border-collapse: collapse; margin: .8rem 0; font-size: .88rem; }
th, td { border-bottom: 1px solid #cfd6db; padding: .25rem .7rem .25rem 0; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
thead th { border-bottom: 2px solid #1f3a4d; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
figure { margin: 1rem 0; }
figcaption, .quiet { color: #4a5560; font-size: .9rem; }
svg { max-width: 100%; height: auto; }
svg text { font-size: 13px; fill: #1a1a1a; font-family: inherit; }
footer { margin-top: 3rem; border-top: 2px solid #1f3a4d; color: #4a5560; font-size: .9rem; }
@media print { body { max-width: none; padding: 0; font-size: 9pt; } thead { display: table-header-group; }
  tr, figure { break-inside: avoid; } @page { size: A4 landscape; margin: 12mm; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
FILL = "#2f7fa8"
_LINE, _NAMES, _BAR = 22, 250, 380


def escaped(value: Value) -> str:
    """Return a value as text of a page: visible, and never markup."""
    return html.escape(visible(str(value)))


def page(title: str, parts: Iterable[str], footer: str) -> bytes:
    """Return a whole page of parts that are markup already."""
    body = "\n".join(parts)
    text = (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escaped(title)}</h1>\n{body}\n</main>\n<footer><p>{escaped(footer)}</p></footer>\n</body>\n</html>\n"
    )
    return text.encode("utf-8")


def section(title: str, *parts: str) -> str:
    """Return a part of a page under a heading."""
    return f"<section>\n<h2>{escaped(title)}</h2>\n" + "\n".join(parts) + "\n</section>"


def paragraph(text: str) -> str:
    """Return a paragraph."""
    return f"<p>{escaped(text)}</p>"


def table(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return a table; numbers stand to the right."""
    head = "".join(f'<th scope="col">{escaped(column)}</th>' for column in columns)
    lines = ("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows)
    body = "\n".join(lines)
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def bars(caption: str, values: Sequence[tuple[str, float]], fills: Sequence[str] = (), shown: Sequence[str] = ()) -> str:
    """Return a bar for each named value, as a picture with words for who cannot see it.

    Args:
        caption: what the picture shows.
        values: name and length; lengths are 0 or more.
        fills: a colour a bar.
        shown: what stands beside each bar; by default its length.
    """
    most = max((length for _, length in values), default=0.0) or 1.0
    lines = []
    for place, (name, length) in enumerate(values):
        y = place * _LINE
        fill = fills[place] if fills else FILL
        words = shown[place] if shown else f"{length:g}"
        wide = round(length / most * _BAR, 1)
        lines.append(
            f'<text x="{_NAMES - 8}" y="{y + 15}" text-anchor="end">{escaped(name)}</text>'
            f'<rect x="{_NAMES}" y="{y + 2}" width="{wide}" height="{_LINE - 5}" fill="{fill}"/>'
            f'<text x="{_NAMES + wide + 6}" y="{y + 15}">{escaped(words)}</text>'
        )
    return figure(caption, _NAMES + _BAR + 170, max(1, len(values)) * _LINE, "\n".join(lines))


def figure(caption: str, width: int, height: int, drawing: str) -> str:
    """Return a picture with its caption."""
    label = escaped(caption)
    return (
        f'<figure><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label="{label}">\n{drawing}\n</svg><figcaption>{label}</figcaption></figure>'
    )


def _cell(value: Value) -> str:
    return f'<td class="number">{value}</td>' if isinstance(value, int | float) else f"<td>{escaped(value)}</td>"
