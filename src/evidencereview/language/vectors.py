"""Vectors of a form, and how near each row stands to each provision of its pack.

"Near" is judged against the duties of a provision, each given by its text and a few example answers of ours; the printed
requirement is used for what a landlord may have copied from it. Vectors of the shipped packs are kept in `models/`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from evidencereview.language.clauses import parted_sentences
from evidencereview.language.model_files import models_folder
from evidencereview.language.parted import Parted
from evidencereview.language.view import RowView
from evidencereview.provisions import Duty, Pack

if TYPE_CHECKING:
    from evidencereview.language.encoder import Text

Vectors = NDArray[np.float32]
log = logging.getLogger(__name__)


class TextEncoder(Protocol):
    """Whatever turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Name and version of the model."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (texts, dimensions)."""
        ...


@runtime_checkable
class EarlyEncoder(Protocol):
    """An encoder of texts or of pairs that can begin before it is asked."""

    def expect(self, texts: Sequence[Text]) -> None:
        """Begin what will be asked for, where that saves time."""
        ...


@runtime_checkable
class PartEncoder(Protocol):
    """An encoder whose one reading of a text gives a vector for each of its parts too."""

    def encode_parts(self, texts: Sequence[Parted]) -> Sequence[Vectors]:
        """Return for each text its unit vector and those of its parts, shape (1 + parts, dimensions)."""
        ...


@dataclass(frozen=True)
class PackVectors:
    """Vectors of a pack: one row for each text of each duty, in the order of `duty_texts`.

    `owner` gives the index of the provision and `duty` that of the duty within it, for each row of `matrix`.
    """

    matrix: Vectors
    owner: NDArray[np.intp]
    duty: NDArray[np.intp]

    @cached_property
    def _rows(self) -> dict[tuple[int, int], list[int]]:
        rows: dict[tuple[int, int], list[int]] = {}
        for row, place in enumerate(zip(self.owner.tolist(), self.duty.tolist(), strict=True)):
            rows.setdefault(place, []).append(row)
        return rows

    def rows_of(self, provision: int, duties: Sequence[int]) -> list[int]:
        """Return which rows of `matrix` are the texts of some duties of a provision."""
        return [row for duty in duties for row in self._rows.get((provision, duty), ())]

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where in `matrix` the texts of each provision begin; those of one lie together."""
        return np.flatnonzero(np.diff(self.owner, prepend=-1))

    def span_of(self, provision: int) -> slice:
        """Return which rows of `matrix` are the texts of a provision."""
        after = self.starts[provision + 1] if provision + 1 < len(self.starts) else len(self.owner)
        return slice(int(self.starts[provision]), int(after))


@dataclass(frozen=True)
class FormVectors:
    """Vectors of a form's rows.

    Attributes:
        requirement: one unit vector a row, shape (rows, dimensions).
        sentences: for each row its sentences' vectors, shape (sentences, dimensions); may have no rows.
        clauses: for each row the vectors of its clauses (`parted_sentences`), shape (clauses, dimensions); may have no rows.
        pack: vectors of the duties.
        encoder: name of the encoder that made them.
    """

    requirement: Vectors
    sentences: tuple[Vectors, ...]
    clauses: tuple[Vectors, ...]
    pack: PackVectors
    encoder: str

    @cached_property
    def text(self) -> Vectors:
        """One unit vector a row: the mean of its sentences (zero where the row is blank)."""
        return np.stack([_unit_mean(vectors, self.requirement.shape[1]) for vectors in self.sentences])

    def to_requirement(self, index: int) -> Vectors:
        """Cosine of each sentence of a row with the row's printed requirement, shape (sentences,)."""
        return np.asarray(self.sentences[index] @ self.requirement[index], dtype=np.float32)

    @cached_property
    def _near(self) -> Vectors:
        """Cosine of every sentence of the form with every duty text: one product for all rows."""
        return np.asarray(np.concatenate(self.sentences) @ self.pack.matrix.T, dtype=np.float32)

    @cached_property
    def _bounds(self) -> list[int]:
        return [0, *np.cumsum([len(vectors) for vectors in self.sentences]).tolist()]

    def to_duties(self, index: int) -> Vectors:
        """Cosine of each sentence of a row with each text of each duty, shape (sentences, duty texts)."""
        return self._near[self._bounds[index] : self._bounds[index + 1]]

    def to_duty(self, index: int, provision: int, duty: int) -> Vectors:
        """Best cosine of each sentence of a row with the texts of one duty, shape (sentences,)."""
        return self.to_any(index, provision, (duty,))

    def to_any(self, index: int, provision: int, duties: Sequence[int]) -> Vectors:
        """Best cosine of each sentence of a row with the texts of some duties of a provision, shape (sentences,)."""
        own = self.pack.rows_of(provision, duties)
        return np.asarray(self.to_duties(index)[:, own].max(axis=1), dtype=np.float32)

    def clauses_to_any(self, index: int, provision: int, duties: Sequence[int]) -> Vectors:
        """Best cosine of each clause of a row with the texts of some duties of a provision, shape (clauses,)."""
        own = self.pack.rows_of(provision, duties)
        return np.asarray((self.clauses[index] @ self.pack.matrix[own].T).max(axis=1), dtype=np.float32)

    def to_words(self, index: int, provision: int, duty: int) -> Vectors:
        """Cosine of each sentence of a row with the words of one duty, its example answers aside, shape (sentences,)."""
        first = self.pack.rows_of(provision, (duty,))[0]
        return np.asarray(self.to_duties(index)[:, first], dtype=np.float32)

    def to_provision(self, index: int, provision: int) -> Vectors:
        """Best cosine of each sentence of a row with any duty text of one provision, shape (sentences,)."""
        return np.asarray(self.to_duties(index)[:, self.pack.span_of(provision)].max(axis=1), dtype=np.float32)

    @cached_property
    def to_provisions(self) -> Vectors:
        """Best cosine of any sentence of a row with any duty text of a provision, shape (rows, provisions)."""
        starts = self.pack.starts
        best = np.zeros((len(self.sentences), len(starts)), dtype=np.float32)
        for index, vectors in enumerate(self.sentences):
            if len(vectors):
                best[index] = np.maximum.reduceat(self.to_duties(index).max(axis=0), starts)
        return best


