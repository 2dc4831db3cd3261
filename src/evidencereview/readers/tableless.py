"""Forms without a table: a heading a provision with labelled lines below, one cell a line, or rows run together.

The lines are put back into the grid that they were, so that one place alone decides what each cell is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidencereview.readers.answers import read_answer, shorten
from evidencereview.readers.flattened import split_headings, split_rows, take_apart
from evidencereview.readers.form_shape import is_form_grid
from evidencereview.readers.grid import Document, Grid, Loose, Meter
from evidencereview.readers.headings import Role, block_heading, is_block_title, role_of
from evidencereview.readers.line_labels import Labels, could_be_label, find_labels
from evidencereview.readers.numbers import read_number, section_of
from evidencereview.readers.provision_lines import OPENING_MARKS, ORDER, ProvisionLines, cells_of
from evidencereview.readers.visible import visible
from evidencereview.records import Answer, Note

_HEADINGS = {
    Role.NUMBER: "Provision", Role.REQUIREMENT: "Requirement", Role.ANSWER: "Comply", Role.EVIDENCE: "Evidence",
    Role.COMMENTARY: "Commentary",
}  # fmt: skip
_ANSWERED = 0.3  # numbered paragraphs of a policy have no answers, so they must not pass for a form
_LONGEST_RUN = 40  # lines, blank ones among them: no form has more column headings


def holds_form(document: Document) -> bool:
    """Tell whether one of the tables is recognisably a form's."""
    return any(isinstance(block, Grid) and is_form_grid(block) for block in document.blocks)


def rebuild(document: Document, meter: Meter) -> Document:
    """Return the document with the rows of a form that stands in no table as grids; else as it was, blanks left out.

    Raises:
        LimitError: over one of the reading limits.
    """
    rebuilding = _Rebuilding([] if holds_form(document) else list(_lines(document)), meter)
    found = rebuilding.document_blocks()
    if any(isinstance(block, Grid) for block in found):
        notes = [Note("no-table", "the form stands in no table; its rows were put together from its lines")]
        if rebuilding.said:
            told = ", ".join(f"'{label}' ({count})" for label, count in rebuilding.said.most_common())
            said = shorten(f"labels of lines, and how often: {told}")
            notes.append(Note("column-headings", said, characters=visible(*rebuilding.said.elements())))
        noted = document.noted + visible(*rebuilding.said.elements())
        return replace(document, blocks=found, notes=(*document.notes, *notes), noted=noted)
    blocks = tuple(block for block in document.blocks if isinstance(block, Grid) or block.text.strip())
    return replace(document, blocks=blocks)


def _lines(document: Document) -> Iterator[Loose]:
    """Yield the document line by line; cells of narrow tables (a label and its text) are lines too."""
    for block in document.blocks:
        if isinstance(block, Loose):
            yield from _parted(block)
            continue
        narrow = all(sum(bool(cell.strip()) for cell in row.cells) <= 2 for row in block.rows)
        for row in block.rows:
            filled = [cell for cell in row.cells if cell.strip()]
            for text in filled if narrow else [" | ".join(filled)]:
                yield from _parted(Loose(text, row.where))


def _parted(block: Loose) -> Iterator[Loose]:
    if not block.text:
        yield block
        return
    lines = [part for line in block.text.split("\n") for part in split_rows(line) or [line]]
    for line in lines:
        yield Loose(line.strip(), block.where, block.heading)


