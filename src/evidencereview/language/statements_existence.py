"""What there is and what there is not, as statements: "we have run no survey" beside "the survey that we ran in March"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidencereview.language.claims_standing import place
from evidencereview.language.overlap import stems
from evidencereview.language.statements import Statement, own_stage, stages_named
from evidencereview.language.view import RowView, Sentence


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that either happened or did not: as a noun, as a verb in the past, and whether it belongs to a stage.

    `absent` is a way of its own to say that there is none.
    """

    name: str
    noun: re.Pattern[str]
    verb: re.Pattern[str] | None = None
    staged: bool = False
    absent: re.Pattern[str] | None = None


def _thing(name: str, noun: str, verb: str = "", *, staged: bool = False, absent: str = "") -> Thing:
    patterns = [re.compile(rf"\b(?:{words})\b", re.I) if words else None for words in (noun, verb, absent)]
    assert patterns[0] is not None
    return Thing(name, patterns[0], patterns[1], staged, patterns[2])


THINGS: tuple[Thing, ...] = (
    _thing("extensions", r"extensions?|longer\stime|more\stime", r"extend(?:ed)?|put\sback|prolong(?:ed)?", staged=True),
    _thing("refusals", r"refusals?|refused\scomplaints?|complaints?\srefused"
                       r"|refused\scases?", r"refused?|declined?|rejected|turned\s(?:down|away"
                                                                                               r"|anyone\saway|anybody\saway)"),
    _thing("surveys", r"surveys?|questionnaires?", r"survey(?:ed)?"),
    _thing("limits on contact", r"restrictions?|restricted\scontact|contact\swith\s(?:an?y?\s|the\s)?(?:resident|tenant"
                                r"|customer)s?|contact\s(?:limits?|restrictions?|bans?|plans?)|limits?\s(?:on|to)\scontact"
                                r"|banned\sresidents?", r"restrict(?:ed)?|ban(?:ned)?|bar(?:red)?"
                                                        r"|contact\b[^.;]{0,40}\blimited"
                                                                                                                                                                                                                                     r"|limited\s(?:\w+\s){0,2}contact"),
    _thing("mergers", r"mergers?|restructur\w*|reorgani[sz]ations?", r"merged|restructured|reorgani[sz]ed"),
    _thing("Ombudsman findings", r"determinations?|maladministration|(?:ombudsman\s)?orders|severe\sfindings?"
                                 r"|findings?\sof\sthe\sombudsman|ombudsman\s(?:findings?|decisions?|investigations?)",
        r"investigated\sus|found\sagainst\sus|upheld\sagainst\sus|ordered\sus|investigated\sone\sof\sour",
    ),
    _thing("late answers", r"(?:late|overdue|missed)\s(?:answers?|responses?|replies"
                           r"|cases?|deadlines?)", r"answered\slate|missed\sthe\s(?:date|deadline|limit)", staged=True),
    _thing("compensation", r"compensation|goodwill\spayments?|redress\spayments?", r"compensated"),
    _thing("escalations", r"escalations?|escalated\s(?:cases?|complaints?)|stage\s(?:2|two)\s(?:cases?|complaints?"
                          r"|reviews?|requests?)", r"escalated"),
    _thing("adjustments", r"adjustments?"),
    _thing("representatives", r"representatives?|advocates?", r"accompanied|represented"),
    _thing("complaints", r"complaints?\s(?:at\sall|received|whatsoever|in\sthe\syear|last\syear|this\syear)"
                         r"|received\sno\scomplaints?", r""),
    _thing("staff training", r"(?:complaints?\s)?training|courses?", r"trained"),
    _thing("outages", r"outages?|cyber\w*\s(?:incidents?|attacks?)|system\sfailures?"),
    _thing("translations", r"translations?|interpreters?", r"translated|interpreted"),
    _thing("lessons", r"lessons|service\schanges?|changes\s(?:to|in)\s(?:services?|practice)"),
    _thing("a social media account", r"social\smedia\s(?:accounts?|pages?|presence)|facebook\spages?|twitter\saccounts?"
                                     r"|accounts?\son\s(?:social\smedia|facebook)",
        absent=r"not\son\s(?:any\s)?social\smedia|no\ssocial\smedia"
               r"|(?:do|does)\snot\s(?:use|have"
               r"|do)\s(?:any\s)?social\smedia",
    ),
    _thing("a behaviour policy", r"(?:behaviou?r|unacceptable\s\w+|persistent\s\w+)\spolic(?:y|ies)"
                                 r"|policy\son\s(?:unacceptable\s)?behaviou?r"),
    _thing("a compensation guide", r"(?:compensation|remedies|redress)\s(?:guide|guidance"
                                   r"|policy|table|tariff|scale|procedure)"),
    _thing("a register of actions", r"(?:action|remed\w+|works?)\s(?:trackers?|logs?|registers?)|trackers?"),
    _thing("call recordings", r"call\s(?:recordings?|notes?)|recordings?\sof\scalls?", r"calls\s(?:are|were)\srecorded"),
    _thing("a complaint panel", r"(?:resident|tenant|complaints?|scrutiny)\s(?:scrutiny\s)?panels?"),
)  # fmt: skip
_MRC = re.compile(r"\b(?:MRC|[Mm]ember [Rr]esponsible|[Ll]ead [Mm]ember)\b")
_VACANT = re.compile(
    r"\b(?:vacan\w*|(?:not|n[’']t)\s(?:yet\s)?(?:been\s)?(?:appointed|named|chosen|filled)"
    r"|no\s(?:MRC|member|one|lead\smember|such|board\smember)|nobody"
    r"|seat\sis\sempty|still\sto\s(?:be\s)?(?:appoint\w*|name\w*|choose))\b",
    re.I,
)
_AT_WORK = re.compile(
    r"\b(?:MRC|[Mm]ember [Rr]esponsible(?: for [Cc]omplaints)?"
    r"|[Ll]ead [Mm]ember),?\s(?:\w+\s){0,4}?(?:meets?|met|reports?|gets?|sees?|reads?|receives?"
    r"|asks?"
    r"|chairs?|presents?|brings?|signs?|checks?|is\s(?:[A-Z]|our|the|a)|was\sappointed|has\sbeen|joined|holds|tells)\b"
    r"|\b(?:is|was|been)\s(?:appointed|named|elected|chosen)\s(?:as\s)?(?:the\s|our\s)?(?:MRC"
    r"|[Mm]ember [Rr]esponsible|[Ll]ead [Mm]ember)\b"
    r"|\b(?:is|as|are)\s(?:the|our)\s(?:MRC|[Mm]ember [Rr]esponsible|[Ll]ead [Mm]ember)\b"
)
_OUTSIDER = r"(?:contractors?|(?:managing\s)?agents?|third\spart(?:y|ies)|outsiders?|outside\s\w+|partners?|firms?)"
_OUTSIDER_ANSWERS = re.compile(
    rf"\b{_OUTSIDER}\b[^.;]{{0,40}}\b(?:answers?|answered|handles?|handled|deals?\swith|dealt\swith"
    rf"|responds?|replies|investigates?)\b[^.;]{{0,40}}\b(?:complaints?|stage|cases?|itself"
    rf"|themselves|us|first)",
    re.I,
)
_NO = (
    r"(?:no|not\s(?:a|one|any)(?:\ssingle)?|zero|nil|nought|without\sany|never\s(?:\w+\s)?(?:a|an"
    r"|any)|not\shad\s(?:a|an|any)|n[’']t\s(?:\w+\s)?(?:any|a|an))"
)
_NEVER = re.compile(
    r"\b(?:never|nobody|none|no\s(?:one|case|complaint|resident|tenant|answer|request|stage"
    r"|customer|officer)|neither|not\s(?:once|yet|ever|one)|(?:has|have|had|was|were|did)(?:n[’']t"
    r"|\snot))\b",
    re.I,
)
_SMALL = (
    r"(?!0\b)\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen"
    r"|twenty|thirty|forty|fifty|several|both|dozens"
)
_COUNTED = (
    rf"\b(?:{_SMALL})\s(?!(?:working|calendar|more\sworking|days?|weeks?|months?|years?|per\b"
    rf"|stages?|further|additional)\b)(?:[\w’'-]+\s){{0,3}}?"
)
_RAN = (
    r"\b(?:ran|carried\sout|did|held|sent|issued|made|gave|paid|put\sin\splace|placed|took|had"
    r"|received|published|bought|booked|ordered|granted|agreed)\s(?:\w+\s){0,4}?"
)
_LAST = (
    r"\b(?:last\s(?:year|month|quarter|spring|summer|autumn|winter)[’']?s?|this\syear[’']?s"
    r"|in\sthe\syear|(?:19|20)\d\d(?:/\d\d)?|january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b"
)
_NOW = r"\b(?:at\sthe\smoment|at\spresent|currently|now|today|in\sforce|in\splace)\b"
_SUPPOSED = re.compile(r"\b(?:if|should|would|any|whether|unless|could|(?-i:may)|might|once|before\sany)\b", re.I)
_ALWAYS_OPEN = re.compile(r"\b(?:never|ever|at\sall|whatsoever|of\sany\skind)\b", re.I)
_SINCE = re.compile(r"\bsince\s(?:\w+\s)?(?P<year>(?:19|20)\d\d)", re.I)
_YEARS = re.compile(r"\b(?P<y>(?:19|20)\d\d)(?:[/–-](?P<z>\d\d)\b)?")
_WITHOUT = re.compile(r"\b(?:without|except|unless|until|before|but)\b", re.I)
_RULE_OF_NONE = re.compile(
    r"\b(?:need(?:s|ed)?\sno|no\sneed|no\s(?:limit|charge|fee)|no\slonger|no\sreason|no\smore"
    r"|no\s\w+(?:\s\w+)?\s(?:goes|go|runs?|lasts?|is|are)\s(?:beyond|past|longer|over|above|for\smore)"
    r"|(?:shall|may|must|can|will|would|should)\s(?:not\s)?be)\b",
    re.I,
)


