"""The same sentence stands in three rows or more.

What it finds
-------------
A sentence of evidence or commentary that stands, to nine tenths of its characters and with the same numbers, in at least
three rows of the form. Sentences under three words and bare titles do not count.

Why it matters
--------------
Different duties need different proof. A sentence that fits everywhere shows little anywhere.

Example
-------
"This is set out in our policy and in staff training." under thirty provisions.

What to ask
-----------
For the words that belong to this provision alone.

Known limits
------------
The rule is mechanical, as the labels define it: the same idea in other words is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import asked_of_nearest
from evidencereview.checks.finding import finding
from evidencereview.checks.registry import check
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView


@check(
    "ER205",
    "boilerplate",
    Severity.LOW,
    since="0.1.0",
    ask="what this provision alone needs, instead of the stock sentence",
)
def boilerplate(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that holds a repeated sentence."""
    for row in view.rows:
        repeated = view.repeats.get(row.index, ())
        if repeated:
            because = "this sentence stands in three or more rows of the form"
            yield finding("boilerplate", row, repeated[0].span, because, confidence=1.0, ask=_ask(view, row))


def _ask(view: FormView, row: RowView) -> str:
    coverage = view.coverage[row.index] if view.coverage else ()
    return f"in place of the stock sentence, {asked_of_nearest(row, coverage)}"
