"""Collects what a Word file shows beside its rows, with the place where it stood, and counts it for the balance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible
from evidencereview.records import Note

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Remarks:
    """Notes in the making.

    Attributes:
        visible: characters that the file shows, counted from its tree as saved.
        noted: visible characters that stand in notes and in no cell.
        added: characters that the reader itself put into cells (targets of links, numbers of lists and footnotes).
        boxes: text boxes that were taken out, each with the run that it hangs on and what holds that.
        places: table row or paragraph → where it stands, filled while the file is walked.
    """

    def __init__(self) -> None:
        self.visible = 0
        self.noted = 0
        self.added = 0
        self.boxes: list[tuple[Element, Element | None, Element | None]] = []
        self.places: dict[Element, str] = {}
        self._found: list[tuple[str, str, Element | str | None]] = []

    def add(self, kind: str, text: str, place: Element | str | None = None, *, shown: bool = False) -> None:
        """Remember a note; `shown` says that the text is visible in the file and stands nowhere else."""
        if text.strip():
            self._found.append((kind, " ".join(text.split()), place))
            self.noted += visible(text) if shown else 0

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """Leave the counts as they are, whatever is read meanwhile: comments stand beside the page."""
        before = (self.visible, self.noted, self.added)
        yield
        self.visible, self.noted, self.added = before

    def notes(self) -> tuple[Note, ...]:
        """Return the notes, those of one kind and place as one, many of a kind cut short with their number."""
        joined: dict[tuple[str, str], list[str]] = {}
        for kind, text, place in self._found:
            joined.setdefault((kind, self._where(place)), []).append(text)
        tally = Tally()
        for (kind, where), texts in joined.items():
            tally.add(kind, " / ".join(dict.fromkeys(texts)), where)
        return tally.notes()

    def _where(self, place: Element | str | None) -> str:
        if place is None or isinstance(place, str):
            return place or ""
        around = (place, *place.iterancestors())
        return next((self.places[element] for element in around if element in self.places), "")
