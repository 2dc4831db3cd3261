"""Gives every draft its number: restores zeros that spreadsheets drop, infers what no cell prints, tells of doubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evidencereview.readers.draft import Draft
from evidencereview.readers.numbers import infer, lost_zero
from evidencereview.readers.tally import Tally


def number_drafts(drafts: list[Draft], tally: Tally, expected: Sequence[str]) -> None:
    """Restore the zeros that spreadsheets drop, then infer the numbers that no cell prints."""
    counts = Counter(draft.number for draft in drafts)
    for place, draft in enumerate(drafts):
        before = drafts[place - 1].number if place else ""
        after = drafts[place + 1].number if place + 1 < len(drafts) else ""
        twice = counts[draft.number] > 1 and not counts[draft.number + "0"]
        restored = lost_zero(before, draft.number, after, twice=twice) if draft.number else ""
        if restored:
            tally.add("inferred-number", f"'{draft.number}' stands where only {restored} can stand", draft.where)
            counts.subtract([draft.number])
            counts[restored] += 1
            draft.number = restored
    inferred = infer([d.number for d in drafts], [d.section for d in drafts], expected)
    for draft, number in zip(drafts, inferred, strict=True):
        if not draft.number:
            _tell_inferred(draft, number, tally)
    _tell_twice(drafts, tally)


def _tell_inferred(draft: Draft, number: str, tally: Tally) -> None:
    draft.number = number
    if number:
        tally.add("inferred-number", f"no number is printed; its neighbours make it {number}", draft.where)
    else:
        tally.add("no-number", f"no number is printed and none can be inferred: {draft.requirement.joined()}", draft.where)


def _tell_twice(drafts: Sequence[Draft], tally: Tally) -> None:
    seen: set[str] = set()
    for draft in drafts:
        if draft.number and draft.number in seen:
            tally.add("number-twice", f"provision {draft.number} stands here a second time", draft.where)
        seen.add(draft.number)
