"""Who does what: the roles, teams and bodies that a row names, and which of them act in it or are given something.

LABELS counts "who" among the particulars that make specificity 2. A name alone is none: "letters are signed by directors"
can be checked, "the team are trained and competent" cannot.
"""

from __future__ import annotations

import re

from evidencereview.language.verbs import is_act
from evidencereview.language.view import RowView

# Someone does something: "by the head of service", "directors also sign". What comes "by email to" somebody he did not do.
_SKIPPED = r"(?:(?!(?:to|with|from|via|and|or|on|in)\s)\w+\s)"
_BY = re.compile(rf"\bby\s{_SKIPPED}{{0,3}}$|\bby\s(?:an?|one)\s\w+\sof\s(?:the\s|our\s)?{_SKIPPED}{{0,2}}$", re.I)
# Someone is given something: "reported to cabinet", "minutes are shared with the tenant panel".
_TO = re.compile(
    r"\b(?:reports?|reported|presented|sends?|sent|shares?|shared|submitted|communicated|pass(?:es|ed)?|go|goes|given|escalated"
    r"|referred|fed|circulated|forwarded|taken|brought)\s(?:\w+\s){0,2}?(?:to|with|before)\s(?:\w+\s){0,3}$",
    re.I,
)
_SPACE = re.compile(r"\s+")
_VERB = re.compile(
    r"\s(?:(?:also|then|always|now|all|both|each|who|will|would|shall|should|may|must|can|\w+ly)\s){0,2}(?P<verb>[a-z]+)\b",
    re.I,
)
# What is said of a team and is nothing that it does: "are trained and competent", "have the skills", "is in place".
_STATE_OF = re.compile(
    r"\s(?:(?:also|all|both|well|fully|suitably|been|\w+ly)\s){0,2}(?:not|never|no|trained|empowered|competent|aware|unaware"
    r"|experienced|skilled|part|made\sup"
    r"|committed|dedicated|encouraged|expected|able|required|reminded|available|clear|supported|knowledgeable|confident"
    r"|familiar|mindful|equipped|qualified|versed|in\s(?:place|post)|there|here"
    r"|(?:had|received|completed|undertaken|undergone|attended)\s(?:\w+\s){0,3}?training"
    r"|(?:the\s|a\s|an\s|all\s|good\s|full\s)?(?:\w+\s)?(?:knowledge|skills?|authority|autonomy|understanding|ability"
    r"|experience|expertise|training))\b",
    re.I,
)
# Characters before and behind a name in which what its bearer does may stand.
_BEFORE_NAME, _BEHIND_NAME = 90, 120


def named_actors(view: RowView) -> list[str]:
    """Return the roles, teams and bodies named in a row."""
    return [view.row.cell(s.cell)[hit.start : hit.end] for s in view.sentences for hit in s.hits("particular")]


def acting_roles(view: RowView) -> list[str]:
    """Return the landlord's roles, teams and bodies that do something in a row ("signed off by directors"), or are given it.

    Neither the Ombudsman nor whoever the requirement names itself is among them: to say those again tells nothing new.
    """
    asked = _plain(f"{view.row.requirement} {view.provision.summary if view.provision else ''}")
    found = []
    for sentence in view.sentences:
        cell = view.row.cell(sentence.cell)
        for hit in sentence.hits("particular"):
            name = cell[hit.start : hit.end]
            before = _SPACE.sub(" ", cell[max(sentence.start, hit.start - _BEFORE_NAME) : hit.start])
            after = _SPACE.sub(" ", cell[hit.end : min(sentence.end, hit.end + _BEHIND_NAME)])
            done = _BY.search(before) or _does(after) or _TO.search(before)
            plain = _plain(name).removeprefix("the ")
            if done and "ombudsman" not in plain and plain not in asked:
                found.append(name)
    return found


def _does(after: str) -> bool:
    """Tell whether the words behind a name say what its bearer does; what he is or has says nothing of who does what."""
    found = _VERB.match(after)
    if found is None:
        return False
    verb = found["verb"].lower()
    if verb in ("is", "are", "was", "were", "has", "have", "had"):
        return _STATE_OF.match(after, found.end()) is None
    return is_act(verb)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
