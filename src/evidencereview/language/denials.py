"""What one row denies and another row claims: the nearest two sentences of opposite sense, and how near they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from evidencereview.language.overlap import stems
from evidencereview.language.statements import stages_named
from evidencereview.language.view import FormView, RowView, Sentence, SentenceKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEGATIVES = r"not|no|never|nobody|none|nothing|nowhere|neither|nor|cannot|without|lacks?|missing"
_ABSENCES = r"lacking|silent|blank|vacant|stopped|lapsed|rather\sthan"
_NEGATED = re.compile(rf"\b(?:{_NEGATIVES})\b|n[’']t\b", re.I)
# A negation, or a word for what is not there.
LACKING = re.compile(rf"\b(?:{_NEGATIVES}|{_ABSENCES}|instead|yet)\b|n[’']t\b", re.I)
_DENIAL = re.compile(
    rf"\b(?:{_NEGATIVES}|{_ABSENCES}|absent|only|instead\sof"
    r"|generic|automatic|standard\stext|omits?|yet\sto)\b|n[’']t\b",
    re.I,
)
# "No letter goes out without it" and "nobody is left out" claim; "no more than" and "not refused" deny no practice.
_DOUBLE = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing)\b[^.;]{0,70}\b(?:without|unless|left\sout|missed"
    r"|overlooked|unrecorded|untrained|lost|except"
    r"|until|lacks?)\b|\bnot\sonly\b|\bno\sexceptions?\b|\bwithout\sexception\b|\bno\s(?:more|later|longer|less)\b"
    r"|\bnot\s(?:unreasonabl\w*|refus\w*|delay\w*|exclu\w*|discriminat\w*|unfair\w*)\b|\bnothing\selse\b",
    re.I,
)
_UNIVERSAL = re.compile(
    r"\b(?:each|every|all|always|any|whatever|whoever|whenever|everyone|everybody|everything"
    r"|in\sfull|throughout|without\sexception"
    r"|from\sthe\s(?:first|start)|at\sboth\sstages|no\s\w+\s(?:goes|leaves|is\s\w+)\s(?:\w+\s)?without)\b",
    re.I,
)
_NOWHERE = re.compile(
    r"\b(?:never|nowhere|anywhere|at\sall|nobody|none|nothing|whatsoever|no\s(?:record|note|list|copy|log)|not\sone)\b", re.I
)
_AHEAD = re.compile(
    r"\b(?:will|shall|plan(?:s|ned)?\sto|propos\w*|is\sdue|are\sdue|from\s(?:\d|next)|once"
    r"|is\sbeing|are\sbeing|intend\w*|hope\w*)\b",
    re.I,
)
_MAKESHIFT = re.compile(
    r"\b(?:because\sthe|as\sthe\s\w+\s(?:cannot|can\snot|does\snot)|cannot\sdo|by\shand"
    r"|manual(?:ly)?|meanwhile|in\sthe\smeantime|for\snow"
    r"|until\s(?:then|the)|pending|a\sworkaround|on\spaper|spreadsheet|stop-?gap|gap\sat"
    r"|(?:apart\sfrom|other\sthan|save\sfor)"
    r"|as\sstated\s(?:at|in|under)|see\s(?:our\s)?(?:answer\s)?(?:at|to)\s\d)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:until\s(?:\w+\s)?(?:19|20)\d\d|used\sto|formerly|previously|no\slonger|in\sthe\spast"
    r"|abolished|ended\sin|stopped\sin)\b",
    re.I,
)
_NOW_LACKING = re.compile(
    r"\b(?:as\syet|not\syet|yet\sto|at\spresent|at\sthe\smoment|so\sfar|for\snow|currently|still\s(?:not|no))\b", re.I
)
# What is done to a practice, by sense: "noted", "kept" and "written down" are one act.
_ACTS = tuple(
    (act, re.compile(rf"\b(?:{words})\b", re.I))
    for act, words in (
        (
            "=record",
            r"record\w*|logs?|logged|notes?|noted|kept|keeps?|written\sdown|filed?|entered|saved|register(?:s|ed)?|captured",
        ),
        (
            "=tell",
            r"tells?|told|informs?|informed|names?|named|mentions?|explains?|signpost\w*|advis\w+|says?"
            r"|paragraph|details|brief(?:s|ed|ings?)?|aware|knows?",
        ),
        (
            "=track",
            r"track\w*|follow(?:s|ed)?\s(?:up|through)|monitor\w*|chas\w*|until\s(?:it\sis\s"
            r"|they\sare\s)?(?:done|finished|complete)",
        ),
        ("=agree", r"agree\w*|consent|ask(?:s|ed|ing)?|consult\w*|discuss\w*"),
        ("=publish", r"publish\w*|publication|on\s(?:our|the)\s(?:web\w*|\w+\spage)|online"),
        ("=train", r"train\w*|course|courses|module"),
        ("=review", r"review\w*|look(?:s|ed)?\s(?:at|into|past)|analys\w*|assess\w*"),
        ("=share", r"shar(?:e|es|ed|ing)|report(?:s|ed|ing)?|circulat\w*|newsletter|bulletin"),
        ("=define", r"understanding|definition|defin\w+|sets?\sout|how\swe\sunderstand|wants|wishes"),
        ("=accept", r"accept\w*|allow\w*|let|lets|may|welcome"),
        ("=same", r"same|different|another|independent|new\sto\sthe\scase|not\sinvolved"),
    )
)
_SUPPOSED = re.compile(r"\b(?:would|could|might|rather|so\sfar|(?-i:may)|if)\b", re.I)
_MEDIA = tuple(
    (medium, re.compile(rf"\b(?:{words})\b", re.I))
    for medium, words in (
        ("letter", r"letters?|acknowledgements?|templates?|responses?"),
        ("poster", r"posters?|leaflets?|newsletters?|notice\s?boards?|booklets?"),
        ("web", r"web\s?(?:site|page|pages)?|online|portal"),
    )
)
# "Not done for last year", "No field for it": what is denied is the duty itself, which the sentence does not name.
_ELLIPTIC = re.compile(r"\W*(?:not|no|none|nothing|never|nobody)\b", re.I)
_CLOSE = 45  # characters between an act and the words that deny it altogether
_GENERIC = """
complaint complaints complainant resident residents tenant tenants customer customers landlord policy procedure
process team officer officers staff case cases stage stages one two first second council association housing board
time times way date dates day days year month new now currently present moment yet always never every each all any
some only other part made make given give put set out up done do does did been is are was were will we our us they
their them it its this that which who whom what when where how why no not nor nothing none nobody without change
changes template text standard anywhere says say said answer answers working april may june july march january
february august september october november december 2021 2022 2023 2024 2025 2026 autumn spring summer winter
"""


@cache
def generic() -> frozenset[str]:
    """Return the stems that any two rows of a form may share."""
    return stems(" ".join(_GENERIC.split()))


@lru_cache(maxsize=4096)
def senses(text: str) -> frozenset[str]:
    """The content stems of a sentence, with the acts that it speaks of in place of their words."""
    return things(text) | {act for act, pattern in _ACTS if pattern.search(text)}


@lru_cache(maxsize=4096)
def things(text: str) -> frozenset[str]:
    """Return the content stems of a sentence, but those that any two rows of a form may share."""
    return frozenset(stem for stem in stems(text) - generic() if len(stem) >= 3 and not stem.isdigit())


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial in one row beside a claim in another: their sentences, the cosine between them, the senses they share."""

    denied: Sentence
    claimed: Sentence
    cosine: float
    shared: frozenset[str]

    @property
    def things(self) -> int:
        """How many things, acts apart, both speak of."""
        return sum(not sense.startswith("=") for sense in self.shared)

    @property
    def acts(self) -> int:
        """How many acts both speak of."""
        return len(self.shared) - self.things

    @property
    def sweeping(self) -> bool:
        """Whether one says of an act that it is done always, and the other that it is done never or nowhere."""
        return bool(_UNIVERSAL.search(self.claimed.text)) and any(_never_done(self.denied.text, act) for act in self.shared)


