"""How a row stands to its own provision and to all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencereview.language.vectors import FormVectors
    from evidencereview.language.view import RowView
    from evidencereview.provisions import Pack


def provision_margin(row: RowView, vectors: FormVectors | None, pack: Pack) -> float | None:
    """Return how much nearer a row is to its own provision than to the nearest other one that is no twin of it.

    About ten provisions of a form have a twin elsewhere in the Code; those that share a duty are left out as well.
    """
    if vectors is None or row.provision is None or not len(vectors.sentences[row.index]):
        return None
    near = vectors.to_provisions[row.index].tolist()
    kin = {row.provision.number, *_kin(row, pack)}
    others = [value for number, value in zip(pack.numbers, near, strict=True) if number not in kin]
    return near[pack.numbers.index(row.provision.number)] - max(others) if others else None


def nearest_provisions(row: RowView, vectors: FormVectors | None, pack: Pack, count: int = 3) -> tuple[str, ...]:
    """Return the numbers of the other provisions that a row's text comes closest to, nearest first.

    Empty where the row has no text, or neither its provision nor the encoder is there.
    """
    if vectors is None or row.provision is None or not len(vectors.sentences[row.index]):
        return ()
    near = vectors.to_provisions[row.index].tolist()
    order = sorted(range(len(near)), key=near.__getitem__, reverse=True)
    return tuple(number for number in (pack.numbers[i] for i in order) if number != row.provision.number)[:count]


def _kin(row: RowView, pack: Pack) -> set[str]:
    assert row.provision is not None
    return {*row.provision.twins, *(share.number for share in row.provision.shares if share.edition == pack.edition)}
