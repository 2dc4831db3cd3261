"""A comparison as one page: tables, no script, nothing fetched."""

from __future__ import annotations

import html

from evidencereview.comparison.changes import Comparison
from evidencereview.report.comparison_tables import Table, summary_lines, tables
from evidencereview.report.harmless import one_line, visible

_STYLE = """
body { font: 16px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; margin: 1.5rem auto; max-width: 90rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #767676; padding: .35rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere;
  white-space: pre-line; }
thead th { background: #e4eaf0; }
.narrow { width: 30rem; max-width: 100%; }
tbody th { font-weight: 600; }
footer { margin-top: 2rem; font-size: .85rem; color: #444; }
@media print { body { margin: 0; max-width: none; font-size: 10px; } thead { display: table-header-group; }
  tr { break-inside: avoid; } @page { size: A4 landscape; margin: 12mm; } }
"""


def render(comparison: Comparison) -> bytes:
    """Return the page as UTF-8, the same bytes for the same comparison."""
    title = _text(one_line(f"{comparison.old.form.name} → {comparison.new.form.name}"))
    lines = "".join(f"<li>{_text(line)}</li>\n" for line in summary_lines(comparison))
    body = "".join(_table(table) for table in tables(comparison))
    page = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Comparison: {title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Comparison: {title}</h1>\n<ul>\n{lines}</ul>\n{body}</main>\n{_footer(comparison)}</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _table(table: Table) -> str:
    heading = f"<h2>{_text(table.title)}</h2>\n"
    if not table.rows:
        return f"{heading}<p>{_text(table.empty)}</p>\n"
    columns = "".join(f'<th scope="col">{_text(column)}</th>' for column in table.columns)
    total = sum(table.widths)
    widths = "".join(f'<col style="width: {100 * width / total:.1f}%">' for width in table.widths)
    rows = "".join(
        f'<tr><th scope="row">{_text(first)}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in rest)}</tr>\n'
        for first, *rest in table.rows
    )
    kind = ' class="narrow"' if len(table.columns) == 3 else ""
    head = f"<colgroup>{widths}</colgroup>\n<thead><tr>{columns}</tr></thead>"
    return f"{heading}<table{kind}>\n{head}\n<tbody>\n{rows}</tbody>\n</table>\n"


def _footer(comparison: Comparison) -> str:
    told = [
        f"{name} form: {review.form.name}, {review.form.format}, edition {review.form.edition}, SHA-256 {review.form.sha256}"
        for name, review in (("Old", comparison.old), ("New", comparison.new))
    ]
    versions = ", ".join(f"{name} {value}" for name, value in comparison.new.versions.items())
    return "<footer>\n" + "".join(f"<p>{_text(line)}</p>\n" for line in (*told, f"Made with {versions}.")) + "</footer>\n"


def _text(text: str) -> str:
    return html.escape(visible(text), quote=True)