def form_vectors(rows: Sequence[RowView], pack: Pack, encoder: TextEncoder) -> FormVectors:
    """Encode the requirements of a form, and its sentences with their clauses."""
    requirements = encoder.encode([requirement_of(view) for view in rows])
    parted = [parted_sentences(view) for view in rows]
    made = iter(_with_parts([text for each in parted for text in each], encoder))
    by_row = [[next(made) for _ in each] for each in parted]
    none = np.zeros((0, requirements.shape[1]), dtype=np.float32)
    return FormVectors(
        requirements,
        tuple(np.concatenate([none, *(vectors[:1] for vectors in row)]) for row in by_row),
        tuple(np.concatenate([none, *(vectors[1:] for vectors in row)]) for row in by_row),
        pack_vectors(pack, encoder),
        encoder.name,
    )


def _with_parts(texts: Sequence[Parted], encoder: TextEncoder) -> Sequence[Vectors]:
    """Return for each text its vector and those of its parts, shape (1 + parts, dimensions)."""
    if isinstance(encoder, PartEncoder):
        return encoder.encode_parts(texts)
    flat = encoder.encode([piece for text in texts for piece in (text.text, *text.parts)])
    bounds = np.cumsum([0, *(1 + len(text.spans) for text in texts)])
    return [flat[a:b] for a, b in pairwise(bounds)]


def requirement_of(view: RowView) -> str:
    """Return the requirement as printed; a form that prints none is held against our own summary of it."""
    return view.row.requirement or (view.provision.summary if view.provision else "")


def expect_row(view: RowView, encoder: TextEncoder | None) -> None:
    """Let the encoder begin on a row while the next ones are still looked at."""
    if isinstance(encoder, EarlyEncoder):
        encoder.expect([requirement_of(view), *parted_sentences(view)])


def pack_vectors(pack: Pack, encoder: TextEncoder) -> PackVectors:
    """Return the vectors of a pack: those kept in `models/vectors` where pack and encoder are the same, else made now."""
    texts, owner, duty = duty_texts(pack)
    kept = _kept(vectors_file(pack), fingerprint(texts, encoder.name))
    matrix = kept if kept is not None else encoder.encode(texts)
    return PackVectors(matrix, np.asarray(owner, dtype=np.intp), np.asarray(duty, dtype=np.intp))


def duty_texts(pack: Pack) -> tuple[list[str], list[int], list[int]]:
    """Return the texts of all duties with the index of their provision and of their duty."""
    texts, owner, number = [], [], []
    for i, provision in enumerate(pack.provisions):
        for j, duty in enumerate(provision.duties):
            for text in _texts(duty):
                texts.append(text)
                owner.append(i)
                number.append(j)
    return texts, owner, number


def _texts(duty: Duty) -> tuple[str, ...]:
    return (duty.text, *duty.answers)


def vectors_file(pack: Pack) -> Path:
    """Return the place of a pack's kept vectors."""
    return models_folder() / "vectors" / f"{pack.edition}.npz"


def fingerprint(texts: Sequence[str], encoder: str) -> str:
    """Return a hash of the texts and of the encoder that made their vectors."""
    return hashlib.sha256("\x00".join((encoder, *texts)).encode()).hexdigest()


def keep_pack_vectors(pack: Pack, encoder: TextEncoder) -> Path:
    """Write the vectors of a pack to `models/vectors`, for `make train`; half precision keeps the wheel small."""
    texts, _, _ = duty_texts(pack)
    path = vectors_file(pack)
    path.parent.mkdir(parents=True, exist_ok=True)
    matrix = encoder.encode(texts).astype(np.float16)
    np.savez_compressed(path, matrix=matrix, fingerprint=np.array(fingerprint(texts, encoder.name)))
    return path


def _kept(path: Path, wanted: str) -> Vectors | None:
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as archive:
        if str(archive["fingerprint"]) != wanted:
            log.info("%s was made from other texts or by another encoder; made anew", path.name)
            return None
        return np.asarray(archive["matrix"], dtype=np.float32)


def _unit_mean(vectors: Vectors, size: int) -> Vectors:
    if not len(vectors):
        return np.zeros(size, dtype=np.float32)
    mean = vectors.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
