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
    return " ".join(word.removesuffix("s") for word in name.lower().split())
