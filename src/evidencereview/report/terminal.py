"""Text for a screen: a summary, the first ten rows in full, the rest a line each, notes and failures at the end."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TextIO, cast

from rich.console import Console
from rich.text import Text

from evidencereview.records import Review
from evidencereview.report.harmless import one_line
from evidencereview.report.item_page import print_item, print_item_line
from evidencereview.report.page import Page
from evidencereview.report.wording import (
    LIMITS_OF_THE_TOOL,
    TIER_STYLES,
    TIERS,
    counted,
    decisions_line,
    flag_counts,
    is_settled,
    note_line,
    provisions_line,
    tier_counts,
    unmatched_words,
)

WIDTH = 80
FIRST = 10


def render(review: Review, *, min_tier: int = 0) -> bytes:
    """Return the list as plain UTF-8 text, 80 columns wide, without colour."""
    return on_page(lambda page: _print_review(page, review, min_tier)).encode("utf-8")


def show(review: Review, stream: TextIO, *, min_tier: int = 0) -> None:
    """Print the list to a stream, with colour and in the terminal's width where the stream is a terminal."""
    stream.write(on_page(lambda page: _print_review(page, review, min_tier), stream))


def on_page(draw: Callable[[Page], None], stream: TextIO | None = None) -> str:
    """Return what `draw` prints, as it suits a stream; without one, 80 columns and no colour.

    Drawn into memory first: a console that prints by itself ends the program when the reader of a pipe goes away.
    """
    drawn = io.StringIO()
    if stream is None:
        console = Console(file=drawn, width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    else:
        target = Console(file=stream)
        colours = None if target.legacy_windows else target.color_system
        console = Console(
            file=drawn,
            width=target.width,
            color_system=cast("Any", colours),
            force_terminal=target.is_terminal,
            no_color=target.no_color,
            legacy_windows=False,
        )
    draw(Page(console))
    return drawn.getvalue()


def _print_review(page: Page, review: Review, min_tier: int) -> None:
    shown = [item for item in review.items if item.tier >= min_tier]
    _print_summary(page, review)
    if shown:
        page.heading("First to look at")
    first = [item for item in shown if not is_settled(item)][:FIRST]
    rest = [item for item in shown if item not in first]
    for item in first:
        page.blank()
        print_item(page, item)
    if rest:
        page.heading("The rest")
    for item in rest:
        print_item_line(page, item)
    if len(shown) < len(review.items):
        page.blank()
        page.line(f"{counted(len(review.items) - len(shown), 'row')} below tier {min_tier} not shown.")
    _print_ending(page, review)


def _print_summary(page: Page, review: Review) -> None:
    form = review.form
    page.line(Text(one_line(form.name), style="bold"))
    read = f"{counted(len(form.rows), 'row')} read, edition {form.edition or 'unknown'}, {provisions_line(form)}"
    page.line(one_line(read))
    page.blank()
    for tier, count in tier_counts(review).items():
        page.line(Text.assemble((TIERS[tier], TIER_STYLES[tier]), f" (tier {tier})"), lead=f"{count:4}  ")
    page.blank()
    flags = ", ".join(f"{flag} {count}" for flag, count in flag_counts(review).items())
    page.line(one_line(flags) or "none", lead="Findings: ")
    if decisions_line(review):
        page.line(decisions_line(review), lead="Decisions: ")


def _print_ending(page: Page, review: Review) -> None:
    notes = review.form.notes
    if notes:
        page.heading(f"Notes from reading ({len(notes)})")
    page.entries(note_line(note) for note in notes)
    if review.unmatched:
        page.heading(f"Decisions that fit no finding ({len(review.unmatched)})")
    page.entries(unmatched_words(unmatched) for unmatched in review.unmatched)
    if review.failures:
        page.heading("Checks that crashed (their findings are missing)")
    page.entries(f"{failure.check}: {failure.message}" for failure in review.failures)
    page.blank()
    page.line(LIMITS_OF_THE_TOOL)
