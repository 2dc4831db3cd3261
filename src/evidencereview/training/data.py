"""Our own training text: labelled rows of invented landlords, a file a landlord, and labelled single sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencereview.errors import LabelError
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Form, Modality, Row
from evidencereview.training.labels import Label

ROW_KEYS = (
    "form", "order", "section", "provision", "requirement", "answer_raw", "answer", "evidence", "commentary", "mandatory",
)  # fmt: skip
LABEL_KEYS = ("flags", "relevance", "specificity", "tier", "spans", "linked", "note")


@dataclass(frozen=True, slots=True)
class TrainingForm:
    """The rows of one landlord with their labels, in the same order; `near` lists the flags that a row only resembles.

    `whole` says that every provision stands once; it is False for rows that were written one by one and make no form.
    `spoken` says for each row which of its substantial duties it speaks to, by the duty's name; empty where nobody looked.
    """

    form: Form
    labels: tuple[Label, ...]
    near: tuple[tuple[str, ...], ...]
    edition: str
    whole: bool
    spoken: tuple[Mapping[str, bool], ...]


@dataclass(frozen=True, slots=True)
class TrainingSentence:
    """One labelled sentence: the flags that it shows by itself."""

    group: str
    provision: str
    edition: str
    answer: Answer
    text: str
    flags: frozenset[str]
    near: frozenset[str]


def load_training_forms(folder: Path) -> tuple[TrainingForm, ...]:
    """Read `rows/*.jsonl`, one file a landlord, in order of name, with the marks of `duties/` beside them.

    Raises:
        LabelError: no file, or a line that lacks a key.
    """
    paths = sorted((folder / "rows").glob("*.jsonl"))
    if not paths:
        raise LabelError(f"{folder}/rows holds no training rows", "run this from a checkout, or name the folder")
    return tuple(_form(path) for path in paths)


def _form(path: Path) -> TrainingForm:
    entries = list(read_lines(path))
    rows = tuple(_row(entry, path) for entry in entries)
    edition = "2022" if path.stem.endswith("2022") else "2024"
    return TrainingForm(
        form=Form(path.stem, "jsonl", "", rows, edition=edition),
        labels=tuple(_label(entry) for entry in entries),
        near=tuple(tuple(entry["near"]) for entry in entries),
        edition=edition,
        whole=sorted(row.number for row in rows) == sorted(load_pack(edition).numbers),
        spoken=_spoken(path.parent.parent / "duties" / path.name, rows),
    )


def _spoken(path: Path, rows: tuple[Row, ...]) -> tuple[Mapping[str, bool], ...]:
    """Read the marks of a landlord's rows: a line a row that was looked at, with its place in the form.

    Raises:
        LabelError: a mark belongs to no row, or to another provision than the row.
    """
    marks = {entry["order"]: entry for entry in read_lines(path)} if path.is_file() else {}
    orders = {row.order: row.number for row in rows}
    for order, entry in marks.items():
        if orders.get(order) != entry["provision"]:
            raise LabelError(f"{entry['_where']} marks row {order} of {entry['provision']}, which is not there", "mend it")
    return tuple(marks[row.order]["spoken"] if row.order in marks else {} for row in rows)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines, each with its place under `_where`."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            entry: dict[str, Any] = json.loads(line)
            yield {"_where": f"{path.name}, line {number}", **entry}


def _row(entry: Mapping[str, Any], path: Path) -> Row:
    lacking = [key for key in (*ROW_KEYS, *LABEL_KEYS, "near") if key not in entry]
    if lacking:
        raise LabelError(f"{entry['_where']} lacks {', '.join(lacking)}", "complete the row")
    values = {key: entry[key] for key in ROW_KEYS}
    return Row(**{**values, "form": path.stem, "answer": Answer(entry["answer"]), "provision_inferred": None})


def _label(entry: Mapping[str, Any]) -> Label:
    values = {key: entry[key] for key in LABEL_KEYS}
    values["flags"], values["linked"] = tuple(entry["flags"]), tuple(entry["linked"])
    return Label(form=entry["form"], provision=entry["provision"], **values)


def load_training_sentences(folder: Path) -> tuple[TrainingSentence, ...]:
    """Read `sentences/*.jsonl`, in order of file and line; an empty folder gives none."""
    return tuple(_sentence(entry) for path in sorted((folder / "sentences").glob("*.jsonl")) for entry in read_lines(path))


def _sentence(entry: Mapping[str, Any]) -> TrainingSentence:
    return TrainingSentence(
        group=entry["group"],
        provision=entry["provision"],
        edition=entry["edition"],
        answer=Answer(entry["answer"].lower().replace(" ", "-")) if entry["answer"] else Answer.BLANK,
        text=entry["text"],
        flags=frozenset(entry["flags"]),
        near=frozenset(entry["near"]),
    )


def sentence_forms(sentences: Iterable[TrainingSentence]) -> tuple[tuple[Form, tuple[TrainingSentence, ...]], ...]:
    """Return the sentences as forms of one-sentence rows, one form for each group and edition.

    The requirement is our own summary of the provision, so that features see what they would see in a form.
    """
    groups: dict[tuple[str, str], list[TrainingSentence]] = {}
    for sentence in sentences:
        groups.setdefault((sentence.group, sentence.edition), []).append(sentence)
    return tuple((_sentence_form(name, edition, held), tuple(held)) for (name, edition), held in sorted(groups.items()))


def _sentence_form(group: str, edition: str, sentences: list[TrainingSentence]) -> Form:
    pack = load_pack(edition)
    rows = []
    for order, sentence in enumerate(sentences, 1):
        known = pack.by_number.get(sentence.provision)
        requirement = known.summary if known else ""
        mandatory = known is None or known.modality is Modality.MUST
        section = int(sentence.provision.partition(".")[0])
        raw = sentence.answer.value.title()
        rows.append(
            Row(
                group,
                order,
                section,
                sentence.provision,
                None,
                requirement,
                raw,
                sentence.answer,
                sentence.text,
                "",
                mandatory,
            )
        )
    return Form(group, "jsonl", "", tuple(rows), edition=edition)
