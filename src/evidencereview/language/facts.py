"""What a row offers as proof: locators, loose sources, particulars, pointers to other rows.

Checks and features share these readings, so that "rescued by a locator" means the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from evidencereview.language.leaning import Leaning, leaning
from evidencereview.language.mentions import Kind, Mention
from evidencereview.language.number_words import numbers_in
from evidencereview.language.row_pointers import is_row_pointer, sections_cited
from evidencereview.language.verbs import is_act
from evidencereview.language.view import RowView, Sentence
from evidencereview.records import Cell

_DATED_TITLE = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|handbook|manual|guidance|guide|protocol|template|strategy"
    r"|framework|leaflet|report|plan|minutes|booklet|toolkit|assessment|code of conduct|letter"
    r"|version|agreement|contract)\b",
    re.I,
)
_DATED_ACT = re.compile(
    r"\b(?:dated|amended|approved|adopted|reviewed|updated|revised|issued|published|ratified|signed"
    r"|version|effective)\b[^.;]{0,25}$",
    re.I,
)
_CHANNEL = re.compile(
    r"\b(?:tele)?phone|\be-?mail|\bpost\b|\bletter|\bin\sperson|\bface[\s-]to[\s-]face|\bonline|\bwebsite|\bsocial\smedia|\bin\swriting"
    r"|\bweb\s?chat|\blive\schat|\bapp\b|\bportal\b|\btext\b|\bvisit|\bat\s(?:our|the|any)\soffice",
    re.I,
)
LEAST_CHANNELS = 3
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
_NEAR = 30  # characters between a title and the date that belongs to it


def locators(view: RowView, provisions: Collection[str]) -> list[Mention]:
    """Return what tells a reader where to look: parts of documents, dated titles, versions, full addresses.

    Args:
        view: the row.
        provisions: numbers of this form's provisions; a pointer to one of them is no locator.
    """
    found: list[Mention] = []
    cited = sections_cited(view)
    for sentence in view.sentences:
        cell = view.row.cell(sentence.cell)
        found.extend(m for m in sentence.mentions if _locates(m, cell, provisions, cited))
    return found


def _locates(mention: Mention, cell: str, provisions: Collection[str], cited: Collection[str]) -> bool:
    if mention.kind is Kind.SECTION:
        return not is_row_pointer(mention, cell, provisions, cited)
    if mention.kind is Kind.LINK_LABEL:
        return bool(re.search(r"(?:19|20)\d\d|\bv\d", mention.text))
    if mention.kind is Kind.DATE:
        return belongs_to_title(mention, cell)
    return mention.kind in (Kind.NAMED_PART, Kind.VERSION, Kind.ADDRESS)


def belongs_to_title(mention: Mention, cell: str) -> bool:
    """Tell whether a date is that of a document named just before it ("Complaints Policy, March 2024")."""
    before = cell[max(0, mention.start - 60) : mention.start]
    if not re.search(r"\d{4}|/|[a-z][\s-]['’]?\d\d$", mention.text):
        return False
    title = list(_DATED_TITLE.finditer(before))
    if not title:
        return False
    between = before[title[-1].end() :]
    return len(between) <= _NEAR and (
        bool(_DATED_ACT.search(before)) or re.fullmatch(r"[\s(,–—-]*(?:from\s|of\s|for\s)?", between) is not None
    )


def particulars(view: RowView) -> list[Mention]:
    """Return what could be checked: dates, figures, addresses, and lengths of time that are not the provision's own.

    Its own are those of the Code and those that the form prints in the requirement, in figures or in words.
    """
    known = {limit.value for limit in view.provision.limits} if view.provision else set()
    own = frozenset(known | numbers_in(view.row.requirement))
    return [m for s in view.sentences for m in s.mentions if _is_particular(m, own)]


def _is_particular(mention: Mention, own_limits: frozenset[int]) -> bool:
    if mention.kind is Kind.LIMIT:
        return not own_limits & numbers_in(mention.text)
    return mention.kind in (Kind.DATE, Kind.FIGURE, Kind.EMAIL, Kind.PHONE, Kind.ADDRESS, Kind.VERSION)


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


def loose_sources(view: RowView) -> list[Sentence]:
    """Return the sentences that name a document, training, website or system as proof, best first.

    A thing that the provision itself asks for is no loose source; one that is only spoken of stands last (see `leaning`).
    """
    objects = _singles(view.provision.objects) if view.provision else frozenset()
    named = [s for s in view.sentences if _names_source(view, s, objects)]
    return sorted(named, key=lambda s: (-leaning(view, s), s.cell is Cell.COMMENTARY, s.start))


def lists_channels(sentence: Sentence) -> bool:
    """Tell whether a sentence lists ways to complain: three or more of them are a fact, and none is named as proof."""
    return len({match.group().lower() for match in _CHANNEL.finditer(sentence.text)}) >= LEAST_CHANNELS


def _names_source(view: RowView, sentence: Sentence, objects: frozenset[str]) -> bool:
    if lists_channels(sentence) and leaning(view, sentence) is not Leaning.POINTED_AT:
        return False
    cell = view.row.cell(sentence.cell)
    names = [_single(cell[hit.start : hit.end]) for hit in sentence.hits("document")]
    return any(not any(name in wanted or wanted in name for wanted in objects) for name in names)


@lru_cache(maxsize=1024)
def _singles(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_single, names))


def _single(name: str) -> str:
    """The name of one thing for that of several: letters that are asked for are found where a letter is."""
    return " ".join(word.removesuffix("s") for word in _plain(name).split())
