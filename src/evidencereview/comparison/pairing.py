"""Which rows of two forms belong together: by number, or across editions by the duties that the packs say are shared."""

from __future__ import annotations

import difflib
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidencereview.decisions import normalised
from evidencereview.provisions import Pack
from evidencereview.records import Item

_PATIENCE = 40_000  # pairs of rows up to which likeness is measured and not only sameness
_ALIKE = 0.8  # likeness of two requirements from which a row without a number is the same row


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the new form (None: gone) and those of the old one that answer to it (none: new).

    `borrowed` says that the old row's own place is with another new row: it is only here to compare with.
    """

    new: Item | None
    old: tuple[Item, ...]
    why: str = ""
    borrowed: bool = False


def pair_rows(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Pair the rows of two forms of one edition: by number in printed order, then by the wording of the requirement."""
    waiting: dict[str, deque[Item]] = defaultdict(deque)
    for item in _printed(old):
        waiting[item.row.number].append(item)
    found: dict[int, Item] = {}
    for item in _printed(new):
        if item.row.number and waiting[item.row.number]:
            found[id(item)] = waiting[item.row.number].popleft()
    left = [item for queue in waiting.values() for item in queue]
    alone = [item for item in _printed(new) if id(item) not in found]
    patient = len(left) * len(alone) <= _PATIENCE
    worded = {id(item): normalised(item.row.requirement) for item in (*left, *alone)}
    for item in alone:
        same = _same_requirement(item, left, worded, patient)
        if same is not None:
            left.remove(same)
            found[id(item)] = same
    pairs = [Pair(item, (found[id(item)],) if id(item) in found else ()) for item in _printed(new)]
    return pairs + [Pair(None, (item,)) for item in _printed(left)]


def pair_across(old: Sequence[Item], new: Sequence[Item], old_pack: Pack, new_pack: Pack) -> list[Pair]:
    """Pair the rows of two editions by the duties that they share.

    Duties were split and merged between editions, so of several candidates the ones whose texts are most alike pair up;
    a further old row goes with the new one that is nearest, and a further new row is compared with its nearest old one.
    """
    whys = _links(old_pack, new_pack)
    candidates = sorted(
        (
            (_likeness(one, two), -one.row.order, -two.row.order, one, two)
            for one in old
            for two in new
            if (one.row.number, two.row.number) in whys
        ),
        key=lambda entry: entry[:3],
        reverse=True,
    )
    partners: dict[int, list[Item]] = defaultdict(list)
    placed: set[int] = set()
    for first in (True, False):
        # First one to one; then the old rows that are left go with the new row that is nearest.
        for *_, one, two in candidates:
            if id(one) not in placed and not (first and partners[id(two)]):
                partners[id(two)].append(one)
                placed.add(id(one))
    pairs = []
    for item in _printed(new):
        own = tuple(partners[id(item)])
        nearest = next((one for *_, one, two in candidates if two is item), None)
        olds = own or ((nearest,) if nearest else ())
        lacking = [one for one, two in whys if two == item.row.number]
        why = whys[olds[0].row.number, item.row.number] if olds else _alone(lacking, old_pack)
        pairs.append(Pair(item, olds, why, borrowed=not own and nearest is not None))
    for item in _printed(old):
        if id(item) not in placed:
            lacking = [two for one, two in whys if one == item.row.number]
            pairs.append(Pair(None, (item,), _alone(lacking, new_pack)))
    return pairs


def _alone(lacking: Sequence[str], pack: Pack) -> str:
    """Return why a row has no counterpart: the form lacks its rows, or the edition asks for nothing of the kind."""
    if lacking:
        return f"the form of edition {pack.edition} has no row for {', '.join(lacking)}"
    return f"no provision of edition {pack.edition} shares a duty with it"


def _printed(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.row.order)


def _same_requirement(item: Item, left: Sequence[Item], worded: Mapping[int, str], patient: bool) -> Item | None:
    """Return the row whose requirement is worded alike, where at least one of the two has no number.

    `worded` holds the normalised requirement of each. Without patience, only the very same words count.
    """
    words = worded[id(item)]
    best, likeness = None, _ALIKE
    for other in left:
        if item.row.number and other.row.number:
            continue
        others = worded[id(other)]
        if words and words == others:
            return other
        matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
        if patient and words and matcher.quick_ratio() >= likeness and matcher.ratio() >= likeness:
            best, likeness = other, matcher.ratio()
    return best


def _likeness(old: Item, new: Item) -> float:
    """Return the share of words that two rows have in common (Jaccard), a little more where even the number is the same."""
    one, two = set(normalised(old.row.text).split()), set(normalised(new.row.text).split())
    return (len(one & two) / len(one | two) if one | two else 0.0) + (0.05 if old.row.number == new.row.number else 0.0)


def _links(old: Pack, new: Pack) -> dict[tuple[str, str], str]:
    """Return (old number, new number) to what they share; a link of either pack counts."""
    found = {}
    for provision in new.provisions:
        for share in provision.shares:
            if share.edition == old.edition:
                found[share.number, provision.number] = share.why
    for provision in old.provisions:
        for share in provision.shares:
            if share.edition == new.edition:
                found.setdefault((provision.number, share.number), share.why)
    return found
