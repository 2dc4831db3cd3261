"""Whether a date is one by which something was to happen or to end, and whether the text says what came of it.

Regular expressions are bounded, so a hostile cell cannot make them slow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidencereview.language.facts import belongs_to_title

if TYPE_CHECKING:
    from evidencereview.language.mentions import Mention
    from evidencereview.language.view import Sentence

_AHEAD = (
    r"(?:will|shall|['’]ll|to\sbe|to\sgo|to\sstart|to\scommence|going\sto|(?:is|are|was|were"
    r"|be)\s(?:now\s|next\s)?(?:due|planned|scheduled|expected|set"
    r"|intended|anticipated|timetabled|programmed|aimed|targeted|earmarked|hoped|proposed)|plan(?:s"
    r"|ned|ning)?\s(?:to|for|is)|expects?\sto|intends?\sto|aims?\sto|hopes?\sto"
    r"|(?<!as\s)(?:scheduled|due|planned)|target|deadline|(?:implementation|launch|go[\s-]live|start"
    r"|delivery|target|completion)\sdate"
    r"|action\sby|timescale|starts|begins|commences|goes\s(?:live|to)|opens|launches|takes\splace)"
)
_BY = (
    r"(?:by|in|from|on|before|until|during|for|at|of|with\seffect\sfrom|wef|w/c)\s"
    r"(?:the\s|around\s|about\s|early\s|late\s|mid[\s-]|end\sof\s|start\sof\s|close\sof\s"
    r"|beginning\sof\s|later\sin\s){0,3}(?:the\s)?"
)
# Between the words and the date nothing may tell of the past, and no other clause may begin.
_PAST = re.compile(
    r"\b(?:was|were|had|has|have|did|since|following|after|as\s(?:it|we|they|in|of|agreed|set)|which"
    r"|reviewed|approved|launched|began|started|took|held|opened|changed|moved|joined|became)\b"
    r"|[;.]\s|\bbut\b|,\s(?:and|as|while|when)\b",
    re.I,
)
_PROMISED = re.compile(rf"\b{_AHEAD}\b(?P<between>[^;]{{0,110}}?)(?:\b{_BY}|[:(–—-]\s?|\s)$", re.I)
_BEFORE_DATE = re.compile(rf"(?:\b{_BY}|[:(–—-]\s?|\b(?:due|planned|scheduled|target|deadline)\s)$", re.I)
# The date may come first: "By March 2024 all staff will be trained."
_OPENS = re.compile(
    r"(?:^|[.;:,(]\s?|\band\s)(?:by|in|from|on|before|during)\s(?:the\s)?(?:end\sof\s|early\s|late\s|mid[\s-]){0,2}$", re.I
)
_THEN = re.compile(
    r"^,?\s(?:[\w’'-]+\s){0,6}?(?:will|shall|(?:is|are)\s(?:due\s|going\s|planned\s|expected\s)?to"
    r"|plans?\sto|intends?\sto|aims?\sto)\b",
    re.I,
)
_RUNS_OUT = re.compile(
    r"\b(?:review(?:ed|s)?\s(?:is\s|was\s|are\s)?due|due\sfor\s(?:a\s)?(?:full\s|formal\s)?(?:review"
    r"|renewal|refresh|update|revision|replacement|re-?approval)"
    r"|next\s(?:\w+\s)?(?:review|revision|renewal|update|refresh)(?:ed)?|expir(?:es?|ed|y|ing|ation)"
    r"|lapse[sd]?|valid\s(?:until|to|till|through|for)|in\sforce\suntil"
    r"|(?:runs?|ran|lasts?|lasted|extends?|applies|applied|covers|in\splace|current|effective|agreed"
    r"|approved|extended)\s(?:up\s)?(?:until|till|to)"
    r"|to\sbe\s(?:re-?)?(?:reviewed|renewed|refreshed|updated)|(?:review|renewal|expiry|end)\s(?:by"
    r"|date|on)|reviews?\sby|review:|renew(?:al|able)?(?:\sdue)?(?:\sin|\son|:)|runs?\sout|ran\sout)"
    r"(?:\s|\b)[^.;]{0,30}$",
    re.I,
)
# A plan's own period: what covers 2020 to 2023 has ended, unless it is a record of those years.
_PERIOD_TITLE = re.compile(
    r"\b(?:polic(?:y|ies)|strategy|plan|framework|standards?|charter|procedures?|contract|agreement"
    r"|programme|scheme|handbook)"
    r"\W{1,3}(?:for\s|from\s|\w+\s)?(?P<from>(?:19|20)\d\d\s?(?:to|[-–—])\s?)?$",
    re.I,
)
_DONE = (
    r"(?:published|finished|completed|done|approved|launched|carried\sout|held|met|adopted|issued"
    r"|delivered|achieved|renewed|replaced|extended"
    r"|superseded|re-?tendered|closed|introduced|implemented|ratified|signed|reviewed|updated|trained"
    r"|appointed|in\splace|live|on\stime|given|sent|made|changed|amended|rewritten)"
)
_NEAR = 300  # characters in which the outcome of a promise is looked for
_CAME_OF_IT = re.compile(
    rf"\b(?:was|were|has|have|had|(?:is|are)\snow)\s(?:since\s|now\s|then\s|duly\s|all\s|both\s|been\s"
    rf"|also\s){{0,3}}{_DONE}\b"
    r"|\b(?:went\slive|took\splace|did\sso|this\shappened|came\sinto\sforce|and\s(?:was|were|did))\b",
    re.I,
)


def is_due(mention: Mention, sentence: Sentence, cell: str) -> bool:
    """Tell whether something was promised for a date, or something was to end on it."""
    before = cell[max(sentence.start, mention.start - 140) : mention.start]
    if _RUNS_OUT.search(before) or _ends_period(mention, before):
        return True
    if belongs_to_title(mention, cell):
        return False
    after = cell[mention.end : min(sentence.end, mention.end + 90)]
    if _OPENS.search(before) and _THEN.match(after):
        return True
    # A day may follow without a preposition ("to go live 1 April 2025"); a bare year may not.
    dated = _BEFORE_DATE.search(before) or re.match(r"\d{1,2}\D", mention.text)
    promised = _PROMISED.search(before) if dated else None
    return promised is not None and _PAST.search(promised["between"]) is None


def _ends_period(mention: Mention, before: str) -> bool:
    title = _PERIOD_TITLE.search(before)
    return title is not None and bool(title["from"] or re.search(r"\d[-–/]\d\d$", mention.text))


def is_settled(mention: Mention, sentence: Sentence, cell: str, following: str) -> bool:
    """Tell whether the rest of the sentence, or the one that follows, says that it has been done since."""
    rest = cell[mention.end : min(sentence.end, mention.end + _NEAR)]
    return _CAME_OF_IT.search(rest) is not None or _CAME_OF_IT.search(following[:_NEAR]) is not None
