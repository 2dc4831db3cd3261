"""How a check writes down what it found: the words, why they matter, and what to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidencereview.checks.registry import find_check
from evidencereview.records import Cell, Finding, Span

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence

# Chance at which a head may show a sentence in which no cue stands.
SURE_WITHOUT_CUE = 0.5


def finding(
    flag: str,
    view: RowView,
    span: Span | None,
    because: str,
    *,
    confidence: float,
    ask: str = "",
    linked: tuple[str, ...] = (),
) -> Finding:
    """Write down one finding; `ask` falls back to the check's own."""
    info = find_check(flag)
    return Finding(
        order=view.row.order,
        provision=view.row.number,
        check=info.id,
        flag=flag,
        severity=info.severity,
        confidence=round(min(max(confidence, 0.0), 1.0), 3),
        span=span,
        words=view.words(span) if span else "",
        because=because,
        ask=ask or info.ask,
        linked=linked,
    )


def answer_span(view: RowView) -> Span | None:
    """The answer cell as printed, or None where it is blank."""
    length = len(view.row.answer_raw)
    return Span(Cell.ANSWER, 0, length) if length else None


def learned(view: FormView, row: RowView, flag: str) -> float | None:
    """Return the learned probability of a flag for a row, or None where no head is there for it."""
    head = view.heads.get(flag)
    return float(head[row.index]) if head is not None else None


def decide(view: FormView, row: RowView, flag: str, rule: float) -> float | None:
    """Return the confidence with which a flag stands, or None where it does not.

    The learned probability decides against the threshold that the training run wrote; where there is no head, the rule's
    own confidence decides at one half.
    """
    probability = learned(view, row, flag)
    if probability is None:
        return rule if rule >= 0.5 else None
    return probability if probability >= view.thresholds.get(flag, 0.5) else None


def stands(view: FormView, row: RowView, flag: str) -> bool:
    """Tell whether the learned judgement alone puts a flag on a row (False where there is no head for it)."""
    probability = learned(view, row, flag)
    return probability is not None and probability >= view.thresholds.get(flag, 0.5)


def likeliest(view: FormView, row: RowView, flag: str, cued: Sequence[Sentence]) -> Sentence | None:
    """Return the sentence that shows a flag best: among those with a cue, else one that the head alone is sure of."""
    shown = view.shown[row.index].get(flag, ()) if view.shown else ()
    if not shown:
        return cued[0] if cued else None
    chance = {sentence.span: p for sentence, p in zip(row.sentences, shown, strict=True)}
    if cued:
        return max(cued, key=lambda s: chance[s.span])
    best = max(row.sentences, key=lambda s: chance[s.span], default=None)
    return best if best is not None and chance[best.span] >= SURE_WITHOUT_CUE else None


def first_sentence(row: RowView) -> Span | None:
    """The row's first sentence, for a fault of the row as a whole."""
    return row.sentences[0].span if row.sentences else None


def clause(row: RowView, sentence: Sentence, start: int, end: int) -> Span:
    """Return the clause of a sentence around some words: a long sentence is cut at semicolons, 'but' and ', and'.

    Short sentences (up to 25 words) are quoted whole, so that the words make sense by themselves.
    """
    if len(sentence.words) <= 25:
        return sentence.span
    text = row.row.cell(sentence.cell)
    left, right = sentence.start, sentence.end
    for mark in ("; ", " but ", " however ", ", and ", ", which ", " – ", " and "):
        cut = text.rfind(mark, left, start)
        if cut >= 0:
            left = max(left, cut + len(mark))
        cut = text.find(mark, end, right)
        if cut >= 0 and len(text[left:cut].split()) >= 4:
            right = cut
    return Span(sentence.cell, left, right)
