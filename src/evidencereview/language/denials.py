"""What one row denies and another row claims: the nearest two sentences of opposite sense, and how near they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidencereview.language.overlap import stems
from evidencereview.language.statements import stages_named
from evidencereview.language.view import FormView, RowView, Sentence, SentenceKind

_DENIAL = re.compile(
    r"\b(?:not|no|never|nobody|none|nothing|nowhere|neither|nor|without|lacks?|lacking|missing|cannot|absent|only|instead\sof|rather\sthan"
    r"|silent|blank|vacant|generic|automatic|standard\stext|omits?|stopped|lapsed|yet\sto)\b|n[’']t\b",
    re.I,
)
# "No letter goes out without it" and "nobody is left out" claim; "no more than" and "need not" deny no practice.
_DOUBLE = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing)\b[^.;]{0,70}\b(?:without|unless|left\sout|missed|overlooked|unrecorded|untrained|lost|except"
    r"|until)\b|\bnot\sonly\b|\bno\sexceptions?\b|\bwithout\sexception\b|\bno\s(?:more|later|longer|less)\b",
    re.I,
)
_NEGATED = re.compile(r"\b(?:not|no|never|nobody|none|nothing|neither|nor|cannot|lacks?|missing|nowhere|without)\b|n[’']t\b", re.I)
_UNIVERSAL = re.compile(
    r"\b(?:each|every|all|always|any|whatever|whoever|whenever|everyone|everybody|everything|in\sfull|throughout|without\sexception"
    r"|from\sthe\s(?:first|start)|at\sboth\sstages|no\s\w+\s(?:goes|leaves|is\s\w+)\s(?:\w+\s)?without)\b",
    re.I,
)
_NOWHERE = re.compile(r"\b(?:never|nowhere|anywhere|at\sall|nobody|none|nothing|whatsoever|no\s(?:record|note|list|copy|log)|not\sone)\b", re.I)
_AHEAD = re.compile(
    r"\b(?:will|shall|to\sbe|plan\w*|propos\w*|due|from\s(?:\d|next)|once|is\sbeing|are\sbeing|intend\w*|expect\w*|draft\w*)\b", re.I
)
_MAKESHIFT = re.compile(
    r"\b(?:because\sthe|as\sthe\s\w+\s(?:cannot|can\snot|does\snot)|cannot\sdo|by\shand|manual(?:ly)?|meanwhile|in\sthe\smeantime|for\snow|until\s(?:then|the)"
    r"|instead|pending|a\sworkaround|on\spaper|spreadsheet|stop-?gap|gap\sat|(?:except|apart\sfrom|other\sthan|but\snot|save\sfor)\b|as\sstated\s(?:at|in|under)"
    r"|see\s(?:our\s)?(?:answer\s)?(?:at|to)\s\d)\b",
    re.I,
)
_PAST = re.compile(r"\b(?:until\s(?:\w+\s)?(?:19|20)\d\d|used\sto|formerly|previously|no\slonger|in\sthe\spast|abolished|ended\sin|stopped\sin)\b", re.I)
_GENERIC = (
    "complaint complaints complainant resident residents tenant tenants customer customers landlord policy procedure process team officer officers"
    " staff case cases stage stages one two first second council association housing board time times way date dates day days year month new now"
    " currently present moment yet always never every each all any some only other part made make given give put set out up done do does did been is"
    " are was were will we our us they their them it its this that which who whom what when where how why no not nor nothing none nobody without"
    " change changes template text standard anywhere says say said answer answers working april may june july march january february august"
    " september october november december 2021 2022 2023 2024 2025 2026 autumn spring summer winter"
)


@cache
def generic() -> frozenset[str]:
    """Return the stems that any two rows of a form may share."""
    return stems(" ".join(_GENERIC.split()))


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial in one row beside a claim in another: their sentences, the cosine between them, the stems they share."""

    denied: Sentence
    claimed: Sentence
    cosine: float
    shared: frozenset[str]

    @property
    def sweeping(self) -> bool:
        """Whether one speaks of all and the other of none."""
        return bool(_UNIVERSAL.search(self.claimed.text)) and bool(_NOWHERE.search(self.denied.text) or _NEGATED.search(self.denied.text))


def denies_now(sentence: Sentence) -> bool:
    """Tell whether a sentence says that something is not done today."""
    text = sentence.text
    return bool(_DENIAL.search(text)) and not _DOUBLE.search(text) and not _PAST.search(text)


def claims_now(sentence: Sentence) -> bool:
    """Tell whether a sentence says that something is done today."""
    text = sentence.text
    plain = not _NEGATED.search(text) or _DOUBLE.search(text)
    return bool(plain) and not _AHEAD.search(text) and not _PAST.search(text) and sentence.kind is not SentenceKind.LINK


def is_sweeping_denial(sentence: Sentence) -> bool:
    """Tell whether a sentence denies a practice altogether ("not written down anywhere")."""
    return denies_now(sentence) and bool(_NOWHERE.search(sentence.text)) and not _AHEAD.search(sentence.text)


def explains(row: RowView) -> bool:
    """Tell whether a row says how it does without: it knows of the gap, so that its Yes may stand beside it."""
    return any(_MAKESHIFT.search(sentence.text) for sentence in row.sentences)


def nearest_denial(view: FormView, row: RowView, other: RowView) -> Denial | None:
    """Return the denial of `row` and the claim of `other` that lie nearest to each other, None where there is no such pair."""
    found = [
        Denial(denied, claimed, _cosine(view, row, i, other, j), _common(denied, claimed))
        for i, denied in enumerate(row.sentences)
        if denies_now(denied)
        for j, claimed in enumerate(other.sentences)
        if claims_now(claimed) and _same_stage(denied, claimed)
    ]
    return max(found, key=lambda each: (each.cosine + 0.05 * len(each.shared)), default=None)


def _same_stage(one: Sentence, other: Sentence) -> bool:
    left, right = stages_named(one.text), stages_named(other.text)
    return not left or not right or bool(left & right)


def _common(one: Sentence, other: Sentence) -> frozenset[str]:
    return (stems(one.text) & stems(other.text)) - generic()


def _cosine(view: FormView, row: RowView, i: int, other: RowView, j: int) -> float:
    """Cosine of two sentences; without an encoder, the share of their words that they have in common."""
    if view.vectors is None:
        left, right = stems(row.sentences[i].text), stems(other.sentences[j].text)
        return len(left & right) / max(1, min(len(left), len(right)))
    return float(view.vectors.sentences[row.index][i] @ view.vectors.sentences[other.index][j])
