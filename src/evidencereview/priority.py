"""From findings to a place in the list: tier, score, and the reasons for both. The only table of weights.

The tier follows LABELS: 3 fix before the board sees it, 2 weak, 1 could be sharper, 0 good. Inside a tier, rows stand in
order of harm, confidence and importance (must before should).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from evidencereview.language.commitment import speaks_of_the_future
from evidencereview.language.duties import duty_standings
from evidencereview.language.relations import nearest_provisions
from evidencereview.language.scores import settled
from evidencereview.language.view import FormView, RowView
from evidencereview.records import Answer, Finding, Item, Reason, Scores, Severity

ALWAYS_TIER_3 = frozenset({"missing-answer", "admitted-gap", "requirement-conflict"})
ALWAYS_TIER_2 = frozenset({"bare-assertion", "partial-coverage", "off-topic", "hedged-practice", "cross-reference"})
# Beside these an unexplained No is not excused: LABELS gives them tier 2 at least.
NEVER_EXCUSED = frozenset({"contradiction", "bare-assertion", "hedged-practice"})
# Harm of each severity, in points inside a tier: one thing that is unsafe stands before three lesser ones together.
HARM: Mapping[Severity, float] = {Severity.HIGH: 7.0, Severity.MEDIUM: 2.0, Severity.LOW: 1.0}
# Chance of being a promise from which a sentence no longer proves anything today, and the fewest words that can.
A_PROMISE = 0.3
LEAST_TELLING = 5
MUST = 0.6
LOW_RELEVANCE = 0.5
LOW_SPECIFICITY = 0.4
# Findings less sure than this never lift a row to tier 3 by themselves.
SURE_ENOUGH = 0.4
_POINTS_IN_TIER = 28.0


def prioritise(view: FormView, findings: Iterable[Finding]) -> tuple[Item, ...]:
    """Return every row once, best place first; ties keep the printed order."""
    by_order: dict[int, list[Finding]] = {row.row.order: [] for row in view.rows}
    for found in findings:
        by_order[found.order].append(found)
    placed = [_place(view, row, _sorted(by_order[row.row.order])) for row in view.rows]
    placed.sort(key=lambda item: (-item.tier, -item.score, item.row.order))
    return tuple(replace(item, rank=rank) for rank, item in enumerate(placed, 1))


def _sorted(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda f: (-HARM[f.severity] * f.confidence, f.check)))


def _place(view: FormView, row: RowView, findings: tuple[Finding, ...]) -> Item:
    flags = frozenset(found.flag for found in findings)
    scores = settled(view.scores[row.index], flags, row.is_blank)
    tier, because = tier_of(view, row, findings, scores)
    inside = list(_inside_tier(row, findings, scores))
    points = sum(reason.points for reason in inside)
    score = (tier + min(points / _POINTS_IN_TIER, 0.999)) / 4
    breakdown = (Reason("tier", float(tier), because), *inside)
    duties = duty_standings(row, view.coverage[row.index], flags) if view.coverage else ()
    nearest = nearest_provisions(row, view.vectors, view.pack)
    return Item(0, row.row, tier, round(score, 4), breakdown, scores, findings, ask_of(findings), duties, nearest)


def tier_of(view: FormView, row: RowView, findings: Sequence[Finding], scores: Scores) -> tuple[int, str]:
    """Return the tier of a row and the reason for it, by the rule of LABELS."""
    sure = {found.flag for found in findings if found.confidence >= SURE_ENOUGH}
    flags = {found.flag for found in findings}
    for tier, because in ((3, _unsafe(view, row, sure)), (1, _excused(row, flags)), (2, _weak(flags, scores))):
        if because:
            return tier, because
    return (1, "acceptable, could be sharper") if not _good(flags, scores) else (0, "nothing left to ask")


def _unsafe(view: FormView, row: RowView, flags: set[str]) -> str:
    always = flags & ALWAYS_TIER_3
    if always:
        return f"the answer is unsafe: {', '.join(sorted(always))}"
    if "contradiction" in flags and row.row.answer is Answer.YES:
        return "another row denies what this Yes claims"
    if "future-commitment" in flags and carried_by_promise(view, row):
        return "a promise carries the whole row"
    if flags & {"missing-evidence", "unexplained-no"} and row.row.mandatory and not _cannot_arise(row):
        return (
            "a must provision with nothing to support it"
            if "missing-evidence" in flags
            else "a must provision at No, unexplained"
        )
    return ""


def _excused(row: RowView, flags: set[str]) -> str:
    if "unexplained-no" in flags and not flags & NEVER_EXCUSED and (not row.row.mandatory or _cannot_arise(row)):
        return "an unexplained No where the Code only recommends, or where the duty cannot arise"
    return ""


def _weak(flags: set[str], scores: Scores) -> str:
    weak = flags & ALWAYS_TIER_2
    if weak:
        return f"weak: {', '.join(sorted(weak))}"
    if "generic-reference" in flags and scores.relevance < 3:
        return "weak: a loose reference is most of what is there"
    if flags & {"contradiction", "missing-evidence"}:
        return "a reader would see that two rows disagree" if "contradiction" in flags else "nothing supports the answer"
    return ""


def _good(flags: set[str], scores: Scores) -> bool:
    return not flags and scores.relevance == 3 and scores.specificity == 3


def _cannot_arise(row: RowView) -> bool:
    """Whether the duty is one that plainly cannot arise here (a third stage in a process of two)."""
    return row.provision is not None and not row.provision.always_applies and row.row.answer is Answer.NOT_APPLICABLE


def carried_by_promise(view: FormView, row: RowView) -> bool:
    """Tell whether no other sentence of the row would answer the provision by itself.

    A sentence answers where it is no promise (neither by its cues nor by the head) and has some length.
    """
    shown = view.shown[row.index].get("future-commitment", ()) if view.shown else (0.0,) * len(row.sentences)
    return not any(
        chance < A_PROMISE and not speaks_of_the_future(s) and len(s.words) >= LEAST_TELLING
        for s, chance in zip(row.sentences, shown, strict=True)
    )


def _inside_tier(row: RowView, findings: Sequence[Finding], scores: Scores) -> Iterable[Reason]:
    for found in findings:
        points = round(HARM[found.severity] * found.confidence, 3)
        yield Reason(found.flag, points, f"{found.severity} harm, {found.confidence:.0%} sure")
    if row.row.mandatory:
        yield Reason("must", MUST, "the Code demands this provision")
    if scores.relevance < 3:
        yield Reason("relevance", (3 - scores.relevance) * LOW_RELEVANCE, f"relevance {scores.relevance} of 3")
    if scores.specificity < 3:
        yield Reason("specificity", (3 - scores.specificity) * LOW_SPECIFICITY, f"specificity {scores.specificity} of 3")


def ask_of(findings: Sequence[Finding]) -> str:
    """Return the asks of the gravest findings, each once, at most three."""
    return "; ".join(list(dict.fromkeys(found.ask for found in findings if found.ask))[:3])
