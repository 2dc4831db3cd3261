"""Numbers by which a row leans on another row ("as per 5.6"), told apart from sections of documents and from figures.

A form calls its own rows sections, provisions or points; so do policies. What stands before and after a number decides.
Regular expressions are bounded, so a hostile cell cannot make them slow.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from evidencereview.language.mentions import Kind, Mention
from evidencereview.language.view import RowView, Sentence

_DIGITS = re.compile(r"\d{1,2}[.,]\d{1,2}$")
# Clauses, pages and paragraphs belong to documents; these may be rows.
_ROW_WORD = re.compile(r"^(?:sections?|sect?\.|items?|parts?)\b", re.I)
# Documents that have numbered sections; what stands in "our plan outlined in section 7.2" has them elsewhere.
_CONTAINER = (
    r"(?:polic(?:y|ies)|procedures?|handbook|manual|guidance|guide|protocol|strategy|framework|constitution|code of conduct"
    r"|clauses?|paragraphs?|paras?|pages?|appendix|annexe?|chapters?|modules?|version)"
)
_PAPER = (
    r"(?:templates?|statement|leaflet|letters?|terms|reports?|plan|contract|agreement|standard|rules"
    r"|process|minutes|schedule)"
)
_CONTAINER_BEFORE = re.compile(rf"\b{_CONTAINER}\b(?:[^.;\n]|\.\d){{0,40}}$", re.I)
_PAPER_BEFORE = re.compile(rf"\b{_PAPER}\b(?:[^.;\n\w]{{0,3}}|[^.;\n]{{0,12}}\b(?:in|at|of|under)\s.{{0,10}})$", re.I)
_DESCRIBED = re.compile(
    rf"\b(?:{_PAPER}|actions?|arrangements?|approach|steps|tracker|measures|stages?|roles?|system|register|team)"
    r",?\s(?:(?:that|which)\s(?:is|are)\s|as\s)?(?:outlined|described|detailed|set\sout|mentioned"
    r"|covered|explained|noted|referenced"
    r"|referred\sto|given|listed|shown)\s(?:in|at|under|for)\s(?:\w{2,10}\s)?$",
    re.I,
)
_OF_A_DOCUMENT = re.compile(
    r"^.{0,3}\s?(?:of|in|from|on)\s(?:the|this|our|its|that)\s(?:\w+\s){0,4}(?:polic|procedure"
    r"|handbook|guid|manual|plan|template"
    r"|strategy|process|protocol|agreement|contract|report|terms|constitution|framework|standard)",
    re.I,
)
_OF_THE_CODE = re.compile(r"^.{0,3}\s?(?:of|in|from|on)\s(?:the|this)\s(?:\w+[\s’'-]s?\s?){0,4}code\b", re.I)
_OF_THIS_FORM = re.compile(
    r"^.{0,3}\s?(?:of|in|from|on)\s(?:the|this|our)\s(?:\w+[\s-]){0,2}(?:form|self[\s-]assessment"
    r"|assessment|document|return|submission)\b"
    r"|^\W{0,2}(?:above|below)\b",
    re.I,
)
_COMPLIES = re.compile(
    r"\b(?:meets?|meeting|comply|complies|compliant|compliance|accordance|line|required|requirements?|breach|exempt)"
    r"\s(?:\w{2,6}\s){0,2}(?:provisions?\s|the\s)?$",
    re.I,
)
# Words that cannot be said of a document's own section.
_SAME_AS = re.compile(
    r"\b(?:same\s(?:\w+\s){0,3}(?:as|for|at|in)|as\sfor|identical\sto|repeats?(?:\sof)?|(?:answers?"
    r"|responses?|comments?|commentary"
    r"|evidence|entry|explanation)\s(?:given\s|provided\s|set\sout\s)?(?:to|for|in|at|under|against"
    r"|on)|(?:rows?|provisions?|points?))"
    r"\s(?:at\s|in\s|for\s|provision\s|row\s|section\s|point\s|the\s){0,2}$",
    re.I,
)
_LEANS = re.compile(
    r"\b(?:see|as|per|cf\.?|refer(?:s|red|ring)?|x?-?ref\.?|cross[\s-]ref(?:erence)?|above|below|same"
    r"|answer(?:s|ed)?|responses?|evidence[d]?"
    r"|comment(?:s|ary)?|provisions?|points?|rows?|covered|detailed|outlined|mentioned|noted|stated"
    r"|described|given|explained"
    r"|set\sout|addressed|dealt\swith|included|provided|shown|repeats?|identical|similar|like|linked"
    r"|read\swith|conjunction)(?<=\w|\.)(?!\w)(?:[^.;\n]|\.\d){0,24}$",
    re.I,
)
_STANDS_ALONE = re.compile(
    r"^\W{0,2}(?:$|\n|(?:above|below|refers?|applies|apply|also|covers|answers|explains|and\s\d{1,2}\.\d{1,2}\W{0,2}$)\b)",
    re.I,
)
_REFERS = re.compile(
    r"^\W{0,2}\s?(?:(?:above|below|also)\s)?(?:refers?|applies\s(?:here|too|also|equally)|above\b"
    r"|holds|covers\sthis|says\sit|explains\sthis)",
    re.I,
)
_ALSO = re.compile(r"\b(?:see|refer)\salso\s.{0,12}$|\balso\s(?:see|refer).{0,12}$", re.I)
_OWN_WORDS_AFTER = 6


def is_row_pointer(mention: Mention, cell: str, provisions: Collection[str], cited: Collection[str]) -> bool:
    """Tell whether a numbered part is a provision of the Code or a row of this form rather than part of a document.

    Args:
        mention: the numbered part.
        cell: the cell in which it stands.
        provisions: numbers of this form's provisions.
        cited: what `sections_cited` says of the row.
    """
    after = cell[mention.end : mention.end + 60]
    if _OF_THE_CODE.match(after) or _OF_THIS_FORM.match(after):
        return True
    number = _number(mention)
    if number not in provisions or not _ROW_WORD.match(mention.text):
        return False
    return not _belongs_to_document(mention, cell) and number.split(".")[0] not in cited


def row_pointers(view: RowView, provisions: Collection[str]) -> Iterator[tuple[Sentence, int, int]]:
    """Yield the places that lean on another row: sentence, start and end in its cell."""
    cited = sections_cited(view)
    for sentence in view.sentences:
        cell = view.row.cell(sentence.cell)
        for mention in sentence.mentions:
            if _points_at_row(view.row.number, mention, cell, provisions, cited) and not _beside_own_words(
                view, sentence, mention, cell
            ):
                yield sentence, mention.start, mention.end


def _points_at_row(own: str, mention: Mention, cell: str, provisions: Collection[str], cited: Collection[str]) -> bool:
    number, after = _number(mention), cell[mention.end : mention.end + 60]
    if number == own or _OF_THE_CODE.match(after):
        return False
    if mention.kind is Kind.SECTION:
        return is_row_pointer(mention, cell, provisions, cited)
    if mention.kind is not Kind.PROVISION or number not in provisions:
        return False
    before = _before(mention, cell)
    if _OF_THIS_FORM.match(after):
        return True
    if _COMPLIES.search(before) or _belongs_to_document(mention, cell):
        return False
    return bool(_LEANS.search(before) or _REFERS.match(after) or (_opens(before) and _STANDS_ALONE.match(after)))


def _belongs_to_document(mention: Mention, cell: str) -> bool:
    before, after = _before(mention, cell), cell[mention.end : mention.end + 60]
    if _OF_A_DOCUMENT.match(after):
        return True
    if _SAME_AS.search(before) or _DESCRIBED.search(before):
        return False
    return bool(_CONTAINER_BEFORE.search(before) or _PAPER_BEFORE.search(before))


def sections_cited(view: RowView) -> set[str]:
    """First numbers of the sections that the row cites of documents: 'Procedure, section 6' makes 6.2 one of its own."""
    cited = set()
    for sentence in view.sentences:
        cell = view.row.cell(sentence.cell)
        parts = [m for m in sentence.mentions if m.kind is Kind.SECTION and _ROW_WORD.match(m.text)]
        cited |= {re.findall(r"\d+", m.text)[0] for m in parts if re.search(r"\d", m.text) and _names_document(m, cell)}
    return cited


def _names_document(mention: Mention, cell: str) -> bool:
    return bool(_CONTAINER_BEFORE.search(_before(mention, cell)))


def _beside_own_words(view: RowView, sentence: Sentence, mention: Mention, cell: str) -> bool:
    """Whether the row speaks for itself: a 'see also' behind own words, or 'same form as 5.6' with facts to follow."""
    before = cell[max(sentence.start, mention.start - 40) : mention.start]
    words_after = len(cell[mention.end : sentence.end].split())
    if _ALSO.search(before):
        return len(view.prose) > 1 or len(sentence.words) > _OWN_WORDS_AFTER + 4
    same = re.search(r"\bsame\s(?!as\b)(?:\w+\s){1,3}as\s", before, re.I)
    return same is not None and words_after > _OWN_WORDS_AFTER


def _number(mention: Mention) -> str:
    match = _DIGITS.search(mention.text)
    return match.group().replace(",", ".") if match else ""


def _before(mention: Mention, cell: str) -> str:
    return cell[max(0, mention.start - 60) : mention.start]


def _opens(before: str) -> bool:
    """Whether a number opens its cell, line or bracket."""
    return re.search(r"(?:^|[\n(;–—-])\s{0,2}$", before) is not None
