"""Mentions in a cell that a stranger could check: locators, dates, figures, addresses, links and roles.

Regular expressions here are bounded (no nested repetition), so a hostile cell cannot make them slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a mention is."""

    SECTION = "section"  # a numbered part of a document: clause 4.2, page 7, appendix B
    NAMED_PART = "named-part"  # a part named in words: under the heading 'Remedies'
    VERSION = "version"  # a version, or a date that belongs to a title: v3, Policy 2023, approved March 2024
    ADDRESS = "address"  # a full web address
    LINK_LABEL = "link-label"  # the title of a link or of a file, with no address
    EMAIL = "email"
    PHONE = "phone"
    DATE = "date"
    FIGURE = "figure"  # a percentage, an amount of money, or a count of things
    LIMIT = "limit"  # a length of time: 10 working days
    PROVISION = "provision"  # the number of a provision of the Code or of a row of this form


@dataclass(frozen=True, slots=True)
class Mention:
    """Some words of a cell: `start` and `end` are code points, end exclusive."""

    kind: Kind
    start: int
    end: int
    text: str


_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
# "Feb 24", "Mar '25": two figures after a month are a year; a small word "may" before a number is none.
_SHORT_YEAR = (
    r"(?-i:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6})[\s-](?:['’][1-3]\d|1[5-9]|2\d|3[0-5])"
    r"(?!\s?(?:th|st|nd|rd|days?|working|hours?|weeks?|,?\s?(?:19|20)\d\d|%|[:/.]\d))"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"\b(?:{_DAY}\s{{1,2}}(?:of\s)?{_SHORT_YEAR}"
    rf"|{_DAY}\s{{1,2}}(?:of\s)?{_MONTH}(?:,?\s{{1,2}}{_YEAR})?"
    rf"|{_MONTH}\s{{1,2}}(?:{_DAY},?\s{{1,2}})?{_YEAR}"
    rf"|{_SHORT_YEAR}"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d\d)?\d\d|{_YEAR}-\d\d-\d\d|{_YEAR}[-–]\d\d(?![\d-])|(?:19"
    rf"|20)?\d\d/\d\d|Q[1-4](?:\s{_YEAR})?"
    rf"|(?:spring|summer|autumn|winter|easter|christmas)\s{_YEAR}|(?<![\d/])(?<!\bact\s){_YEAR}(?![\d/]))(?!\w)"
)
_PART = (
    r"sections?|sect?\.|s\.|clauses?|cl\.|pages?|pp?\.|paragraphs?|paras?\.?|parts?|chapters?"
    r"|appendix|appendices|annexe?|schedule|§|steps?|modules?|forms?|rule|table|figure|screen|slides?"
    r"|items?"
)
_NUMBER = r"(?:\s{0,2}\d{1,3}(?:\.\d{1,3}){0,3}(?:\s?\([a-z0-9]{1,3}\)){0,2}[a-z]?|\s(?-i:[A-Z]\d{0,2}|[ivx]{1,5}))"
_TITLE = r"\b[A-Z][\w’'-]*(?:(?:\s[a-z&][\w’'-]*){1,4}|(?:\s(?:[A-Z][\w’'-]*|of|and|the|for|to|&)){0,6})"
_PRONOUN = r"(?:This|That|We|Our|It|The|There|All|They|These|Please|Complaints?)\b"
_UNIT = r"(?:working\s|calendar\s|business\s)?(?:days?|weeks?|months?|hours?|years?)"
_COUNTED = (
    r"(?:staff|officers?|colleagues|complaints?|cases?|residents?|tenants|customers|handlers|managers"
    r"|letters|surveys|homes|contractors|members|panels?|meetings?|actions|people|responses|files"
    r"|reviews|sessions|improvements|changes|lessons|determinations|requests|refusals|adjustments"
    r"|restrictions|audits|escalations|employees|volunteers|trustees|learners)"
)

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        (
            Kind.ADDRESS,
            r"(?:https?://|www\.)[^\s<>\"')\]]{3,300}|\b[a-z0-9-]{2,60}\.(?:org|gov|co|com)(?:\.uk)?/[^\s<>\"')\]]{1,200}",
            re.I,
        ),
        (Kind.EMAIL, r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", 0),
        (Kind.PHONE, r"\b0\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}\b", 0),
        (Kind.SECTION, rf"(?<!\w)(?:{_PART})(?:\sno\.?|\snumber)?{_NUMBER}(?![\w%])", re.I),
        (
            Kind.NAMED_PART,
            r"\b(?:under|in|at|within)\s(?:the\s)?(?:heading|headed|title|section\s(?:on|headed|called|titled"
            r"|entitled|dealing\swith|covering|about|for)|chapter\son|part\son)\s.{0,2}\w{2,30}",
            re.I,
        ),
        (
            Kind.NAMED_PART,
            r"\b(?:section|heading|chapter|page|part|paragraph|clause|appendix)\s(?:on|headed|called|titled"
            r"|entitled|about|for|named|covering|dealing\swith)\s.{0,2}\w{2,30}",
            re.I,
        ),
        (
            Kind.NAMED_PART,
            r"[‘'\"“][A-Z][^‘'\"“”’\n]{2,60}[’'\"”]\s(?:section|heading|chapter|page|part|tab|paragraph|clause|appendix)\b",
            0,
        ),
        (
            Kind.NAMED_PART,
            r"\b(?:under|in|on)\s(?:the\s|our\s)?[‘'\"“][^‘'\"“”’\n]{2,40}[’'\"”]"
            r"(?:,?\s(?:and|or|and\sin|and\sunder)\s(?:the\s)?[‘'\"“][^‘'\"“”’\n]{2,40}[’'\"”])?"
            r"\s(?:sections?|headings?|pages?|tabs?|menus?)\b",
            re.I,
        ),
        (
            Kind.NAMED_PART,
            r"\b(?:procedure|policy|guide|handbook|guidance|manual|document)\sunder\s(?:the\s)?(?!review"
            r"|development|consultation)[a-z]{4,20}(?:\sand\s[a-z]{4,20})?",
            re.I,
        ),
        (Kind.VERSION, r"\b(?:v|ver\.?|version)\s?\d{1,3}(?:\.\d{1,3}){0,2}\b", re.I),
        (Kind.DATE, DATE, re.I),
        (
            Kind.LIMIT,
            rf"\b(?:\d{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty"
            rf"|thirty)[\s-](?:{_UNIT})\b",
            re.I,
        ),
        (Kind.FIGURE, r"£\s?\d[\d,]{0,12}(?:\.\d\d)?|\b\d{1,3}(?:\.\d{1,2})?\s?(?:%|per\s?cent)", re.I),
        (
            Kind.FIGURE,
            rf"(?<!stage )(?<!stages )(?<!and )\b\d{{1,3}}(?:,\d{{3}}){{0,2}}\s(?!stage)(?:\w{{2,20}}\s){{0,2}}{_COUNTED}\b",
            re.I,
        ),
        (
            Kind.LINK_LABEL,
            rf"{_TITLE}\s\|\s(?:[A-Z][\w’'-]*)(?:\s(?!{_PRONOUN})(?:[A-Z][\w’'-]*|of|and|the|for|&)){{0,5}}",
            0,
        ),
        (Kind.LINK_LABEL, r"\b[A-Z][\w’'-]*(?:[\s_-]{1,3}[\w()’'-]{1,30}){0,9}?\.(?:pdf|docx?|xlsx?|pptx?)\b", 0),
        (Kind.PROVISION, r"(?<![\w.£])\d{1,2}[.,]\d{1,2}(?![\w%]|[.,]\d)", 0),
    )
)


_LABELS = tuple(pattern for kind, pattern in _PATTERNS if kind is Kind.LINK_LABEL)


def find_mentions(text: str) -> tuple[Mention, ...]:
    """Return the mentions of a cell in order.

    Where two overlap, the kind listed first wins; link labels may contain others.
    """
    found: list[Mention] = []
    taken = bytearray(len(text))
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind is not Kind.LINK_LABEL:
                if any(taken[start:end]):
                    continue
                taken[start:end] = b"\1" * (end - start)
            found.append(Mention(kind, start, end, match.group()))
    return tuple(sorted(found, key=lambda m: (m.start, m.end)))


def link_labels(text: str) -> list[Mention]:
    """Return the labels of links in a cell, whatever else stands in them."""
    return [
        Mention(Kind.LINK_LABEL, *match.span(), match.group()) for pattern in _LABELS for match in pattern.finditer(text)
    ]
