"""Claims of a practice that a duty rules out, and of how often something is done.

Each practice belongs to the topic of a provision; its pattern is what the landlord would have to say to break the duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import Claim, claims_of, is_asserted, place
from evidencereview.language.practice import Practice, practice
from evidencereview.language.practices_conduct import CONDUCT
from evidencereview.language.view import RowView

_MUST = r"(?:must|has\sto|have\sto|needs?\sto|(?:is|are)\s(?:asked|required|expected|obliged)\sto|only)"
_WRITTEN = (
    r"(?:in\swriting|by\s(?:letter|e-?mail|post)|online|(?:the|a|our)\s(?:\w+\s){0,3}(?:form"
    r"|portal|app)|through\s(?:the|our)\s\w+|via\s(?:the|our)\s\w+)"
)
_STAFF = r"(?:complaints?\steam|head\soffice|contact\scentre|customer\sservices?)"
_DONE = r"(?:complet\w*|finish\w*|done|carried\sout|closed)"
_PEOPLE = (
    r"(?:representatives?|solicitors?|advocates?|advis[eo]rs?|advice\sworkers?|councillors?"
    r"|friends?|relatives?|famil(?:y|ies)|third\sparties|somebody\selse|someone\selse|anyone\selse"
    r"|carers?|companions?|supporters?)"
)
_BAR = (
    r"(?:may\snot|cannot|can[’']t|must\snot|(?:is|are)\snot\s(?:allowed|permitted|able|accepted"
    r"|admitted)|(?:is|are)n[’']t\s(?:allowed|permitted|accepted)|(?:is|are)\s(?:barred|excluded"
    r"|turned\saway))"
)


PRACTICES: tuple[Practice, ...] = (
    practice(
        r"no reasons needed|moving on to stage 2|progression to stage two",
        rf"\b{_MUST}\s(?:\w+\s){{0,6}}?(?:tell|state|give|set\sout|explain|say|complete|provide|show"
    rf"|list|put|fill\sin|justify)\b[^.;]{{0,70}}\b(?:why|reasons?|grounds|which\sparts|disagree"
    rf"|dissatisf\w*)\b"
        r"|\bforms?\b[^.;]{0,20}\b(?:setting\sout|stating|explaining|giving|saying"
    r"|asks\sfor)\b[^.;]{0,70}\b(?:why|reasons?|grounds)\b"
        r"|\b(?:mandatory|compulsory|required)\b[^.;]{0,30}\b(?:reasons?|grounds|why)\b|\b(?:reasons?"
    r"|grounds)\b[^.;]{0,60}\b(?:sent\sback|returned|rejected|left\sout|required|mandatory"
    r"|compulsory|condition)\b|\b(?:only|unless|provided)\b[^.;]{0,50}\b(?:gives?|states?"
    r"|explains?)\s(?:\w+\s){0,3}(?:reasons?|why|grounds)\b",
        "makes the resident's reasons a condition of stage 2",
        "stage 2 on request alone, and how the officer finds out what is still wrong",
        r"\b(?:optional|refus\w*|declin\w*|our\sreasons|we\sexplain|we\sgive)\b",
    ),
    practice(
        r"answering before",
        rf"\b(?:respon(?:d|ds|ded|se|ses)|repl(?:y|ies)|answers?|answered|outcome\sletters?"
    rf"|final\sletters?|letters?\s(?:is|are|goes|go)(?:\sout|\ssent|\sissued"
    rf"|\sposted)?)\b[^.;,]{{0,45}}\b(?:once|when|after|until|following"
    rf"|on\scompletion)\s(?:of\s)?(?:all\s|any\s|the\s|every\s|last\s){{0,3}}(?:\w+\s)?(?:works?"
    rf"|repairs?|actions?|jobs?|remed\w+)\s(?:\w+\s){{0,3}}{_DONE}"
        r"|\b(?:respon(?:d|ds|se|ses)|repl(?:y|ies)|answers?|letters?)\b[^.;,]{0,45}\b(?:once|when"
    r"|after|until|following|on)\s(?:the\s|all\s|any\s){0,2}completion\sof\b"
        rf"|\b(?:hold|holds|held|wait|waits|delay\w*|keep|keeps)\b[^.;]{{0,30}}\b(?:respon\w+|reply"
    rf"|answer|letter)\b[^.;]{{0,30}}\b(?:until|till)\b[^.;]{{0,40}}{_DONE}|\b(?:wait"
    rf"|waits)\s(?:until|till|for)\s[^.;]{{0,40}}{_DONE}\b[^.;]{{0,40}}\b(?:respon\w+|reply|answer"
    rf"|write)",
        "lets the answer wait until the work is done, where it is due once it is known",
        "an answer as soon as it is known, and how open actions are tracked afterwards",
        r"\b(?:not|never|n[’']t|without|rather\sthan|as\ssoon\sas|before|clos(?:e|ed|es|ing)|second"
    r"|another|further|follow[- ]?up|updates?|confirm\w*|write\sagain)\b",
    ),
    practice(
        r"^channels|in any way to anyone|recognising|accepting complaints|definition of a complaint",
        rf"\b(?:residents?|customers?|tenants?|complaints?|they|people"
    rf"|you)\s(?:\w+\s)?{_MUST}\s(?:\w+\s){{0,8}}?{_WRITTEN}|\b(?:only|solely"
    rf"|exclusively)\s(?:\w+\s){{0,4}}{_WRITTEN}|\b{_WRITTEN}\sonly\b"
        rf"|\b(?:residents?|customers?|tenants?|complaints?|they|people"
    rf"|you)\s(?:\w+\s)?{_MUST}\s(?:\w+\s){{0,6}}(?:to|with|through|by|contact)\s(?:the\s"
    rf"|our\s){_STAFF}|\b(?:only|solely)\s(?:the\s|our\s)?{_STAFF}\s(?:can|may|takes?|accepts?)",
        "narrows how or to whom a resident can complain",
        "every channel that a resident can use, and that any member of staff takes a complaint",
        r"\b(?:need\snot|or\sby|or\sin\sperson|whichever|not\sonly|any\s(?:way|channel|method|of)"
    r"|help\w*|reply|respon\w*|acknowledge\w*|staff\smust|colleagues\smust|officers?\smust)\b",
    ),
    practice(
        r"representation",
        rf"\b{_PEOPLE}\b[^.;]{{0,40}}\b{_BAR}\b|\b(?:do\snot|don[’']t|cannot|will\snot|never)\s(?:allow"
    rf"|accept|admit|permit|deal\swith|speak\sto|meet)\s(?:\w+\s){{0,3}}{_PEOPLE}\b|\b(?:attend"
    rf"|come|appear|speak)\b[^.;]{{0,25}}\b(?:alone|unaccompanied|on\stheir\sown"
    rf"|for\sthemselves\sonly)\b",
        "narrows who may speak for a resident or come along",
        "that a resident may choose anybody to act for them or come along",
        r"\b(?:without\s(?:consent|authority)|unless|consent|authorit\w+)\b",
    ),
    practice(
        r"^one policy",
        r"\b(?:separate|different|second|own|other)\s(?:(?:complaints?\s)?(?:polic(?:y|ies)"
    r"|procedures?|process(?:es)?)\s(?:for|covers?|applies|deals?|governs?)"
    r"|complaints?\s(?:polic(?:y|ies)|procedures?|process(?:es)?))\b"
    r"|\btwo\s(?:complaints?\s)?(?:polic(?:y|ies)|procedures|processes)\b",
        "has complaints handled under more than one policy",
        "one policy for all complaints under the Code",
        r"\b(?:staff\scomplaints|grievance|whistle\w*|unacceptable|non-housing|outside)\b",
    ),
    practice(
        r"third parties within|recognising",
        r"\b(?:contractor|managing\sagent|agent|partner|provider)s?[’']?s?\b[^.;]{0,50}\b(?:own"
    r"|their)\s(?:\w+\s)?(?:complaints?\s)?(?:process|procedure|stages?"
    r"|polic\w+)\b[^.;]{0,40}\b(?:first|before|then|prior)\b|\b(?:first"
    r"|before)\b[^.;]{0,40}\b(?:contractor"
    r"|managing\sagent)s?[’']?s?\s(?:own\s)?(?:\w+\s)?(?:complaints?\s)?(?:process|procedure)",
        "sends residents through a process of somebody else's first",
        "that the outsider's answer is part of the landlord's own two stages",
    ),
    practice(
        r"response to a service request",
        r"\b(?:stops?|pauses?|paused|suspend\w*|on\shold|halt\w*|froze\w*)\b[^.;]{0,50}\b(?:complaint"
    r"|investigat\w*)\b|\bcomplaints?\b[^.;]{0,40}\b(?:once|until|after"
    r"|when)\s(?:the\s)?(?:service\s)?(?:request|repair|job|works?)\s(?:is|has\sbeen|are"
    r"|have\sbeen)\s(?:closed|complete\w*|finished|resolved|done)\b",
        "stops the request, or lets the complaint wait until the request is over",
        "that a complaint is opened at once and the request goes on meanwhile",
    ),
    practice(
        r"explaining a refusal|refusing to escalate|progression to stage two",
        r"\b(?:decision|refusal)s?\s(?:\w+\s){0,3}(?:is|are)\sfinal\b|\bno\s(?:right\sof\s"
    r"|further\s)?appeal\b|\b(?:cannot|can[’']t|may\snot)\s(?:\w+\s)?(?:appeal|challenge"
    r"|be\s(?:appealed|challenged))\b",
        "closes the way to the Ombudsman after a refusal",
        "that a refusal can be taken to the Ombudsman, and the letter that says so",
        r"\b(?:decision\sof\sthe\sombudsman|within\sour\sprocess)\b",
    ),
    practice(
        r"information on access to the ombudsman|early advice on the ombudsman",
        r"\b(?:only|until|not)\b[^.;]{0,60}\b(?:at\sthe\send|after|once|until|when"
    r"|in\sthe)\b[^.;]{0,30}\b(?:stage\s(?:2|two)|final\s(?:response|letter|stage)|exhaust\w*"
    r"|process\sis\s(?:over|complete\w*)|procedure\s(?:is|has))"
        r"|\b(?:final|last|closing|stage\s(?:2|two))\s(?:letter|response|answer)s?\s(?:only|alone)\b",
        "tells residents of the Ombudsman only at the end",
        "where residents are told of the Ombudsman throughout the process",
        r"\b(?:not\sonly|also|investigat\w*|ombudsman\swill\sonly|ombudsman\scan\sonly)\b",
    ),
    practice(
        r"further issues during|additional complaints",
        r"\b(?:any|all|every|always|such)\b[^.;]{0,60}\b(?:as|start\w*|open\w*|make|log\w*"
    r"|raise)\s(?:a|an)\s(?:new|separate|fresh)\s(?:stage\s1\s)?(?:complaint|case)\b",
        "makes every further issue a new complaint, also a connected one",
        "that connected issues join the answer while it is unsent",
        r"\b(?:un)?related\b|\bunless\b|\bconnected\b|\bissued\b|\bsent\b|\bif\b|\bwhere\b",
    ),
)  # fmt: skip

_SPARSE = re.compile(
    r"\b(?:(?:once\s)?(?:every|each)\s(?P<n>two|three|four|five|2|3|4|5|second|third"
    r"|other)\s(?:years?|financial\syears?)|bi-?ennial\w*|tri-?ennial\w*|once\s(?:in\s)?(?:two"
    r"|three)\syears|every\s(?:18|eighteen|24|36)\smonths)\b",
    re.I,
)
_OF_ANOTHER = re.compile(
    r"\b(?:polic(?:y|ies)|procedure|training|trained|audit\w*|survey\w*|strateg\w*|elect\w*|appoint\w*|term)\b", re.I
)


def ruled_out_practices(row: RowView) -> Iterator[tuple[Claim, Practice]]:
    """Yield what a row says that the duty of its provision rules out."""
    topic = row.provision.topic if row.provision else ""
    for each in (*PRACTICES, *CONDUCT):
        if not each.topic.search(topic):
            continue
        for sentence in row.sentences:
            match = each.says.search(sentence.text)
            against = each.unless and each.unless.search(sentence.text)
            if match and not against and (each.negative or is_asserted(sentence.text, *match.span())):
                yield Claim("practice", place(sentence, *match.span()), sentence), each


def sparse_periods(row: RowView) -> Iterator[Claim]:
    """Yield the claims that the report or assessment is made less than once a year."""
    for claim in claims_of(row, "period", _SPARSE):
        if not _OF_ANOTHER.search(claim.sentence.text):
            yield claim
