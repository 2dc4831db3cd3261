"""One row as text: as an entry of the list, or as a line."""

from __future__ import annotations

from rich.text import Text

from evidencereview.records import Cell, Finding, Item
from evidencereview.report.harmless import one_line
from evidencereview.report.marks import excerpt, marked_cell
from evidencereview.report.page import Page
from evidencereview.report.wording import ANSWERS, TIER_STYLES, TIERS, decision_words, flags_of, is_settled, provision_name


def print_item(page: Page, item: Item) -> None:
    """Print one row: its place, its cells with the words marked, why each finding stands, and what to ask."""
    print_head(page, item)
    for cell in (Cell.ANSWER, Cell.EVIDENCE, Cell.COMMENTARY):
        parts = marked_cell(item, cell)
        # An answer by itself says nothing that the head does not say, an empty commentary nothing at all.
        if any(part.marked for part in parts) or cell is Cell.EVIDENCE or (parts and cell is Cell.COMMENTARY):
            page.line(page.quoted(excerpt(parts)) if parts else "(blank)", lead=f"{cell.value}: ", indent=4)
    for finding in item.findings:
        page.line(why(finding), lead="- ", indent=4)
        print_decision(page, finding, indent=6)
    if item.ask:
        page.line(one_line(item.ask), lead=Text("Ask: ", style="bold"), indent=4)


def print_item_line(page: Page, item: Item) -> None:
    """Print one row as a line."""
    lead = Text(f"{item.rank:3}. {one_line(provision_name(item.row.number)):<6} ")
    lead.append(f"{TIERS[item.tier]:<20} ", style=TIER_STYLES[item.tier])
    settled = " (decided)" if is_settled(item) else ""
    page.line(one_line(", ".join(flags_of(item)) + settled) or "nothing to ask", lead=lead)


def print_head(page: Page, item: Item) -> None:
    """Print a row's place, number, tier, answer and grades."""
    scores = item.scores
    grades = f"answer {ANSWERS[item.row.answer]}, relevance {scores.relevance}/3, specificity {scores.specificity}/3"
    number, tier = one_line(provision_name(item.row.number)), TIERS[item.tier]
    head = Text.assemble((number, "bold"), "  ", (tier, TIER_STYLES[item.tier]), f"  ({grades})")
    page.line(head, lead=Text(f"{item.rank:2}. ", style="bold"))


def print_decision(page: Page, finding: Finding, *, indent: int) -> None:
    """Print what was decided about a finding, where something was."""
    if finding.decision is not None:
        page.line(one_line(decision_words(finding.decision)), lead="decided: ", indent=indent)


def why(finding: Finding) -> Text:
    """Return why a finding stands."""
    linked = f" (see {', '.join(finding.linked)})" if finding.linked else ""
    return Text.assemble((one_line(finding.flag), "bold"), f": {one_line(finding.because + linked)}")
