"""Top and end of the page: what was read, the counts with their picture, notes, and how the page was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evidencereview.records import Review
from evidencereview.report.harmless import one_line
from evidencereview.report.making import how_made
from evidencereview.report.web_page.picture import picture
from evidencereview.report.web_page.pieces import E, Node, classed, table
from evidencereview.report.wording import (
    LIMITS_OF_THE_TOOL,
    TIERS,
    counted,
    decisions_line,
    flag_counts,
    note_line,
    provisions_line,
    tier_counts,
    unmatched_words,
)


def opening(review: Review) -> Node:
    """Return the title, what was read, and what the tool cannot know."""
    form = review.form
    read = f"{counted(len(form.rows), 'row')} read, edition {form.edition or 'unknown'}, {provisions_line(form)}."
    crashed = [
        classed("crashed", one_line(f"Check {failure.check} crashed ({failure.message}): its findings are missing."))
        for failure in review.failures
    ]
    limits = classed("limits", LIMITS_OF_THE_TOOL)
    return E.header(E.h1(f"Review of {one_line(form.name)}"), E.p(one_line(read)), limits, *crashed)


def summary(review: Review, min_tier: int) -> Node:
    """Return the counts by tier, section and flag, and the decisions so far."""
    tiers = (
        E.li(E.b(str(count)), f"{TIERS[tier]} (tier {tier})", {"class": f"tier-{tier}"})
        for tier, count in tier_counts(review).items()
    )
    still = Counter(found.flag for item in review.items for found in item.findings if found.is_open)
    flags = [(flag, count, still[flag]) for flag, count in flag_counts(review).items()]
    parts: list[Node] = [E.h2("Summary"), E.ul(*tiers, {"class": "tiers"}), picture(review)]
    if flags:
        told = E.summary(counted(len(flags), "flag"), " found, ", counted(sum(still.values()), "finding"), " open")
        parts.append(E.details(told, table("Findings by flag", ("Flag", "Findings", "Still open"), flags)))
    if decisions_line(review):
        parts.append(E.p(f"Decisions: {decisions_line(review)}."))
    missing = sum(item.tier < min_tier for item in review.items)
    if missing:
        parts.append(E.p(f"{counted(missing, 'row')} below tier {min_tier} left out below."))
    return E.section(*parts)


def ending(review: Review) -> Node:
    """Return decisions that fit nothing, the notes of reading, and what is needed to make the page again."""
    parts: list[Node] = []
    if review.unmatched:
        parts += _list("Decisions that fit no finding", map(unmatched_words, review.unmatched))
    if review.form.notes:
        parts += _list("Notes from reading", map(note_line, review.form.notes))
    made = [node for label, text in how_made(review) for node in (E.dt(label), E.dd(one_line(text)))]
    return E.footer(*parts, E.h2("How this page was made"), E.dl(*made), E.p(LIMITS_OF_THE_TOOL))


def _list(heading: str, texts: Iterable[str]) -> list[Node]:
    return [E.h2(heading), E.ul(*(E.li(one_line(text)) for text in texts), {"class": "findings"})]
