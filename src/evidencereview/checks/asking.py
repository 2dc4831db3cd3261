"""How an ask names the missing thing: by the topic of the row's provision, or by what its duties need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencereview.language.coverage import DutyCoverage
    from evidencereview.language.view import RowView


def topic_of(row: RowView) -> str:
    """Return the topic of the row's provision in a few words; its number or place where the pack does not know it."""
    if row.provision is not None:
        return row.provision.topic
    return f"provision {row.row.number}" if row.row.number else f"row {row.row.order} of the form"


def asked_of(row: RowView, count: int = 2) -> str:
    """Return what the first duties of the row's provision need, by name (its number or place where it is not known)."""
    if row.provision is None:
        return f"what shows {topic_of(row)}"
    return "; ".join(duty.ask for duty in row.provision.duties[:count])


def asked_of_nearest(row: RowView, coverage: Sequence[DutyCoverage]) -> str:
    """Return what the duty that the row speaks to best needs: never one that `partial-coverage` asks for beside it."""
    if not coverage:
        return asked_of(row, 1)
    return max(coverage, key=lambda each: (each.terms > 0, each.nearness)).duty.ask
