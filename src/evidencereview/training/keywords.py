"""The keyword baseline: what two dozen regular expressions and a few counts say of a row.

A yardstick and no part of the product: it shows how far wording alone goes, so it stays as plain as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from evidencereview.records import Answer, Row
from evidencereview.training.judgements import Judgement
from evidencereview.training.metrics import words_of
from evidencereview.training.ranking import in_order, simple_tier


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + ")", re.IGNORECASE)


EMPTY = re.compile(r"[\s.–—-]*(?:n/?a)?[\s.–—-]*", re.IGNORECASE)
DAY = r"(?:january|february|march|april|june|july|august|september|october|november|december|20\d\d)\b"
SOURCE = _any(r"(?:polic(?:y|ies)|procedures?|training|web ?site|templates?|letters?|guidance)\b")
LOCATOR = _any(r"(?:section|clause|page|paragraph|appendix|para) ?\d", r"https?:", r"www\.", r"version \d", r"\d+\.\d+")
PARTICULAR = _any(
    DAY,
    r"\d+ (?:(?:working )?days|per cent|%)",
    r"(?:head|director|manager|officer) (?:of|for)\b",
    r"(?:weekly|monthly|quarterly|panel|board|cabinet)\b",
)
REASON = _any(r"(?:because|due to|since|as we|reason)\b")
GAP = _any(
    r"(?:do|does|is|are|has|have) not (?:yet|currently|always)\b",
    r"not fully\b",
    r"(?:there is|we have) no (?:formal|written|current)\b",
)
IN_SENTENCE = {
    "cross-reference": _any(r"as (?:stated )?above\b", r"see (?:above|\d\.\d)", r"(?:as per|refer to|same as) \d"),
    "dangling-pointer": _any(r"attach(?:ed|ment)\b", r"links? below\b", r"(?:click|see) (?:here|link)\b", r"enclosed\b"),
    "future-commitment": _any(
        r"will be (?:\w+ )?\w+ed\b",
        r"(?:plan|intend|propose)s? to\b",
        r"(?:is|are) being \w+ed\b",
        r"once (?:\w+ )?approved\b",
        r"to be \w+ed\b",
    ),
    "hedged-practice": _any(
        r"(?:aim|attempt|endeavour|try|strive)s? to\b",
        r"where(?:ver)? (?:possible|practicable)\b",
        r"(?:generally|normally)\b",
    ),
}


def keyword_baseline(rows: Sequence[Row]) -> tuple[Judgement, ...]:
    """Judge the rows of one form by keywords alone."""
    repeated = Counter(sentence for row in rows for sentence in {_plain(each) for each in _sentences(row.text)})
    judged = []
    for row in rows:
        shown = _shown(row)
        common = [each for each in _sentences(row.text) if len(each.split()) > 2 and repeated[_plain(each)] >= 3]
        shown |= {"boilerplate": common[0]} if common else {}
        relevance, specificity = _relevance(row, shown), _specificity(row)
        tier = simple_tier(shown, row, relevance, specificity)
        judged.append((row, shown, relevance, specificity, tier, float(len(shown))))
    return in_order(judged)


def _shown(row: Row) -> dict[str, str]:
    """Return the flags of a row, each with the sentence that shows it."""
    if EMPTY.fullmatch(row.text):
        return _of_answer(row) | ({"missing-evidence": ""} if row.answer is Answer.YES else {})
    sentences = _sentences(row.text)
    shown = _of_answer(row)
    for flag, pattern in IN_SENTENCE.items():
        found = next((each for each in sentences if pattern.search(each)), None)
        shown |= {flag: found} if found is not None else {}
    if row.answer not in (Answer.YES, Answer.BLANK):
        shown.pop("future-commitment", None)
    elif GAP.search(row.text):
        shown["admitted-gap"] = next((each for each in sentences if GAP.search(each)), "")
    return shown | _of_sources(row, sentences) | _of_words(row, sentences)


def _of_answer(row: Row) -> dict[str, str]:
    if row.answer is Answer.BLANK:
        return {"missing-answer": ""}
    explained = REASON.search(row.text) and re.search(DAY, row.text, re.IGNORECASE)
    return {} if row.answer is Answer.YES or explained else {"unexplained-no": ""}


def _of_sources(row: Row, sentences: Sequence[str]) -> dict[str, str]:
    if LOCATOR.search(row.text):
        return {}
    source = next((each for each in sentences if SOURCE.search(each)), None)
    if source is not None:
        return {"generic-reference": source}
    return {} if PARTICULAR.search(row.text) or len(row.text.split()) > 40 else {"bare-assertion": sentences[0]}


def _of_words(row: Row, sentences: Sequence[str]) -> dict[str, str]:
    asked, told = set(words_of(row.requirement)), words_of(row.text)
    shared = sum(word in asked for word in told) / max(len(told), 1)
    if shared > 0.7 and len(told) > 7:
        return {"restated-requirement": sentences[0]}
    return {"partial-coverage": ""} if 8 < len(told) < 0.7 * len(words_of(row.requirement)) else {}


def _relevance(row: Row, shown: dict[str, str]) -> int:
    words = 0 if EMPTY.fullmatch(row.text) else len(row.text.split())
    return 0 if not words else 2 if words < 30 or "partial-coverage" in shown else 3


def _specificity(row: Row) -> int:
    particulars = len({match.group().lower() for match in PARTICULAR.finditer(row.text)}) + bool(LOCATOR.search(row.text))
    if particulars:
        return 3 if particulars > 3 else 2
    return int(bool(SOURCE.search(row.text)))


def _sentences(text: str) -> list[str]:
    return [each.strip() for each in re.split(r"(?<=[.!?;])\s+|\n+", text) if each.strip()]


def _plain(sentence: str) -> str:
    return " ".join(words_of(sentence))
