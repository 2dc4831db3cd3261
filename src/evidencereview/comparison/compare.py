"""`compare(old, new)`: pair the rows, say what became of each finding, and follow the promises."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from datetime import date

from evidencereview.comparison.changes import Comparison, FindingChange, RowChange, ScoreChange, State
from evidencereview.comparison.pairing import Pair, pair_across, pair_rows
from evidencereview.comparison.promises import follow_promises
from evidencereview.decisions import subject
from evidencereview.provisions import Pack
from evidencereview.records import Finding, Item, Review, Row

Found = tuple[Finding, Row]
_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "...", "•": " "})


def compare(old: Review, new: Review, packs: tuple[Pack, Pack] | None = None, as_of: date | None = None) -> Comparison:
    """Compare two reviews.

    Args:
        old: the earlier draft or year.
        new: the later one.
        packs: the packs of provisions of both; needed where the two follow different editions.
        as_of: the day against which the old promises are held; by default the one that the new form states.
    """
    across = old.form.edition != new.form.edition
    pairs = pair_across(old.items, new.items, *packs) if across and packs else pair_rows(old.items, new.items)
    rows = tuple(_row_change(pair, across) for pair in _in_order(pairs))
    answering: dict[int, list[Row]] = defaultdict(list)
    for pair in pairs:
        for item in pair.old:
            if pair.new is not None:
                answering[item.row.order].append(pair.new.row)
    printed = sorted(old.items, key=lambda item: item.row.order)
    promises = follow_promises(printed, answering, new.form.rows, as_of or new.form.stated_date)
    return Comparison(old, new, rows, promises, tuple(_notes(old, new, across)))


def _in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs as the new form prints them; a row that is gone stands behind the one before which it stood."""
    ordered = [pair for pair in pairs if pair.new is not None]
    for lost in (pair for pair in pairs if pair.new is None):
        order = lost.old[0].row.order
        place = max(
            (i + 1 for i, pair in enumerate(ordered) if pair.old and not pair.borrowed and pair.old[0].row.order < order),
            default=0,
        )
        ordered.insert(place, lost)
    return ordered


def _row_change(pair: Pair, across: bool) -> RowChange:
    new, old = pair.new, pair.old[0] if pair.old else None
    findings = _finding_changes(pair)
    if new is None or old is None:
        return RowChange(new, old, why=pair.why, findings=findings)
    merged = () if pair.borrowed else pair.old[1:]
    before = "\n".join(item.row.text for item in (old, *merged) if item.row.text.strip())
    requirement = (old.row.requirement, new.row.requirement)
    return RowChange(
        new=new,
        old=old,
        merged=merged,
        why=pair.why,
        text=_unlike(before, new.row.text),
        requirement=None if across else _unlike(*requirement),
        answer=None if old.row.answer is new.row.answer else (old.row.answer, new.row.answer),
        scores=tuple(_scores(old, new)),
        findings=findings,
    )


def even_text(text: str) -> str:
    """Return a text with white space, quotation marks, dashes and bullets made even: what differs then was rewritten."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def _unlike(old: str, new: str) -> tuple[str, str] | None:
    return None if even_text(old) == even_text(new) else (old, new)


def _scores(old: Item, new: Item) -> list[ScoreChange]:
    grades = [
        ScoreChange("tier", old.tier, new.tier),
        ScoreChange("relevance", old.scores.relevance, new.scores.relevance),
        ScoreChange("specificity", old.scores.specificity, new.scores.specificity),
    ]
    return [grade for grade in grades if grade.old != grade.new]


def _finding_changes(pair: Pair) -> tuple[FindingChange, ...]:
    """Match the findings of a pair: by flag and what they are about first, then by flag alone; the rest is gone or new."""
    olds: list[Found] = [(finding, item.row) for item in pair.old for finding in item.findings]
    news: list[Found] = [(finding, pair.new.row) for finding in pair.new.findings] if pair.new else []

    def by_subject(found: Found) -> Hashable:
        # The pairing has settled which numbers belong together.
        return (found[0].flag, *subject(*found))

    still, olds, news = _matched(olds, news, by_subject)
    reworded, olds, news = _matched(olds, news, lambda found: found[0].flag)
    changes = [FindingChange(State.STILL, one, two) for one, two in still]
    changes += [FindingChange(State.REWORDED, one, two) for one, two in reworded]
    changes += [FindingChange(State.NEW, None, finding) for finding, _ in news]
    if not pair.borrowed:
        changes += [FindingChange(State.GONE, finding, None) for finding, _ in olds]
    return tuple(changes)


def _matched(
    olds: list[Found], news: list[Found], key: Callable[[Found], Hashable]
) -> tuple[list[tuple[Finding, Finding]], list[Found], list[Found]]:
    """Return pairs of findings with equal keys, in order, and what is left of both."""
    waiting: dict[Hashable, deque[Found]] = defaultdict(deque)
    for found in olds:
        waiting[key(found)].append(found)
    pairs, left = [], []
    for found in news:
        queue = waiting[key(found)]
        if queue:
            pairs.append((queue.popleft()[0], found[0]))
        else:
            left.append(found)
    return pairs, [found for found in olds if any(found is one for one in waiting[key(found)])], left


def _notes(old: Review, new: Review, across: bool) -> list[str]:
    """What a reader must know before believing the figures."""
    notes = []
    if across:
        notes.append(
            f"The forms follow two editions ({old.form.edition}, {new.form.edition}): "
            "rows are paired by the duties that they share."
        )
    for name, review in (("old", old), ("new", new)):
        for failure in review.failures:
            notes.append(f"The check {failure.check} crashed on the {name} form; its findings there are missing.")
        if review.form.notes:
            notes.append(f"Reading the {name} form left {len(review.form.notes)} notes: see 'evidencereview rows'.")
    if old.form.sha256 and old.form.sha256 == new.form.sha256:
        notes.append("Both are the same file.")
    return notes
