"""The datasheet: `training_data/README.md`, made from the training text itself.

python -m evidencereview.training.datasheet [--data FOLDER]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from evidencereview.language.features import ROW_FLAGS
from evidencereview.records import Answer
from evidencereview.training.agreement import (
    GRADES,
    Agreement,
    MarkAgreement,
    SecondLabel,
    agreement,
    labels_now,
    load_second,
    mark_agreement,
)
from evidencereview.training.clashes import load_conflicts, load_row_pairs
from evidencereview.training.counts import count_flags, five_word_runs, is_whole, marked_sentences
from evidencereview.training.data import TrainingForm, TrainingSentence, load_training_forms, load_training_sentences
from evidencereview.training.duplicates import near_duplicates, texts_of
from evidencereview.training.fit import FOLDS
from evidencereview.training.labels import FLAGS
from evidencereview.training.markdown import document, prose, table
from evidencereview.training.sections import SPLITS
from evidencereview.training.train import DATA, fingerprint

INTRODUCTION = """
Self-assessments of invented social landlords against the Housing Ombudsman's Complaint Handling Code, row by row with
labels, and single labelled sentences. This page is generated from the files; do not edit it by hand.
"""
WRITTEN = """
Rows, sentences and labels were written by large language models under a brief of ours, and not by housing officers or
auditors. Every landlord was given a character: a tiny almshouse, a London borough, a large association, an arm's-length
manager, a hurried officer, a lawyer, a copy-and-paste form, an excellent form, an honest form with many dated Nos.
Text was composed row by row, not by filling templates. The brief forbade wording of published forms and of the
Code (runs of ten words were searched for); requirements are the Code's duties in our own words, worded differently from
form to form. Landlords, people, systems and figures are invented.
"""
LABELLED = """
The writer labelled each row against the definitions of the flags and grades. Rows on which a model of other landlords
disagreed were read again, and corrected where the definitions asked for it; that reader saw the first labels. A second
reader labelled a sample without having seen the first labels. All readers were language models under our briefs: they
are more alike than two auditors would be, and share blind spots. `boilerplate` is mechanical and is not written into the
labels; `near` lists flags that a text only resembles.
"""
AGREED = """
Rows were labelled a second time by a reader that had not seen the first labels. The two were then compared and what they
differed on was settled, often for the second reader. The figures that speak of two readers are those before settling;
after settling they show only that it was done. Counts are rows, F1 takes one reader as the truth of the other and is the
same both ways.
"""
MARKED = """
Where a provision has two substantial duties or more and the row says something of its own, a reader marked for each duty
whether the row speaks to it (`duties/`, with what was doubtful). For the rows of the files that were written with such
marks, the writer's own stand. A second reader marked a sample without having seen the first marks; as both were language
models under one brief, they are more alike than two auditors would be.
"""
CLASHES = """
Beside the rows above: single rows whose own words break their provision, and pairs of rows that cannot both be true, each
file by another writer and with about as many look-alikes that must stay quiet. They are no part of any form, carry no other
label, and teach the cross-encoder alone. Every provision of both editions has rows of either kind. The writers were language
models that had seen neither the checks nor the planted sets of the tests; each read the file again as a sceptic, and nobody
else has labelled it.
"""
NOT_KEPT = "The first labels were not kept, so only the labels after settling can be compared, which flatters."
USE = """
Made to train and test the heads of evidencereview, and for nothing else: the text says nothing of any real landlord, and
the frequency of faults in it is no estimate of theirs. Weak spots: real forms are duller, more repetitive and
damaged by conversion; rare faults are more frequent here; the writers' labels and the writers' intentions are the same
hand's.
"""
Numbers = Iterable[tuple[object, ...]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `training_data/README.md`."""
    parser = argparse.ArgumentParser(prog="python -m evidencereview.training.datasheet", description="The datasheet.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of training text")
    data = parser.parse_args(arguments).data
    (data / "README.md").write_text(datasheet(data), encoding="utf-8")


def datasheet(data: Path) -> str:
    """Return the whole page.

    Raises:
        LabelError: no rows, or second labels that do not belong to them.
    """
    forms, sentences = load_training_forms(data), load_training_sentences(data)
    second, before = load_second(data / "second"), load_second(data / "second" / "before")
    return document(
        (
            "# Datasheet of the training text",
            prose(INTRODUCTION),
            "## What there is",
            table(("What", "count"), [("version", fingerprint(data)), *_totals(forms, sentences)]),
            table(("Landlord", "edition", "rows", "whole form", "columns", "without a flag"), map(_landlord, forms)),
            *_spread(forms),
            "## Who wrote it, and how",
            prose(WRITTEN),
            "## Who labelled it",
            prose(LABELLED),
            "## Flags and near misses",
            table(("Flag", "learned", "rows", "near, rows", "sentences", "near, sentences"), _flags(forms, sentences)),
            "## How often words return",
            prose(_repetition(forms, sentences)),
            "## Second labelling",
            *(_agreed(before, labels_now(forms), second) if second else (prose("Not done yet."),)),
            "## Which duties a row speaks to",
            *_marks(forms, mark_agreement(forms, data / "second" / "duties")),
            "## Conflicts and contradictions",
            prose(CLASHES),
            table(("File", "kind", "lines", "faults", "look-alikes"), _clashes(data)),
            "## Splits",
            prose(_splits()),
            "## Use",
            prose(USE),
        )
    )


