"""Reviews beside labels that the heads did not learn from: open published forms, or landlords held out of training."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evidencereview.config import Settings
from evidencereview.language.build import Models, build_view
from evidencereview.language.heads import GRAPHS, Heads
from evidencereview.pipeline import load_models, review, run_checks
from evidencereview.priority import prioritise
from evidencereview.provisions import load_pack
from evidencereview.readers import read_form
from evidencereview.records import Review
from evidencereview.training.data import TrainingForm, load_training_forms
from evidencereview.training.evaluate import find_pairs
from evidencereview.training.figures import OPEN_FORMS, Probabilities, probabilities, with_boilerplate
from evidencereview.training.fit import folds
from evidencereview.training.judgements import judgements_of
from evidencereview.training.labels import Label, join, load_labels
from evidencereview.training.readings import training_models
from evidencereview.training.tables import FormTable, build_table
from evidencereview.training.train import train


@dataclass(frozen=True, slots=True)
class LabelledReview:
    """A review, the labels of its rows, and each head's probability by flag and provision."""

    review: Review
    labels: tuple[Label, ...]
    probabilities: Probabilities

    @property
    def table(self) -> FormTable:
        """Labels and judgements side by side."""
        rows = join([item.row for item in self.review.items], self.labels)
        return build_table(self.labels[0].form, rows, judgements_of(self.review), probabilities=self.probabilities)


def labelled_reviews(shared: Path, data: Path) -> tuple[LabelledReview, ...]:
    """Return reviews of the open published forms where `shared` is there, else of the first fold of our landlords.

    Raises:
        LabelError: labels and rows do not belong together, or there is no training text.
        ModelError: a model is missing.
    """
    if (shared / "labels").is_dir():
        return published_reviews(shared)
    models = load_models(None)
    whole = [form.form.name for form in load_training_forms(data) if form.whole]
    return fold_reviews(data, next(iter(folds(whole))), training_models(models.needed_encoder, data))


def published_reviews(shared: Path) -> tuple[LabelledReview, ...]:
    """Return reviews of the open published forms."""
    others = [path.name.partition(".")[0] for path in (shared / "labels").iterdir()]
    pairs = find_pairs(shared / "corpus", shared / "labels", [name for name in others if name not in OPEN_FORMS])
    read = [(read_form(rows), load_labels(labels)) for rows, labels in pairs]
    models = load_models(None)
    return tuple(LabelledReview(review(form), labels, probabilities(form, models)) for form, labels in read)


def fold_reviews(data: Path, held: Collection[str], models: Models) -> tuple[LabelledReview, ...]:
    """Train without some landlords, in a folder that is thrown away, and review them."""
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "data"
        shutil.copytree(data, kept, ignore=lambda _, names: [name for name in names if name.partition(".")[0] in held])
        card = train(kept, Path(folder) / "heads", models)
        duties, sentences, rows = (_session(Path(folder), name) for name in GRAPHS)
        fitted = replace(models, heads=Heads(duties, sentences, rows, card))
    return tuple(_reviewed(form, fitted) for form in load_training_forms(data) if form.form.name in held)


def _session(folder: Path, name: str) -> object:
    import onnxruntime as ort

    return ort.InferenceSession((folder / "heads" / f"{name}.onnx").read_bytes(), providers=["CPUExecutionProvider"])


def _reviewed(form: TrainingForm, models: Models) -> LabelledReview:
    view = build_view(form.form, load_pack(form.edition), models)
    findings, failures = run_checks(view, Settings())
    labels = tuple(label for _, label in with_boilerplate(form))
    numbers = [row.row.number for row in view.rows]
    chances = {flag: dict(zip(numbers, map(float, values), strict=True)) for flag, values in view.heads.items()}
    return LabelledReview(Review(form.form, prioritise(view, findings), failures), labels, chances)
