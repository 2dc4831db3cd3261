"""Lengths of time as typed claims: how long, counted from which event, for what, and at which stage.

They are compared with the limits of the provision and, between rows, with each other. Every claim keeps its words.
Other claims lie beside this file: stages, grounds for refusal, people, and practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidencereview.language.claims_standing import clause_bounds, is_asserted, is_measured, place
from evidencereview.language.number_words import VALUES, number_of
from evidencereview.language.view import RowView, Sentence
from evidencereview.records import Span

_WORD = "|".join(sorted((re.escape(word) for word in VALUES if len(word) > 2), key=len, reverse=True))
_NUMBER = rf"\d{{1,3}}|{_WORD}"
_LENGTH = re.compile(
    rf"(?<![\w.£-])(?:\d{{1,3}}\s?(?:-|–|to|or)\s?|(?:{_NUMBER})\s(?:to|or)\s)?(?P<value>{_NUMBER}"
    rf"|an?)(?:\s?\(\d{{1,3}}\))?(?:\s(?:full|clear|further|more|additional|extra))?[\s-]?"
    r"(?P<kind>working|business|calendar|week)?[\s-]?(?P<unit>days?|w/?d(?:ays?)?|weeks?"
    r"|fortnights?|months?|years?|hours?)\b"
    rf"|\bday\s(?P<day>{_NUMBER})\b",
    re.I,
)
# A part of the unit of every length: most sentences have none.
MAY_LAST = re.compile(r"day|w/?d|week|fortnight|month|year|hour", re.I)
_LEAD = re.compile(
    r"(?:(?:extensions?|extended|extend|extending)\s(?:\w+\s){0,3})?(?:\b(?:within|in|of|up\sto|by"
    r"|under|inside|a|an|no|not|more|later|longer|than|further|additional|extra|maximum|max|to|the"
    r"|at|most|is|for)\s){1,6}$",
    re.I,
)
_WITHIN = re.compile(r"within|in|up\sto|by|inside", re.I)
_OVER = re.compile(r"\b(?:more\sthan|over|beyond|longer\sthan|older\sthan|exceed\w*|past|after)\s(?:\w+\s)?$", re.I)
_NEVER_OVER = re.compile(
    r"\b(?:no|not|never|nor)\s(?:\w+\s)?(?:more\sthan|longer\sthan|over|beyond|exceed\w*|after)\s(?:\w+\s)?$", re.I
)
_STAGE = re.compile(r"\bstages?\s?(?:(?P<one>1|one|i)|(?P<two>2|two|ii)|(?P<three>3|three|iii))\b", re.I)


class About(StrEnum):
    """What a length of time is for."""

    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    EXTEND = "extend"
    TOTAL = "total"  # the response with its extension
    ACCEPT = "accept"  # how old an issue may be
    PERIOD = "period"  # how often something is done
    OTHER = "other"
    UNKNOWN = "unknown"


_ABOUT: tuple[tuple[About, re.Pattern[str]], ...] = tuple(
    (about, re.compile(pattern, re.I))
    for about, pattern in (
        (About.OTHER, r"\b(?:repairs?|works?(?!ing)|jobs?|damp|mould|compensat\w*|pay(?:s|ments?|able)?|paid"
    r"|refund\w*|visit\w*|inspect\w*|surveys?|train\w*|induct\w*|updates?|contact\w*|call(?:s|ed"
    r"|ing)?|retain\w*|kept|keeps?|stored|actions?|remed(?:y|ies)|follow[- ]?up\w*|restrict\w*"
    r"|tenanc\w*|pilot\w*|policy\sis\sreviewed|audit\w*|learning|publish\w*|absen\w*|appointments?"
    r"|(?:ask|asks|asking|apply|appeal|appeals)\b|requests?(?:ed)?\s(?:\w+\s){0,3}(?:stage"
    r"|escalat\w*|review|panel)(?!\W+(?:\w+\s){0,4}(?:is|are|be)\b)|to\s(?:ask|request|escalate"
    r"|appeal))\b"),
        (About.TOTAL, r"\b(?:extended\s(?:up\s)?to|in\stotal|total\sof|overall|altogether|in\sall)\b"),
        (About.EXTEND, r"\b(?:exten(?:d|ds|ded|ding|sions?)|add(?:s|ed)?|further|additional|extra|another|more\stime"
                       r"|put\sback"
    r"|prolong\w*|postpon\w*|originally\sdue)\b"),
        (About.ACKNOWLEDGE, r"\b(?:acknowledg\w*|ack|acks|acked|logg\w*|log|register\w*)\b"),
        (About.RESPOND, r"\b(?:respon\w*|answers?|answered|reply|replies|replied|outcomes?|decisions?|decid\w*"
    r"|resolv\w*|resolution|findings)\b"),
        (About.ACCEPT, r"\b(?:accept\w*|exclu\w*|brought|made\b|raised?|arose|occur\w*|happen\w*|aware|events?"
    r"|incidents?|older|old|ago|time\slimit|too\slate|reach\sus|consider\w*|look\sat)\b"),
    )
)  # fmt: skip
_PERIOD = re.compile(r"\b(?:every|once\sin|each|per|last|past|previous|next)\s(?:\w+\s)?$", re.I)
_AFTER_EVENT = re.compile(
    r"^\s?(?:(?:only\s)?(?:begins?|starts?|runs?|counts?|(?:is|are)\scounted"
    r"|to\srun)\s(?:only\s)?(?:on|when|once|from|after|with|at)"
    r"|of|from|after|following|since|once|counted\sfrom|starting\s(?:from|with|when|once))\b(?P<event>[^;.]{0,90})",
    re.I,
)
_ISSUE = re.compile(
    r"\s(?:the\s|an?\s|when\s|it\s|its\s){0,3}(?:date\sof\s(?:the\s)?)?(?:incident|issue|event"
    r"|matter|problem|occurr|happen|becoming\saware)",
    re.I,
)
_EVENTS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (rank, re.compile(pattern, re.I))
    for rank, pattern in (
        (4, r"allocat|assign|appointed|investigat|receiv\w*\s(?:all|everything|the\s(?:information"
    r"|evidence|papers))|all\s(?:the\s)?(?:information|evidence|papers|documents)|inspect|visit"
    r"|meeting|triage|validat|accepted\sas|passed\sto|handed\sto|sift|screen|sign(?:ed)?[\s-]off"
    r"|(?:has|have|is|are|been)\s(?:agreed|approved|cleared)"
    r"|agreement|approval|consent|manager\s(?:agrees|approves|decides)|interview|spoken\sto"
    r"|spoken\swith|taken\son|picked\sup"
    r"|available\sto|papers|confirms?|everything|case\sconference|complete\sfile|service\s(?:area"
    r"|manager)\s(?:has|replies)"),
        (3, r"acknowledg"),
        (2, r"\blog(?:ged|ging)?\b|regist|being\srecorded"),
        (1, r"recei[pv]|arriv|coming\sin|comes\sin|came\sin|escalat|request|being\smade|complain(?:ing|ed)|submi"),
    )
)  # fmt: skip


class Event:
    """Ranks of the events from which days are counted, in the order in which they happen."""

    UNKNOWN, RECEIPT, LOGGED, ACKNOWLEDGED, ALLOCATED = range(5)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time that a row states as a rule of today.

    `unit` is "working days", "days", "calendar days", "weeks", "months", "years" or "hours"; `event` ranks what it is
    counted from (0: not said); `stage` is 0 where none is named; `over` marks a threshold ("more than 10 working days"), and
    `led` a length after 'within' or the like.
    """

    value: int
    unit: str
    span: Span
    sentence: Sentence
    about: About = About.UNKNOWN
    event: int = Event.UNKNOWN
    stage: int = 0
    over: bool = False
    led: bool = False

    @property
    def is_limit(self) -> bool:
        """Whether the length by itself reads as a limit: in days or weeks, or after 'within' and its like."""
        return self.unit.endswith("days") or self.unit in ("weeks", "fortnights") or self.led or self.event > Event.UNKNOWN

    @property
    def working_days(self) -> float:
        """The length in working days (five a week; months as twenty-one)."""
        factor = {
            "working days": 1.0,
            "days": 5 / 7,
            "calendar days": 5 / 7,
            "weeks": 5.0,
            "fortnights": 10.0,
            "months": 21.0,
            "years": 252.0,
        }
        return self.value * factor.get(self.unit, 1 / 8)

    @property
    def months(self) -> float:
        """The length in months (thirty days or four weeks and a third)."""
        factor = {"months": 1.0, "years": 12.0, "weeks": 12 / 52, "fortnights": 24 / 52, "working days": 1 / 21}
        return self.value * factor.get(self.unit, 1 / 30)


