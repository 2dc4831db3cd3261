"""How much a sentence says beyond pointing and affirming: its words that are neither sources, nor stock phrases.

"This is outlined in the policy and in training" has none; "repairs are tracked on the case until done" has several.
A row with none can be a pointer or an affirmation (relevance 2), but never off-topic and never partial.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

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
    """Return the number of a sentence's content words that are no stock words; a figure or a section's number is no word."""
    return _content(sentence.text)


@lru_cache(maxsize=8192)
def _content(text: str) -> int:
    return sum(not word.isdecimal() for word in stems(text) - stock())


_THINGS = (
    r"(?:information|points?|principles?|factors?|elements?|items?|requirements?|aspects?|areas?|headings?|details?"
    r"|considerations?|matters?)"
)
_LISTED = r"(?:this|these|those|such|the\s(?:above|listed|required|said))"
_TAKEN_UP = (
    r"(?:is|are|being|be|been)\s(?:all\s|always\s|fully\s|also\s)?"
    r"(?:cover|captur|includ|address|consider|contain|given|provid|met|set\sout|taken|incorporat|reflect)"
)
# What counts the duties together ("all these factors are considered"): everything that the provision lists, and no single
# thing of it. "All the points raised" is a thing of its own, and "the policy covers this" only points.
_SUMMED_UP = re.compile(
    rf"\b(?:all|each|every\sone)\s(?:of\s)?{_LISTED}\s{_THINGS}\b"
    rf"(?!\s(?:that\s|which\s)?(?:\w+\s){{0,2}}?(?:raised|available))"
    rf"|\b(?:all|each)\sof\s(?:this|these|the\sabove)\b(?!\s{_THINGS})"
    rf"|\b(?:{_LISTED}|all\sother)\s{_THINGS}\s(?:listed\s)?{_TAKEN_UP}"
    rf"|\b(?:each|all)\sof\sthe\s{_THINGS}\slisted\b"
    rf"|\b(?:cover|contain|includ|captur)(?:s|es|e|ing)?\s{_LISTED}\s{_THINGS}\b|\b(?:cover|address)(?:s|es|ing)?\sthis\sfully\b",
    re.I,
)


def sums_up(row: RowView) -> bool:
    """Tell whether a row speaks of all that its provision lists at once: then nothing of it has no words at all."""
    return any(_SUMMED_UP.search(s.text) for s in row.prose)


def says_something(row: RowView) -> bool:
    """Tell whether some sentence of a row goes beyond pointing and affirming."""
    return any(substance(s) >= 3 for s in row.prose)