def denies_now(sentence: Sentence) -> bool:
    """Tell whether a sentence says that something is not done today."""
    return _denies(sentence.text)


@lru_cache(maxsize=4096)
def _denies(text: str) -> bool:
    return bool(_DENIAL.search(text)) and not _DOUBLE.search(text) and not _PAST.search(text)


def claims_now(sentence: Sentence) -> bool:
    """Tell whether a sentence says that something is done today."""
    text = sentence.text
    plain = not _NEGATED.search(text) or _DOUBLE.search(text)
    return bool(plain) and not _AHEAD.search(text) and not _PAST.search(text) and sentence.kind is not SentenceKind.LINK


def admits_now(row: RowView) -> bool:
    """Tell whether a row says of something that it is not done as yet."""
    return any(_NOW_LACKING.search(sentence.text) and denies_now(sentence) for sentence in row.sentences)


def _never_done(text: str, act: str) -> bool:
    """Whether the words of an act stand close to a sweeping denial."""
    pattern = dict(_ACTS).get(act)
    places = [m.start() for m in pattern.finditer(text)] if pattern else []
    return any(abs(place - denial.start()) <= _CLOSE for place in places for denial in _NOWHERE.finditer(text))


def is_sweeping_denial(sentence: Sentence) -> bool:
    """Tell whether a sentence denies a practice altogether ("not written down anywhere")."""
    return (
        bool(_NOWHERE.search(sentence.text))
        and denies_now(sentence)
        and not _AHEAD.search(sentence.text)
        and not _SUPPOSED.search(sentence.text)
    )


