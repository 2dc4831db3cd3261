"""The words by which a report names tiers, answers and numbers: the same in every format."""

from __future__ import annotations

from collections import Counter
from datetime import date

from evidencereview.records import (
    Answer,
    Decision,
    DutyStanding,
    DutyState,
    Finding,
    Form,
    Item,
    Note,
    Review,
    Unmatched,
    Verdict,
)

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


def duty_words(duty: DutyStanding) -> str:
    """Return what a row has for one duty, not yet harmless; its own words only where they speak to the duty."""
    return {
        DutyState.MET: f"“{duty.words}”",
        DutyState.UNMET: "nothing on this",
        DutyState.POINTED: "left to the source that is pointed at",
        DutyState.NOT_CLAIMED: "not claimed",
    }[duty.state]


def nothing_on(item: Item) -> str:
    """Return the duties with nothing said for them ("nothing on: one; another"), "" where there are none."""
    unmet = [duty.text for duty in item.duties if duty.state is DutyState.UNMET]
    return f"nothing on: {'; '.join(unmet)}" if unmet else ""


def day_words(day: date) -> str:
    """Return a day as 3 May 2026."""
    return f"{day.day} {day:%B %Y}"


def decision_words(decision: Decision) -> str:
    """Return what was decided about a finding, by whom, until when and why, not yet harmless."""
    due = day_words(decision.due) if decision.due else ""
    verdict = {
        Verdict.AGREE: f"agreed, due {due}" if due else "agreed",
        Verdict.DISAGREE: "disagreed with",
        Verdict.FIXED: "marked as fixed and still found",
        Verdict.ACCEPTED: f"accepted until {due}" if due else "accepted",
        Verdict.UNDECIDED: f"not decided, due {due}" if due else "not decided",
    }[decision.verdict]
    if decision.expired:
        verdict = f"the acceptance ended on {due}"
    by = f" ({decision.owner})" if decision.owner else " (settings)" if decision.where == "settings" else ""
    return f"{verdict}{by}{': ' if decision.note else ''}{decision.note}"


def unmatched_words(unmatched: Unmatched) -> str:
    """Return a decision that fits no finding, and why, not yet harmless."""
    decision = unmatched.decision
    about = " ".join(part for part in (provision_name(decision.provision), decision.flag) if part)
    where = f" [{decision.where}]" if decision.where else ""
    return f"{about}, {decision.verdict.value}: {unmatched.because}{where}"


def decided_findings(review: Review) -> tuple[Finding, ...]:
    """Return the findings about which something was decided, in the order of the list."""
    return tuple(found for item in review.items for found in item.findings if found.decision is not None)


def decisions_line(review: Review) -> str:
    """Return how many findings were decided on, how many are closed by it, and how many decisions fit none; "" for none."""
    decided = decided_findings(review)
    if not decided and not review.unmatched:
        return ""
    closed = sum(not found.is_open for found in decided)
    line = f"{counted(len(decided), 'finding')} decided on, {closed} of them closed"
    return f"{line}; {counted(len(review.unmatched), 'decision')} not matched" if review.unmatched else line


def is_settled(item: Item) -> bool:
    """Tell whether everything that was found in a row is closed by a decision: it asks for nobody's first look."""
    return bool(item.findings) and not any(found.is_open for found in item.findings)


def provisions_line(form: Form) -> str:
    """Return which provisions of the edition were not found, in words."""
    missing = form.missing_provisions
    if not missing:
        return "every provision was found"
    return f"{counted(len(missing), 'provision')} not found: {', '.join(missing)}"


def note_line(note: Note) -> str:
    """Return a note of reading as one line, not yet harmless."""
    return f"{note.kind}: {note.text}{f' ({note.where})' if note.where else ''}"
