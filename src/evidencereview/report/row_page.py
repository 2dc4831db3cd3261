"""Everything about one row on one screen: what is asked, what the form says, what was found, and why there."""

from __future__ import annotations

import difflib
from pathlib import Path

from rich.text import Text

from evidencereview.errors import SettingsError
from evidencereview.provisions import Provision, load_pack, read_pack
from evidencereview.records import Cell, DutyState, Finding, Item, Modality, Review
from evidencereview.report.harmless import one_line
from evidencereview.report.item_page import print_decision, print_head, why
from evidencereview.report.marks import marked_cell
from evidencereview.report.page import Page
from evidencereview.report.wording import duty_words

# A duty's words are told in part here: the cell itself stands below.
_LONGEST = 150
_MARKS = {DutyState.MET: "[+] ", DutyState.UNMET: "[-] ", DutyState.POINTED: "[?] ", DutyState.NOT_CLAIMED: "[?] "}


def find_item(review: Review, number: str) -> Item:
    """Return the row of a provision.

    Raises:
        SettingsError: the form has none; the message names the nearest.
    """
    items = {item.row.number: item for item in review.items}
    if number in items:
        return items[number]
    near = difflib.get_close_matches(number, items, n=1)
    hint = f"did you mean {near[0]}?" if near else "see 'evidencereview rows' for what was read"
    raise SettingsError(f"{review.form.name} has no row {number}", hint)


def find_provision(edition: str, number: str, pack_file: Path | None = None) -> Provision | None:
    """Return what the pack says of a provision; None where it has none of that number.

    Raises:
        EditionError: the pack cannot be read.
    """
    pack = read_pack(pack_file) if pack_file else load_pack(edition)
    return pack.by_number.get(number)


def print_item_in_full(page: Page, item: Item, provision: Provision | None) -> None:
    """Print everything about one row: what is asked, what the form says, what was found, and why it stands there."""
    print_head(page, item)
    if provision is not None:
        _print_provision(page, item, provision)
    page.heading("What the form says")
    page.line(one_line(item.row.requirement) or "(blank)", lead="requirement: ")
    for cell in (Cell.ANSWER, Cell.EVIDENCE, Cell.COMMENTARY):
        page.line(page.quoted(marked_cell(item, cell)) if item.row.cell(cell) else "(blank)", lead=f"{cell.value}: ")
    page.heading("What was found")
    for finding in item.findings:
        _print_finding_in_full(page, finding)
    page.line(one_line(item.ask) or "nothing", lead=Text("Ask: ", style="bold"))
    if item.nearest:
        page.line(one_line(", ".join(item.nearest)), lead="Nearest other provisions: ")
    page.heading(f"Why it stands at place {item.rank} (score {item.score:.2f})")
    for reason in item.breakdown:
        page.line(f"{one_line(reason.label)}: {one_line(reason.because)}", lead=f"{reason.points:+7.2f}  ")


def _print_provision(page: Page, item: Item, provision: Provision) -> None:
    page.heading(f"What {provision.number} asks ({provision.topic})")
    binding = "the landlord must" if provision.modality is Modality.MUST else "the landlord should"
    page.line(f"{one_line(provision.summary)} ({binding})")
    if item.duties:
        _print_duties(page, item)
    else:
        page.entries((duty.text for duty in provision.duties), indent=2)
    if provision.good:
        page.line(one_line(provision.good), lead="Good evidence: ")


def _print_duties(page: Page, item: Item) -> None:
    for duty in item.duties:
        page.line(one_line(duty.text), lead=_MARKS[duty.state], indent=2)
        page.line(_short(one_line(duty_words(duty))), indent=6)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0] or text[:_LONGEST]} …”"


def _print_finding_in_full(page: Page, finding: Finding) -> None:
    sure = f"({finding.check}, severity {finding.severity.value}, confidence {finding.confidence:.2f})"
    page.line(why(finding).append(f" {sure}", style="dim"), lead="- ")
    if finding.ask:
        page.line(one_line(finding.ask), lead="ask: ", indent=2)
    print_decision(page, finding, indent=2)
