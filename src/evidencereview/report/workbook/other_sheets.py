"""The sheets beside the list: summary with its picture, all rows, the flags, and how the workbook was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evidencereview.checks.registry import all_checks
from evidencereview.records import Item, Review
from evidencereview.report.check_page import page_parts
from evidencereview.report.making import how_made, section_titles, topics
from evidencereview.report.wording import (
    ANSWERS,
    LIMITS_OF_THE_TOOL,
    TIERS,
    counted,
    decisions_line,
    flag_counts,
    flags_of,
    note_line,
    nothing_on,
    provision_name,
    provisions_line,
    tier_counts,
)
from evidencereview.report.workbook.cells import (
    TIER_LINES,
    font,
    head,
    heights,
    printed,
    put,
    put_line,
    table,
    tint,
    title,
    widths,
)

_ROWS = (
    ("Rank", 6),
    ("Tier", 11),
    ("Provision", 10),
    ("Topic", 15),
    ("Binding", 9),
    ("Answer", 10),
    ("Answer as printed", 12),
    ("Relevance (0-3)", 10.5),
    ("Specificity (0-3)", 10.5),
    ("Flags", 18),
    ("Evidence", 50),
    ("Commentary", 36),
    ("Duties without words", 30),
    ("Ask", 30),
    ("Why it stands here", 34),
)
_PICTURE_COLUMNS = 8  # that the picture lies over


def add_summary(book: Workbook, review: Review, left_out: str) -> None:
    """Add the summary: counts by tier, by section with a picture, and by flag."""
    sheet: Worksheet = book.create_sheet("Summary")
    form = review.form
    title(sheet, 1, f"Review of {' '.join(form.name.split())}", 15)
    said = [
        f"{counted(len(form.rows), 'row')} read, edition {form.edition or 'unknown'}, {provisions_line(form)}.",
        LIMITS_OF_THE_TOOL,
        *(f"Check {failure.check} crashed ({failure.message}): its findings are missing." for failure in review.failures),
        *([left_out] if left_out else []),
        *([f"Decisions: {decisions_line(review)}."] if decisions_line(review) else []),
    ]
    for line, text in enumerate(said, 2):
        put(sheet, line, 1, text).alignment = Alignment(vertical="top")
    line = len(said) + 3
    line = _tiers(sheet, review, line)
    line = _sections(sheet, review, line + 1)
    last = _flags(sheet, review, line + 1)
    widths(sheet, (42, 12, 12, 12, 12, 3, *(10 for _ in range(_PICTURE_COLUMNS))))
    printed(sheet, form.name, 6 + _PICTURE_COLUMNS, max(last, line), repeat=False)
    sheet.sheet_view.showGridLines = False


def _tiers(sheet: Worksheet, review: Review, line: int) -> int:
    title(sheet, line, "Rows by tier")
    head(sheet, line + 1, ("Tier", "Rows"))
    for tier, count in tier_counts(review).items():
        cells = put_line(sheet, line + 2 + 3 - tier, (f"{tier} · {TIERS[tier]}", count))
        tint(cells[0], tier)
    return line + 6


def _sections(sheet: Worksheet, review: Review, line: int) -> int:
    """Write rows by section and tier, with a stacked bar a section beside it."""
    title(sheet, line, "Rows by section and tier")
    head(sheet, line + 1, ("Section", *TIERS.values()))
    sheet.row_dimensions[line + 1].height = 28
    names = section_titles(review)
    counts = Counter((item.row.section, item.tier) for item in review.items)
    sections = sorted({section for section, _ in counts})
    for at, section in enumerate(sections, line + 2):
        name = " ".join(part for part in (str(section), names.get(section, "")) if part)
        put_line(sheet, at, (name, *(counts[section, tier] for tier in TIERS)))
    last = line + 1 + len(sections)
    if sections:
        sheet.add_chart(_chart(sheet, line + 1, last), "G3")
    return last + 1


def _chart(sheet: Worksheet, first: int, last: int) -> BarChart:
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 50
    chart.title = "Rows by section and tier"
    chart.add_data(Reference(sheet, min_col=2, max_col=5, min_row=first, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    for series, tier in zip(chart.series, TIERS, strict=True):
        series.graphicalProperties.solidFill = TIER_LINES[tier]
        series.graphicalProperties.line.solidFill = "FFFFFF"
    # Newer Excel leaves an axis out unless it is told not to.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.majorUnit, chart.y_axis.number_format = 2, "0"
    chart.legend.position = "b"
    chart.width, chart.height = 16, 12
    return chart


def _flags(sheet: Worksheet, review: Review, line: int) -> int:
    title(sheet, line, "Findings by flag")
    head(sheet, line + 1, ("Flag", "Findings", "Still open"))
    still = Counter(found.flag for item in review.items for found in item.findings if found.is_open)
    counts = flag_counts(review)
    for at, (flag, count) in enumerate(counts.items(), line + 2):
        put_line(sheet, at, (flag, count, still[flag]))
    return line + 1 + len(counts)


def add_all_rows(book: Workbook, review: Review, items: Sequence[Item]) -> None:
    """Add every row of the form, in the order of the list, with or without findings."""
    sheet: Worksheet = book.create_sheet("All rows")
    head(sheet, 1, [name for name, _ in _ROWS])
    told = topics(review)
    for line, item in enumerate(items, 2):
        row = item.row
        cells = put_line(
            sheet,
            line,
            (
                item.rank,
                TIERS[item.tier],
                provision_name(row.number),
                told.get(row.number, ""),
                "must" if row.mandatory else "should",
                ANSWERS[row.answer],
                row.answer_raw,
                item.scores.relevance,
                item.scores.specificity,
                "\n".join(flags_of(item)),
                row.evidence,
                row.commentary,
                nothing_on(item),
                item.ask,
                _place(item),
            ),
        )
        tint(cells[1], item.tier)
    widths(sheet, [width for _, width in _ROWS])
    heights(sheet, 1, len(items) + 1)
    table(sheet, len(_ROWS), len(items) + 1)
    sheet.freeze_panes = "D2"
    printed(sheet, review.form.name, len(_ROWS), len(items) + 1)


def _place(item: Item) -> str:
    """Return why the row has its tier, and the points inside it."""
    because = "; ".join(reason.because for reason in item.breakdown[:1])
    points = ", ".join(f"{reason.label} {reason.points:.2g}" for reason in item.breakdown[1:])
    return f"{because} ({points})" if points else because


def add_flags_explained(book: Workbook, review: Review) -> None:
    """Add what each flag means, from the checks' own pages."""
    sheet: Worksheet = book.create_sheet("Flags explained")
    names = ("Flag", "Id", "Family", "Harm", "In short", "Why it matters", "What to ask", "Known limits")
    head(sheet, 1, names)
    for line, info in enumerate(all_checks(), 2):
        parts = page_parts(info)
        told = (parts[name] for name in ("Why it matters", "What to ask", "Known limits"))
        put_line(sheet, line, (info.flag, info.id, info.family, info.severity.value, info.summary, *told))
    widths(sheet, (21, 8, 14, 9, 40, 40, 36, 40))
    heights(sheet, 2, len(all_checks()) + 1)
    table(sheet, len(names), len(all_checks()) + 1)
    printed(sheet, review.form.name, len(names), len(all_checks()) + 1)


def add_how_made(book: Workbook, review: Review) -> None:
    """Add what somebody needs to make the workbook again, and what the reader could not carry over."""
    sheet: Worksheet = book.create_sheet("How this was made")
    lines = [*how_made(review), ("Limits", LIMITS_OF_THE_TOOL)]
    for line, (label, text) in enumerate(lines, 1):
        put(sheet, line, 1, label).font = font(bold=True)
        put(sheet, line, 2, text)
    at = len(lines) + 2
    title(sheet, at, f"Notes from reading ({len(review.form.notes)})")
    for line, note in enumerate(review.form.notes, at + 1):
        put(sheet, line, 2, note_line(note))
    widths(sheet, (26, 110))
    heights(sheet, 1, at + len(review.form.notes))
    printed(sheet, review.form.name, 2, at + len(review.form.notes), repeat=False)
