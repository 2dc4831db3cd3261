"""A small picture of the rows by section and tier: bars of inline SVG, each part with its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from evidencereview.records import Review
from evidencereview.report.harmless import one_line
from evidencereview.report.making import section_titles
from evidencereview.report.web_page.pieces import E, Node, table
from evidencereview.report.wording import TIERS

_LEFT, _WIDTH, _BAR, _GAP = 290, 760, 22, 9
_NAME = 38  # characters of a section's title that have room


def sections(review: Review) -> Mapping[int, Counter[int]]:
    """Return section to rows by tier, in the order of the form."""
    found: dict[int, Counter[int]] = {}
    for item in sorted(review.items, key=lambda item: (item.row.section, item.row.order)):
        found.setdefault(item.row.section, Counter())[item.tier] += 1
    return found


def section_name(section: int, titles: Mapping[int, str]) -> str:
    """Return a section's number and title, as far as they are known."""
    return one_line(f"{section or ''} {titles.get(section, '' if section else 'No number')}")


def picture(review: Review) -> Node:
    """Return the picture with the same numbers as a table below it."""
    counts, titles = sections(review), section_titles(review)
    most = max((counter.total() for counter in counts.values()), default=1)
    height = len(counts) * (_BAR + _GAP) + _GAP
    bars = [
        part
        for place, (section, counter) in enumerate(counts.items())
        for part in _bar(section_name(section, titles), counter, _GAP + place * (_BAR + _GAP), most)
    ]
    told = "Bars of the rows of each section by tier; the table below gives the numbers."
    drawing = E.svg(
        E.title("Rows by section and tier", id="picture-title"),
        E.desc(told, id="picture-told"),
        *bars,
        {
            "viewBox": f"0 0 {_WIDTH} {height}",
            "width": str(_WIDTH),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "picture-title picture-told",
        },
    )
    lines: list[tuple[str | int, ...]] = [
        (section_name(section, titles), *(counter[tier] for tier in TIERS)) for section, counter in counts.items()
    ]
    return E.figure(drawing, E.figcaption(table("Rows by section and tier", ("Section", *TIERS.values()), lines)))


def _bar(name: str, counter: Counter[int], top: int, most: int) -> list[Node]:
    middle = str(top + _BAR - 6)
    label = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    parts = [E.text(label, {"x": str(_LEFT - 10), "y": middle, "text-anchor": "end"})]
    unit = (_WIDTH - _LEFT - 4) / most
    x = float(_LEFT)
    for tier in TIERS:
        wide = counter[tier] * unit
        if not counter[tier]:
            continue
        place = {"x": f"{x:.1f}", "y": str(top), "width": f"{wide:.1f}", "height": str(_BAR), "class": f"tier-{tier}"}
        parts.append(E.rect(E.title(f"{name}: {counter[tier]} {TIERS[tier]}"), place))
        parts.append(E.text(str(counter[tier]), {"x": f"{x + wide / 2:.1f}", "y": middle, "text-anchor": "middle"}))
        x += wide
    return parts
