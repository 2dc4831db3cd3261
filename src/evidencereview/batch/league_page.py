"""summary.html: what many forms look like together, for reading and printing."""

from __future__ import annotations

from evidencereview.batch.league import BINS, League, number
from evidencereview.batch.pages import bars, page, paragraph, section, table
from evidencereview.batch.tables import FAILURES
from evidencereview.report.wording import LIMITS_OF_THE_TOOL, TIERS, counted

# Told apart without colour by the words beside them.
TIER_FILLS = ("#b3261e", "#c77f00", "#2f7fa8", "#3f7a3d")
_COLUMNS = ("place", "form", "landlord", "edition", "rows", "missing")
_MEANS = ("mean_relevance", "mean_specificity", "mean_score")


def league_page(league: League) -> bytes:
    """Return the page."""
    tiers = league.tiers()
    total = max(1, sum(tiers.values()))
    forms = counted(len(league.forms), "form")
    parts = [
        paragraph(f"{forms} with {counted(sum(tiers.values()), 'row')}."),
        section(
            "Rows by tier",
            bars(
                "Rows of all forms by tier",
                [(f"{tier} {TIERS[tier]}", count) for tier, count in tiers.items()],
                TIER_FILLS,
                [f"{count} ({count / total:.0%})" for count in tiers.values()],
            ),
        ),
        section(
            "How forms differ",
            bars(
                "Forms by the share of their rows that are weak or unsafe",
                [(f"{100 * n // BINS}-{100 * (n + 1) // BINS} %", count) for n, count in enumerate(league.weak_shares())],
            ),
        ),
        section("What is found", _flags(league)),
        section("What is most often asked for", _asks(league)),
        section("League table", paragraph("The form that needs most work stands first."), _league(league)),
    ]
    if league.failures:
        parts.append(section("Not reviewed, or not in full", table(FAILURES.columns, league.failures)))
    return page(f"{forms} reviewed", parts, LIMITS_OF_THE_TOOL)


def _flags(league: League) -> str:
    found = [entry for entry in league.flags() if entry[1]]
    return bars(
        "Findings by flag",
        [(flag, count) for flag, count, _, _ in found],
        shown=[f"{count} in {counted(forms, 'form')}" for _, count, forms, _ in found],
    )


def _asks(league: League) -> str:
    asks = league.asks()[:20]
    return table(
        ("forms", "provision", "flag", "for example"), [(ask.forms, ask.provision, ask.flag, ask.example) for ask in asks]
    )


def _league(league: League) -> str:
    rows = [
        (
            place,
            *(form[column] for column in _COLUMNS[1:]),
            *(int(number(form[f"tier_{tier}"])) for tier in TIERS),
            *(form[column] for column in _MEANS),
        )
        for place, form in enumerate(league.ranked(), 1)
    ]
    names = (*_COLUMNS, *(f"tier {tier}" for tier in TIERS), "relevance", "specificity", "score")
    return table(names, rows)
