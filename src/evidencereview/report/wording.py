"""The words by which a report names tiers, answers and numbers: the same in every format."""

from __future__ import annotations

from collections import Counter

from evidencereview.records import Answer, Form, Item, Note, Review

TIERS = {3: "fix before the board", 2: "weak", 1: "could be sharper", 0: "good"}
TIER_STYLES = {3: "bold red", 2: "yellow", 1: "cyan", 0: "green"}
ANSWERS = {
    Answer.YES: "yes",
    Answer.NO: "no",
    Answer.PARTIAL: "partial",
    Answer.NOT_APPLICABLE: "not applicable",
    Answer.BLANK: "blank",
}
LIMITS_OF_THE_TOOL = "The form alone was read: no policy, letter or page that it names was opened."


def provision_name(number: str) -> str:
    """Return the number, or words for a row whose number is not known."""
    return number or "(no number)"


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 row", "2 rows"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def tier_counts(review: Review) -> dict[int, int]:
    """Return tier to number of rows, worst tier first, every tier present."""
    found = Counter(item.tier for item in review.items)
    return {tier: found[tier] for tier in TIERS}


def flag_counts(review: Review) -> dict[str, int]:
    """Return flag to number of findings, most frequent first, then by name."""
    found = Counter(finding.flag for item in review.items for finding in item.findings)
    return dict(sorted(found.items(), key=lambda entry: (-entry[1], entry[0])))


def flags_of(item: Item) -> tuple[str, ...]:
    """Return the flags of a row, each once, in the order of its findings."""
    return tuple(dict.fromkeys(finding.flag for finding in item.findings))


def provisions_line(form: Form) -> str:
    """Return which provisions of the edition were not found, in words."""
    missing = form.missing_provisions
    if not missing:
        return "every provision was found"
    return f"{counted(len(missing), 'provision')} not found: {', '.join(missing)}"


def note_line(note: Note) -> str:
    """Return a note of reading as one line, not yet harmless."""
    return f"{note.kind}: {note.text}{f' ({note.where})' if note.where else ''}"
