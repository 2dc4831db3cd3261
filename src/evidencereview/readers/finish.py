"""Turns assembled drafts into rows: understands the answer, settles must or should, and moves evidence to its cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidencereview.readers.answers import read_answer
from evidencereview.readers.draft import Draft
from evidencereview.readers.numbers import section_of
from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible
from evidencereview.records import Row

_MUST = re.compile(r"\bmust\b", re.IGNORECASE)
_SHOULD = re.compile(r"\bshould\b", re.IGNORECASE)


def finish(drafts: Sequence[Draft], form: str, tally: Tally) -> tuple[Row, ...]:
    """Return the rows of the form in printed order."""
    return tuple(_row(draft, form, order, tally) for order, draft in enumerate(drafts, 1))


def _row(draft: Draft, form: str, order: int, tally: Tally) -> Row:
    requirement, raw = draft.requirement.joined(), draft.answer.joined()
    reading = read_answer(raw)
    place = f"{draft.where}, provision {draft.number or '?'}"
    if reading.doubt:
        tally.add("unknown-answer", reading.doubt, place)
    evidence, commentary = draft.evidence.joined(), draft.commentary.joined()
    if reading.remainder:
        words = f"words of the answer cell were read as evidence: {reading.remainder}"
        tally.add("answer-text", words, place, -visible(reading.remainder))
        evidence = f"{reading.remainder}\n{evidence}".strip()
    if draft.extra.parts:
        words = "cells of further columns stand in the commentary"
        tally.gather("extra-column", words, draft.where, -draft.headed)
        commentary = f"{commentary}\n{draft.extra.joined()}".strip()
    return Row(
        form=form,
        order=order,
        section=section_of(draft.number) or draft.section,
        provision=draft.printed or None,
        provision_inferred=(draft.number or None) if draft.number != draft.printed else None,
        requirement=requirement,
        answer_raw=raw,
        answer=reading.answer,
        evidence=evidence,
        commentary=commentary,
        mandatory=draft.mandatory if draft.mandatory is not None else not _only_should(requirement),
    )


def _only_should(requirement: str) -> bool:
    """Tell whether the wording recommends and does not demand; it decides only where no heading does."""
    return _SHOULD.search(requirement) is not None and _MUST.search(requirement) is None
