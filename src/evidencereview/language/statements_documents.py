"""The complaints policy as statements: its name, its version and the year of its approval."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import is_past, place
from evidencereview.language.statements import Statement
from evidencereview.language.view import RowView, Sentence

_WORD = r"[A-Z][\w’'-]+"
_NAME = re.compile(
    rf"(?P<name>(?:{_WORD}|\d{{4}})(?:(?:\s|,\s)(?:{_WORD}|and|&|of|for|the|\d{{4}})){{0,6}}\s(?:Policy|Scheme\sof\sComplaints))(?=$|[\s,.;:()’'])"
)
_SUBJECT = re.compile(r"\b(?:complaints?|complaining|feedback|resolution|concerns|compliments|suggestions)\b", re.I)
_OTHER = re.compile(
    r"\b(?:staff|behaviou?r|unacceptable|unreasonable|compensation|vulnerab\w*|repairs?|data|safeguard\w*|vexatious|persistent"
    r"|adjustments?|remed\w*|whistle\w*|grievance|equality|communicat\w*|procedure|survey|report)\b",
    re.I,
)
_PLAIN = re.compile(r"\b(?:[Oo]ur|[Tt]he|[Tt]his)\s(?:present\s|current\s)?(?:complaints?\s)?policy\b")
_VERSION = re.compile(r"\b(?:v|ver\.?|version)\s?(?P<v>\d{1,2}(?:\.\d{1,2})?)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STATED = re.compile(
    r"\b(?:approv\w*|adopt\w*|in\sforce|effective|dated|last\s(?:approved|reviewed|revised|updated|changed|amended)|current\w*|present"
    r"|since|issued|revised|rewritten|agreed|came\sinto|took\seffect|signed\soff|of)\b",
    re.I,
)
_ALONE = re.compile(
    r"\b(?:one|single|sole|only|no\sother|no\ssecond|nothing\selse)\b[^.;]{0,50}\bpolic(?:y|ies)\b|\bpolicy\b[^.;]{0,40}\b(?:alone|only|for\sall"
    r"|for\severy)|\bis\s(?:called|named)\b|\bhave\sno\sother\b",
    re.I,
)
_REPLACED = re.compile(
    r"\b(?:replac\w*|supersed\w*|former\w*|previous\w*|earlier|old|withdrawn|compared|changed\sfrom|before|draft|next|will)\b",
    re.I,
)
_REVIEW_DUE = re.compile(r"\b(?:due|next\sreview|review\s(?:date|due|in)|until|expires?|to\sbe)\b[^.;]{0,25}$", re.I)


def documents(row: RowView) -> Iterator[Statement]:
    """Yield what a row says of the complaints policy in force."""
    alone = any(_ALONE.search(sentence.text) for sentence in row.sentences)
    for sentence in row.sentences:
        if _REPLACED.search(sentence.text) or is_past(sentence.text, 0, 1):
            continue
        for start, end, name in _named(sentence):
            if name:
                label = "the one policy" if alone else "a policy"
                yield Statement(
                    "the name of the complaints policy",
                    f"{label}: {name}",
                    f"'{name}'",
                    place(sentence, start, end),
                    sentence,
                )
            yield from _details(sentence, start, end)


def _named(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    for match in _NAME.finditer(sentence.text):
        words = re.sub(r"^(?:Our|The|This|See|In|Under)\s", "", match["name"])
        if _SUBJECT.search(words) and not _OTHER.search(words):
            start = match.end() - len(words)
            yield start, match.end(), words
    for match in _PLAIN.finditer(sentence.text):
        yield match.start(), match.end(), ""


def _details(sentence: Sentence, start: int, end: int) -> Iterator[Statement]:
    """The version and the year that follow the title of a policy closely, or stand in it."""
    text = sentence.text
    after = text[end : end + 60]
    cut = re.search(r"[;]|\.\s|\b(?:and|with)\sthe\b|\b(?:section|clause|page|part)\b", after)
    after = after[: cut.start()] if cut else after
    version = _VERSION.search(after)
    if version:
        span = place(sentence, start, end + version.end())
        yield Statement("the version of the complaints policy", version["v"], f"version {version['v']}", span, sentence)
    year = _YEAR.search(text[start:end]) or _YEAR.search(after)
    if year is None:
        return
    inside = year.string == text[start:end]
    between = "" if inside else after[: year.start()]
    plain = (
        re.fullmatch(r"[\s,(–-]*(?:v\d[\d.]*,?\s|version\s\d[\d.]*,?\s)?(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?", between)
        is not None
    )
    if inside or plain or (_STATED.search(between) and not _REVIEW_DUE.search(between)):
        span = place(sentence, start, end + (0 if inside else year.end()))
        yield Statement("the date of the complaints policy", year.group(), f"{year.group()}", span, sentence)


def documents_differ(one: Statement, other: Statement) -> bool:
    """Tell whether two statements about the policy exclude each other; a short name and the full one do not."""
    if not one.slot.startswith("the name"):
        return one.value != other.value
    (left, a), (right, b) = (each.value.split(": ", 1) for each in (one, other))
    if "a policy" in (left, right) and left == right:
        return False
    first, second = _content(a), _content(b)
    return not (first <= second or second <= first)


def _content(name: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", name.lower())
    return frozenset(word.rstrip("s") for word in words) - {"policy", "and", "the", "of", "for", "our"}
