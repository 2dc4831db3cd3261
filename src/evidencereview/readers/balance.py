"""The balance of a form's text: every character that the file shows stands in a row or is told of in a note."""

from __future__ import annotations

from dataclasses import dataclass

from evidencereview.readers.visible import visible
from evidencereview.records import Form


@dataclass(frozen=True, slots=True)
class Balance:
    """Visible characters of one file (white space, table lines and what nobody sees apart).

    Attributes:
        visible: in the file; None where the reader of its format does not count them.
        in_rows: in the cells of the rows.
        beyond: of those, how many the file does not show there: lent wording, the same words in two cells.
        in_notes: what the notes account for, kind by kind.
    """

    visible: int | None
    in_rows: int
    beyond: int
    in_notes: tuple[tuple[str, int], ...]

    @property
    def unaccounted(self) -> int:
        """Characters that are in no row and no note (below 0: so many too many); 0 where the file is not counted."""
        if self.visible is None:
            return 0
        return self.visible - (self.in_rows - self.beyond) - sum(count for _, count in self.in_notes)


def balance_of(form: Form) -> Balance:
    """Draw up the balance of a form as `read_form` returned it."""
    rows = sum(
        visible(row.provision or "", row.requirement, row.answer_raw, row.evidence, row.commentary) for row in form.rows
    )
    notes: dict[str, int] = {}
    for note in form.notes:
        if note.characters > 0:
            notes[note.kind] = notes.get(note.kind, 0) + note.characters
    beyond = -sum(note.characters for note in form.notes if note.characters < 0)
    return Balance(form.visible, rows, beyond, tuple(sorted(notes.items(), key=lambda kind: (-kind[1], kind[0]))))
