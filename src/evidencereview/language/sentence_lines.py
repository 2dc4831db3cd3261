"""The sentences of a row as a line of JSON and back: what passes between two processes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from evidencereview.language.mentions import Kind, Mention
from evidencereview.language.view import CueHit, Sentence, SentenceKind
from evidencereview.records import Cell


def line_of(sentences: Sequence[Sentence]) -> str:
    """Return one line, without its end; nothing of the sentences is lost."""
    return json.dumps([_parts(sentence) for sentence in sentences])


def sentences_from(line: str | bytes) -> tuple[Sentence, ...]:
    """Return the sentences that `line_of` wrote.

    Raises:
        ValueError: it is no such line, or only a part of one.
    """
    try:
        return tuple(
            Sentence(
                cell=Cell(cell),
                start=start,
                end=end,
                text=text,
                kind=SentenceKind(kind),
                cues=tuple(CueHit(*cue) for cue in cues),
                mentions=tuple(Mention(Kind(mention[0]), *mention[1:]) for mention in mentions),
                words=tuple(words),
            )
            for cell, start, end, text, kind, cues, mentions, words in json.loads(line)
        )
    except TypeError as error:
        raise ValueError(f"no sentences: {error}") from error


def _parts(sentence: Sentence) -> tuple[object, ...]:
    cues = [(cue.category, cue.start, cue.end, cue.reach_start, cue.reach_end) for cue in sentence.cues]
    mentions = [(mention.kind, mention.start, mention.end, mention.text) for mention in sentence.mentions]
    return sentence.cell, sentence.start, sentence.end, sentence.text, sentence.kind, cues, mentions, sentence.words
