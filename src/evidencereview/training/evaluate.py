"""Evaluates reviews against labels, beside plain baselines, under the measures of LABELS.

pairs of files → rows and labels → reviews → tables of gold and judgement → Evaluation
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencereview.config import Settings
from evidencereview.errors import LabelError, ModelError
from evidencereview.records import Review, Row
from evidencereview.training.baselines import plain_baselines
from evidencereview.training.evaluation import Evaluation, Measured
from evidencereview.training.judgements import Judge, judgements_of
from evidencereview.training.labels import FLAGS, Label, join, load_labels
from evidencereview.training.measure import bootstrap, calibrations, flag_figures, measure, rare_rows
from evidencereview.training.tables import build_table

DEFAULTS = Settings()
LABELS_ENDING = ".labels.jsonl"
ROWS_ENDING = ".rows.jsonl"

Joined = tuple[tuple[Row, Label], ...]
Probabilities = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that was judged otherwise than the gold has it; each grade is (gold, said)."""

    form: str
    provision: str
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    tier: tuple[int, int]
    relevance: tuple[int, int]
    specificity: tuple[int, int]


def evaluate_pairs(
    pairs: Sequence[tuple[Path, Path]],
    settings: Settings = DEFAULTS,
    *,
    baselines: Mapping[str, Judge] | None = None,
    left_out: Collection[str] = (),
    resamples: int = 0,
    seed: int = 0,
) -> Evaluation:
    """Read, review and measure forms given as (rows, labels); the rows may be a form of any format that can be read.

    Raises:
        LabelError: no pairs, or rows and labels that do not belong together (found before any review is made).
        EvidenceReviewError: a form that cannot be read or reviewed.
    """
    # Imported here so that reviews which are already made can be measured without a model.
    from evidencereview.pipeline import review
    from evidencereview.readers import read_form

    forms = [read_form(rows, settings.limits) for rows, _ in pairs]
    labels = [load_labels(path) for _, path in pairs]
    for form, gold in zip(forms, labels, strict=True):
        join(form.rows, gold)
    reviews = [review(form, settings) for form in forms]
    return evaluate_reviews(reviews, labels, baselines=baselines, left_out=left_out, resamples=resamples, seed=seed)


def evaluate_reviews(
    reviews: Sequence[Review],
    labels: Sequence[Sequence[Label]],
    *,
    baselines: Mapping[str, Judge] | None = None,
    left_out: Collection[str] = (),
    probabilities: Sequence[Probabilities] | None = None,
    resamples: int = 0,
    seed: int = 0,
) -> Evaluation:
    """Measure reviews against the labels of their forms.

    Args:
        reviews: one a form.
        labels: the labels of each form, in the same order.
        baselines: name to judge; None takes the plain ones, {} takes none.
        left_out: flags that micro-F1*, macro-F1 and early leave out.
        probabilities: of each form, flag to provision to a head's probability, for the calibration.
        resamples: draws of the bootstrap; 0 gives no intervals.
        seed: of the bootstrap.

    Raises:
        LabelError: nothing to measure, or reviews and labels that do not belong together.
    """
    _checked(reviews, labels, left_out)
    names = [_form_name(review, gold) for review, gold in zip(reviews, labels, strict=True)]
    joined = [join([item.row for item in review.items], gold) for review, gold in zip(reviews, labels, strict=True)]
    heads: Sequence[Probabilities | None] = probabilities or [None] * len(names)
    tables = [
        build_table(name, rows, judgements_of(review), left_out, head)
        for name, rows, review, head in zip(names, joined, reviews, heads, strict=True)
    ]
    flags = flag_figures(tables, left_out)
    judges = plain_baselines() if baselines is None else baselines
    beside, unable = _beside(judges, names, joined, left_out)
    return Evaluation(
        review=measure("review", tables, left_out),
        flags=flags,
        rare=rare_rows(tables, flags),
        calibration=calibrations(tables),
        baselines=beside,
        intervals=bootstrap(tables, resamples, seed, left_out) if resamples else None,
        left_out=tuple(sorted(left_out)),
        notes=(*_notes(reviews), *unable),
    )


