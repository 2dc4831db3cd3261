"""Whose form it is, as far as it says: a guess for the column `landlord`, never more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evidencereview.records import Form

_NAME = r"(?:[A-Z][\w'’-]*|of|and|&|the|upon|on|St\.?)"
_KIND = (
    r"(?:Housing(?: (?:Association|Group|Trust|Society|Co-operative|Limited|Ltd))?|Homes|(?:(?:City|Borough|District|County)"
    r" )?Council|Almshouses?(?: Charity)?|Borough|Housing Partnership|Living)"
)
_LANDLORD = re.compile(
    rf"\b((?:London Borough|Royal Borough|City|Borough) of [A-Z][\w'’-]+(?: (?:and [A-Z]|[A-Z])[\w'’-]*){{0,2}}"
    rf"|[A-Z][\w'’-]+(?: {_NAME}){{0,3}}? {_KIND})\b"
)
# Names of others that stand in many forms, and words that only begin a sentence.
_OTHERS = re.compile(r"\b(?:Ombudsman|Regulator|Local Government|Ministry|Social Housing|Affordable|Complaints?|Code)\b")
_LEAD = re.compile(r"^(?:(?:The|At|In|Our|All|As|By|For|From|If|On|To|With|When|We|This|That|These|Each|Any|A|An)\s)+")
_NOT_A_NAME = re.compile(
    r"(?:self|assessment|complaints?|handling|code|housing ombudsman|ombudsman|form|final|draft|copy|signed|published"
    r"|version|v\d+|rows|the|of|for|and|chc|hos|annual|report|appendix|board|\d+)$",
    re.IGNORECASE,
)
_MOST_TEXT = 200_000


def landlord_of(form: Form) -> str:
    """Return the landlord's name as the form most often gives it, else what is left of the file's name."""
    found: Counter[str] = Counter()
    for text, weight in _texts(form):
        for match in _LANDLORD.finditer(text[:_MOST_TEXT]):
            name = _LEAD.sub("", match.group(1))
            if " " in name and not _OTHERS.search(name):
                found[name] += weight
    likely = max(found.items(), key=lambda entry: (entry[1], len(entry[0]), entry[0]), default=("", 0))
    return likely[0] if likely[1] > 1 else from_file_name(form.name)


def from_file_name(name: str) -> str:
    """Return the words of a file's name that are not those of every such file ("elm-homes-2024 FINAL" → "Elm Homes")."""
    words = [word for word in re.split(r"[\W_]+", name) if word and not _NOT_A_NAME.match(word)]
    return " ".join(word if word.isupper() and len(word) > 1 else word.capitalize() for word in words) or name


def _texts(form: Form) -> Iterator[tuple[str, int]]:
    """Titles and introductions outside the table say whose form it is; in rows a name may be another's."""
    yield from ((note.text, 3) for note in form.notes)
    yield from ((row.text, 1) for row in form.rows)
