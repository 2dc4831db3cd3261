"""The row leans on another row instead of its own evidence.

What it finds
-------------
"As above", "As per 5.6", "see our answer to 4.2", "covered in section 7.2" where 7.2 is a provision of this form.

Why it matters
--------------
The row above answers another question. Whoever reads the provision alone, as the Ombudsman may, finds nothing.

Example
-------
"As above." under a duty about discretion, where the row above is about exclusions.

What to ask
-----------
For the part of the other row that answers this provision, written here.

Known limits
------------
A section of the landlord's own policy whose number equals that of a provision is told apart by the document named just
before it; where none is named it is taken for the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import asked_of
from evidencereview.checks.finding import finding
from evidencereview.checks.phrases import phrase
from evidencereview.checks.registry import check
from evidencereview.language.row_pointers import row_pointers
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence


@check(
    "ER203",
    "cross-reference",
    Severity.MEDIUM,
    since="0.1.0",
    ask="the evidence itself, written into this row",
)
def cross_reference(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that leans on another."""
    for row in view.rows:
        place = _place(view, row)
        if place is None:
            continue
        sentence, start, end, confidence = place
        words = row.row.cell(sentence.cell)[start:end]
        because = f"'{words}' sends the reader to another row, which answers another question"
        span = phrase(row, sentence, start, end)
        yield finding("cross-reference", row, span, because, confidence=confidence, ask=_ask(row))


def _place(view: FormView, row: RowView) -> tuple[Sentence, int, int, float] | None:
    for sentence in row.sentences:
        hits = sentence.hits("cross-reference")
        if hits:
            return sentence, hits[0].start, hits[0].end, 0.85
    for sentence, start, end in row_pointers(row, view.numbers):
        return sentence, start, end, 0.75
    return None


def _ask(row: RowView) -> str:
    return f"{asked_of(row)}, written into this row itself"
