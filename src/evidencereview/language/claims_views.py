"""Claims of opinion and meaning: how complaint volumes are seen, and what counts as a complaint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import Claim, claims_of, is_asserted, place
from evidencereview.language.view import RowView

_KIND = r"(?:(?:the|our|all|new|formal|customer|resident|tenant|total|overall)\s)*"
_COUNT = r"(?:(?:number|volume|level|amount|total|quantity)s?\s(?:of\s)?)?"
_FEWER = re.compile(
    rf"\b(?:reduc\w*|minimi[sz]\w*|lower(?:ing)?|cut(?:s|ting)?|decreas\w*|limit(?:s|ing)?"
    rf"|discourag\w*|deter(?:s|ring)?)\s(?:the\s)?{_COUNT}{_KIND}complaints?\b(?!\s(?:that|which"
    rf"|upheld|about|handling|overdue|escalat\w*|going|reaching|from\sbeing))"
    rf"|\b(?:driv\w*|bring\w*|keep\w*|get\w*"
    rf"|push\w*)\s(?:the\s)?{_COUNT}{_KIND}complaints?\s(?:\w+\s)?(?:down|low|lower"
    rf"|to\sa\sminimum)\b"
    rf"|\b(?:driv\w*|bring\w*|keep\w*|get\w*)\s(?:down|low)\s(?:the\s)?{_COUNT}{_KIND}complaints?\b"
    rf"|\b(?:target|objective|aim|goal|kpi)s?\b[^.;]{{0,40}}\b(?:reduction|reduce|fewer|decrease"
    rf"|lower|drop|zero|cut)\b[^.;]{{0,25}}\bcomplaints?\b(?!\s(?:that|which|upheld|about|handling"
    rf"|overdue|escalat\w*|going|reaching))"
    rf"|\breduction\sin\s(?:the\s)?{_COUNT}{_KIND}complaints?\b[^.;]{{0,40}}\b(?:target|objective"
    rf"|aim|goal|good|welcome|success)\w*",
    re.I,
)
_LOW = (
    r"(?:\b(?:only|just|low|lower|lowest|few|fewer|fewest|fell|fall|falls|fallen|falling|drop"
    r"|dropped|down|declin\w*|reduction|reduced|decrease\w*|small|absence|lack|no|hardly|one|two"
    r"|three|four|five)\b)"
)
_SHOWS = (
    r"(?:shows?|showing|reflect\w*|means?|meaning|demonstrat\w*|suggest\w*|prov(?:es?|ing)|proof"
    r"|signs?\sof|sign\sthat|signal\w*|testament|evidence\sof|evidence\sthat|indicat\w*|because"
    r"|thanks\sto|due\sto|tells\sus|confirm\w*|as\sa\sresult\sof|mark\sof|measure\sof|credit\sto"
    r"|are|is|as)"
)
_GOOD = (
    r"(?:good|great|happ\w*|satisf\w*|better|improv\w*|care|content\w*|well|qualit\w*|success\w*"
    r"|positive|pleas\w*|excellen\w*|working|trust\w*|hard\swork|achievement|strong\w*|health\w*"
    r"|confiden\w*)"
)
_LOW_IS_GOOD = re.compile(
    rf"{_LOW}[^.;]{{0,60}}\bcomplaints?\b[^.;]{{0,60}}?\b{_SHOWS}\b[^.;]{{0,40}}?\b{_GOOD}\b"
    rf"|\bcomplaints?\b[^.;]{{0,30}}{_LOW}[^.;]{{0,30}}?\b{_SHOWS}\b[^.;]{{0,40}}?\b{_GOOD}\b"
    rf"|\b(?:pleased|proud|glad|delighted|happy)\b[^.;]{{0,40}}\bcomplaints?\b[^.;]{{0,20}}{_LOW}"
    rf"|\b(?:pleased|proud|glad|delighted|happy)\b[^.;]{{0,40}}{_LOW}[^.;]{{0,30}}\bcomplaints?\b",
    re.I,
)
_HIGH_IS_BAD = re.compile(
    r"\b(?:high\w*|rise|rises|rising|increas\w*|more|many"
    r"|growing)\b[^.;]{0,40}\bcomplaints?\b[^.;]{0,40}\b(?:(?:is|are|as|seen\sas|means?|shows?"
    r"|suggests?|indicates?|points?\sto|reflects?|treated\sas)\s(?:an?\s)?(?:\w+\s){0,2}(?:bad"
    r"|poor|negative|concern\w*|failure\w*|failing|problem\w*|worr\w*|warning|wrong|red"
    r"|underperform\w*)|counts?\sagainst|penali[sz]\w*)",
    re.I,
)
_BARRIERS = re.compile(
    r"\b(?:question\w*|quer(?:y|ied|ies)|challenge\w*|barrier\w*|explain\s(?:them|why)"
    r"|ask\w*\swhether|(?:look|looked|looks)\sinto\swhy|unable\sto\scomplain|cannot\scomplain"
    r"|access\w*|neutral\w*|welcom\w*|may\smean|could\smean|might\smean|reach\sus"
    r"|under-?report\w*)\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|never|neither|nor|without)\b|n[’']t\b", re.I)
_NARROW = re.compile(
    r"\b(?:must|has\sto|have\sto|needs?\sto|should|only|required\sto)\b[^.;]{0,50}\b(?:in\swriting"
    r"|written|formal(?:ly)?|us(?:e|es|ed|ing)\sthe\sword|signed|call(?:s|ed)?\sit\sa\scomplaint"
    r"|sa(?:y|ys|id)\s(?:that\s)?it\sis\sa\scomplaint|word\s.?complaint.?|complaints?\sform)\b"
    r"|\b(?:written|formal|serious|significant|justified|genuine|legitimate|reasonable"
    r"|repeated)\s(?:expression|statement|notice)\sof\s(?:dissatisfaction|unhappiness)"
    r"|\bexpression\sof\s(?:serious|significant|justified|strong|formal|written|genuine"
    r"|reasonable)\s\w+|\bdissatisfaction\s(?:made\s|expressed\s|given\s|put\s|received\s"
    r"|submitted\s)?(?:formally|in\swriting)"
    r"|\bonly\s(?:\w+\s){0,3}(?:tenants|leaseholders|tenancy\sholders?|account\sholders?"
    r"|named\stenants?|the\stenant)\b|\b(?:tenants|tenancy\sholders?)\sonly\b|\b(?:if|when|where"
    r"|once|unless)\s(?:the\s|a\s)?(?:resident|customer|tenant|caller|person|they"
    r"|someone)\w*\s(?:actually\s|specifically\s|expressly\s|explicitly\s)?(?:uses?|says?"
    r"|asks?\sfor|states?|mentions?)\s(?:(?:the|that)\s(?:very\s)?(?:word|term)"
    r"|(?:that\s)?it\sis\sa\s(?:formal\s)?complaint|.?formal)"
    r"|\bdefin\w*[^.;]{0,60}\b(?:formal|in\swriting|written|serious|unresolved|justified)\b",
    re.I,
)
_HELP = re.compile(
    r"\b(?:need\snot|needn[’']t|does(?:n[’']t|\snot)|do(?:n[’']t|\snot)|any\sway|choos\w*"
    r"|prefer\w*|or\sby|offer\w*|help\w*|also|as\swell|even\sif|record\w*\sin|understand\w*\sin"
    r"|training|asks?\sfor\s(?:a\s)?(?:copy|help)|confirm\w*|permission|consent\w*|authori\w+)\b",
    re.I,
)


# Only what is called a complaint, or what could not be settled at once, is to count.
_SAID_SO = re.compile(
    r"\bonly\s(?:record|log|treat|count|open|register|class|handle|accept|regard)\w*\b[^.;]{0,40}\b(?:if|when|where|once|after)\b[^.;]{0,60}"
    r"\b(?:ask|say|said|request|word|writing|insist|formal)\w*|"
    r"\b(?:unless|until|only\s(?:if|when|where|once)|not\s(?:a\scomplaint\s)?(?:unless|until))\b[^.;]{0,60}\b(?:say|says|said|states?|use|uses|ask|asks|tells?\sus"
    r"|insists?|confirms?|mentions?|call|calls|put|puts)\b[^.;]{0,50}\b(?:complain\w*|the\sword|formal\w*|in\swriting)\b"
    r"|\b(?:treated|handled|logged|recorded|dealt\swith|counted|regarded)\sas\s(?:\w+\s)?(?:feedback|enquir(?:y|ies)|comments?|service\srequests?|concerns?|grumbles?|queries)"
    r"\s(?:unless|until|first\sand)\b"
    r"|\b(?:the\sword|term)\s.{0,2}complaint.{0,2}\s(?:must|has\sto|needs?\sto)\b"
    r"|\bcomplaint\b[^.;]{0,50}\bonly\s(?:what|those|that|if|when|where|after|once)\b[^.;]{0,60}\b(?:could\snot|cannot|not\s(?:been\s)?(?:settled|resolved|solved)|failed"
    r"|second\stime|repeated(?:ly)?|in\swriting|serious\w*)",
    re.I,
)
_EVEN_IF = re.compile(
    r"\b(?:need\snot|whether\sor\snot|even\s(?:if|when|where)|regardless|no\smatter|never\s(?:wait|insist|ask)\w*)\b|needn[’']t",
    re.I,
)


def views_of_volumes(row: RowView) -> Iterator[Claim]:
    """Yield the claims that few complaints are good, many are bad, or that their number is to be brought down."""
    for sentence in row.sentences:
        for pattern in (_FEWER, _LOW_IS_GOOD, _HIGH_IS_BAD):
            match = pattern.search(sentence.text)
            if (
                match
                and not _NOT.search(match.group())
                and not _BARRIERS.search(sentence.text)
                and is_asserted(sentence.text, match.start(), match.end())
            ):
                yield Claim("volumes", place(sentence, *match.span()), sentence)


def narrowed_definitions(row: RowView) -> Iterator[Claim]:
    """Yield the claims that let only some dissatisfaction count: in writing, formal, from tenants, by that word."""
    for claim in claims_of(row, "definition", _NARROW):
        if not _HELP.search(claim.sentence.text):
            yield claim
    for sentence in row.sentences:
        match = _SAID_SO.search(sentence.text)
        if match and not _EVEN_IF.search(sentence.text):
            yield Claim("definition", place(sentence, *match.span()), sentence)
