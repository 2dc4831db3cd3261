"""Rows of a form that state different facts: statements are gathered by slot and held against each other.

Of a fact that many rows state, the rows in the minority are each set beside one row of the majority, so that one wrong
version number gives one pair and not ten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidencereview.language.statements import Statement
from evidencereview.language.statements_coverage import coverage
from evidencereview.language.statements_documents import documents, documents_differ
from evidencereview.language.statements_existence import existence, existence_differs
from evidencereview.language.statements_limits import limits, limits_differ
from evidencereview.language.statements_people import people, people_differ
from evidencereview.language.statements_rhythm import rhythms, rhythms_differ
from evidencereview.language.view import FormView, RowView
from evidencereview.records import Answer

Read = Callable[[RowView], Iterable[Statement]]
Differ = Callable[[Statement, Statement], bool]
# A slot in which more than this many rows lie apart is read wrongly rather than contradictory.
_MOST_PAIRS = 3
LONGEST = 1500  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two rows with the statements that exclude each other."""

    row: RowView
    other: RowView
    said: Statement
    against: Statement

    @property
    def why(self) -> str:
        """One sentence that says why both cannot stand."""
        return f"on {self.said.slot}, one row says {self.said.said} and the other {self.against.said}"


def _different(one: Statement, other: Statement) -> bool:
    return one.value != other.value


KINDS: tuple[tuple[Read, Differ], ...] = (
    (limits, limits_differ),
    (rhythms, rhythms_differ),
    (people, people_differ),
    (documents, documents_differ),
    (coverage, _different),
    (existence, existence_differs),
)


def disagreements(view: FormView) -> Iterator[Disagreement]:
    """Yield the pairs of rows whose facts exclude each other, each pair at most once."""
    seen: set[tuple[int, int]] = set()
    for read, differ in KINDS:
        for held in _by_slot(view, read).values():
            for found in _apart(view, held, differ):
                key = (min(found.row.index, found.other.index), max(found.row.index, found.other.index))
                if key not in seen:
                    seen.add(key)
                    yield found


def _by_slot(view: FormView, read: Read) -> Mapping[str, dict[int, list[Statement]]]:
    slots: defaultdict[str, dict[int, list[Statement]]] = defaultdict(dict)
    for row in view.rows:
        for statement in read(_readable(row)):
            slots[statement.slot].setdefault(row.index, []).append(statement)
    return slots


def _readable(row: RowView) -> RowView:
    """The row without its endless sentences: no fact is told in one, and patterns would take long over it."""
    if all(len(sentence.text) <= LONGEST for sentence in row.sentences):
        return row
    return replace(row, sentences=tuple(s for s in row.sentences if len(s.text) <= LONGEST))


def _apart(view: FormView, held: Mapping[int, Sequence[Statement]], differ: Differ) -> list[Disagreement]:
    pairs = {(a, b): clash for a in held for b in held if a < b and (clash := _clash(held[a], held[b], differ))}
    friends = {a: sum((min(a, b), max(a, b)) not in pairs for b in held) for a in held}
    found: list[Disagreement] = []
    done: set[int] = set()
    for (a, b), (said, against) in sorted(pairs.items(), key=lambda each: _order(view, each[0], friends)):
        minority = a if friends[a] < friends[b] else b
        if minority in done or not _may_clash(view.rows[a], view.rows[b]):
            continue
        done.add(minority)
        found.append(Disagreement(view.rows[a], view.rows[b], said, against))
    return found if len(found) <= _MOST_PAIRS else []


def _order(view: FormView, pair: tuple[int, int], friends: Mapping[int, int]) -> tuple[int, int, int, int]:
    """Rows that the map of shared duties links come first, then those that most other rows agree with."""
    return (pair not in view.links, -max(friends[pair[0]], friends[pair[1]]), *pair)


def _clash(one: Sequence[Statement], other: Sequence[Statement], differ: Differ) -> tuple[Statement, Statement] | None:
    """Return two statements that exclude each other, unless any two of them agree."""
    if all(differ(a, b) for a in one for b in other):
        return one[0], other[0]
    return None


def _may_clash(one: RowView, other: RowView) -> bool:
    """A No that says what is lacking and a No beside it do not contradict each other."""
    return not (one.row.answer is Answer.NO and other.row.answer is Answer.NO)