def wrong_rows(review: Review, labels: Sequence[Label]) -> tuple[WrongRow, ...]:
    """Return the rows whose flags or tier differ from the gold, in the order of the review list.

    Raises:
        LabelError: review and labels do not belong together.
    """
    judged = {judgement.provision: judgement for judgement in judgements_of(review)}
    ranked = sorted(review.items, key=lambda item: item.rank)
    rows = []
    for row, label in join([item.row for item in ranked], labels):
        said = judged[row.number]
        rows.append(
            WrongRow(
                form=label.form,
                provision=label.provision,
                missing=tuple(sorted(set(label.flags) - set(said.flags))),
                extra=tuple(sorted(set(said.flags) - set(label.flags))),
                tier=(label.tier, said.tier),
                relevance=(label.relevance, said.relevance),
                specificity=(label.specificity, said.specificity),
            )
        )
    return tuple(row for row in rows if row.missing or row.extra or row.tier[0] != row.tier[1])


def find_pairs(rows: Path, labels: Path, without: Collection[str] = ()) -> tuple[tuple[Path, Path], ...]:
    """Pair FORM.rows.jsonl of one folder with FORM.labels.jsonl of another; rows without labels are passed over.

    Args:
        rows: folder of rows.
        labels: folder of labels.
        without: names of forms whose files are not to be touched.

    Raises:
        LabelError: no labels there, or labels whose rows are missing.
    """
    names = sorted(path.name.removesuffix(LABELS_ENDING) for path in labels.glob(f"*{LABELS_ENDING}"))
    pairs = [(rows / f"{n}{ROWS_ENDING}", labels / f"{n}{LABELS_ENDING}") for n in names if n not in without]
    if not pairs:
        raise LabelError(f"{labels}: holds no FORM{LABELS_ENDING}", "name a folder of labels")
    for form, _ in pairs:
        if not form.is_file():
            raise LabelError(f"{form}: is missing, though its labels are there", "add the rows or take the labels away")
    return tuple(pairs)


def _checked(reviews: Sequence[Review], labels: Sequence[Sequence[Label]], left_out: Collection[str]) -> None:
    if not reviews or len(reviews) != len(labels):
        raise LabelError(f"{len(reviews)} forms and {len(labels)} sets of labels", "give one set of labels a form")
    for number, review in enumerate(reviews):
        if not review.items:
            raise LabelError(f"form {number + 1} ('{review.form.name}') has no row", "give forms that hold rows")
    for flag in left_out:
        if flag not in FLAGS:
            raise LabelError(f"unknown flag '{flag}' to leave out", "use a flag of the table of checks")


def _form_name(review: Review, labels: Sequence[Label]) -> str:
    return labels[0].form if labels else review.form.name


def _beside(
    judges: Mapping[str, Judge], names: Sequence[str], joined: Sequence[Joined], left_out: Collection[str]
) -> tuple[tuple[Measured, ...], tuple[str, ...]]:
    """Measure each baseline; one whose model is missing is noted, since the review itself stands without it."""
    measured, unable = [], []
    for judge_name, judge in judges.items():
        try:
            tables = [
                build_table(name, rows, judge([row for row, _ in rows]), left_out)
                for name, rows in zip(names, joined, strict=True)
            ]
        except ModelError as error:
            unable.append(f"baseline '{judge_name}' left out: {error}")
            continue
        measured.append(measure(judge_name, tables, left_out))
    return tuple(measured), tuple(unable)


def _notes(reviews: Sequence[Review]) -> tuple[str, ...]:
    crashed = [f"{review.form.name}: check {f.check} crashed ({f.message})" for review in reviews for f in review.failures]
    strange = {finding.flag for review in reviews for item in review.items for finding in item.findings} - set(FLAGS)
    return (*crashed, *(f"flag '{flag}' has no labels and was not measured" for flag in sorted(strange)))
