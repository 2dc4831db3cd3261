"""From a form to the view that checks look at: sentences, vectors, coverage and scores, each made once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from evidencereview.errors import ModelError
from evidencereview.language.coverage import DutyCoverage, duty_coverage
from evidencereview.language.cross_encoder import PairEncoder
from evidencereview.language.heads import Heads
from evidencereview.language.pair_texts import pair_of
from evidencereview.language.relations import provision_margin
from evidencereview.language.repeats import repeated_sentences
from evidencereview.language.scores import rule_scores
from evidencereview.language.sentence_process import split_rows
from evidencereview.language.vectors import EarlyEncoder, FormVectors, TextEncoder, expect_row, form_vectors
from evidencereview.language.view import FormView, RowView, Sentence
from evidencereview.provisions import Pack
from evidencereview.records import Form, Row, Scores


@dataclass(frozen=True)
class Models:
    """The encoder, the learned heads and the cross-encoder that these look at.

    Heads and cross-encoder are None where they do not fit the encoder or are not shipped.
    """

    encoder: TextEncoder | None
    heads: Heads | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    cross_encoder: PairEncoder | None = None

    @property
    def needed_encoder(self) -> TextEncoder:
        """The encoder, for what cannot do without.

        Raises:
            ModelError: there is none.
        """
        if self.encoder is None:
            raise ModelError("the sentence encoder is missing", "reinstall the package, or run 'make encoder' in a checkout")
        return self.encoder


def look_at_rows(
    form: Form, pack: Pack, models: Models, sentences: Iterable[tuple[Sentence, ...]] | None = None
) -> tuple[RowView, ...]:
    """Take the rows and their sentences together; the encoder begins with each row at once, in threads of its own.

    Args:
        form: the form.
        pack: its provisions.
        models: the encoder and the heads.
        sentences: of row after row, where `split_rows` has begun with them before.
    """
    split = split_rows(form.rows) if sentences is None else sentences
    return tuple(_row_view(i, row, found, pack, models) for i, (row, found) in enumerate(zip(form.rows, split, strict=True)))


def build_view(
    form: Form, pack: Pack, models: Models, as_of: date | None = None, rows: tuple[RowView, ...] | None = None
) -> FormView:
    """Look at a form once: every check and feature reads from what is made here.

    Args:
        form: the form.
        pack: its provisions.
        models: the encoder and the heads.
        as_of: the day from which dates count as past.
        rows: what `look_at_rows` made of the form before, where something else was to be done in the meantime.
    """
    rows = look_at_rows(form, pack, models) if rows is None else rows
    vectors = form_vectors(rows, pack, models.encoder) if models.encoder is not None else None
    places = {number: i for i, number in enumerate(pack.numbers)}
    coverage = tuple(duty_coverage(row, places.get(row.row.number, -1), vectors) for row in rows)
    plain = FormView(
        form=form,
        pack=pack,
        rows=rows,
        scores=_rule_scores(rows, coverage, vectors, pack),
        repeats=repeated_sentences(rows),
        coverage=coverage,
        vectors=vectors,
        readings=_readings(rows, models.cross_encoder),
        as_of=as_of,
    )
    if models.heads is None or vectors is None:
        return plain
    return models.heads.judge(replace(plain, reader=models.heads.reader(models.cross_encoder)))


def _row_view(index: int, row: Row, sentences: tuple[Sentence, ...], pack: Pack, models: Models) -> RowView:
    view = RowView(index, row, pack.by_number.get(row.number), sentences)
    expect_row(view, models.encoder)
    if isinstance(models.cross_encoder, EarlyEncoder):
        models.cross_encoder.expect([pair_of(view)])
    return view


def _readings(rows: Sequence[RowView], cross_encoder: PairEncoder | None) -> tuple[tuple[float, ...], ...]:
    if cross_encoder is None:
        return ()
    return tuple(tuple(map(float, reading)) for reading in cross_encoder.encode([pair_of(row) for row in rows]))


def _rule_scores(
    rows: Sequence[RowView], coverage: Sequence[tuple[DutyCoverage, ...]], vectors: FormVectors | None, pack: Pack
) -> tuple[Scores, ...]:
    numbers = frozenset(row.row.number for row in rows if row.row.number)
    return tuple(rule_scores(row, coverage[row.index], provision_margin(row, vectors, pack), numbers) for row in rows)
