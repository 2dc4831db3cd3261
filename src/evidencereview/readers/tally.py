"""Collects what is not in the rows, so that no text of a file is lost in silence."""

from __future__ import annotations

from evidencereview.readers.answers import shorten
from evidencereview.readers.visible import visible
from evidencereview.records import Note

_SEPARATELY = 40  # notes of one kind that are shown one by one before the rest is summed up


class Tally:
    """Notes in the making: pieces of a kind that is bulk become one note, others a note each."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[tuple[str, str]]] = {}
        self._characters: dict[str | tuple[str, str], int] = {}
        self._single: dict[str, list[Note]] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, kind: str, text: str, where: str = "", characters: int = 0) -> None:
        """Note something that a person should look at: one note by itself; its text stands in a row as a rule."""
        self._single.setdefault(kind, []).append(Note(kind, shorten(text), where, characters))

    def gather(self, kind: str, text: str, where: str, characters: int | None = None) -> None:
        """Account for a piece of text that is no row's: all pieces of one kind become one note.

        `characters` are its visible ones, where the text is not just what the file shows.
        """
        self._pieces.setdefault(kind, []).append((shorten(text), where))
        found = visible(text) if characters is None else characters
        self._characters[kind] = self._characters.get(kind, 0) + found

    def count(self, kind: str, what: str, number: int, characters: int = 0) -> None:
        """Count small things of one kind that need no text of their own ("formatting tags taken out of cells")."""
        self._counts[kind, what] = self._counts.get((kind, what), 0) + number
        self._characters[kind, what] = self._characters.get((kind, what), 0) + characters

    def notes(self) -> tuple[Note, ...]:
        """Return the notes: single ones first, then one for each kind of bulk."""
        single = [note for notes in self._single.values() for note in _capped(notes)]
        counted = [
            Note(kind, f"{number} {what}", characters=self._characters[kind, what])
            for (kind, what), number in self._counts.items()
        ]
        summed = [_summed(kind, pieces, self._characters[kind]) for kind, pieces in self._pieces.items()]
        return (*single, *counted, *summed)


def _capped(notes: list[Note]) -> list[Note]:
    rest = len(notes) - _SEPARATELY
    if rest <= 0:
        return notes
    hidden = sum(note.characters for note in notes[_SEPARATELY:])
    more = Note(notes[0].kind, f"and {rest} more of this kind", notes[_SEPARATELY].where, hidden)
    return [*notes[:_SEPARATELY], more]


def _summed(kind: str, pieces: list[tuple[str, str]], characters: int) -> Note:
    first, last = pieces[0][1], pieces[-1][1]
    where = first if first == last else f"{first} to {last}"
    texts = list(dict.fromkeys(text for text, _ in pieces))
    count = f"{len(pieces)} pieces: " if len(pieces) > 1 else ""
    return Note(kind, shorten(count + " / ".join(texts)), where, characters)
