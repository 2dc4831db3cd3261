"""The rows in the page: the first ten with what to ask, then each row of the form, its words marked, its reasons folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from evidencereview.checks.registry import all_checks
from evidencereview.records import Cell, Finding, Item, Review
from evidencereview.report.harmless import one_line
from evidencereview.report.making import section_titles, topics
from evidencereview.report.marks import Piece, excerpt, marked_cell
from evidencereview.report.web_page.picture import section_name
from evidencereview.report.web_page.pieces import E, Node, anchor, badge, classed, quoted, shown
from evidencereview.report.wording import ANSWERS, counted, decision_words, duty_words, is_settled, provision_name

FIRST = 10


def first_rows(review: Review, items: Sequence[Item]) -> Node:
    """Return the rows that deserve the first look, each with its words, reasons and question."""
    told = topics(review)
    top = [item for item in items if item.findings and not is_settled(item)][:FIRST]
    entries = [_entry(item, told) for item in top]
    listed = E.ol(*entries, {"class": "first"}) if entries else E.p("Nothing is open.")
    return E.section(E.h2("First to look at", id="first"), listed)


def every_row(review: Review, items: Sequence[Item]) -> Node:
    """Return the rows in the order of the form, under their sections."""
    told, titles = topics(review), section_titles(review)
    ordered = sorted(items, key=lambda item: item.row.order)
    parts: list[Node] = []
    for section, rows in groupby(ordered, key=lambda item: item.row.section):
        parts.append(E.h3(section_name(section, titles)))
        parts.extend(_row(item, told) for item in rows)
    return E.section(E.h2("Every row, as the form prints them"), *parts)


def _entry(item: Item, told: Mapping[str, str]) -> Node:
    head = E.h3(f"{item.rank}. {_name(item, told)} ", badge(item.tier))
    cells = [quoted(cell, excerpt(parts)) for cell, parts in _marked(item) if any(part.marked for part in parts)]
    reasons = E.ul(*(_finding(finding) for finding in item.findings), {"class": "findings"})
    turn = E.p(E.a("The whole row", href=f"#{anchor(item)}"), {"class": "turn"})
    return E.li(head, _facts(item), *cells, reasons, *_ask(item), turn, {"class": f"at-{item.tier}"})


def _row(item: Item, told: Mapping[str, str]) -> Node:
    head = E.h4(f"{_name(item, told)} ", badge(item.tier))
    # An answer by itself says nothing that the line above does not say.
    cells = [
        quoted(cell, parts)
        for cell, parts in _marked(item)
        if parts and (cell is not Cell.ANSWER or any(part.marked for part in parts))
    ]
    return E.article(head, _facts(item), *(cells or [quoted(Cell.EVIDENCE, ())]), _explanation(item), id=anchor(item))


def _explanation(item: Item) -> Node:
    """Return why the row stands where it does, folded."""
    found = counted(len(item.findings), "finding") if item.findings else "nothing found"
    folded = E.summary(f"Why place {item.rank}: {found}")
    reasons = [_finding(finding, full=True) for finding in item.findings]
    place = "; ".join(f"{reason.label} {reason.points:.2g}: {reason.because}" for reason in item.breakdown)
    return E.details(
        folded,
        *([E.ul(*reasons, {"class": "findings"})] if reasons else []),
        *_ask(item),
        *_duties(item),
        E.p(E.b("Place: "), one_line(place)),
        E.p(E.b("The form's answer: "), shown(item.row.answer_raw) or "(blank)", {"class": "cell"}),
        E.p(E.b("The form's requirement: "), shown(item.row.requirement) or "(blank)", {"class": "cell"}),
    )


def _duties(item: Item) -> list[Node]:
    """Return the duties of the row's provision, each with the words that speak to it."""
    told = [E.li(E.b(one_line(duty.text)), f": {one_line(duty_words(duty))}") for duty in item.duties]
    return [E.p(E.b("Duties: ")), E.ul(*told, {"class": "findings"})] if told else []


def _finding(finding: Finding, *, full: bool = False) -> Node:
    linked = f" (see {', '.join(finding.linked)})" if finding.linked else ""
    parts: list[Node | str] = [E.b(one_line(finding.flag)), f": {one_line(finding.because + linked)}"]
    if full:
        sure = f"{finding.severity.value} harm, {finding.confidence:.0%} sure"
        parts.append(f". {_summaries().get(finding.flag, '')} ({sure}) Ask for: {one_line(finding.ask)}")
    if finding.decision is not None:
        parts.append(E.span(one_line(f"Decided: {decision_words(finding.decision)}"), {"class": "decided"}))
    return E.li(*parts, {} if finding.is_open else {"class": "closed"})


def _facts(item: Item) -> Node:
    scores = item.scores
    binding = "must" if item.row.mandatory else "should"
    grades = f"relevance {scores.relevance} of 3, specificity {scores.specificity} of 3"
    return classed("quiet", f"{binding} · answer {ANSWERS[item.row.answer]} · {grades}")


def _ask(item: Item) -> list[Node]:
    return [classed("ask", E.b("Ask for: "), one_line(item.ask))] if item.ask else []


def _name(item: Item, told: Mapping[str, str]) -> str:
    topic = told.get(item.row.number, "")
    return one_line(f"{provision_name(item.row.number)} {topic}")


def _marked(item: Item) -> Iterator[tuple[Cell, tuple[Piece, ...]]]:
    for cell in (Cell.ANSWER, Cell.EVIDENCE, Cell.COMMENTARY):
        yield cell, marked_cell(item, cell)


@cache
def _summaries() -> Mapping[str, str]:
    return {info.flag: info.summary for info in all_checks()}
