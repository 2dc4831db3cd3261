"""Roles as statements: who holds which role by name, and how many handle complaints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import is_past, place
from evidencereview.language.number_words import UP_TO_TWELVE, number_of
from evidencereview.language.statements import Statement, is_rule
from evidencereview.language.view import RowView

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Prof|Professor|Sir|Dame|Lord|Lady|Rev)\.?"
_NAME = (
    rf"(?:{_TITLE}\s(?:[A-Z][\w’'-]+\s){{0,2}}[A-Z][\w’'-]+|[A-Z][a-z’'-]+\s(?:[A-Z]\.?\s)?[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?)"
)
_NAMED = re.compile(_NAME)
_NO_NAME = frozenset(
    """
The Our This That Each Every Stage Member Members Responsible Board Housing Ombudsman Complaint Complaints Policy
Code Head Director Chief Executive Service Services Customer Team Manager Officer Committee Council Panel Annual
Report Tenant Resident Chair Association Homes Trust Group Operations Assistant Equality Act Governing Body Scrutiny
Community Property Repairs Unit January February March April May June July August September October November
December Monday Tuesday Wednesday Thursday Friday Cabinet Audit Risk Vice New Senior Deputy Lead Portfolio Holder
Feedback Relations Non Executive Neighbourhood
""".split()
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("the Member Responsible for Complaints", r"\bMRC\b|[Mm]ember [Rr]esponsible|[Ll]ead [Mm]ember"
                                                  r"|[Cc]omplaints [Cc]hampion"
                                                  r"|[Ll]eads? on complaints"),
        ("the complaints officer", r"(?i:\b(?:complaints?|feedback|resolution) (?:officer|co-?ordinator|lead|manager"
                                   r"|handler)\b(?!s))"),
        ("the senior lead for complaints", r"(?i:\bsenior lead\b|\blead (?:person|officer|director) for complaint"
                                           r"|\banswers for complaint)"),
    )
)  # fmt: skip
_HANDOVER = re.compile(
    r"\b(?:until|former\w*|previous\w*|took\sover|takes\sover|succe\w*|replac\w*|left|retired"
    r"|stood\sdown|stepped\sdown|was\sMRC|since\sthen"
    r"|handed|deput\w*|cover(?:s|ing|ed)?\s(?:for|while)|before\s(?:her|him|that)|acting|and\sthen)\b",
    re.I,
)
_TEAM = re.compile(
    rf"\b(?:(?:team|unit|group)\sof\s(?P<a>\d{{1,2}}|{'|'.join(UP_TO_TWELVE)})\b"
    rf"|(?P<b>\d{{1,2}}|{'|'.join(UP_TO_TWELVE)})\s(?:(?:full|part)[- ]time\s|dedicated\s|trained\s"
    rf"|permanent\s){{0,2}}(?:complaints?\s(?:officers?|handlers?|staff"
    rf"|advisers?|co-?ordinators?)|people\sin\sthe\scomplaints|officers\sin\sthe\scomplaints)"
    rf"|complaints?\s(?:team|unit)(?:\sis|,|\shas|\sconsists\sof|\swith|\s\()\s?(?P<c>\d{{1,2}}"
    rf"|{'|'.join(UP_TO_TWELVE)})\s(?:people|officers?|staff|strong|members|posts|colleagues)?)",
    re.I,
)
_ALONE = re.compile(
    r"\b(?:(?:a\s)?(?:single|sole|lone)\s(?:complaints?\s)?(?:officer|handler|person|post)"
    r"|works?\salone|(?:on|by)\s(?:her|his|their)\sown"
    r"|one[- ]person|only\sone\s(?:complaints?\s)?(?:officer|person|handler|post))\b",
    re.I,
)
_COMPLAINTS_POST = re.compile(
    r"\bcomplaints?\s(?:officer|handler|team|post|handling|unit|role|co-?ordinator)|\bthis\srole\b", re.I
)


def roles(row: RowView) -> Iterator[Statement]:
    """Yield who holds which role, and how many handle complaints."""
    yield from _names(row)
    yield from _team(row)


def _names(row: RowView) -> Iterator[Statement]:
    for sentence in row.sentences:
        text = sentence.text
        if _HANDOVER.search(text) or is_past(text, 0, 1):
            continue
        for role, pattern in _ROLES:
            for place_of_role in pattern.finditer(text):
                match = _name_near(text, place_of_role)
                if match is not None:
                    name = _surname(match.group())
                    span = place(sentence, min(match.start(), place_of_role.start()), max(match.end(), place_of_role.end()))
                    yield Statement(role, name, f"{match.group()} as {role}", span, sentence)
                    break


def _name_near(text: str, role: re.Match[str]) -> re.Match[str] | None:
    """The person's name that belongs to a role: at most a few words before or after it, with no other role between."""
    found = []
    for match in _NAMED.finditer(text):
        words = set(re.findall(r"[A-Z]\w+", match.group()))
        titled = re.match(_TITLE + r"\s", match.group()) is not None
        if not titled and words & _NO_NAME:
            continue
        between = text[role.end() : match.start()] if match.start() >= role.end() else text[match.end() : role.start()]
        if len(between) <= 45 and not re.search(
            r"[;:]|\b(?:with|meets?|and|to|by\sMs|assist\w*|support\w*|brief\w*|sends?)\b", between
        ):
            found.append((len(between), match.start(), match))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _surname(name: str) -> str:
    return name.split()[-1].lower().replace("’s", "").replace("'s", "")


def _team(row: RowView) -> Iterator[Statement]:
    for sentence in row.sentences:
        text = sentence.text
        if not _COMPLAINTS_POST.search(text):
            continue
        alone, team = _ALONE.search(text), _TEAM.search(text)
        match = alone or team
        if match is None or not is_rule(sentence, *match.span()) or is_past(text, *match.span()):
            continue
        words = "one" if alone else (team["a"] or team["b"] or team["c"] if team else "")
        number = float(number_of(words)) if words else 0.0
        if number:
            span = place(sentence, *match.span())
            yield Statement("how many handle complaints", words, f"'{row.words(span)}'", span, sentence, number)
