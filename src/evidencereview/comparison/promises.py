"""The promises of an old form, and whether the new one says that they were kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evidencereview.comparison.changes import Outcome, Promise
from evidencereview.decisions import normalised
from evidencereview.language.dates import last_day
from evidencereview.language.due_dates import is_due, is_settled
from evidencereview.language.mentions import DATE, Kind, Mention
from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import Sentence
from evidencereview.records import Item, Row

_HERE, _ELSEWHERE = 0.5, 0.8  # share of a promise's words that an answer to it repeats: in its own row, in another
_LEAST_HERE, _LEAST_ELSEWHERE = 2, 3  # and how many at least
_WRITTEN_DATE = re.compile(DATE, re.I)
# What stands before a date by which something is to happen.
_BY = re.compile(
    r"\b(?:by|in|from|on|before|until|during|for|at|of)\s(?:(?:the|early|late|mid|end\sof|start\sof|beginning\sof)[\s-]){0,3}$",
    re.I,
)
_PAST = re.compile(r"\b(?:was|were|has|have|had|did|since|after)\b", re.I)
# Words that say nothing of what is promised.
_EMPTY = frozenset(
    """a about after all also an and any are as at be been before being by can during each end expected for from going had
    has have in into is it its later new next no not now of on once or our planned scheduled shall should since soon than
    that the their them then there these they this those to until up was we were when which who will with would year years
    due early late month months spring summer autumn winter quarter date""".split()
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of a row, and the promise that it makes: `due` as written, `day` the last day that it names.

    `plain` is the sentence normalised, `words` are those that say what it is about.
    """

    row: Row
    sentence: Sentence
    plain: str
    words: frozenset[str]
    promises: bool
    due: str = ""
    day: date | None = None


def follow_promises(
    old: Sequence[Item], pairs: Mapping[int, Sequence[Row]], new: Sequence[Row], as_of: date | None
) -> tuple[Promise, ...]:
    """Return every promise of the old form with what the new one says of it.

    Args:
        old: the items of the old form in printed order.
        pairs: order of an old row to the rows of the new form that answer to it.
        new: all rows of the new form.
        as_of: the date of the new form, where it is known.
    """
    told = {row.order: tuple(_said(row, frozenset())) for row in new}
    found = []
    for item in old:
        own = [row.order for row in pairs.get(item.row.order, ())]
        here = [said for order in own for said in told[order]]
        elsewhere = [said for order, sentences in told.items() if order not in own for said in sentences]
        sentences = tuple(_said(item.row, _flagged(item)))
        known = {said.plain for said in sentences}
        for promise in sentences:
            if promise.promises:
                found.append(_followed(promise, here, elsewhere, known, as_of))
    return tuple(found)


def _flagged(item: Item) -> frozenset[tuple[str, int, int]]:
    """The places that a check calls a promise: those count without a date too."""
    spans = (finding.span for finding in item.findings if finding.flag == "future-commitment")
    return frozenset((span.cell.value, span.start, span.end) for span in spans if span)


def _said(row: Row, flagged: frozenset[tuple[str, int, int]]) -> Iterator[_Said]:
    sentences = row_sentences(row)
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1].text if place + 1 < len(sentences) else ""
        due = _due(sentence, row.cell(sentence.cell), following)
        marked = any(
            cell == sentence.cell.value and start < sentence.end and end > sentence.start for cell, start, end in flagged
        )
        text = due.text if due else ""
        plain, promises = normalised(sentence.text), due is not None or marked
        yield _Said(row, sentence, plain, _content(sentence.text), promises, text, last_day(text))


def _due(sentence: Sentence, cell: str, following: str) -> Mention | None:
    """Return the first date of a sentence by which something is to happen, and of which nothing says that it has."""
    ahead = min((hit.end for hit in sentence.hits("promise")), default=sentence.end)
    for mention in sentence.mentions_of(Kind.DATE):
        between = cell[ahead : mention.start]
        promised = mention.start > ahead and _BY.search(between) is not None and _PAST.search(between) is None
        if (promised or is_due(mention, sentence, cell)) and not is_settled(mention, sentence, cell, following):
            return mention
    return None


def _content(text: str) -> frozenset[str]:
    """The words that say what a sentence is about, cut to their stems; dates and helping words are left out."""
    words = normalised(_WRITTEN_DATE.sub(" ", text)).split()
    return frozenset(_stem(word) for word in words if word not in _EMPTY and not word.isdecimal())


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _followed(
    promise: _Said, here: Sequence[_Said], elsewhere: Sequence[_Said], known: set[str], as_of: date | None
) -> Promise:
    answer = _answer(promise, here, _HERE, _LEAST_HERE, known) or _answer(
        promise, elsewhere, _ELSEWHERE, _LEAST_ELSEWHERE, known
    )
    overdue = None if promise.day is None or as_of is None else promise.day < as_of
    outcome = _outcome(promise, answer)
    return Promise(
        provision=promise.row.number,
        words=promise.sentence.text,
        due=promise.due,
        due_day=promise.day,
        outcome=outcome,
        answer=answer.sentence.text if answer else "",
        answer_provision=answer.row.number if answer else "",
        new_due=answer.due if answer and outcome in (Outcome.STILL, Outcome.LATER) else "",
        overdue=overdue,
    )


def _answer(promise: _Said, others: Sequence[_Said], share: float, least: int, known: set[str]) -> _Said | None:
    """Return the sentence that speaks to a promise best; the promise repeated goes before all others."""
    best: _Said | None = None
    most = 0.0
    for said in others:
        if said.plain == promise.plain:
            return said
        # What the old row said beside the promise tells nothing of how it ended.
        if said.plain in known:
            continue
        common = len(promise.words & said.words)
        reach = common / len(promise.words) if promise.words else 0.0
        if reach >= share and common >= min(least, len(promise.words)) and reach > most:
            best, most = said, reach
    return best


def _outcome(promise: _Said, answer: _Said | None) -> Outcome:
    if answer is None:
        return Outcome.NO_WORD
    if answer.plain == promise.plain:
        return Outcome.STILL
    if answer.due and answer.day and promise.day and answer.day > promise.day:
        return Outcome.LATER
    return Outcome.STILL if answer.promises or answer.sentence.has("promise") else Outcome.KEPT
