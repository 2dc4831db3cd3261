"""Claims about people: who is the Member Responsible for Complaints, and who considers the second stage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import Claim, claims_of, denies, is_asserted, place
from evidencereview.language.view import RowView

_JOB = (
    r"(?:heads?\sof\s[A-Z]?\w+"
    r"|(?<!independent\s)(?<!non-executive\s)(?<!non\sexecutive\s)(?<!board\s)(?<!managing\s)\bdirector\b"
    r"|managing\sdirector|managers?\b(?!\sof\sthe\sboard)|chief\s(?:executive|officer)|\bCEO\b"
    r"|officers?\b"
    r"|team\sleader|supervisor|administrator|co-?ordinator|company\ssecretary|clerk|assistant\b"
    r"|employees?\b|member\sof\sstaff|staff\smember|consultant|adviser)"
)
_GOVERNS = re.compile(
    r"\b(?:board\smembers?|members?\sof\s(?:the|our)\s(?:\w+\s)?(?:board|committee|governing"
    r"|council|cabinet)|non[- ]?executive|NED|trustees?|councillors?|cabinet\smembers?|chair\w*"
    r"|vice[- ]chair|cllr|portfolio\sholder|elected\smembers?"
    r"|committee\smembers?|governing\sbody\smember|governors?|(?:sits|seat)\son\s(?:the"
    r"|our)\s(?:\w+\s)?board|independent\s(?:member|director)|board\slead|tenant\smember"
    r"|co-?opted)\b",
    re.I,
)
_ROLE = (
    r"(?:MRC\b|member\sresponsible|responsible\smember|lead\smember|member\slead|(?:board"
    r"|governing\sbody|complaints?)\s(?:lead|champion)|lead\s(?:for|on)\scomplaints?)"
)
_LINK = (
    r"(?:is|was|are|be|has\sbeen|have\sbeen|acts?|acting|serves?|holds?|fills?|fulfils?|takes?"
    r"|performs?|appointed|designated|named|nominated|does)"
)
_IS_MEMBER = re.compile(
    rf"\b{_JOB}[^.;]{{0,90}}?\b{_LINK}\s(?:\w+\s){{0,4}}(?:the\s|our\s)?{_ROLE}"
    rf"|\b{_ROLE}(?:\s(?:for|on)\scomplaints)?(?:\srole)?\s?(?:\(MRC\)\s?)?(?:is|was|:|=|–|-"
    rf"|will\sbe|has\sbeen)\s(?:held\sby\s|filled\sby\s|carried\sout\sby\s)?(?:(?:the|our|a|an"
    rf"|[A-Z][\w’'-]+,?)\s){{0,4}}(?:\w+\s){{0,2}}{_JOB}"
    rf"|\b{_ROLE}(?:\s(?:for|on)\s[Cc]omplaints)?(?:\s\(MRC\))?\s(?:sits|rests|lies|belongs|falls|goes)\s(?:with|to)\s(?:\w+\s){{0,4}}?{_JOB}"
    rf"|\b{_JOB}(?:\s(?:of|for)\s\w+){{0,2}}\s(?:leads?|has\sthe\slead|takes\sthe\slead)\s(?:on|for)\scomplaints"
    rf"|\bas\s(?:the\s|our\s)?{_ROLE},?\s(?:the|our)\s(?:\w+\s){{0,3}}?{_JOB}",
    re.I,
)
_DOES_THIS = re.compile(
    rf"\b{_JOB}\b[^.;]{{0,40}}?\b(?:does|holds|fulfils|fills|takes|carries\sout|performs|undertakes"
    rf"|covers)\s(?:\w+\s)?(?:this|that|it|the\srole|the\spost)\b|\b(?:this|the)\s(?:role|post"
    rf"|position|duty)\s(?:is|was|has\sbeen)\s(?:\w+\s)?(?:held|filled|carried\sout|taken|performed"
    rf"|given|assigned)\s(?:\w+\s){{0,4}}{_JOB}|^\W*(?:our\s"
    rf"|the\s)?(?:\w+\s){{0,3}}{_JOB}(?:\s\w+){{0,4}}\W*$",
    re.I,
)
_EMPLOYED = re.compile(r"\b(?:an?\s)?employees?\s(?:of|by)\b|\bemployed\sby\b", re.I)
_NOT_YET = re.compile(
    r"\b(?:propos\w*|will\s(?:be\s)?(?:decid|appoint|elect)\w*|recruit\w*|former\w*|supports?"
    r"|briefs?|report(?:s|ing)?\sto|meets?)\b",
    re.I,
)
_SAME = re.compile(
    r"\b(?:the\s)?same\s(?:person|manager|officer|handler|investigator|team\sleader|director"
    r"|individual|member\sof\sstaff|colleague|head|surveyor|\w+\s(?:manager|officer))\b"
    r"|\bstage\s?(?:1|one)\b[^.;]{0,60}\b(?:and|also)\s(?:\w+\s){0,3}(?:also\s)?(?:reviews?"
    r"|decides?|considers?|answers?|handles?|signs?|looks?|takes?"
    r"|investigates?)\s(?:\w+\s){0,3}stage\s?(?:2|two)\b"
    r"|\b(?:handles?|considers?|investigates?|answers?|decides?|deals?\swith|responds?\sto"
    r"|signs?)\s(?:\w+\s)?(?:both\s(?:stages|responses)|(?:at\s)?both\sstages|stages?\s(?:1"
    r"|one)\sand\s(?:2|two|stage\s(?:2|two)))\b"
    r"|\b(?:original|stage\s?(?:1|one)|first)\s(?:handler|investigator|officer"
    r"|investigating\sofficer|manager|complaint\shandler"
    r"|decision[- ]maker)\s(?:\w+\s){0,3}(?:reviews?|decides?|considers?|looks?|answers?|handles?"
    r"|reconsiders?)\b"
    r"|\bwho\s(?:\w+\s)?(?:answered|considered|handled|dealt\swith|investigated|decided|signed"
    r"|wrote|took|heard|looked\sat|led|replied\sto|responded\sto|made\sthe)\s(?:\w+\s){0,3}(?:stage\s?(?:1|one)|first)\b[^.;]{0,60}\b(?:review|carr|decid|consider"
    r"|answer|handl|sign|look|take|investigat|do|lead|writ|hear|respond|repl|conduct|chair|deal|see|keep)\w*\s(?:\w+\s){0,4}(?:stage\s?(?:2|two)|second)\b"
    r"|\breviews?\s(?:his|her|their|its)\sown\s(?:\w+\s)?(?:answers?|decisions?|case|work|response)\b"
    r"|\b(?:one|a\ssingle)\s(?:person|officer|manager|member\sof\sstaff|director)\s(?:\w+\s){0,4}both\sstages\b"
    r"|\b(?:keeps?|stays?\swith|remains?\swith)\s(?:the\s)?(?:\w+\s){0,3}(?:through|at|from)\s(?:both\sstages|stage\s(?:1|one)\s(?:to|and)\s(?:stage\s)?(?:2|two))\b"
    r"|\bboth\sstages\s(?:are|is)\s(?:\w+\s){1,2}by\s(?:the|our|one|a)\b(?:\s\w+){0,3}"
    r"|\bby\sthe\s(?:original|stage\s?(?:1|one)|first)\s(?:handler|investigator|officer"
    r"|investigating\sofficer|manager|complaint\shandler|decision[- ]maker)\b",
    re.I,
)
_BARRED = re.compile(
    r"\b(?:not|never|cannot|n[’']t|nor|neither|no\sone|nobody|different|another|other\sthan"
    r"|independent|avoid|unless|step\w*\saside|conflict)\b",
    re.I,
)
_SUPPOSED = re.compile(r"\b(?:if|where|when|should)\b", re.I)
_OUTSIDE = re.compile(
    r"\b(?:complaints?\sofficer|complaint\shandling|complaints?\steam|complaints?\s(?:role"
    r"|function)|this\srole|handling\sof\scomplaints)\b[^.;]{0,50}\b(?:outsourced|contracted\sout"
    r"|provided\sby|employed\sby|supplied\sby|is\s(?:a|an|our)\s(?:\w+\s){0,2}(?:contractor|agency"
    r"|consultan\w+|third\sparty))\b[^.;]{0,60}",
    re.I,
)


def employee_members(row: RowView, *, own_topic: bool) -> Iterator[Claim]:
    """Yield the claims that an employee is the Member Responsible for Complaints.

    Args:
        row: the row.
        own_topic: whether the provision asks who the member is, so that "the Clerk does this" answers it.
    """
    for sentence in row.sentences:
        governs = _GOVERNS.search(sentence.text) and not _EMPLOYED.search(sentence.text)
        match = _IS_MEMBER.search(sentence.text)
        if match is None and own_topic and not _GOVERNS.search(row.row.text):
            match = _DOES_THIS.search(sentence.text)
        if match is None or governs or _NOT_YET.search(match.group()) or denies(match.group()):
            continue
        if is_asserted(sentence.text, *match.span()):
            yield Claim("employee", place(sentence, *match.span()), sentence)


def same_person(row: RowView) -> Iterator[Claim]:
    """Yield the claims that whoever considered stage 1 also considers stage 2."""
    for claim in claims_of(row, "same person", _SAME):
        before = claim.sentence.text[: claim.span.start - claim.sentence.start]
        if not _BARRED.search(claim.sentence.text) and not _SUPPOSED.search(before):
            yield claim


def outside_officer(row: RowView) -> Iterator[Claim]:
    """Yield the claims that the complaints officer is an outsider's."""
    for claim in claims_of(row, "outside officer", _OUTSIDE):
        if not denies(row.words(claim.span)):
            yield claim