class _Rebuilding:
    """Goes through the lines once and gathers each provision's; `said` counts the labels that were taken off."""

    def __init__(self, lines: Sequence[Loose], meter: Meter) -> None:
        self.said: Counter[str] = Counter()
        self._lines = lines
        self._meter = meter
        self._headings: list[Role] = []  # the columns, where a run of headings names them
        self._dense = False  # whether blank lines stand for blank cells
        self._labels = Labels()
        self._out: list[Grid | Loose] = []
        self._blocks: list[ProvisionLines] = []
        self._open: ProvisionLines | None = None
        self._provisions = self._answered = 0
        self._announced = False  # whether a label says that a number follows
        self._used: set[tuple[int, ...]] = set()  # the numbers of the provisions so far
        self._last = ""  # the number of the provision that ended last

    def document_blocks(self) -> tuple[Grid | Loose, ...]:
        """Return grids of rows and the loose text around them; () where too few of the provisions have an answer."""
        starts = [
            place
            for place in range(len(self._lines))
            if self._starts(self._lines[place].text, "", heading=self._lines[place].heading)
        ]
        if not starts:
            return ()
        self._labels = find_labels([line.text for line in self._lines], len(starts))
        place = 0
        while place < len(self._lines):
            self._meter.tick()
            run = self._heading_run(place)
            if run:
                self._close()
                self._put_aside(self._lines[place : place + run])
            else:
                self._take(self._lines[place])
            place += max(run, 1)
        self._close()
        return tuple(self._out) if self._answered >= _ANSWERED * self._provisions else ()

    def _heading_run(self, place: int) -> int:
        """Return how many lines from here on are column headings, one a line or run together (0: none)."""
        if not self._lines[place].text:
            return 0
        roles, end = [], place
        last = min(len(self._lines), place + _LONGEST_RUN)
        while end < last and (not self._lines[end].text or could_be_label(self._lines[end].text)):
            role = role_of(self._lines[end].text)
            roles += [role] if role else []
            end += 1
        while end > place and not self._lines[end - 1].text:
            end -= 1
        if self._are_columns(roles):
            self._headings = [role for role in roles if role in _HEADINGS]
            self._dense = end - place == len(roles)
            return end - place
        text = self._lines[place].text
        if len(text) < 200 and not self._starts(text, ""):
            roles = [role for part in split_headings(text) if (role := role_of(part))]
            if self._are_columns(roles):
                self._headings, self._dense = roles, False
                return 1
        return 0

    def _are_columns(self, roles: Sequence[Role]) -> bool:
        first = roles[0] if roles else None
        subject = first is Role.NUMBER or (first is Role.REQUIREMENT and Role.NUMBER not in roles)
        known = set(roles) & set(_HEADINGS)
        return len(known) >= 3 and subject and bool(known & {Role.ANSWER, Role.EVIDENCE})

    def _put_aside(self, lines: Sequence[Loose]) -> None:
        self._out += [line for line in lines if line.text]

    def _take(self, line: Loose) -> None:
        label = self._labels.of(line.text)
        text, role = (label.rest, label.role) if label else (line.text, None)
        if label and (self._open is not None or not text):
            self.said[line.text.removesuffix(text).strip()] += 1
        before = self._open.number if self._open else self._last
        if role in (None, Role.NUMBER, Role.REQUIREMENT) and self._starts(text, before, heading=line.heading):
            self._start(text, line.where, Role.REQUIREMENT if role is Role.REQUIREMENT else None)
        elif role is Role.NUMBER and not text:
            self._finish_block()
            self._announced = True
        elif role is Role.REQUIREMENT and self._announced:
            # The label of a number, and no number behind it: the provision is there, its neighbours tell which it is.
            self._open = ProvisionLines("", line.where, None, role, [(role, text)] if text else [])
            self._announced = False
        elif self._open is None and not text:
            return
        elif self._open is not None and role is not None:
            self._open.role = None if role is Role.NUMBER else role
            self._open.lines += [(self._open.role, text)] if text else []
        elif self._open is None or self._ends(line):
            self._close()
            self._put_aside([line] if text else [])
        else:
            self._open.lines.append((self._open.role, text))

    def _start(self, text: str, where: str, role: Role | None) -> None:
        self._finish_block()
        self._announced = False
        cells = take_apart(text)
        found = read_number(text)
        number = cells.number if cells else found.raw if found else ""
        self._open = ProvisionLines(number, where, cells, role)
        self._used.add(_order(number))
        if cells is None and found is not None and found.rest:
            self._open.lines.append((Role.REQUIREMENT, found.rest))
        if cells is not None:
            self._open.role = Role.EVIDENCE

    def _starts(self, text: str, before: str, *, heading: bool = False) -> bool:
        """Tell whether a line opens a provision: a number that goes on from the one before.

        In its own section it may go back, since forms of 2022 print all that must be before what should be.
        """
        cells = take_apart(text)
        found = read_number(text)
        number = cells.number if cells else found.number if found else ""
        if not number or not (cells or (found and (heading or _is_opening(found.rest)))):
            return False
        if not before:
            return True
        here, last = _order(number), _order(before)
        if here[0] == last[0]:
            return here not in self._used
        return last[0] < here[0] <= last[0] + 2 and here[1] <= 3

    def _ends(self, line: Loose) -> bool:
        """Tell whether a line that is no label ends the provision: a heading, a section's title, a blank barrier."""
        if line.heading:
            return True
        found = block_heading(line.text) if line.text else None
        if found is None:
            return False
        section = section_of(self._open.number) if self._open else 0
        return is_block_title(line.text) or found.mandatory is not None or found.section == section + 1

    def _finish_block(self) -> None:
        if self._open is not None:
            self._blocks.append(self._open)
            self._last = self._open.number or self._last
        self._open = None

    def _close(self) -> None:
        """Write the provisions gathered so far as one grid."""
        self._finish_block()
        if self._blocks:
            used = [Role.COMMENTARY] if self._has_commentary() else []
            roles = [role for role in ORDER if role is not Role.COMMENTARY or used]
            rows = [self._meter.row([_HEADINGS[role] for role in roles], "")]
            for block in self._blocks:
                cells = cells_of(block, self._headings, dense=self._dense)
                self._provisions += 1
                self._answered += read_answer(cells.get(Role.ANSWER, "")).answer is not Answer.BLANK
                rows.append(self._meter.row([cells.get(role, "") for role in roles], block.where))
            self._out.append(Grid(tuple(rows)))
        self._blocks = []

    def _has_commentary(self) -> bool:
        labelled = any(role is Role.COMMENTARY for block in self._blocks for role, _ in block.lines)
        return labelled or Role.COMMENTARY in self._headings


def _is_opening(rest: str) -> bool:
    # Some forms quote the Code from the middle of a sentence: "3.2 …the officer must be able to act."
    return not rest or rest[0].isupper() or rest[0] in OPENING_MARKS or rest.startswith(("…", "..."))


def _order(number: str) -> tuple[int, ...]:
    found = read_number(number)
    return tuple(int(part) for part in found.number.split(".")) if found else (0, 0)
