"""Rows and notes out of an interleaved form: nothing of the file is left out of both."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from evidencereview.provisions import Pack
from evidencereview.readers.alignment import key_of
from evidencereview.readers.answers import shorten
from evidencereview.readers.draft import Draft
from evidencereview.readers.headings import block_heading
from evidencereview.readers.interleaved.flow import Interleaved
from evidencereview.readers.interleaved.joining import Parted
from evidencereview.readers.interleaved.lines import Kind, ScanLine
from evidencereview.readers.joints import Pieces
from evidencereview.readers.numbers import section_of
from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible
from evidencereview.records import Modality, Note

_SAME, _LEGIBLE = 0.4, 0.9  # likeness of printed and lent wording: the same at all, legible as it stands


def drafts_of(form: Interleaved, lender: str, tally: Tally) -> list[Draft]:
    """Return the rows as drafts; the tally is told of everything that is in none of them.

    A requirement is what the form prints where that is legible, else the wording that `lender` lends.
    """
    must = dict(_blocks(form.lines))
    drafts = []
    for row in form.rows:
        draft = _draft(row, must.get(row.first), form.known.pack, tally)
        _lend(draft, row, form.known.lent.get(row.number, ""), lender, tally)
        drafts.append(draft)
    for line in sorted((*form.headings, *form.outside), key=lambda line: line.number):
        tally.gather("column-headings" if line.kind is Kind.COLUMNS else "outside-table", line.text, line.where)
    return drafts


def notes_of(form: Interleaved) -> tuple[Note, ...]:
    """Return a note on the whole, and one for each row of which something had to be guessed."""
    source = "the lent wording tells which words are" if form.known.lent else "no lent wording says which words are"
    whole = Note(
        "interleaved",
        f"its columns are interleaved line by line; {source} requirement and which evidence"
        + ("" if form.known.lent else " (--requirements FILE lends the wording of another form of the same edition)"),
    )
    always = () if form.known.lent else ("requirement and evidence are parted by the form's own words alone",)
    rows = [
        Note("row-in-doubt", shorten("; ".join(doubts)), f"{row.where}, provision {row.number}")
        for row in form.rows
        if (doubts := (*row.doubts, *always))
    ]
    return (whole, *rows)


def _draft(row: Parted, mandatory: bool | None, pack: Pack, tally: Tally) -> Draft:
    printed = row.mark.raw if row.mark else ""
    provision = pack.by_number.get(row.number)
    if mandatory is None and provision is not None:
        mandatory = provision.modality is Modality.MUST
    draft = Draft(printed, row.number, section_of(row.number), mandatory, row.where)
    draft.requirement, draft.evidence = row.asked, row.told
    draft.answer.add(row.answer)
    for word in row.debris:
        tally.gather("debris", word, f"line {row.first}")
    if row.rebuilt:
        tally.gather("answer-rebuilt", row.rebuilt, f"line {row.first}", visible(row.rebuilt) - visible(row.answer))
    return draft


def _lend(draft: Draft, row: Parted, lent: str, lender: str, tally: Tally) -> None:
    """Put lent wording in the place of a printed one that is the same, but damaged."""
    printed = row.asked.joined()
    if not lent or not printed:
        return
    alike = difflib.SequenceMatcher(None, _keys(printed), _keys(lent), autojunk=False).ratio()
    if _SAME <= alike < _LEGIBLE:
        draft.requirement = Pieces([lent])
        place = f"{row.where}, provision {row.number}"
        words = f"the requirement is damaged, so its wording is lent by {lender}; printed: {printed}"
        tally.add("requirement-lent", words, place, visible(printed) - visible(lent))
    elif alike < _SAME:
        row.doubts.append(f"its requirement is not the one that {lender} prints")


def _keys(text: str) -> list[str]:
    return [key for word in text.split() if (key := key_of(word))]


def _blocks(lines: Sequence[ScanLine]) -> Iterator[tuple[int, bool | None]]:
    """Yield for each line of the file whether it stands in a must or a should block, None where no heading says so."""
    mandatory: bool | None = None
    for line in lines:
        heading = line.heading or (block_heading(line.text) if line.kind is Kind.HEADING else None)
        if heading is not None:
            if heading.section:
                mandatory = None
            if heading.mandatory is not None:
                mandatory = heading.mandatory
        yield line.number, mandatory
