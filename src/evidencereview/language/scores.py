"""Relevance and specificity of each row: by learned heads where they are shipped, else by cues, counts and nearness."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evidencereview.language.acting import named_actors
from evidencereview.language.coverage import DutyCoverage
from evidencereview.language.facts import locators, particulars
from evidencereview.language.view import RowView
from evidencereview.records import Scores

# A row whose best duty of its own is this far behind the best of another provision speaks of that one.
OFF_TOPIC_MARGIN = -0.18
_TOP = 3.0


def rule_scores(row: RowView, coverage: Sequence[DutyCoverage], margin: float | None, provisions: Collection[str]) -> Scores:
    """Return first honest scores by rule.

    Args:
        row: the row.
        coverage: the row's duties and how far each is spoken to.
        margin: nearness to its own provision less that to the nearest other one (None without vectors).
        provisions: numbers of this form.
    """
    if row.is_blank:
        return Scores(0, 0, 0.0, 0.0)
    relevance = _relevance(row, coverage, margin)
    specificity = _specificity(row, provisions)
    return Scores(relevance, specificity, relevance / _TOP, specificity / _TOP)


def _relevance(row: RowView, coverage: Sequence[DutyCoverage], margin: float | None) -> int:
    substantial = [c for c in coverage if c.duty.substantial]
    met = sum(c.met for c in substantial)
    pointer_only = all(s.has("pointer", "document", "assertion") and len(s.words) <= 16 for s in row.sentences)
    if met == 0 and not pointer_only and margin is not None and margin < OFF_TOPIC_MARGIN:
        return 1
    if pointer_only or not substantial or met < len(substantial):
        return 2
    return 3


def _specificity(row: RowView, provisions: Collection[str]) -> int:
    found = len(locators(row, provisions)) + len(particulars(row))
    actors = len({name.lower() for name in named_actors(row)})
    if found + actors >= 4 and found >= 2:
        return 3
    if found >= 1 or actors >= 1:
        return 2
    named = any(s.has("document", "proof") for s in row.sentences)
    return 1 if named or len(row.prose) > 1 or sum(len(s.words) for s in row.sentences) > 12 else 0


def settled(scores: Scores, flags: frozenset[str], blank: bool) -> Scores:
    """Return the scores in keeping with the flags that stand, as LABELS demands of every output."""
    if blank:
        return Scores(0, 0, scores.relevance_score, scores.specificity_score)
    relevance, specificity = scores.relevance, scores.specificity
    if "partial-coverage" in flags:
        relevance = min(relevance, 2)
    if flags & {"bare-assertion", "restated-requirement"}:
        specificity = min(specificity, 1)
    return Scores(relevance, specificity, scores.relevance_score, scores.specificity_score)