def _totals(forms: Sequence[TrainingForm], sentences: Sequence[TrainingSentence]) -> Numbers:
    marked = marked_sentences(forms)
    return (
        ("rows", sum(len(form.labels) for form in forms)),
        ("groups of rows (landlords, and sets of single rows)", len(forms)),
        ("whole forms", sum(map(is_whole, forms))),
        ("single labelled sentences", len(sentences)),
        ("landlords of the single sentences", len({each.group for each in sentences})),
        ("sentences of rows that a label's words mark", marked),
        ("labelled sentences together", len(sentences) + marked),
    )


def _landlord(form: TrainingForm) -> tuple[object, ...]:
    columns = 5 if any(row.commentary.strip() for row in form.form.rows) else 4
    whole = "yes" if is_whole(form) else "no"
    return form.form.name, form.edition, len(form.labels), whole, columns, sum(not label.flags for label in form.labels)


def _spread(forms: Sequence[TrainingForm]) -> tuple[str, ...]:
    rows = [(form.edition, row) for form in forms for row in form.form.rows]
    sections = Counter((edition, row.section) for edition, row in rows)
    answers = Counter(row.answer for _, row in rows)
    labels = [label for form in forms for label in form.labels]
    grades = ("relevance", "specificity", "tier")
    return (
        table(
            ("Edition", *(f"section {n}" for n in range(1, 10))),
            [(edition, *(sections[edition, n] for n in range(1, 10))) for edition in sorted({each for each, _ in rows})],
        ),
        table(("Answer", "rows"), [(answer.value, answers[answer]) for answer in Answer]),
        table(
            ("Grade", *map(str, range(4))),
            [(name, *(sum(getattr(label, name) == n for label in labels) for n in range(4))) for name in grades],
        ),
    )


def _flags(forms: Sequence[TrainingForm], sentences: Sequence[TrainingSentence]) -> Numbers:
    for each in count_flags(forms, sentences):
        learned = "yes" if each.flag in ROW_FLAGS else "rule"
        yield each.flag, learned, each.rows, each.near_rows, each.sentences, each.near_sentences


def _repetition(forms: Sequence[TrainingForm], sentences: Sequence[TrainingSentence]) -> str:
    runs = five_word_runs(row for form in forms for row in form.form.rows)
    found = len(near_duplicates(texts_of(forms, sentences)))
    return (
        f"Of {runs.all} different runs of five words in evidence and commentary, {runs.repeated} stand in three rows or more"
        f" ({runs.share:.2%}). Pairs of texts of eight words or more, of two different landlords, that share four fifths of"
        f" their five-word runs: {found}. Shorter texts ('As above') do return, as they do in real forms."
    )


def _agreed(before: Sequence[SecondLabel], now: Sequence[SecondLabel], second: Sequence[SecondLabel]) -> tuple[str, ...]:
    found = {"before settling": agreement(before, second, FLAGS)} if before else {}
    found["after settling"] = agreement(now, second, FLAGS)
    told = next(iter(found.values()))
    flags = [(flag, each.gold, each.said, each.hit, each.f1) for flag, each in told.flags.items() if each.gold or each.said]
    return (
        prose(f"{AGREED} {told.rows} rows of {told.forms} landlords. {'' if before else NOT_KEPT}"),
        table(("Agreement", *found), [_figure(name, found.values()) for name in ("micro-F1*, pooled", *told.kappas)]),
        table((f"Flag, {next(iter(found))}", "first", "second", "both", "F1"), flags),
    )


def _marks(forms: Sequence[TrainingForm], twice: MarkAgreement | None) -> tuple[str, ...]:
    marks = [spoken for form in forms for row in form.spoken for spoken in row.values()]
    rows = sum(bool(row) for form in forms for row in form.spoken)
    told: list[tuple[object, ...]] = [("rows marked", rows), ("duties marked", len(marks)), ("spoken to", sum(marks))]
    if twice is not None:
        told += [("duties marked twice", twice.duties), ("alike", f"{twice.alike:.1%}"), ("κ", twice.kappa)]
    return prose(MARKED), table(("Marks of duties", "count"), told)


def _clashes(data: Path) -> Numbers:
    conflicts = Counter((each.group.removeprefix("conflict "), each.conflict) for each in load_conflicts(data))
    pairs = Counter((each.group.removeprefix("pair "), each.contradictory) for each in load_row_pairs(data))
    for kind, held in (("rows", conflicts), ("pairs", pairs)):
        for name in sorted({name for name, _ in held}):
            yield name, kind, held[name, True] + held[name, False], held[name, True], held[name, False]


def _figure(name: str, found: Iterable[Agreement]) -> tuple[object, ...]:
    if name in GRADES:
        return (f"κ {name}", *(each.kappas[name] for each in found))
    return (name, *(each.micro_f1 for each in found))


def _splits() -> str:
    sections = "; ".join(", ".join(map(str, split)) for split in SPLITS)
    return f"""Always by landlord: {FOLDS} seeded folds of landlords for calibration, thresholds and held-out figures. Single
        sentences have landlords of their own and are in training in every fold. A second kind of split leaves out whole
        sections of the Code ({sections}). There is no fixed test part here: the tests are published forms, which are
        not part of this repository."""


if __name__ == "__main__":
    main()
