"""The answer cell is blank.

What it finds
-------------
A row whose answer is empty, or holds only a dash or a mark that is no answer.

Why it matters
--------------
A board cannot approve, and an Ombudsman cannot rely on, a provision that has not been answered. Good evidence beside a
blank answer is still an unanswered provision.

Example
-------
An empty cell under "Comply: Yes / No" beside "The Cabinet Member hears of complaints each month".

What to ask
-----------
For the answer, Yes or No, from the person who completes the form.

Known limits
------------
An answer written into the evidence cell is moved there by the reader and noted; one hidden in a picture is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import finding
from evidencereview.checks.registry import check
from evidencereview.records import Answer, Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView


@check("ER101", "missing-answer", Severity.HIGH, since="0.1.0", ask="the answer to this provision, Yes or No")
def missing_answer(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each blank answer."""
    for row in view.rows:
        if row.row.answer is Answer.BLANK:
            raw = row.row.answer_raw.strip()
            because = f"the answer cell holds only '{raw}'" if raw else "the answer cell is blank"
            ask = f"the answer on {topic_of(row)}, Yes or No"
            yield finding("missing-answer", row, None, because, confidence=1.0, ask=ask)
