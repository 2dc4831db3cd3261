"""How much a sentence says beyond pointing and affirming: its words that are neither sources, nor stock phrases.

"This is outlined in the policy and in training" has none; "repairs are tracked on the case until done" has several.
A row with none can be a pointer or an affirmation (relevance 2), but never off-topic and never partial.
"""

from __future__ import annotations

from functools import cache

from evidencereview.language.overlap import stems
from evidencereview.language.view import RowView, Sentence

_STOCK = """
policy policies procedure procedures process processes handbook manual guidance guide framework strategy website webpage
page intranet portal training internal staff team officer officers council association trust landlord organisation housing
complaint complaints complainant resident residents customer customers tenant tenants handling handle corporate system
systems template templates letter letters document documents documented documentation statement section evidence evidenced
evidencing outlined outline outlines detailed details detail stated states set sets described describes covered covers
covering included includes include contained contains reflected reflects embedded available accessible found seen published
refer see link links below above attached attachment here please practice practices standard place currently current
adhered adhere comply complies compliance compliant ensure ensures ensuring ensured always fully clear clearly met meet meets
line accordance code ombudsman requirement requirements provision provisions response responses relevant appropriate
demonstrated demonstrate shown show shows applied applies followed follow follows followed carried done undertaken usual
business bau routine also within per noted confirm confirmed yes copy shared self assessment form service services
regularly well established information point points area areas form forms key part way ways use used using approach
"""


@cache
def stock() -> frozenset[str]:
    """Return the stems of words that say nothing of a provision's own subject."""
    return stems(" ".join(_STOCK.split()))


def substance(sentence: Sentence) -> int:
    """Return the number of a sentence's content words that are no stock words."""
    return len(stems(sentence.text) - stock())


def says_something(row: RowView) -> bool:
    """Tell whether some sentence of a row goes beyond pointing and affirming."""
    return any(substance(s) >= 3 for s in row.prose)
