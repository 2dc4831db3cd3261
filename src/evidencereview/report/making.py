"""What a report says of itself: which form was read, by which version, under which settings and weights, and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from evidencereview import priority
from evidencereview.config import Settings
from evidencereview.errors import EditionError
from evidencereview.provisions import Pack, load_pack
from evidencereview.records import Review
from evidencereview.report.wording import counted, day_words, provisions_line


def known_pack(review: Review) -> Pack | None:
    """Return the pack of the review's edition; None for a pack that does not travel with the package."""
    try:
        return load_pack(review.form.edition)
    except EditionError:
        return None


def topics(review: Review) -> dict[str, str]:
    """Return provision number to topic in a few words; empty where the edition is not known."""
    pack = known_pack(review)
    return {provision.number: provision.topic for provision in pack.provisions} if pack else {}


def section_titles(review: Review) -> dict[int, str]:
    """Return section number to title; empty where the edition is not known."""
    pack = known_pack(review)
    return dict(pack.sections) if pack else {}


def how_made(review: Review) -> tuple[tuple[str, str], ...]:
    """Return label and text of everything that somebody needs to make the report again, not yet harmless."""
    form = review.form
    pack = known_pack(review)
    return (
        ("Form", f"{form.name} ({form.format}, {counted(len(form.rows), 'row')} read, {provisions_line(form)})"),
        ("SHA-256 of the file", form.sha256),
        ("Edition", pack.title if pack else form.edition or "unknown"),
        ("Made on", day_words(date.today())),
        ("Dates judged as of", _as_of(review)),
        ("Versions", ", ".join(f"{name} {version}" for name, version in review.versions.items())),
        ("Settings", _settings(review.settings)),
        ("Weights", _weights()),
    )


def _as_of(review: Review) -> str:
    wished = review.settings.get("as_of")
    day = date.fromisoformat(str(wished)) if wished else review.form.stated_date
    return day_words(day) if day else "no day: the form states none, so no date in it was called old"


def _settings(told: Mapping[str, object]) -> str:
    usual = Settings().to_dict()
    other = {key: value for key, value in told.items() if usual.get(key) != value}
    return "; ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in other.items()) or "the usual ones"


def _weights() -> str:
    harm = ", ".join(f"{severity.value} {points:g}" for severity, points in priority.HARM.items())
    return (
        f"inside a tier, points for each finding by harm ({harm}) times confidence; {priority.MUST:g} for a must provision; "
        f"{priority.LOW_RELEVANCE:g} for each grade of relevance and {priority.LOW_SPECIFICITY:g} for each grade of "
        "specificity below 3"
    )
