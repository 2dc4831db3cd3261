"""Printed requirements whose facts differ from the edition's: limits, parties, and whether it demands or recommends.

Forms alter requirements, or print those of another edition. Only typed facts are compared, never the wording as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.number_words import UP_TO_TWELVE, number_of
from evidencereview.provisions import Pack, Provision, known_editions, load_pack
from evidencereview.records import Form, Modality, Row

_WORDS = (*UP_TO_TWELVE, "fifteen", "twenty", "thirty")
_LENGTH = re.compile(
    rf"(?<![\d.-])(?P<n>\d{{1,3}}|{'|'.join(_WORDS)})[\s-]{{1,3}}(?:further\s|more\s)?(?:working"
    rf"|calendar|business)?\s{{0,2}}(?P<unit>days?|weeks?|months?)\b",
    re.I,
)
_UNITS = ("days", "weeks", "months")
# Only what the landlord is told to do: "should not exceed" tells of a limit.
_DEMANDS, _RECOMMENDS = re.compile(r"\blandlords?\smust\b", re.I), re.compile(r"\blandlords?\sshould\b", re.I)


def altered_requirements(form: Form, pack: Pack) -> Iterator[tuple[Row, str]]:
    """Yield the rows whose printed requirement differs in a fact, each with what differs in one line."""
    for row in form.rows:
        provision = pack.by_number.get(row.number)
        if provision is not None and row.requirement.strip():
            what = _limits(row, provision, pack) or _parties(row, provision, pack) or _modality(row, provision)
            if what:
                yield row, what


def _limits(row: Row, provision: Provision, pack: Pack) -> str:
    own = _limits_of(provision)
    printed = {
        (number_of(m["n"]), m["unit"].lower().rstrip("s") + "s"): m.group() for m in _LENGTH.finditer(row.requirement)
    }
    strange = [words for fact, words in printed.items() if fact not in own]
    if not own or not strange:
        return ""
    expected = " or ".join(f"{value} {unit}" for value, unit in sorted(own))
    source = _edition_with(provision, pack, set(printed) - own)
    return f"prints '{strange[0]}', where the Code of this edition has {expected}{source}"


def _limits_of(provision: Provision) -> set[tuple[int, str]]:
    return {
        (limit.value, limit.unit.rpartition(" ")[2]) for limit in provision.limits if limit.unit.rpartition(" ")[2] in _UNITS
    }


def _parties(row: Row, provision: Provision, pack: Pack) -> str:
    """What stands in the print of another edition of this provision, and nothing that marks this edition's."""
    text = " ".join(row.requirement.lower().split())
    if not provision.marks or any(mark in text for mark in provision.marks):
        return ""
    for other, edition in _kin(provision, pack):
        found = next((mark for mark in other.marks if mark in text), None)
        if found:
            source = f"the words of edition {edition} (its {other.number})"
            return f"prints '{found}', {source}, where this one has '{provision.marks[0]}'"
    return ""


def _modality(row: Row, provision: Provision) -> str:
    text = row.requirement
    demands, recommends = _DEMANDS.search(text), _RECOMMENDS.search(text)
    if provision.modality is Modality.MUST and recommends and not demands:
        return "prints 'should', where the Code demands it ('must')"
    if provision.modality is Modality.SHOULD and demands and not recommends:
        return "prints 'must', where the Code recommends it ('should')"
    return ""


def _kin(provision: Provision, pack: Pack) -> Iterator[tuple[Provision, str]]:
    """Yield what other editions have of a provision; they are read here, since most forms print nothing strange."""
    for edition in known_editions():
        if edition != pack.edition:
            other = load_pack(edition)
            shared = (share.number for share in provision.shares if share.edition == edition)
            yield from ((other.by_number[number], edition) for number in shared if number in other.by_number)


def _edition_with(provision: Provision, pack: Pack, facts: set[tuple[int, str]]) -> str:
    """Where another edition has these limits, in words; "" where none has."""
    found = ((other, edition) for other, edition in _kin(provision, pack) if facts <= _limits_of(other))
    return next((f" (edition {edition} has this figure at its {other.number})" for other, edition in found), "")
