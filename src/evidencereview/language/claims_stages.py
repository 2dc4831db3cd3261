"""Claims about stages: how many there are, a further one after the second, and a step before the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import Claim, claims_of
from evidencereview.language.view import RowView

_COUNT = re.compile(
    r"\b(?P<three>three|3)[- ](?:stages?|tiers?|steps?)(?!\s?(?:\d|one|two|complain|respon|case"
    r"|review|answ))\b|\b(?P<four>four|4|five|5)[- ](?:stages?|tiers?)(?!\s?(?:\d|one|two|complain"
    r"|respon|case|review|answ))\b",
    re.I,
)
_BODY = (
    r"(?:panel|appeal|hearing|review|tier|stage|round|step|committee|trustees|councillors?|board"
    r"|chief\sexecutive)"
)
_THIRD = re.compile(
    rf"\b(?:a\s)?(?:third|3rd|extra|additional)\s(?:\w+\s)?(?:stage|tier|level"
    rf"|round)(?:\s{_BODY})?\b|\bstage\s?(?:3|three|iii)\b"
    rf"|\b(?:after|following|beyond)\s(?:the\s)?(?:stage\s?(?:2|two)|second\sstage"
    rf"|final\sresponse)\b[^.;]{{0,60}}\b(?:go|goes|ask|asks|appeal|appeals|taken?|request"
    rf"|refer(?:red)?|heard|put|apply|offered)\s(?:\w+\s){{0,5}}{_BODY}\b(?!\s(?:by"
    rf"|of)\sthe\sombudsman)"
    r"|\b(?:panel|appeal|hearing|trustees|councillors?)\b[^.;]{0,60}\bafter\s(?:stage\s?(?:2|two)"
    r"|(?:the\s)?second\sstage)\b"
    rf"|\b{_BODY}\b[^.;]{{0,140}}\b(?:before|prior\sto)\s(?:\w+\s){{0,4}}?(?:approach|go|contact"
    rf"|tak|turn|escalat|refer|complain)\w*\s(?:\w+\s){{0,4}}ombudsman\b",
    re.I,
)
# A body to which the resident can still turn, under whatever name, other than by asking for stage 2.
_STILL_TURN = re.compile(
    r"\b(?:still|then|after\s(?:that|this|it)|afterwards|beyond\s(?:that|this|it)|unless|finally"
    r"|as\sa\slast\sresort)\b[^.;]{0,60}\b(?:appeals?|asks?|asked|refer(?:s|red)?"
    r"|write|go(?:es)?|takes?|taken|turns?|requests?|puts?|heard"
    r"|looked\sat)\b[^.;]{0,40}\b(?:chief\sexecutive|managing\sdirector|(?:appeals?\s"
    r"|complaints?\s)?(?:sub-?)?committee"
    r"|appeals?\s\w+|(?:tenants?\s|residents?\s|board\s|independent\s)?panel|the\sboard|our\sboard"
    r"|trustees|chair(?:man|woman|person)?\b|councillors?|mayor|leader\sof\sthe\scouncil)",
    re.I,
)
_AGAINST_THE_LAST = re.compile(
    r"\bappeals?\s(?:against|from|of|on)\s(?:the\s|our\s|a\s)?(?:stage\s(?:2|two)|final|second)\s(?:\w+\s)?(?:decisions?|responses?|answers?|letters?|reviews?)\b",
    re.I,
)
_TO_STAGE_TWO = re.compile(r"\b(?:for|to|at|is|of)\s(?:a\s|the\s)?(?:stage\s(?:2|two)|second\sstage)|\bombudsman\b", re.I)
_DESIGNATED = re.compile(r"\b(?:designated|democratic|MPs?)\b")
_NAMED_BEFORE = re.compile(
    r"\b(?:informal|early|first[- ]contact|local|front[- ]?line|pre[- ]?complaints?|quick[- ]fix"
    r"|fast[- ]track|resolve[- ]first|preliminary|mediation"
    r"|doorstep|cooling[- ]off|putting[- ]right|initial)\s(?:complaint\s|resolution\s|resolving\s"
    r"|contact\s)?(?:stage|step|phase|round|tier"
    r"|process)\b"
    r"|\binformal\s(?:[‘'“\"][^’'”\"]{1,25}[’'”\"]|[‘'“\"].{1,25}[’'”\"])\s?(?:stage|step|phase)"
    r"|\binformal\scomplaints?\b"
    r"|\b(?:stage|step)\s(?:0|zero|nought)\b|\bpre[- ](?:complaint|stage)\b"
    r"|\binformal(?:ly)?\b[^.;]{0,60}\bbefore\b[^.;]{0,40}\b(?:logg\w*|log|stage\s?(?:1|one)"
    r"|complaint|case)\b"
    r"|\bbefore\s(?:a|the|any|it)\s(?:\w+\s){0,2}(?:complaint\s)?(?:is|are"
    r"|becomes?)\s(?:\w+\s)?(?:logged|registered|recorded|opened|stage\s?(?:1|one))\b",
    re.I,
)
_TRY_FIRST = re.compile(
    r"\bif\s(?:that|this|it|they|the\s\w+|still)\b[^.;]{0,60}\b(?:(?:log|logged|register\w*"
    r"|open\w*|raise|becomes?|move[sd]?|goes?|escalated?)\b[^.;]{0,30}\bstage\s?(?:1|one)"
    r"|becomes?\s(?:a|an)\s(?:formal\s|official\s)?complaint"
    r"|log(?:ged)?\s(?:it\s)?as\sa\scomplaint)\b"
    r"|\bonly\s(?:then\s)?(?:goes?|becomes?|logged|log|move[sd]?|register\w*|opened"
    r"|escalated)\b[^.;]{0,30}\b(?:stage\s?(?:1|one)|complaint)\b[^.;]{0,20}\b(?:if|after|when"
    r"|once)\b"
    r"|\bfirst\b[^.;]{0,50}\bthen\s(?:we\s)?(?:log|register|open|record)\w*\b",
    re.I,
)
_ANYWAY = re.compile(
    r"\b(?:already|regardless|anyway|logged\sfirst|opened\sfirst|first\slogged|log\sit\sfirst"
    r"|in\sany\scase|either\sway|service\srequests?|at\sthe\ssame\stime)\b",
    re.I,
)


def extra_stages(row: RowView, allowed: int) -> Iterator[Claim]:
    """Yield the claims of more stages than `allowed` (2 or 3)."""
    for claim in claims_of(row, "stages", _COUNT):
        if allowed < (3 if re.match(r"three|3", row.words(claim.span), re.I) else 4):
            yield claim
    if allowed < 3:
        yield from (
            claim
            for claim in claims_of(row, "stages", _THIRD)
            if not _is_outside(row.words(claim.span), claim.sentence.text)
        )
        yield from (
            claim
            for pattern in (_STILL_TURN, _AGAINST_THE_LAST)
            for claim in claims_of(row, "stages", pattern)
            if not _TO_STAGE_TWO.search(row.words(claim.span)) and not _DESIGNATED.search(claim.sentence.text)
        )


def _is_outside(words: str, sentence: str) -> bool:
    """Whether a further body is the Ombudsman itself or a designated person, and no stage of the landlord's."""
    to_ombudsman = "ombudsman" in words.lower() and not re.search(r"before|prior", words, re.I)
    return to_ombudsman or _DESIGNATED.search(sentence) is not None


def steps_before(row: RowView) -> Iterator[Claim]:
    """Yield the claims of a step that comes before stage 1, named or only told ("a chat first, then we log it")."""
    for pattern in (_NAMED_BEFORE, _TRY_FIRST):
        for claim in claims_of(row, "step before", pattern):
            if not _ANYWAY.search(claim.sentence.text):
                yield claim