# One search for all things first: most sentences are about none of them.
_ANY_THING = re.compile(
    "|".join(words.pattern for thing in THINGS for words in (thing.noun, thing.verb, thing.absent) if words), re.I
)


def existence(row: RowView) -> Iterator[Statement]:
    """Yield what a row says there was, is, or was not."""
    for sentence in row.sentences:
        yield from _member(sentence)
        yield from _outsider(sentence)
        if not _ANY_THING.search(sentence.text):
            continue
        for thing in THINGS:
            if any(said.search(sentence.text) for said in (thing.noun, thing.verb, thing.absent) if said):
                yield from _of(row, sentence, thing)


def _of(row: RowView, sentence: Sentence, thing: Thing) -> Iterator[Statement]:
    text = sentence.text
    match, value = _none(text, thing), "none"
    if match is None:
        match, value = _some(text, thing), "some"
    if match is None:
        return
    for stage in _stages(row, text, thing, value):
        slot = f"{thing.name} at stage {stage}" if stage else thing.name
        said = (
            f"that there {'are' if value == 'some' else 'are no'} {slot}"
            if not thing.name.startswith("a ")
            else f"that there is {'' if value == 'some' else 'no '}{slot.removeprefix('a ') if value == 'none' else slot}"
        )
        span = place(sentence, *match.span())
        yield Statement(slot, f"{value}|{_period(text)}", said, span, sentence)