def durations(row: RowView) -> Iterator[Duration]:
    """Yield the lengths of time that a row states as a rule of today: neither denied, past nor only measured."""
    for sentence in row.sentences:
        for match in _LENGTH.finditer(sentence.text) if MAY_LAST.search(sentence.text) else ():
            if _is_rule(sentence.text, match):
                yield _duration(sentence, match)


def _is_rule(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    return is_asserted(text, start, end) and not is_measured(text, start, end)


def _duration(sentence: Sentence, match: re.Match[str]) -> Duration:
    before = sentence.text[: match.start()]
    lead = _LEAD.search(before)
    start = lead.start() if lead else match.start()
    return Duration(
        value=number_of(match["value"] or match["day"]),
        unit=_unit(match),
        span=place(sentence, start, match.end()),
        sentence=sentence,
        about=about_of(sentence.text, match.start(), match.end()),
        event=event_after(sentence.text[match.end() :]) or event_of_clock(sentence.text) or event_before(before),
        stage=stage_near(sentence.text, match.start()),
        led=bool(lead and _WITHIN.match(lead.group())),
        over=bool(_OVER.search(before)) and not _NEVER_OVER.search(before),
    )


def _unit(match: re.Match[str]) -> str:
    kind, unit = (match["kind"] or "").lower(), (match["unit"] or "day").lower()
    if (unit.startswith("w") and not unit.startswith("week")) or kind in ("working", "business", "week"):
        return "working days"
    plural = unit if unit.endswith("s") else f"{unit}s"
    return f"calendar {plural}" if kind == "calendar" and plural == "days" else plural


def about_of(text: str, start: int, end: int) -> About:
    """Return what `text[start:end]` is a limit for: the nearest cue before it in its clause, else the first after it."""
    if _PERIOD.search(text[:start]):
        return About.PERIOD
    left, right = clause_bounds(text, start, end)
    before = [(m.end(), about) for about, pattern in _ABOUT for m in pattern.finditer(text, left, start)]
    if before:
        return max(before, key=lambda found: found[0])[1]
    event = _AFTER_EVENT.match(text[end:right])
    if event and _ISSUE.match(event["event"]):
        return About.ACCEPT
    first = end if event is None else min(right, end + (text[end:right].find(",") if "," in event.group() else event.end()))
    after = [(m.start(), about) for about, pattern in _ABOUT for m in pattern.finditer(text, first, right)]
    return min(after, key=lambda found: found[0])[1] if after else About.UNKNOWN


def about_duty(words: str) -> About:
    """Return what a limit of the Code is for: the first cue in its words."""
    found = [(m.start(), about) for about, pattern in _ABOUT for m in pattern.finditer(words)]
    return min(found, key=lambda each: each[0])[1] if found else About.UNKNOWN


def event_after(words: str) -> int:
    """Return the rank of the event that follows a length of time ("of the acknowledgement"), 0 where none does."""
    found = _AFTER_EVENT.match(words)
    return event_rank(found["event"]) if found else Event.UNKNOWN


_CLOCK = re.compile(
    r"\b(?:clock|time|period|days?|count(?:ing|down)?)\b[^.;]{0,50}\b(?:starts?|begins?|runs?"
    r"|counts?|counted)\s(?:only\s|to\srun\s)?(?:when|once|on|from|after|at|with)\b"
    r"(?P<event>[^;.]{0,90})",
    re.I,
)


def event_of_clock(text: str) -> int:
    """Return the rank of the event with which a sentence starts the clock ("the 20 days start when"), 0 for none."""
    found = _CLOCK.search(text)
    return event_rank(found["event"]) if found else Event.UNKNOWN


_BEFORE = re.compile(r"\b(?:once|after|when|as\ssoon\sas|following)\s(?P<event>[^,;.]{3,90}),[^;.]{0,40}$", re.I)


def event_before(words: str) -> int:
    """Return the rank of the event that leads up to a length of time ("Once it is logged, we answer within"), 0 for none."""
    found = _BEFORE.search(words)
    return event_rank(found["event"]) if found else Event.UNKNOWN


def event_rank(words: str) -> int:
    """Return the rank of the event that stands first in some words."""
    places = [(m.start(), -rank) for rank, pattern in _EVENTS for m in pattern.finditer(words)]
    return -min(places)[1] if places else Event.UNKNOWN


def stage_near(text: str, start: int) -> int:
    """Return the stage named last before a place of a sentence, else the first after it (0: none)."""
    found = list(_STAGE.finditer(text))
    before = [m for m in found if m.start() < start]
    chosen = before[-1] if before else (found[0] if found else None)
    if chosen is None:
        return 0
    return 1 if chosen["one"] else 2 if chosen["two"] else 3
