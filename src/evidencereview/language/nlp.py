"""The spaCy pipeline: blank English with our sentences and cues, and cells turned into sentences."""

from __future__ import annotations

import re
from functools import cache

from evidencereview.language import cues as _cues  # noqa: F401  registers the factory
from evidencereview.language import sentences as _sentences  # noqa: F401  registers the component
from evidencereview.language.cues import CueMatcher
from evidencereview.language.mentions import Kind, Mention, find_mentions
from evidencereview.language.spacy_core import Language, blank
from evidencereview.language.spacy_core import Span as SpacySpan
from evidencereview.language.verbs import has_verb
from evidencereview.language.view import CueHit, Sentence, SentenceKind
from evidencereview.language.white_space import Even, even
from evidencereview.records import Cell, Row

_WORD = re.compile(r"\w+")
# "Statement in the policy, section 2" points at a document; it is not the document's bare title, verb or no verb.
_POINTS = re.compile(
    r"(?:statements?|details?|information|wording|reference|evidence|examples?|extracts?)\s(?:in|within|on|from|at|under|of)\b",
    re.I,
)


@cache
def pipeline() -> Language:
    """Return the shared pipeline (built once a process)."""
    nlp = blank("en")
    nlp.max_length = 2_000_000
    nlp.add_pipe("evidence_sentences")
    nlp.add_pipe("evidence_cues")
    return nlp


def row_sentences(row: Row) -> tuple[Sentence, ...]:
    """Return the sentences of evidence and commentary, in order."""
    return cell_sentences(row.evidence, Cell.EVIDENCE) + cell_sentences(row.commentary, Cell.COMMENTARY)


def cell_sentences(text: str, cell: Cell) -> tuple[Sentence, ...]:
    """Split one cell; white space around a sentence is outside of it, empty sentences are left out."""
    if not text.strip():
        return ()
    flat = even(text)
    nlp = pipeline()
    doc = nlp(flat.text)
    matcher = nlp.get_pipe("evidence_cues")
    assert isinstance(matcher, CueMatcher)
    hits, mentions = matcher.hits(doc), find_mentions(flat.text)
    made = (_sentence(span, cell, flat, hits, mentions) for span in doc.sents)
    return tuple(sentence for sentence in made if sentence.words)


def _sentence(span: SpacySpan, cell: Cell, flat: Even, hits: list[CueHit], mentions: tuple[Mention, ...]) -> Sentence:
    text = span.text
    start = span.start_char + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    inside = tuple(m for m in mentions if m.start < end and m.end > start)
    return Sentence(
        cell=cell,
        start=flat.start(start) if end > start else start,
        end=flat.end(end),
        text=text.strip(),
        kind=_kind(text.strip(), inside, start, end),
        cues=tuple(flat.hit(hit) for hit in hits if start <= hit.start < end),
        mentions=tuple(flat.mention(mention) for mention in inside),
        words=tuple(_WORD.findall(text.lower())),
    )


def _kind(text: str, mentions: tuple[Mention, ...], start: int, end: int) -> SentenceKind:
    covered = sum(min(m.end, end) - max(m.start, start) for m in mentions if m.kind in (Kind.LINK_LABEL, Kind.ADDRESS))
    if covered >= 0.7 * len(text):
        return SentenceKind.LINK
    return SentenceKind.PROSE if has_verb(text) or _POINTS.match(text) else SentenceKind.TITLE
