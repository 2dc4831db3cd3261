"""Claims about refusals: on which grounds a complaint is not accepted or not taken to the next stage.

A ground is compared with the pack's exclusions by their terms; what is left is an extra ground or an open one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidencereview.language.claims_standing import Claim, is_past, place
from evidencereview.language.view import RowView, Sentence
from evidencereview.provisions import Exclusion

_REFUSES = re.compile(
    r"\b(?:outside(?=:)|outside\s(?:(?:of\s)?(?:this|the|our)\s(?:policy|process|procedure)|are\b|is\b)|left\sout|leaves?\sout|not\scovered|fall(?:s)?\soutside"
    r"|refus\w*|declin\w*|exclu\w*|reject\w*|turn(?:ed|s)?\s(?:\w+\s)?(?:down|away)|ineligible|disregard\w*"
    r"|(?:not|n[’']t|cannot|never|no\slonger)\s(?:be\s|normally\s|usually\s|generally\s)?(?:accept"
    r"|consider|investigat|escalat|tak|look\s(?:at|into)|deal|handl|progress|log|entertain|open"
    r"|treat|respond\sto|go\s(?:to|on)|allow)\w*|(?:accept|tak"
    r"|consider)\w*\b[^.;]{0,40}\b(?:unless|except)(?!\sone))\b",
    re.I,
)
# A refusal that is itself denied, or that tells how refusals are handled, states no ground.
_NO_REFUSAL = re.compile(
    r"\b(?:not|never|n[’']t|no)\s(?:\w+\s){0,3}(?:refus\w*|declin\w*|exclu\w*|reject\w*"
    r"|turn(?:ed)?\s(?:\w+\s)?(?:down|away))\b|\bwithout\s(?:exclu|refus)\w*|\bno\s(?:other"
    r"|further|more)\b|\bnothing\selse\b|\bno\sothers\b|\brather\sthan\b",
    re.I,
)
_OPEN = (
    r"vexatious\w*|frivolous\w*|trivial\w*|petty|malicious|nuisance|(?:no|without|lack\w*"
    r"|little)\s(?:\w+\s)?merit|unmeritorious|unfounded|groundless|unreasonable\s(?:complain\w*"
    r"|demands?|persist\w*|behavio\w*)|persistent\scomplain\w*|serial\scomplain\w*"
    r"|(?:at|in)\s(?:our|the\s\w+(?:\s\w+)?[’']s|their|its|the)\s(?:\w+\s)?(?:discretion|opinion"
    r"|view|judg\w*)|at\s(?:our|the)\sdiscretion|any\sother\sreason|other\sreasons?\s(?:we|that)\b"
    r"|as\swe\ssee\sfit|see(?:s)?\sfit|deem\w*\s(?:\w+\s)?(?:inappropriate|unreasonable|unsuitable"
    r"|minor|appropriate)|too\s(?:minor|small|complex|costly)|minor\s(?:matters?|issues?"
    r"|complaints?)|disproportionate|not\sserious|public\sinterest|time[- ]consuming|waste\sof"
)
_EXTRA = (
    r"(?:conduct|behaviour|attitude|actions?|complaints?|matters?|performance)\s(?:\w+\s)?(?:of"
    r"|about|against|concerning)\s(?:\w+\s)?(?:staff|employees?|officers?|contractors?|councillors"
    r"|colleagues|board\smembers?)|staff\s(?:conduct|matters|attitude|behaviour|issues)"
    r"|staffing\smatters|personnel"
    r"|insur\w*|solicitors?(?:[’']s?)?\s(?:has|have|is|are|was|were|letter|instructed|involved"
    r"|acting|appointed|acts)|instruct\w*\s(?:a\s)?solicitors?|(?:through|from|by)\s(?:a\s"
    r"|their\s)?solicitors?|letter\sbefore\s(?:claim|action)|legal\sadvice|threat\w*\s(?:of\s"
    r"|to\s)?(?:legal|court|sue|litigat)\w*|intend\w*\s(?:to\s)?(?:legal|sue|take)|anonymous\w*"
    r"|(?:rent|service\scharge)\s(?:levels?|setting|increases?)|(?:levels?|amount"
    r"|setting)\sof\s(?:the\s)?(?:rents?|service\scharges?)|(?:in|with|has"
    r"|have)\s(?:rent\s)?arrears"
    r"|(?:from|by|of)\s(?:\w+\s){0,2}(?:leaseholders|shared\sowners|former\s(?:tenants|residents)"
    r"|non[- ]?tenants|applicants|neighbours|councillors)|neighbour\s(?:disputes?|nuisance"
    r"|complaints?)|anti[- ]?social\sbehaviour|\bASB\b|contractors?(?:[’']s?)?\s(?:work|conduct"
    r"|matters)|social\smedia|policy\s(?:decisions?|disagreements?|matters?)|(?:disagree\w*"
    r"|dislike)\s(?:\w+\s){0,2}(?:policy|decision)|personal\sinjury|abusive|press|the\smedia"
    r"|compensation\s(?:claims?|only)|allocations?|lettings?\s(?:decisions?|matters|policy)|behav\w*\s(?:unreasonabl\w*|badly|abusive\w*)|rent\s(?:account|arrears)|account\sis\s(?:up\sto\sdate|clear)|(?:more\sthan|over)\s(?:\w+|\d+)\s(?:open\s|other\s)?(?:complaints|cases|letters)\b|already\sha(?:s|ve)\s(?:an?other|an?)\s(?:open\s)?complaint"
    r"|repeat(?:ed)?\scomplaints?|planned\sworks?|works?\sprogramme|no\slonger\s(?:a\stenant|our\stenants?|tenants)|not\ssigned|unsigned|decisions?\sof\sthe\s(?:board|committee|trustees)"
    r"|approved\sby\sthe\sboard|eviction|notice\sof\sseeking|prospects?\sof\ssuccess|(?:little|no|low)\s(?:chance|prospect)|cost\w*\s(?:more|too)|(?:under|below|less\sthan)\s£\s?\d+"
    r"|£\s?\d+\s(?:or\sless|threshold)|threshold"
)
_ESCALATION = (
    r"(?:no|without|unless|only\s(?:if|where|when|with)|provided|if|where|must|needs?|show\w*"
    r"|provid\w*|bring\w*|have|has)\s(?:\w+\s){0,6}(?:new|further|fresh"
    r"|additional)\s(?:information|evidence|facts|material|grounds)"
    r"|(?:different|other|new|changed?)\s(?:outcome|result|decision"
    r"|answer)\s(?:\w+\s){0,3}(?:unlikely|impossible)|(?:unlikely|no\sprospect"
    r"|no\schance)[^.;]{0,40}(?:outcome|chang\w*|differ\w*|succe\w*)|(?:stage\s?(?:1|one)"
    r"|first)\s(?:response|answer|decision|reply)\s(?:was|is)\s(?:full|thorough|right|fair"
    r"|reasonable|correct|adequate|sound|satisfactory)|(?:manager|director|head\sof\s\w+|officer"
    r"|team|panel)\s(?:\w+\s){0,2}(?:decides?|agrees?|considers?|approves?|permits?|feels?"
    r"|thinks?)\s(?:\w+\s){0,4}(?:whether|if|merit\w*|warrant\w*|justif\w*|needed|necessary)"
    r"|(?:merits?|warrants?|justifies)\s(?:a\s|an\s)?(?:review|escalation|stage)|(?:offer"
    r"|compensation|remedy)\s(?:has\sbeen\s|was\s|is\s)?(?:made|accepted|paid)"
    r"|all\s(?:the\s)?(?:works?|repairs?|actions?)\s(?:is|are|has|have)"
)
_GROUND = re.compile(rf"\b(?:{_OPEN}|{_EXTRA})", re.I)
_GROUND_ESCALATION = re.compile(rf"\b(?:{_OPEN}|{_EXTRA}|{_ESCALATION})", re.I)
# Only here is a condition for moving on ("if the resident can show new information we refer it") itself a refusal.
_CONDITION = re.compile(
    rf"\b(?:{_ESCALATION.split('|(?:different')[0]})\b|\b(?:if|where|when|once|provided"
    rf"|unless)\s(?:the|our|an?)\s(?:\w+\s){{0,2}}(?:manager|director|head\sof\s\w+|officer|team"
    rf"|panel)\s(?:\w+\s)?(?:agrees|approves|permits|feels|thinks|considers|is\ssatisfied)\b"
    rf"|\b(?:at|in)\s(?:the|our|its|\w+[’']s)\s(?:\w+[’']s\s)?(?:sole\s)?discretion\b",
    re.I,
)
# "If they can show that we missed something": the resident has to earn the next stage.
_HAS_TO_SHOW = re.compile(
    r"\b(?:if|provided(?:\sthat)?|where|as\slong\sas|only\swhen|once)\s(?:they|the\s(?:resident|customer|tenant|complainant)|you|he\sor\sshe)\s(?:can\s|could\s|also\s|first\s)?"
    r"(?:show|prove|demonstrate|provide|suppl(?:y|ies)|bring|brings|identif(?:y|ies)|persuade|justif(?:y|ies)|pay|pays|evidence|satisf(?:y|ies)\sus)\b[^.;]{0,50}",
    re.I,
)
_STILL_TAKEN = re.compile(
    r"\b(?:still\s(?:accept|tak|consider|look|log|investigat)\w*|(?:is|are"
    r"|be)\s(?:still\s)?accepted(?!\s(?:unless|except|only))|not\s(?:a\s)?(?:ground|reason|bar"
    r"|excluded|refused)|do(?:es)?\snot\s(?:by\sitself\s|alone\s)?(?:stop|prevent|bar|exclude)"
    r"|taken\sout|case\sby\scase|on\sits\sown\smerits|individual\smerits|regardless"
    r"|separate\s(?:policy|process|procedure|route)|not\s(?:because|on\sthe\sground|only|just"
    r"|simply)|equality\sact|whether\sor\snot)\b",
    re.I,
)
# What was refused once is an instance and no rule.
_INSTANCE = re.compile(
    r"\b(?:was|were|been)\s(?:\w+\s)?(?:refus|declin|exclu|reject|turned)\w*|\b(?:refused|declined"
    r"|rejected|turned\s(?:\w+\s)?(?:down|away))\s(?:once|twice|one|two|three|four|five|\d+)\b",
    re.I,
)
_MERITS = re.compile(r"\bon\s(?:its|their|the|individual)\s(?:\w+\s)?merits?\b", re.I)


def extra_grounds(row: RowView, exclusions: Sequence[Exclusion], *, escalation: bool) -> Iterator[Claim]:
    """Yield the grounds for refusal that a row states beyond the pack's exclusions.

    Args:
        row: the row.
        exclusions: the grounds that the Code accepts.
        escalation: whether the provision is about going on to the next stage, where further conditions can be set.
    """
    accepted = re.compile("|".join(_term(term) for exclusion in exclusions for term in exclusion.terms) or r"(?!)", re.I)
    pattern = _GROUND_ESCALATION if escalation else _GROUND
    for sentence in _refusing(row):
        for match in pattern.finditer(sentence.text):
            if not accepted.search(match.group()) and _is_ground(sentence.text, match):
                yield Claim("ground", place(sentence, match.start(), match.end()), sentence)
                break
    yield from _excepted(row, pattern, accepted)
    if escalation:
        yield from _conditions(row)
        yield from _only_if(row, accepted)


def _term(term: str) -> str:
    """A term of the pack as a pattern; a star stands for the rest of a word."""
    words = re.escape(term).replace(r"\*", r"\w*")
    return rf"\b{words}\b"


def _refusing(row: RowView) -> Iterator[Sentence]:
    """The sentences that state refusals, and those that go on with a list that such a sentence opens."""
    listing = False
    for sentence in row.sentences:
        states = bool(_REFUSES.search(sentence.text)) and not _NO_REFUSAL.search(sentence.text)
        listing = (listing and _goes_on(sentence.text)) or (
            states and bool(re.search(r":\s*$|\bpolicy\b|\bexclusions\b", sentence.text))
        )
        if states or listing:
            yield sentence


def _goes_on(text: str) -> bool:
    return bool(
        re.match(
            r"\W{0,3}(?:[•*–-]|\(?[a-z0-9]{1,2}[).]|they\s(?:include|are)|these\s(?:include|are)"
            r"|it\sincludes|including|also)",
            text,
            re.I,
        )
    )


def _is_ground(text: str, match: re.Match[str]) -> bool:
    if is_past(text, *match.span()) or _INSTANCE.search(text) or _STILL_TAKEN.search(text) or _MERITS.search(text):
        return False
    stated = _REFUSES.search(text)
    return stated is None or match.start() > stated.start() or match.end() < stated.start()


# "Accepted apart from those where ..." and "accepted provided that ...": the ground follows the exception.
_EXCEPTING = re.compile(
    r"\b(?:accept|tak|consider|log|open|deal)\w*\b[^.;]{0,60}\b(?:apart\sfrom|save\s(?:for|where)|other\sthan|provided(?:\sthat)?|as\slong\sas|on\scondition|only\s(?:if|where))\b"
    r"(?P<ground>[^.;]+)",
    re.I,
)
# "Only granted if there was a procedural error": a condition that is neither a request nor one of the accepted grounds.
_ONLY_IF = re.compile(
    r"\b(?:stage\s(?:2|two)|reviews?|escalat\w*|requests?)\b[^.;]{0,40}\bonly\b[^.;]{0,30}\b(?:if|when|where|for)\s(?P<ground>[^.;]{5,})",
    re.I,
)
_FAIR = re.compile(
    r"\b(?:ask\w*|request\w*|complet\w*|answered|wish\w*|dissatisf\w*|unhappy|exclu\w*|grounds?|policy|clause|section|consent|after\sstage\s(?:1|one)|stage\s(?:1|one)\s(?:is|has|was|answer|response|letter)|refus\w*|declin\w*)\b",
    re.I,
)


def _excepted(row: RowView, pattern: re.Pattern[str], accepted: re.Pattern[str]) -> Iterator[Claim]:
    for sentence in row.sentences:
        exception = _EXCEPTING.search(sentence.text)
        ground = pattern.search(sentence.text, exception.start("ground")) if exception else None
        if ground and not accepted.search(ground.group()) and not _NO_REFUSAL.search(sentence.text):
            yield Claim("ground", place(sentence, *ground.span()), sentence)


def _only_if(row: RowView, accepted: re.Pattern[str]) -> Iterator[Claim]:
    for sentence in row.sentences:
        match = _ONLY_IF.search(sentence.text)
        if (
            match
            and not _FAIR.search(match["ground"])
            and not accepted.search(match["ground"])
            and not is_past(sentence.text, *match.span())
        ):
            yield Claim("ground", place(sentence, *match.span()), sentence)


def _conditions(row: RowView) -> Iterator[Claim]:
    for sentence in row.sentences:
        match = _CONDITION.search(sentence.text) or _HAS_TO_SHOW.search(sentence.text)
        before = sentence.text[: match.end()] if match else ""
        denied = re.search(r"\b(?:not|never|n[’']t|nor|no\sneed|without\sneed\w*)\b", before, re.I)
        if (
            match
            and re.search(r"\b(?:refer|escalat|stage\s?(?:2|two)|panel|review|progress)\w*", sentence.text, re.I)
            and not denied
        ):
            yield Claim("ground", place(sentence, match.start(), match.end()), sentence)
