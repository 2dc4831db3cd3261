"""Cues: words that show something (a promise, a hedge, a pointer), as data, found by a spaCy matcher.

A cue is a category and a pattern; a look-alike is the same with words that must not count; a stop ends a cue's reach.
Patterns are tokens separated by spaces:

    will be|being          alternatives of one token
    aim|aims|aimed to      literal words, lower case
    once *ed               a star stands for any run of letters in the token
    will [not] be          square brackets: the token may be missing
    as far as ..3 possible up to three tokens of any kind
    <num> working days     a token that looks like a number
    ^link to               the token starts a sentence (so '^see' is an order and 'residents see' is not)
    attached to !this|our  any other word than these (never a mark or a line break, and never the end)

After J. Chapman's ConText as spaCy projects use it: each cue reaches forward, backward or both ways, up to a stop.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from evidencereview.config import reject_unknown
from evidencereview.errors import SettingsError
from evidencereview.language.anchored import AnchoredMatcher
from evidencereview.language.spacy_core import Doc, Language, Span, Vocab, filter_spans
from evidencereview.language.view import CueHit

CUE_FOLDER = Path(__file__).parent / "cue_lists"
SPANS_KEY = "evidence_cues"
STOPS_KEY = "evidence_cue_stops"
_LOOK_ALIKE = "!"
_STOP = "|"


class Reach(StrEnum):
    """The side on which a cue speaks of other words."""

    FORWARD = "forward"
    BACKWARD = "backward"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Cue:
    """One category of cues: patterns that count, look-alikes that do not, and words that end its reach."""

    category: str
    patterns: tuple[str, ...]
    look_alikes: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    reach: Reach = Reach.BOTH


@cache
def shipped_cues() -> tuple[Cue, ...]:
    """Return the cues that travel with the package, by file name.

    Raises:
        SettingsError: a cue file has an unknown key.
    """
    return tuple(cue for path in sorted(CUE_FOLDER.glob("*.toml")) for cue in read_cues(path))


def read_cues(path: Path) -> list[Cue]:
    """Read one file of `[[cue]]` tables.

    Raises:
        SettingsError: unknown key.
    """
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_cue(entry, path.name) for entry in table["cue"]]


def _cue(entry: dict[str, Any], source: str) -> Cue:
    reject_unknown(entry, ("category", "patterns", "look_alikes", "stops", "reach"), source)
    lists = {key: tuple(entry.get(key, ())) for key in ("patterns", "look_alikes", "stops")}
    return Cue(category=entry["category"], reach=Reach(entry.get("reach", "both")), **lists)


def compile_pattern(pattern: str) -> list[dict[str, Any]]:
    """Turn a pattern into the token dictionaries of spaCy's Matcher.

    Raises:
        SettingsError: the pattern is empty.
    """
    tokens: list[dict[str, Any]] = []
    for word in pattern.split():
        optional = word.startswith("[") and word.endswith("]")
        gap = re.fullmatch(r"\.\.(\d)", word)
        if gap:
            tokens.extend({"IS_PUNCT": False, "IS_SPACE": False, "OP": "?"} for _ in range(int(gap.group(1))))
            continue
        token = _token(word.strip("[]") if optional else word)
        tokens.append({**token, "OP": "?"} if optional else token)
    if not tokens:
        raise SettingsError("an empty cue pattern", "write at least one word")
    return tokens


def _token(word: str) -> dict[str, Any]:
    if len(word) > 1 and word.startswith("^"):
        return {**_token(word[1:]), "IS_SENT_START": True}
    if len(word) > 1 and word.startswith("!"):
        return {"LOWER": {"NOT_IN": word[1:].split("|")}, "IS_PUNCT": False, "IS_SPACE": False}
    if word == "<num>":
        return {"LIKE_NUM": True}
    if word == "<cap>":
        return {"IS_TITLE": True}
    if "*" in word:
        branches = "|".join(re.escape(part).replace(r"\*", "[a-z-]*") for part in word.split("|"))
        return {"LOWER": {"REGEX": f"^(?:{branches})$"}}
    return {"LOWER": {"IN": word.split("|")}} if "|" in word else {"LOWER": word}


class CueMatcher:
    """spaCy component that writes the cues of a document, and what stops them, to `doc.spans`; labels are categories."""

    def __init__(self, vocab: Vocab, cues: Sequence[Cue]) -> None:
        self.cues = {cue.category: cue for cue in cues}
        self.matcher = AnchoredMatcher(vocab)
        for cue in self.cues.values():
            self._add(cue)

    def _add(self, cue: Cue) -> None:
        self.matcher.add(cue.category, [compile_pattern(p) for p in cue.patterns])
        self.matcher.add(cue.category + _LOOK_ALIKE, [compile_pattern(p) for p in cue.look_alikes])
        self.matcher.add(cue.category + _STOP, [compile_pattern(p) for p in cue.stops])

    def __call__(self, doc: Doc) -> Doc:
        """Find the cues of one document."""
        found: defaultdict[str, list[Span]] = defaultdict(list)
        for span in self.matcher.spans(doc):
            found[span.label_].append(span)
        kept = []
        for category in found.keys() & self.cues.keys():
            barred = {i for span in found.get(category + _LOOK_ALIKE, ()) for i in range(span.start, span.end)}
            kept.extend(filter_spans(s for s in found[category] if not barred.intersection(range(s.start, s.end))))
        doc.spans[SPANS_KEY] = sorted(kept, key=lambda span: (span.start, span.end, span.label_))
        doc.spans[STOPS_KEY] = [span for label, spans in found.items() if label.endswith(_STOP) for span in spans]
        return doc

    def hits(self, doc: Doc) -> list[CueHit]:
        """Return the cues of a processed document with their reach, in order."""
        stops = [(span.label_.removesuffix(_STOP), span.start) for span in doc.spans[STOPS_KEY]]
        return [self._hit(span, stops) for span in doc.spans[SPANS_KEY]]

    def _hit(self, span: Any, stops: list[tuple[str, int]]) -> CueHit:
        reach = self.cues[span.label_].reach
        sentence = span.sent
        first, last = sentence.start, sentence.end
        own = [position for label, position in stops if label == span.label_]
        if reach is Reach.FORWARD:
            first = span.start
        if reach is Reach.BACKWARD:
            last = span.end
        after = [position for position in own if span.end <= position < last]
        before = [position for position in own if first <= position < span.start]
        last = min(after, default=last)
        first = max(before, default=first)
        scope = span.doc[first:last]
        return CueHit(span.label_, span.start_char, span.end_char, scope.start_char, scope.end_char)


@Language.factory("evidence_cues", default_config={"categories": None})
def make_cue_matcher(nlp: Language, name: str, categories: list[str] | None) -> CueMatcher:  # noqa: ARG001  spaCy passes it
    """Build the component with the shipped cues, or with some categories of them."""
    return CueMatcher(nlp.vocab, select_cues(shipped_cues(), categories))


def select_cues(cues: Iterable[Cue], categories: list[str] | None) -> list[Cue]:
    """Keep the cues of the given categories (all of them for None)."""
    return [cue for cue in cues if categories is None or cue.category in categories]
