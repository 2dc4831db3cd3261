"""Nothing supports a Yes.

What it finds
-------------
A row answered Yes (or left blank) whose evidence and commentary are both empty, or hold only a dash or "N/A".

Why it matters
--------------
The form asks for every statement to be supported. A bare Yes is what the Ombudsman's reviewers look for first.

Example
-------
Answer "Yes", evidence "-", commentary empty.

What to ask
-----------
For the document and section, record or figure that shows the practice.

Known limits
------------
Evidence given once for a whole section and not repeated is reported as missing under each provision.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import asked_of
from evidencereview.checks.finding import finding
from evidencereview.checks.registry import check
from evidencereview.records import Answer, Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView


@check(
    "ER102",
    "missing-evidence",
    Severity.HIGH,
    since="0.1.0",
    ask="the document and section, record or figure that shows this practice",
)
def missing_evidence(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each Yes with nothing beside it."""
    for row in view.rows:
        if row.is_blank and row.row.answer is Answer.YES:
            because = "the answer is Yes and neither evidence nor commentary says anything"
            ask = row.provision.good.rstrip(".") if row.provision and row.provision.good else asked_of(row)
            yield finding("missing-evidence", row, None, because, confidence=1.0, ask=ask)