def _none(text: str, thing: Thing) -> re.Match[str] | None:
    if _RULE_OF_NONE.search(text):
        return None
    if thing.absent is not None and (said := thing.absent.search(text)):
        return said
    noun = thing.noun.pattern
    match = _led(rf"\b{_NO}\s", rf"(?:(?!without\b)[\w’'-]+\s){{0,7}}?{noun}", text)
    match = match or _led(r"\b(?:do|does|did|have|has)(?:\snot|n[’']t)\s", rf"(?:\w+\s){{0,3}}?{noun}", text)
    match = match or re.search(
        rf"{noun}[^.;,]{{0,30}}\b(?:has|have|had|was|were)\s(?:never|not\s(?:yet\s)?been|not\s(?:once|ever))\b", text, re.I
    )
    if match is None and thing.verb is not None:
        verb = re.search(rf"{_NEVER.pattern}(?:(?!\bbut\b)[^.;,]){{0,50}}?{thing.verb.pattern}", text, re.I)
        match = verb
    return match if match and not _WITHOUT.search(match.group()) else None


def _some(text: str, thing: Thing) -> re.Match[str] | None:
    if _SUPPOSED.search(text) and not re.search(r"\b\d{1,4}\b", text):
        return None
    match = _instance(text, thing)
    return match if match and not _NEVER.search(text[: match.end()]) else None


