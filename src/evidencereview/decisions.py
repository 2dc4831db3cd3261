"""What a reviewer decided about findings, and by what a finding is known again: its words, never its place.

A decision fits a finding of the same identity. Findings that were disagreed with, or accepted and not expired, stay listed
and no longer count; a decision that fits nothing is kept beside them with the reason.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from evidencereview.checks.registry import selected
from evidencereview.config import Ignored
from evidencereview.priority import ask_of
from evidencereview.readers.decisions import NO_NUMBER
from evidencereview.records import Decision, Finding, Item, Review, Row, Unmatched, Verdict

__all__ = ["Decision", "Verdict", "apply_decisions", "apply_ignored", "identity", "normalised"]

_WORD = re.compile(r"\w+")
_DIGITS = 12


def identity(finding: Finding, row: Row) -> str:
    """Return by what a finding is known again in another draft: provision, flag, and a digest of what it is about.

    That is its words, normalised; for something absent, what is missing (the unmet duties) and the text of the row, so that
    a rewritten row asks for a new decision.
    """
    return _identity(finding.provision, finding.flag, *subject(finding, row))


def identity_of_words(provision: str, flag: str, words: str) -> str:
    """Return the identity of a finding about words."""
    return _identity(provision, flag, *_words(words))


def subject(finding: Finding, row: Row) -> tuple[str, ...]:
    """Return what a finding is about, in texts that are equal where two drafts say the same."""
    if finding.words.strip():
        return _words(finding.words)
    return ("absent", normalised(finding.because), normalised(row.text))


def normalised(text: str) -> str:
    """Return the words of a text in one form of letters, lower case, with one blank between: quotes and layout are gone."""
    plain = text.casefold()
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", text).casefold()
        plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return " ".join(_WORD.findall(plain)) or " ".join(plain.split())


def apply_decisions(review: Review, decisions: Iterable[Decision], today: date) -> Review:
    """Return the review with each decision at its finding; those that fit none are added to `unmatched`.

    Where two lines decide one finding, the last one counts. A decision that was read goes before one of the settings.
    """
    latest: dict[str, Decision] = {}
    passed: list[Unmatched] = []
    for decision in decisions:
        key = _key(decision)
        if key in latest and not _same(latest[key], decision):
            passed.append(Unmatched(latest[key], f"decided again in {decision.where or 'a later line'}, which counts"))
        latest[key] = decision
    found = {identity(finding, item.row) for item in review.items for finding in item.findings}
    passed += [Unmatched(d, _why_unmatched(d, review)) for key, d in latest.items() if key not in found]
    items = tuple(_decided(item, latest, today) for item in review.items)
    return replace(review, items=items, unmatched=(*review.unmatched, *passed))


def apply_ignored(review: Review, ignored: Iterable[Ignored], today: date) -> Review:
    """Return the review with the findings of ignored provisions as accepted, for the reason that the settings give."""
    wishes = {wish.provision: wish for wish in ignored}
    here = {item.row.number for item in review.items}
    unmatched = tuple(
        Unmatched(_of_settings(wish), f"the form has no row {wish.provision}")
        for wish in wishes.values()
        if wish.provision not in here
    )
    items = tuple(_ignored(item, wishes.get(item.row.number), today) for item in review.items)
    return replace(review, items=items, unmatched=(*review.unmatched, *unmatched))


def _words(words: str) -> tuple[str, ...]:
    return ("words", normalised(words))


def _identity(provision: str, flag: str, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{provision or NO_NUMBER} {flag} {digest}"


def _key(decision: Decision) -> str:
    if decision.identity:
        return decision.identity
    return identity_of_words(decision.provision, decision.flag, decision.words)


def _same(one: Decision, other: Decision) -> bool:
    return replace(one, where="") == replace(other, where="")


def _decided(item: Item, decisions: Mapping[str, Decision], today: date) -> Item:
    def at(finding: Finding) -> Finding:
        decision = decisions.get(identity(finding, item.row))
        return finding if decision is None else replace(finding, decision=_as_of(decision, today))

    return _each(item, at)


def _each(item: Item, change: Callable[[Finding], Finding]) -> Item:
    findings = tuple(map(change, item.findings))
    if all(found.is_open for found in findings):
        return replace(item, findings=findings)
    # What is closed is not asked for again.
    return replace(item, findings=findings, ask=ask_of([found for found in findings if found.is_open]))


def _as_of(decision: Decision, today: date) -> Decision:
    over = decision.verdict is Verdict.ACCEPTED and decision.due is not None and decision.due < today
    return replace(decision, expired=over)


def _ignored(item: Item, wish: Ignored | None, today: date) -> Item:
    return item if wish is None else _each(item, lambda finding: _accepted(finding, wish, today))


def _accepted(finding: Finding, wish: Ignored, today: date) -> Finding:
    if finding.decision is not None:
        return finding
    told = replace(_of_settings(wish), flag=finding.flag, words=finding.words)
    return replace(finding, decision=_as_of(told, today))


def _of_settings(wish: Ignored) -> Decision:
    return Decision(wish.provision, "", "", Verdict.ACCEPTED, due=wish.until, note=wish.reason, where="settings")


def _why_unmatched(decision: Decision, review: Review) -> str:
    """Say why a decision fits no finding, as exactly as the form tells."""
    items = [item for item in review.items if item.row.number == decision.provision]
    if not items:
        return f"the form has no row {decision.provision}"
    if not decision.identity and not decision.words.strip():
        return "it names no words, and a finding about something absent is known by the column 'finding' alone"
    if decision.flag not in _flags_that_ran(review):
        return "its check was not run this time"
    if not any(finding.flag == decision.flag for item in items for finding in item.findings):
        return "fixed: it is no longer found" if decision.verdict is Verdict.FIXED else "it is no longer found in this row"
    return "the words are not those that were decided on: look again"


def _flags_that_ran(review: Review) -> set[str]:
    only, skip = (tuple(map(str, cast("Iterable[object]", review.settings.get(key, ())))) for key in ("only", "skip"))
    return {info.flag for info in selected(only, skip)}
