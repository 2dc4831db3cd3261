"""Tells two forms in one file from one form."""

from __future__ import annotations

from collections.abc import Sequence

from evidencereview.errors import FormError

_FEW = 4  # so many numbers may stand twice in one form by mistake
_SHARE = 0.4


def refuse_two_forms(numbers: Sequence[str], wheres: Sequence[str], name: str) -> None:
    """Raise FormError where the numbers of a form begin anew: what follows is another form.

    Args:
        numbers: the provision of each row in printed order, "" where unknown.
        wheres: where each row stands.
        name: the file, for the message.
    """
    first: dict[str, int] = {}
    again: dict[str, int] = {}
    for place, number in enumerate(numbers):
        if number:
            (again if number in first else first).setdefault(number, place)
    if len(again) < max(_FEW, _SHARE * len(first)):
        return
    start = min(again.values())
    behind = sum(first[number] < start for number in again)
    if behind >= 0.9 * len(again):
        raise FormError(
            f"{name}: holds more than one form: provision {numbers[start]} begins anew at {wheres[start]},"
            f" and {len(again)} provisions stand there a second time",
            "put each form into a file of its own",
        )