def _instance(text: str, thing: Thing) -> re.Match[str] | None:
    noun = thing.noun.pattern
    if match := _led(_COUNTED, noun, text) or _led(_RAN, noun, text):
        return match
    then = rf"(?:\w+\s){{0,2}}?{noun}\s(?:\w+\s){{0,2}}?(?:in|on|for|to|with)\s(?:{_SMALL})\b"
    if match := _led(r"\b(?:used|sent|gave|wrote|needed)\s", then, text):
        return match
    if match := re.search(
        rf"{noun}\s(?:that\s|which\s)?we\s(?:ran|did|sent|held|carried|made|gave|paid|put|issued|had)\b", text, re.I
    ):
        return match
    if thing.name.startswith("a ") and (
        match := re.search(rf"\b(?:the|our|in|on|under)\s(?:\w+\s){{0,2}}?{noun}|^\W*(?:\w+\s)?{noun}", text, re.I)
    ):
        return match
    if thing.verb is not None and (
        match := re.search(
            rf"(?:\bwe\s(?:have\s)?(?:\w+\s)?|\b(?:{_SMALL})\s(?:\w+\s){{0,4}}?(?:was|were|been"
            rf"|are)?\s?){thing.verb.pattern}",
            text,
            re.I,
        )
    ):
        return match if re.search(rf"{_LAST}|{_NOW}|\b(?:{_SMALL})\b", text, re.I) else None
    return None


def _led(lead: str, rest: str, text: str) -> re.Match[str] | None:
    """Search for two patterns in a row; the whole is compiled only where its lead stands in the text at all."""
    return re.search(lead + rest, text, re.I) if re.search(lead, text, re.I) else None


def _stages(row: RowView, text: str, thing: Thing, value: str) -> tuple[int, ...]:
    if not thing.staged:
        return (0,)
    named = tuple(sorted(stages_named(text)))
    own = own_stage(row)
    if named:
        return named
    if own:
        return (own,)
    return (1, 2) if value == "none" else ()


def _period(text: str) -> str:
    """The years of which a sentence speaks ("2023,2024"), "2020-" from a year on, "" where it names none or says never."""
    if _ALWAYS_OPEN.search(text):
        return ""
    since = _SINCE.search(text)
    if since:
        return f"{since['year']}-"
    years: set[int] = set()
    for match in _YEARS.finditer(text):
        years.update({int(match["y"]), int(match["y"][:2] + match["z"])} if match["z"] else {int(match["y"])})
    return ",".join(map(str, sorted(years)))


def _member(sentence: Sentence) -> Iterator[Statement]:
    text = sentence.text
    slot = "the Member Responsible for Complaints"
    vacant = _VACANT.search(text)
    if vacant and (_MRC.search(text) or re.search(r"\bmember for complaints\b|\bseat\b|\bchampion\b", text)):
        yield Statement(
            f"whether there is {slot}", "none|", "that nobody holds the role", place(sentence, *vacant.span()), sentence
        )
    elif (match := _AT_WORK.search(text)) and not re.search(r"\b(?:will|once|when|until|former|if)\b", text):
        yield Statement(f"whether there is {slot}", "some|", f"'{match.group()}'", place(sentence, *match.span()), sentence)


def _outsider(sentence: Sentence) -> Iterator[Statement]:
    match = _OUTSIDER_ANSWERS.search(sentence.text)
    if match is None:
        return
    slot = "outsiders who answer complaints"
    before = sentence.text[: match.start()]
    denied = re.search(r"\b(?:no|not|never|none|nor|without)\b", f"{before[-25:]} {match.group()}", re.I)
    value = "none|" if denied else "some|"
    if denied or not re.search(r"\b(?:if|should|where|would|must|any)\b", sentence.text, re.I):
        said = f"that there are {'no ' if denied else ''}{slot}"
        yield Statement(slot, value + _period(sentence.text), said, place(sentence, *match.span()), sentence)


def existence_differs(one: Statement, other: Statement) -> bool:
    """Tell whether one says there is and the other there is not, for years that meet."""
    (left, when), (right, then) = (each.value.split("|", 1) for each in (one, other))
    return left != right and _meet(when, then) and bool(stems(one.sentence.text))


def _meet(when: str, then: str) -> bool:
    if not when or not then:
        return True
    if when.endswith("-") or then.endswith("-"):
        start, years = (when, then) if when.endswith("-") else (then, when)
        return years.endswith("-") or any(int(year) >= int(start[:-1]) for year in years.split(","))
    return bool(set(when.split(",")) & set(then.split(",")))
