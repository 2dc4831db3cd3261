"""Decides from headings, and from what the cells hold, which column of a table has which role."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidencereview.readers.answers import is_answer
from evidencereview.readers.headings import Role, role_of
from evidencereview.readers.numbers import is_number

_DUTY = re.compile(r"\b(?:must|should|landlords?|residents?)\b", re.IGNORECASE)
_ENOUGH = 0.6  # share of a column's filled cells that must agree before content decides
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column from the left (None: nothing is known), and its heading ("" where it has none)."""

    roles: tuple[Role | None, ...]
    headings: tuple[str, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.roles)

    def place(self, role: Role) -> int | None:
        """Return the index of the first column with this role, None where there is none."""
        return self.roles.index(role) if role in self.roles else None


def from_headings(headings: Cells, rows: Sequence[Cells]) -> Columns:
    """Give roles by column headings; `rows` (the cells below) settle what the words leave open."""
    roles = [role_of(heading) for heading in headings]
    for role, test in ((Role.NUMBER, is_number), (Role.ANSWER, is_answer)):
        _keep_one(roles, role, rows, test)
    _find_missing(roles, rows)
    for place, found in enumerate(roles):
        # A column without a heading of its own belongs to the heading that spans it from the left.
        if found is None and place:
            left = roles[place - 1]
            roles[place] = left if left in (Role.REQUIREMENT, Role.EVIDENCE, Role.COMMENTARY) else None
    return Columns(tuple(roles), tuple(headings))


def from_content(rows: Sequence[Cells]) -> Columns | None:
    """Give roles by what the cells hold; None where the table is not recognisably a form's."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    same = [row for row in rows if len(row) == width]
    roles: list[Role | None] = [None] * width
    number, answer = _best(same, roles, is_number), _best(same, roles, is_answer)
    if number is not None:
        roles[number] = Role.NUMBER
    if answer is not None:
        roles[answer] = Role.ANSWER
    duty = _best(same, roles, _is_duty)
    if width < 3 or answer is None or (number is None and duty is None):
        return None
    roles[duty if duty is not None else roles.index(None)] = Role.REQUIREMENT
    for role in (Role.EVIDENCE, Role.COMMENTARY):
        if None in roles:
            roles[roles.index(None)] = role
    return Columns(tuple(role or Role.COMMENTARY for role in roles), ("",) * width)


def align(cells: Cells, columns: Columns) -> list[str]:
    """Shift a row that is shorter than its headings to where its number and answer fit; cut nothing off.

    A row that lost its first cell keeps its answer: it is moved to the right until the answer stands under its heading.
    """
    missing = columns.width - len(cells)
    if missing <= 0:
        return list(cells)
    shifts = [["", *cells] if shift else list(cells) for shift in (0, 1)]
    best = max(shifts, key=lambda shifted: _fit(shifted, columns))
    return best + [""] * (columns.width - len(best))


def _fit(cells: Cells, columns: Columns) -> int:
    number, answer = columns.place(Role.NUMBER), columns.place(Role.ANSWER)
    fits_number = number is not None and number < len(cells) and is_number(cells[number])
    fits_answer = answer is not None and answer < len(cells) and is_answer(cells[answer])
    return 2 * fits_number + 2 * fits_answer


def _keep_one(roles: list[Role | None], role: Role, rows: Sequence[Cells], test: Callable[[str], bool]) -> None:
    """Leave one column with this role: the one whose cells bear it out; the others become EXTRA."""
    places = [place for place, found in enumerate(roles) if found is role]
    if len(places) > 1:
        kept = max(places, key=lambda place: (_share(rows, place, test), -place))
        for place in places:
            roles[place] = role if place == kept else Role.EXTRA


def _find_missing(roles: list[Role | None], rows: Sequence[Cells]) -> None:
    """Give the roles that no heading named to columns whose content speaks for it."""
    for role, test in ((Role.NUMBER, is_number), (Role.ANSWER, is_answer), (Role.REQUIREMENT, _is_duty)):
        taken = [None if found in (None, Role.EXTRA) else found for found in roles]
        place = _best(rows, taken, test)
        if role not in roles and place is not None:
            roles[place] = role
    if Role.EVIDENCE not in roles:
        # With one column for the proof, all of it is evidence, whatever the heading calls it.
        spare = next((r for r in (Role.COMMENTARY, Role.EXTRA) if r in roles), None)
        if spare is not None:
            roles[roles.index(spare)] = Role.EVIDENCE


def _best(rows: Sequence[Cells], taken: Sequence[Role | None], test: Callable[[str], bool]) -> int | None:
    shares = {place: _share(rows, place, test) for place, role in enumerate(taken) if role is None}
    best = max(shares, key=lambda place: (shares[place], -place), default=None)
    return best if best is not None and shares[best] >= _ENOUGH else None


def _share(rows: Sequence[Cells], place: int, test: Callable[[str], bool]) -> float:
    filled = [row[place] for row in rows if place < len(row) and row[place].strip()]
    return sum(map(test, filled)) / len(filled) if filled else 0.0


def _is_duty(text: str) -> bool:
    return len(text.split()) >= 5 and _DUTY.search(text) is not None
