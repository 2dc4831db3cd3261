"""Requirement wording that another form of the same edition lends (`--requirements FILE`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evidencereview.errors import EditionError, FormError
from evidencereview.provisions import Pack, choose_pack, load_pack, read_pack
from evidencereview.records import Form

_REMEDY = "name a form, or rows of one, that prints the requirements of the same edition"


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of an edition's provisions as one form prints it: number to text, in that form's order."""

    name: str
    pack: Pack
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition that the user names: its year, or a file with another regulator's provisions; neither: unknown."""

    year: str = ""
    file: Path | None = None

    def pack(self) -> Pack | None:
        """Load its facts; None where no edition is named.

        Raises:
            EditionError: there is no such edition or file.
        """
        return read_pack(self.file) if self.file is not None else load_pack(self.year) if self.year else None


def wording_of(form: Form, name: str, pack: Pack | None) -> Wording:
    """Take the wording out of a form that was read.

    Args:
        form: the lending form.
        name: its file, for messages.
        pack: the edition that is asked for, None to find out which one it is.

    Raises:
        FormError: it prints the requirements of fewer than half of the provisions.
        EditionError: it follows no known edition, or another one than was asked for.
    """
    try:
        own = choose_pack(form)
    except EditionError as error:
        if pack is None:
            raise EditionError(f"{name}: {error.what}", _REMEDY) from error
        own = pack
    if pack is not None and own.edition != pack.edition and own.numbers != pack.numbers:
        raise EditionError(f"{name}: prints the requirements of {own.edition} and not of {pack.edition}", _REMEDY)
    texts = {row.number: row.requirement for row in form.rows if row.number in own.by_number and row.requirement.strip()}
    if len(texts) * 2 < len(own.numbers):
        raise FormError(
            f"{name}: prints the requirements of only {len(texts)} of {len(own.numbers)} provisions, so it cannot lend them",
            _REMEDY,
        )
    return Wording(name, own, texts)


def check_edition(wording: Wording, pack: Pack, name: str) -> None:
    """Raise EditionError unless a form's edition is the one whose wording is lent."""
    if wording.pack.edition != pack.edition:
        raise EditionError(
            f"{name} follows the edition {pack.edition}, and {wording.name} lends the wording of {wording.pack.edition}",
            _REMEDY,
        )
