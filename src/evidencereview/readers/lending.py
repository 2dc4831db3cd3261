"""Lends official wording to rows whose form prints none, and parts cells that mix requirement and evidence by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencereview.provisions import Pack, choose_pack
from evidencereview.readers.alignment import align, key_of
from evidencereview.readers.grid import Meter
from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible
from evidencereview.readers.wording import Wording, check_edition
from evidencereview.records import Form, Row

_LENT = "requirement-lent"
_COVERED = 0.75  # share of the lent words that a cell must hold to be taken for a mixed one
_LEAST_ROWS = 0.5  # share of the rows with text that must be mixed before any is parted
_LEAST_WORDS = 4
_UNMATCHED = -0.8


def lend(form: Form, wording: Wording, pack: Pack | None, meter: Meter) -> Form:
    """Return the form with its requirement cells filled, and mixed cells parted; a note tells of each row changed.

    A cell is parted only where most rows of the form are mixed, so that a landlord who repeats the requirement as
    evidence keeps the words there.

    Raises:
        EditionError: the form follows another edition than the one whose wording is lent, or none that is known.
        LimitError: it takes longer than the limits allow.
    """
    check_edition(wording, pack or choose_pack(form), form.name)
    tally = Tally()
    parted = [_part(row, wording.texts.get(row.number, ""), meter) for row in form.rows]
    filled = sum(bool(row.requirement or row.text) for row in form.rows)
    use = sum(part is not None for part in parted) >= max(2, filled * _LEAST_ROWS)
    rows = tuple(
        _told(row, part, wording, tally) if use and part is not None else _filled(row, wording, tally)
        for row, part in zip(form.rows, parted, strict=True)
    )
    return replace(form, rows=rows, notes=(*form.notes, *tally.notes()))


def _told(row: Row, part: Row, wording: Wording, tally: Tally) -> Row:
    words = f"its cell mixed requirement and evidence; parted by the wording that {wording.name} lends"
    tally.add("requirement-parted", words, f"row {row.order}, provision {row.number}")
    return part


def _filled(row: Row, wording: Wording, tally: Tally) -> Row:
    text = wording.texts.get(row.number, "")
    if row.requirement.strip():
        return row
    place = f"row {row.order}, provision {row.number or '?'}"
    if not text:
        tally.add("no-requirement", f"no requirement is printed, and {wording.name} has none to lend", place)
        return row
    tally.add(_LENT, f"no requirement is printed; the wording is lent by {wording.name}", place, -visible(text))
    return replace(row, requirement=text)


def _part(row: Row, text: str, meter: Meter) -> Row | None:
    """Part the one cell that holds both requirement and evidence; None where there is none."""
    if not text:
        return None
    if row.requirement.strip() and not row.text.strip():
        found = _span(row.requirement, text, meter)
        if found is None:
            return None
        asked, rest = found
        return replace(row, requirement=asked, evidence=rest) if len(rest.split()) >= _LEAST_WORDS else None
    if row.evidence.strip() and not row.requirement.strip():
        found = _span(row.evidence, text, meter)
        return replace(row, requirement=found[0], evidence=found[1]) if found is not None else None
    return None


def _span(cell: str, text: str, meter: Meter) -> tuple[str, str] | None:
    """Return the run of a cell's words that is the known wording, and the rest; None where the cell does not hold it."""
    words = cell.split()
    known = [key for word in text.split() if (key := key_of(word))]
    if len(words) * 2 < len(known):
        return None
    aligned = align([key_of(word) for word in words], known, meter)
    matched = [place >= 0 for place in aligned.places]
    if sum(matched) < _COVERED * len(known):
        return None
    start, end = _densest([alike if hit else _UNMATCHED for alike, hit in zip(aligned.alike, matched, strict=True)])
    if sum(matched[start:end]) < _COVERED * len(known):
        return None
    before, asked, after = _slices(cell, words, start, end)
    return asked, f"{before}\n{after}".strip()


def _densest(scores: Sequence[float]) -> tuple[int, int]:
    """Return the run with the largest sum (start, end exclusive)."""
    best, span, total, start = 0.0, (0, 0), 0.0, 0
    for place, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, place
        total += score
        if total > best:
            best, span = total, (start, place + 1)
    return span


def _slices(cell: str, words: Sequence[str], start: int, end: int) -> tuple[str, str, str]:
    """Cut a cell before its word `start` and behind its word `end` - 1, white space as it was."""
    ends, at = [0], 0
    for word in words:
        at = cell.index(word, at) + len(word)
        ends.append(at)
    return cell[: ends[start]].strip(), cell[ends[start] : ends[end]].strip(), cell[ends[end] :].strip()
