"""Joins table lines into rows: continued lines, half lines that belong to the next row, lost provision numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from evidencereview.readers.answers import is_answer
from evidencereview.readers.draft import Draft
from evidencereview.readers.headings import block_heading
from evidencereview.readers.joints import ended, fit
from evidencereview.readers.layout import Aside, Laid, Line
from evidencereview.readers.numbering import number_drafts
from evidencereview.readers.numbers import Printed, infer, read_number, section_of
from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible

_DUTY = re.compile(r"\b(?:must|should)\b", re.IGNORECASE)
_RUNNING = 3  # the same loose text this often is a running title


def assemble(laid: Iterable[Laid], tally: Tally, expected: Sequence[str] = ()) -> list[Draft]:
    """Join the lines of a form into drafts of its rows, in printed order, and infer the numbers that are lost.

    `expected` are the edition's numbers in order, where the caller knows them; the tally is told what is left aside.
    """
    desk = _Desk(tally)
    items = [_with_number(item) if isinstance(item, Line) else item for item in laid]
    running = _running_titles(items)
    following = _following_lines(items)
    for place, item in enumerate(items):
        if isinstance(item, Line):
            desk.take(item, following[place])
        elif isinstance(item, Aside):
            tally.gather(item.kind, item.text, item.where)
        else:
            desk.heading(item.text)
            tally.gather("running-title" if item.text in running else "outside-table", item.text, item.where)
    desk.close()
    number_drafts(desk.drafts, tally, expected)
    return desk.drafts


class _Desk:
    """Where lines are put together: the drafts so far, half lines that wait for their row, the block they stand in."""

    def __init__(self, tally: Tally) -> None:
        self.drafts: list[Draft] = []
        self._waiting: list[Line] = []
        self._section = 0
        self._mandatory: bool | None = None
        self._tally = tally

    def heading(self, text: str) -> None:
        """Take note of the section or block that begins."""
        found = block_heading(text)
        if found is None:
            return
        if found.section:
            self._section, self._mandatory = found.section, None
        if found.mandatory is not None:
            self._mandatory = found.mandatory

    def take(self, line: Line, following: Line | None) -> None:
        """Put one line where it belongs: a new row, the row before, or the one to come."""
        printed = read_number(line.number)
        if line.goes_on and self.drafts and printed is None:
            self._join(line)
        elif printed is not None and self._repeats(printed, line):
            self._repeat(printed, line)
        elif printed is not None:
            self._start(line, printed)
        elif self._is_new(line, following):
            self._start(line, None)
        elif self._belongs_to_next(line, following):
            self._waiting.append(line)
        elif self.drafts:
            self._join(line)
        else:
            self._tally.gather("outside-table", _words(line), line.where)

    def close(self) -> None:
        """Account for half lines whose row never came."""
        for line in self._waiting:
            self._tally.gather("outside-table", _words(line), line.where)
        self._waiting = []

    def _start(self, line: Line, printed: Printed | None) -> None:
        raw, number = (printed.raw, printed.number) if printed else (line.number.strip(), "")
        if number and section_of(number) != self._section:
            self._section = 0  # a heading was lost, so the last one says nothing about the rows to come
        section = section_of(number) or self._section
        draft = Draft(raw, number, section, self._mandatory, line.where)
        for waiting in self._waiting:
            draft.add(waiting)
            if waiting.number.strip():
                self._tally.gather("number-cell", waiting.number, waiting.where)
            self._tally.add("half-row", f"taken as the beginning of the row below: {_words(waiting)}", waiting.where)
        self._waiting = []
        draft.add(line)
        self.drafts.append(draft)

    def _join(self, line: Line) -> None:
        draft = self.drafts[-1]
        if line.number.strip() and read_number(line.number) is None:
            self._tally.gather("number-cell", line.number, line.where)
        answer = line.answer.strip()
        if is_answer(answer) and answer in draft.answer.parts:
            self._tally.gather("repeated-answer", answer, line.where)
        elif is_answer(answer) and draft.answer.parts:
            self._tally.add("second-answer", f"'{answer}' beside '{draft.answer.last}'", line.where)
        draft.add(line)

    def _repeats(self, printed: Printed, line: Line) -> bool:
        """Tell whether a numbered line only goes on with the row above, its number printed again after a page break."""
        if not self.drafts or self.drafts[-1].number != printed.number:
            return False
        before = self.drafts[-1]
        if line.requirement.strip() in ("", *before.requirement.parts):
            return True
        return fit(before.requirement.last, line.requirement) >= 1

    def _repeat(self, printed: Printed, line: Line) -> None:
        """Join a line to the row above, whose number it prints again, and its requirement perhaps."""
        asked = line.requirement.strip()
        twice = self.drafts[-1].requirement.drop(asked) if asked else 0
        self._tally.gather(
            "repeated-number", f"{printed.raw} goes on", line.where, visible(printed.raw) + twice * visible(asked)
        )
        self._join(line)

    def _is_new(self, line: Line, following: Line | None) -> bool:
        """Tell whether a line without a number is a row of its own whose number is lost."""
        if not line.requirement.strip():
            return False
        before = self.drafts[-1] if self.drafts else None
        joint = fit(before.requirement.last, line.requirement) if before else 0.0
        if not line.answer.strip():
            return joint < 1 and self._fills_gap(line, following)
        if before is None or joint < 1 or self._waiting:
            return True
        return bool(before.answer.parts) and joint < 2 and is_answer(line.answer)

    def _fills_gap(self, line: Line, following: Line | None) -> bool:
        """Tell whether exactly one number is missing here, and the line reads like a whole row without its answer."""
        after = read_number(following.number) if following else None
        whole = bool(_DUTY.search(line.requirement)) and ended(line.requirement) and bool(line.evidence.strip())
        if not whole or not self.drafts or after is None:
            return False
        between = infer([self.drafts[-1].number, "", after.number], [0, 0, 0])[1]
        beyond = infer([between, "", after.number], [0, 0, 0])[1]
        return bool(between) and not beyond and section_of(between) == section_of(after.number)

    def _belongs_to_next(self, line: Line, following: Line | None) -> bool:
        if following is None or line.answer.strip():
            return False
        if self._waiting or not self.drafts:
            return bool(self._waiting or line.requirement.strip())
        before = self.drafts[-1]
        back = _joint(
            [
                (before.requirement.last, line.requirement),
                (before.evidence.last, line.evidence),
                (before.commentary.last, line.commentary),
            ]
        )
        ahead = _joint(
            [
                (line.requirement, following.requirement),
                (line.evidence, following.evidence),
                (line.commentary, following.commentary),
            ]
        )
        return ahead > back


def _joint(pairs: Sequence[tuple[str, str]]) -> float:
    # The requirement comes first and counts double: its wording is the landlord's least.
    return sum(fit(before, after) * (2 if place == 0 else 1) for place, (before, after) in enumerate(pairs))


def _with_number(line: Line) -> Line:
    """Take a number that stands in front of the requirement into its own cell, and words behind a number out of it."""
    number, requirement = line.number, line.requirement
    if not line.number.strip():
        found = read_number(line.requirement)
        if found is not None and found.rest:
            number, requirement = found.raw, found.rest
    else:
        found = read_number(line.number)
        if found is not None and found.rest:
            number, requirement = found.raw, f"{found.rest}\n{line.requirement}".strip()
    return replace(line, number=number, requirement=requirement)


def _following_lines(items: Sequence[Laid]) -> list[Line | None]:
    """Return for each item the next table line after it."""
    following: list[Line | None] = []
    after: Line | None = None
    for item in reversed(items):
        following.append(after)
        after = item if isinstance(item, Line) else after
    return following[::-1]


def _running_titles(items: Sequence[Laid]) -> set[str]:
    counts: dict[str, int] = {}
    for item in items:
        if not isinstance(item, Line | Aside):
            counts[item.text] = counts.get(item.text, 0) + 1
    return {text for text, count in counts.items() if count >= _RUNNING}


def _words(line: Line) -> str:
    cells = (line.number, line.requirement, line.answer, line.evidence, line.commentary, line.extra)
    return " | ".join(cell.strip() for cell in cells if cell.strip())
