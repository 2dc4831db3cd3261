"""Which edition a form follows: from its numbers, its layout (must and should blocks) and the facts of its requirements."""

from __future__ import annotations

import re
from pathlib import Path

from evidencereview.errors import EditionError
from evidencereview.provisions.pack import Pack, known_editions, load_pack, read_pack
from evidencereview.records import Form, Modality

_WORD = re.compile(r"[a-z]{4,}|\d+")
# Below this no pack is a fair guess. The five published forms reach 0.87 to 0.96 with their own edition and at most 0.41
# with the other; numbers alone, with requirements of something else, give 0.3.
LEAST_AGREEMENT = 0.5
# No form agrees so well with two editions.
CLEAR_AGREEMENT = 0.8
# A summary in our own words shares about a third of the content words of the official requirement.
_EXPECTED_SHARE = 0.3


def choose_pack(form: Form, edition: str = "", file: Path | None = None) -> Pack:
    """Return the pack that a form follows; `file` and `edition` overrule detection in that order.

    Raises:
        EditionError: no such edition or file, or no known edition fits the form.
    """
    if file is not None:
        return read_pack(file)
    if edition:
        return load_pack(edition)
    best, pack = _nearest(form)
    if best < LEAST_AGREEMENT:
        known = ", ".join(known_editions())
        raise EditionError(
            f"{form.name}: follows no known edition of the Code ({known})",
            "name one with --edition, or a pack of provisions with --provisions",
        )
    return pack


def _nearest(form: Form) -> tuple[float, Pack]:
    """Return the pack that agrees best; the newest is tried first, and a clear agreement ends the search."""
    best, nearest = -1.0, None
    for edition in reversed(known_editions()):
        pack = load_pack(edition)
        agreed = agreement(form, pack)
        if agreed > best:
            best, nearest = agreed, pack
        if best >= CLEAR_AGREEMENT:
            break
    assert nearest is not None
    return best, nearest


def agreement(form: Form, pack: Pack) -> float:
    """Return how well a form's rows agree with a pack, 0 to 1: numbers, modality and words of the requirement."""
    if not form.rows:
        return 0.0
    total = 0.0
    for row in form.rows:
        provision = pack.by_number.get(row.number)
        if provision is None:
            continue
        modality = row.mandatory == (provision.modality is Modality.MUST)
        total += 0.2 + 0.1 * modality + 0.7 * _likeness(row.requirement, provision.summary)
    return total / len(form.rows)


def _likeness(requirement: str, summary: str) -> float:
    """How far the requirement speaks of what the summary does, 0 to 1 (0.5 where the form prints none)."""
    words = set(_WORD.findall(requirement.lower()))
    if not words:
        return 0.5
    return min(1.0, len(words & set(_WORD.findall(summary.lower()))) / len(words) / _EXPECTED_SHARE)
