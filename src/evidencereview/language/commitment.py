"""Promises and standing rules: which sentences of a row put the duty into the future, and how plainly."""

from __future__ import annotations

import re

from evidencereview.language.mentions import Kind
from evidencereview.language.view import RowView, Sentence

# What lies ahead of the landlord itself rather than of a case: a document, a system, a body, a post.
_OWN_PROJECT = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|report|website|system|portal|training|module|template|letters?|plan|strategy|framework|board|committee"
    r"|panel|survey|self-assessment|assessment|objective|team|role|recruit\w*|software|database|newsletter|leaflet|campaign|programme|project|review"
    r"|new\s(?!(?:complaint|case|request|information|issue|evidence|point|matter|concern|resident|tenan|customer|will|may|is|has))\w+"
    r"|next\s(?!(?:day|working|stage|step|stages|steps)\b)\w+"
    r"|draft|approval|approved|appoint\w*|hir(?:e|ed|ing)|establish\w*|upgrad\w*|added|filled|cabinet|launch\w*|introduc\w+|develop\w*|refresh\w*|roll\w*|implement\w*|publish\w*)\b",
    re.I,
)
_PLAIN_WILL = re.compile(r"(?:will|shall)\b", re.I)
_WILL = re.compile(r"\b(?:will|shall|is\sto|are\sto|to\sbe)\b", re.I)


def own_hedges(row: RowView, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the places of a sentence's hedges that the printed provision does not use itself."""
    cell, printed = row.row.cell(sentence.cell), row.row.requirement.lower()
    hits = sentence.hits("hedge")
    return [(hit.start, hit.end) for hit in hits if cell[hit.start : hit.end].lower() not in printed]


def promises(row: RowView) -> list[Sentence]:
    """Return the sentences that promise something, plainest first."""
    return sorted(row.sentences_with("promise"), key=lambda s: (-promise_strength(row, s), s.start))


def speaks_of_the_future(sentence: Sentence) -> bool:
    """Tell whether a sentence, beside a promise, is one more: no standing rule, or what will be done by the calendar."""
    if sentence.has("rule"):
        return False
    return sentence.has("promise") or (sentence.has("calendar") and bool(_WILL.search(sentence.text)))


def tells_only_rules(row: RowView) -> bool:
    """Tell whether all that a row puts in the future is what happens in each complaint.

    "Expectations will be managed as part of stage 1" is a rule; a date, a rhythm, a thing of the landlord's own (a policy, a
    report, a system) or a word of planning makes it a promise.
    """
    ahead = [s for s in row.sentences if s.has("promise")]
    return bool(ahead) and not any(_promises(row, sentence) for sentence in ahead)


def _promises(row: RowView, sentence: Sentence) -> bool:
    cell = row.row.cell(sentence.cell)
    plans = any(not _PLAIN_WILL.match(cell, hit.start, hit.end) for hit in sentence.hits("promise"))
    return plans or _is_timed(sentence) or _OWN_PROJECT.search(sentence.text) is not None


def _is_timed(sentence: Sentence) -> bool:
    return sentence.has("calendar") or bool(sentence.mentions_of(Kind.DATE))


def promise_strength(row: RowView, sentence: Sentence) -> float:
    """Return how likely a sentence with a promise cue is a promise rather than a rule, 0 to 1, by cues alone."""
    strength = 0.6
    if sentence.has("rule"):
        strength -= 0.35
    if row.provision and row.provision.conditional:
        strength -= 0.2
    if _is_timed(sentence):
        strength += 0.2
    if _OWN_PROJECT.search(sentence.text):
        strength += 0.15
    return min(max(strength, 0.0), 1.0)