def explains(row: RowView) -> bool:
    """Tell whether a row says how it does without: it knows of the gap, so that its Yes may stand beside it."""
    return any(_MAKESHIFT.search(sentence.text) for sentence in row.sentences)


@dataclass(frozen=True)
class Denials:
    """The sentences of a form that deny or claim something today, found once."""

    view: FormView

    @cached_property
    def denying(self) -> tuple[tuple[int, ...], ...]:
        """For each row the places of its sentences that deny."""
        return tuple(_places(row, [denies_now(s) for s in row.sentences]) for row in self.view.rows)

    @cached_property
    def claiming(self) -> tuple[tuple[int, ...], ...]:
        """For each row the places of its sentences that claim."""
        return tuple(_places(row, [claims_now(s) for s in row.sentences]) for row in self.view.rows)

    def asserts(self, claim: RowView, denial: RowView) -> Denial | None:
        """Return the claim of a row that speaks most plainly to the duty which the other row's No denies as a whole."""
        if not any(_ELLIPTIC.match(sentence.text) for sentence in denial.sentences):
            return None
        if (
            denial.provision is None
            or self.view.vectors is None
            or not denial.sentences
            or denial.provision.number not in self.view.pack.by_number
        ):
            return None
        near = self.view.vectors.to_provision(claim.index, self.view.pack.numbers.index(denial.provision.number))
        asked = senses(denial.provision.summary)
        found = [
            Denial(denial.sentences[min(self.denying[denial.index], default=0)], s, float(near[j]), senses(s.text) & asked)
            for j in self.claiming[claim.index]
            if (s := claim.sentences[j])
        ]
        return max(found, key=lambda each: each.cosine, default=None)

    def nearest(self, row: RowView, other: RowView, *, least: float = 0.0, sweeping: bool = False) -> Denial | None:
        """Return the denial of `row` and the claim of `other` that lie nearest to each other; None where there are none.

        Args:
            row: the row that denies.
            other: the row that claims.
            least: cosine below which two sentences are not looked at.
            sweeping: whether the denial must be one of the whole practice.
        """
        if not self.denying[row.index] or not self.claiming[other.index]:
            return None
        near = self._cosines(row, other)
        found = [
            Denial(denied, claimed, float(near[i, j]), senses(denied.text) & senses(claimed.text))
            for i in self.denying[row.index]
            if not sweeping or is_sweeping_denial(row.sentences[i])
            for j in self.claiming[other.index]
            if near[i, j] >= least and _same_subject(denied := row.sentences[i], claimed := other.sentences[j])
        ]
        return max(found, key=lambda each: each.cosine + 0.05 * len(each.shared), default=None)

    def _cosines(self, row: RowView, other: RowView) -> NDArray[np.float32]:
        """Cosines of all sentences of two rows; without an encoder, the share of the senses that they have in common."""
        import numpy as np  # the checks' pages are shown without it

        vectors = self.view.vectors
        if vectors is not None:
            return np.asarray(vectors.sentences[row.index] @ vectors.sentences[other.index].T, dtype=np.float32)
        shares = [[_share(a, b) for b in other.sentences] for a in row.sentences]
        return np.asarray(shares, dtype=np.float32)


def _places(row: RowView, chosen: Sequence[bool]) -> tuple[int, ...]:
    return tuple(i for i, (_, yes) in enumerate(zip(row.sentences, chosen, strict=True)) if yes)


def _share(one: Sentence, other: Sentence) -> float:
    left, right = senses(one.text), senses(other.text)
    return len(left & right) / max(1, min(len(left), len(right)))


def _same_subject(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences may speak of one thing: neither names another stage or another medium than the other."""
    for read in (stages_named, _media):
        left, right = read(one.text), read(other.text)
        if left and right and not left & right:
            return False
    return True


def _media(text: str) -> frozenset[str]:
    return frozenset(medium for medium, pattern in _MEDIA if pattern.search(text))
