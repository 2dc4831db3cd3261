"""Says what is wrong with a training row or sentence: broken invariants of LABELS, spans outside a cell, unknown names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidencereview.language.features import SENTENCE_FLAGS
from evidencereview.provisions import known_editions, load_pack
from evidencereview.records import Answer, Row
from evidencereview.training.counts import is_whole
from evidencereview.training.data import TrainingForm, TrainingSentence
from evidencereview.training.labels import FLAGS, Label

_NOTHING = re.compile(r"(?:[\W_]|\bn/?a\b)*", re.IGNORECASE)
# Flags about something absent, or about the row as a whole, may show no words.
MAY_LACK_WORDS = frozenset(
    {"missing-answer", "missing-evidence", "unexplained-no", "partial-coverage", "contradiction", "stale-date"}
)
DENIALS = frozenset({Answer.NO, Answer.PARTIAL, Answer.NOT_APPLICABLE})


def has_text(row: Row) -> bool:
    """Tell whether evidence or commentary hold more than dashes or "N/A"."""
    return _NOTHING.fullmatch(row.text) is None


def form_problems(form: TrainingForm) -> tuple[str, ...]:
    """Return what is wrong with the rows of one landlord, a line each."""
    problems = []
    for row, label, near in zip(form.form.rows, form.labels, form.near, strict=True):
        found = (*_shape(row, form.edition), *_label(row, label), *_near(label, near))
        problems += [f"{form.form.name} {row.order} ({row.number}): {each}" for each in found]
    return (*problems, *_order(form), *_links(form))


def _shape(row: Row, edition: str) -> list[str]:
    wrong = {
        f"edition {edition} has no such provision": row.number not in load_pack(edition).by_number,
        "the section is not the number before the dot": str(row.section) != row.number.partition(".")[0],
        "no requirement": not row.requirement.strip(),
    }
    return [what for what, stands in wrong.items() if stands]


def _label(row: Row, label: Label) -> list[str]:
    problems = [f"unknown flag '{flag}'" for flag in label.flags if flag not in FLAGS]
    problems += ["'boilerplate' is counted, never written"] * ("boilerplate" in label.flags)
    problems += ["flags are not sorted, or stand twice"] * (list(label.flags) != sorted(set(label.flags)))
    problems += ["flags and spans differ"] * (set(label.flags) != set(label.spans))
    grades = (label.relevance, label.specificity, label.tier)
    problems += ["a grade outside 0 to 3"] * any(grade not in range(4) for grade in grades)
    problems += [f"broken: {what}" for what, broken in _broken(row, label).items() if broken]
    return problems + [problem for flag, words in label.spans.items() for problem in _span(row, flag, words)]


def _broken(row: Row, label: Label) -> dict[str, bool]:
    """Return what LABELS demands of every row, and whether the row breaks it."""
    flags = set(label.flags)
    unsafe = flags & {"missing-answer", "admitted-gap", "requirement-conflict"}
    yes_side = "contradiction" in flags and row.answer is Answer.YES
    nothing_on_must = "missing-evidence" in flags and row.mandatory
    return {
        "off-topic goes with relevance 0 or 1 on a row that has text, and only then": ("off-topic" in flags)
        != (label.relevance <= 1 and has_text(row)),
        "partial-coverage leaves relevance 2 at most": "partial-coverage" in flags and label.relevance > 2,
        "bare-assertion leaves specificity 1 at most and tier 2 at least": "bare-assertion" in flags
        and (label.specificity > 1 or label.tier < 2),
        "restated-requirement leaves specificity 1 at most": "restated-requirement" in flags and label.specificity > 1,
        "hedged-practice leaves tier 2 at least": "hedged-practice" in flags and label.tier < 2,
        "an unsafe answer is tier 3": bool(unsafe) and label.tier < 3,
        "missing evidence on a must row is tier 3": nothing_on_must and label.tier < 3,
        "the Yes side of a contradiction is tier 3": yes_side and label.tier < 3,
        "missing-answer goes with a blank answer": ("missing-answer" in flags) != (row.answer is Answer.BLANK),
        "missing-evidence needs a row without text": "missing-evidence" in flags and has_text(row),
        "unexplained-no needs No, Partial or Not applicable": "unexplained-no" in flags and row.answer not in DENIALS,
        "promises and admitted gaps need a Yes or a blank answer": bool({"future-commitment", "admitted-gap"} & flags)
        and row.answer in DENIALS,
        "a contradiction names the other row": ("contradiction" in flags) != bool(label.linked),
    }


def _span(row: Row, flag: str, words: str) -> list[str]:
    if not words.strip():
        return [] if flag in MAY_LACK_WORDS else [f"'{flag}' shows no words"]
    inside = any(words in cell for cell in (row.evidence, row.commentary, row.answer_raw))
    return [] if inside else [f"the words of '{flag}' stand in no single cell: {words!r}"]


def _near(label: Label, near: Sequence[str]) -> list[str]:
    return [
        f"near miss of '{flag}', which is unknown or stands" for flag in near if flag not in FLAGS or flag in label.flags
    ]


def _order(form: TrainingForm) -> list[str]:
    rows = form.form.rows
    problems = [f"{form.form.name}: orders are not 1, 2, 3 …"] * (
        [row.order for row in rows] != list(range(1, len(rows) + 1))
    )
    if form.whole and not is_whole(form):
        problems.append(f"{form.form.name}: provisions are not in the printed order")
    return problems


def _links(form: TrainingForm) -> list[str]:
    linked = {(row.number, other) for row, label in zip(form.form.rows, form.labels, strict=True) for other in label.linked}
    return [
        f"{form.form.name}: {a} names {b}, but not the other way round" for a, b in sorted(linked) if (b, a) not in linked
    ]


def sentence_problems(sentence: TrainingSentence) -> tuple[str, ...]:
    """Return what is wrong with a single sentence."""
    known = sentence.edition in known_editions()
    wrong = {
        "no words": not sentence.text.strip(),
        "no group": not sentence.group.strip(),
        f"edition {sentence.edition} is not known": not known,
        f"no provision {sentence.provision}": known and sentence.provision not in load_pack(sentence.edition).by_number,
        "a flag that no sentence shows by itself": not (sentence.flags | sentence.near) <= set(SENTENCE_FLAGS),
        "a flag and its own near miss": bool(sentence.flags & sentence.near),
        "a promise or a gap under a No": sentence.answer in DENIALS
        and bool({"future-commitment", "admitted-gap"} & sentence.flags),
    }
    return tuple(f"{sentence.text!r}: {what}" for what, stands in wrong.items() if stands)
