"""A document, training or system is named as the proof, and nothing says where in it to look.

What it finds
-------------
A policy, procedure, letter template, training, website or system given as evidence with no locator in the row. A locator
is a section, clause or page, a section named in words, a title with a version or date, or a full address.

Why it matters
--------------
Nobody can check a claim against "our policy". It is the commonest weakness of published forms, and the cheapest to mend.

Example
-------
"As evidenced in our complaints policy" has the flag; "Complaints policy, clause 4.2" has not.

What to ask
-----------
For the section, page, version or full address.

Known limits
------------
Whether a thing is named as the proof or merely spoken about is a learned judgement. A locator that belongs to another
document of the same row rescues the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import clause, decide, finding, likeliest
from evidencereview.checks.registry import check
from evidencereview.language.facts import loose_sources
from evidencereview.language.gates import may_lean_loosely
from evidencereview.language.leaning import Leaning, leaning
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence


@check(
    "ER201",
    "generic-reference",
    Severity.MEDIUM,
    since="0.1.0",
    ask="the section, page, version or full address of the source that is named",
)
def generic_reference(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that leans on a source without a locator."""
    for row in view.rows:
        if not may_lean_loosely(view, row):
            continue
        sources = _plainest(row)
        best = likeliest(view, row, "generic-reference", sources) or sources[0]
        confidence = decide(view, row, "generic-reference", 0.8 if leaning(row, best) > Leaning.SPOKEN_OF else 0.4)
        if confidence is not None:
            name = _name(row, best)
            because = f"'{name}' is named as the proof, with no section, page, version or address"
            hit = best.hits("document")[0]
            words = clause(row, best, hit.start, hit.end)
            yield finding("generic-reference", row, words, because, confidence=confidence, ask=_ask(row, name))


def _plainest(row: RowView) -> list[Sentence]:
    """The sources that are pointed at; where there are none, the titles; else those that are spoken of."""
    sources = loose_sources(row)
    plainest = leaning(row, sources[0])  # they come best first
    return [each for each in sources if leaning(row, each) is plainest]


def _name(row: RowView, sentence: Sentence) -> str:
    """The source in the landlord's own words: the noun with the capitalised words before it."""
    cell = row.row.cell(sentence.cell)
    hit = sentence.hits("document")[0]
    words = cell[sentence.start : hit.start].split()
    kept: list[str] = []
    while words and (words[-1][:1].isupper() or words[-1].lower() in ("complaint", "complaints")) and len(kept) < 4:
        word = words.pop()
        if word.lower() in ("our", "the", "as", "in", "this", "see", "statement", "and"):
            break
        kept.insert(0, word)
    return " ".join([*kept, cell[hit.start : hit.end]])


def _ask(row: RowView, name: str) -> str:
    topic = topic_of(row)
    return f"the section or page of '{name}' that covers {topic}, with its version or address"
