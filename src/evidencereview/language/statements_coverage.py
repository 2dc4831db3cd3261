"""What is taken in and what is left out, as statements: whose complaints, about whom, by which channel."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import Claim, is_past, place
from evidencereview.language.statements import Statement, pieces
from evidencereview.language.view import RowView

_GROUPS: tuple[tuple[str, str], ...] = (
    ("what contractors do", r"\bcontractors?\b|\bmanaging\sagents?\b|\bthose\s(?:who\s)?act(?:ing)?\s(?:for|on)\b"
                            r"|\bagents?\b|\bour\sbuilders?\b"),
    ("complaints of several residents", r"\bgroups?\sof\s(?:residents|tenants|neighbours|people"
                                        r"|customers)\b|\bseveral\s(?:residents"
                                        r"|tenants|households|neighbours)\b"
     r"|\bwhole\s(?:block|street|estate)\b|\bpetitions?\b|\bjoint\scomplaints?\b"
     r"|\bgroup\scomplaints?\b|\btogether\b|\bone\sor\s(?:several|more)\b"),
    ("complaints through a representative", r"\brepresentatives?\b|\badvocates?\b|\bfriends?\b|\bsolicitors?\b"
                                            r"|\b(?:citizens?\s)?advi[sc]e[a-z]*\b|\badvisers?\b|\bthird\sparties\b"
     r"|\banyone\selse\b|\bsomebody\selse\b|\bsomeone\selse\b|\brelatives?\b|\bcarers?\b|\bfamily\b"
     r"|\bon\s(?:a|the)\s\w+[’']s\sbehalf\b|\bcouncillors?\b"),
    ("complaints of leaseholders", r"\bleaseholders?\b|\bshared\sowners?\b"),
    ("complaints of former tenants", r"\bformer\s(?:tenants?|residents?|customers?)\b|\bpast\stenants?\b"
                                     r"|\bpeople\swho\shave\sleft\b"),
    ("complaints of applicants", r"\bapplicants?\b|\bpeople\son\sthe\s(?:waiting\s)?list\b"),
    ("complaints over social media", r"\bsocial\smedia\b|\bfacebook\b|\btwitter\b|\binstagram\b|\bwhatsapp\b|\btweets?\b"
                                     r"|\bdirect\smessages?\b"),
    ("complaints by telephone", r"\b(?:tele)?phone\b|\bby\s(?:voice|call)\b|\bcalls?\b(?!\s(?:it|them|script))"
                                r"|\bverbal(?:ly)?\b|\bspoken\b"),
    ("complaints by letter", r"\bby\s(?:letter|post)\b|\bletters?\s(?:of\scomplaint|from)\b|\bin\swriting\b|\bpost\b"),
    ("complaints in person", r"\bin\sperson\b|\bface[\s-]to[\s-]face\b|\bat\s(?:the|our)\s(?:\w+\s)?(?:office|reception|hub"
                             r"|desk)\b|\bhome\svisits?\b"),
    ("complaints about staff", r"\bconduct\sof\s(?:staff|employees|officers)\b|\bstaff\s(?:conduct|attitude|behaviour)\b"
                               r"|\babout\s(?:our\s)?(?:own\s)?(?:staff|employees|colleagues)\b"),
    ("complaints without a name", r"\banonymous\w*\b|\bunnamed\b|\bwithout\sa\sname\b"),
    ("what is said in a survey", r"\bsurveys?\b|\bquestionnaires?\b"),
    ("service requests", r"\bservice\srequests?\b"),
)  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern, re.I)) for name, pattern in _GROUPS)
# One search for all of them first: most sentences name none.
_ANY_GROUP = re.compile("|".join(pattern for _, pattern in _GROUPS), re.I)
_OUT = re.compile(
    r"\b(?:(?:falls?|lies?|stands?|is|are|remains?)\s(?:wholly\s|quite\s)?outside|(?:do"
    r"|does)(?:n[’']t|\snot)\s(?:meet|fall|count|come\sunder|cover|include|accept|take|let"
    r"|allow|deal\swith|handle|treat|regard|log|consider|extend|apply)|(?:is|are)(?:n[’']t"
    r"|\snot)\s(?:covered|included|accepted|complaints?|a\scomplaint|treated|logged"
    r"|allowed|taken|part\sof|dealt|regarded|registered|open\sto)|not\s(?:treated|regarded|logged"
    r"|accepted|counted|taken)|no\slonger\s(?:take|accept)\w*|cannot\s(?:be\s)?"
    r"(?:complain|accept|made|used?|bring|take)\w*|excluded?(?!\s(?:no|none|nothing))|excludes"
    r"|kept\s(?:out|apart)|left\sout|leaves?\sout|ha(?:s|ve)\stheir\sown|own\s(?:book|list"
    r"|process|procedure|register)|between\sthem\sand|may\snot|must\snot|refused|turned\saway"
    r"|declined|never\s(?:accept|take|treat|count|log)\w*|only\sfrom\stenants)\b",
    re.I,
)
_IN = re.compile(
    r"\b(?:covers?|covered|includ\w*|counts?|as\s(?:much|well)\sas|may\scomplain|can\scomplain"
    r"|(?:may|can)\s(?:be\s)?(?:made|brought|sent|used?|bring|raise|complain|come|run)"
    r"|accept(?:s|ed)?|taken?|tak(?:es|e)\s(?:on|in|up)|welcom\w*|dealt\swith\s(?:in\sthe\ssame"
    r"|like|under|as)|handled\s(?:in\sthe\ssame|like|under)|same\s(?:way|policy|process)|treated"
    r"|logged|open\sto|applies|apply|come\sunder|comes\sunder|part\sof|monitored|registered"
    r"|speak\sfor|choose|alike|any\s(?:route|way|means|channel))\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:not|never|no|nor|nobody|none|without|cannot|unless|only\sif)\b|n[’']t\b", re.I)
_NONE_OUT = re.compile(
    r"\b(?:no(?:t|thing|body)?|never|neither|none)\b[^.;]{0,30}\b(?:outside|excluded?|left\sout"
    r"|turned\saway|refused|kept\s(?:out|apart)|declined)\b",
    re.I,
)
# "Contractors do not handle complaints" says who answers, not whom complaints may be about.
_ACTS_ITSELF = re.compile(
    r"\b(?:contractors?|agents?|representatives?|partners?)\s(?:do|does|may|must"
    r"|can)\s?not\s(?:handle|answer|deal|take|log|investigate|accept)",
    re.I,
)
_CHANNELS = frozenset(name for name, _ in _GROUPS if name.startswith(("complaints over", "complaints by", "complaints in")))
_CHANNEL_TOPIC = re.compile(r"^channels|in any way to anyone|social media", re.I)
_COMPLAIN = re.compile(
    r"\b(?:complain\w*|covered|grievances?|dissatisf\w*|unhapp\w*|case|meaning|definition|policy|process"
    r"|petition\w*|concerns?|take|accept)\b",
    re.I,
)
_LISTED = re.compile(r",|\bor\b|\band\b")


def coverage(row: RowView) -> Iterator[Statement]:
    """Yield what a row takes in and what it leaves out."""
    found = list(_read(row))
    out = {statement.slot for statement in found if statement.value == "left out"}
    # What a row leaves out it may still speak of ("tweets are sent the address of the form").
    yield from (statement for statement in found if statement.slot not in out or statement.value == "left out")


def _read(row: RowView) -> Iterator[Statement]:
    for sentence in row.sentences:
        if not _ANY_GROUP.search(sentence.text):
            continue
        for left, right in pieces(sentence.text):
            for name, pattern in _COMPILED:
                match = pattern.search(sentence.text, left, right)
                if match and not is_past(sentence.text, *match.span()):
                    verdict = _verdict(row, sentence.text[left:right], name, whole=sentence.text)
                    if verdict:
                        span = place(sentence, left, right)
                        said = f"that {name} {'are' if name.startswith(('complaints', 'service')) else 'is'} {verdict}"
                        yield Statement(name, verdict, said, span, sentence)


def _verdict(row: RowView, piece: str, name: str, *, whole: str) -> str:
    if name in _CHANNELS and not _about_channels(row, piece):
        return ""
    if not (_COMPLAIN.search(whole) or _definition(row) or name in _CHANNELS):
        return ""
    if _ACTS_ITSELF.search(piece):
        return ""
    if _OUT.search(piece) and not _NONE_OUT.search(piece):
        return "left out"
    if name in _CHANNELS:
        listed = len(_LISTED.findall(piece)) >= 2
        return "taken" if (listed or _IN.search(piece)) and not _DENIED.search(piece) else ""
    inside = _IN.search(piece) or (_definition(row) and re.search(r"\babout\b|\bfrom\b", piece, re.I))
    return "taken" if inside and not _DENIED.search(piece) else ""


def _about_channels(row: RowView, piece: str) -> bool:
    topic = row.provision.topic if row.provision else ""
    return bool(_CHANNEL_TOPIC.search(topic)) or bool(
        re.search(r"\bcomplaints?\s(?:over|by|through|via|on|in)\b|\bcomplain\s(?:over|by|through|via|on|in)\b", piece, re.I)
    )


def _definition(row: RowView) -> bool:
    topic = row.provision.topic if row.provision else ""
    return bool(
        re.search(r"definition of a complaint|recognising|representation|accepting complaints|third parties", topic, re.I)
    )


# Whose dissatisfaction, and with whom, the Code's definition takes in by its own words.
_OF_THE_CODE = frozenset(
    {
        "what contractors do", "complaints of several residents", "complaints through a representative",
        "complaints of leaseholders", "complaints by telephone", "complaints in person",
    }
)  # fmt: skip


def left_out(row: RowView) -> Iterator[Claim]:
    """Yield the claims that leave out of the definition what the Code's own takes in."""
    for statement in coverage(row):
        if statement.value == "left out" and statement.slot in _OF_THE_CODE:
            yield Claim("definition", statement.span, statement.sentence)
