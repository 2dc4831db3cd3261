"""The model card: `models/README.md`, made from the heads' card, the encoder's card and the figures beside them.

    python -m evidencereview.training.card [--models FOLDER]

Nothing is measured here: what cannot be read from a file is not said.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencereview.language.model_files import models_folder
from evidencereview.training.card_figures import known_failures, published, sealed_figures
from evidencereview.training.markdown import bullets, document, prose, table

Record = Mapping[str, Any]

INTRODUCTION = """
This folder holds what evidencereview has learned: an encoder that turns a text into numbers, a cross-encoder that reads
requirement and evidence together, and small heads that judge the evidence in a self-assessment against the Housing
Ombudsman's Complaint Handling Code. This page is generated; do not
edit it by hand.
"""
FOR = (
    "Putting the rows of one landlord's draft in the order in which they deserve a person's time, with the words and a"
    " question for each weakness.",
    "Finding the same weaknesses over many published forms, as a first sieve before somebody reads.",
)
NOT_FOR = (
    "Deciding whether a landlord complies: only the form is read, and nobody has opened the policy that it names.",
    "Ranking, scoring or penalising landlords or people without a person reading the rows.",
    "Other regulators' forms, other languages, or forms answered outside England: no such text was seen in training.",
    "Treating a row without a finding as proof: a plausible falsehood looks like good evidence.",
)
METHOD = """
Each sentence gets a vector from the encoder, cues with direction, counts and relations to the requirement; one linear head
a flag gives it a probability. Each duty of a row's provision gets the chance that the row speaks to it, from five signs:
nearness of the nearest sentence or clause to the duty and its example answers, its own terms, and how far it is ahead of
the other duties (a clause takes its vector from the reading of its whole sentence). Each row gets counts, cues, the
nearness of its text to every duty of its provision and of the others, and the sentences' probabilities, and what the
cross-encoder makes of it: the first layers of the encoder's original, fine-tuned on our rows, which read what the
provision asks (in our words) and what the row says as one text and give a log-odds for each output. (The one that is
shipped was also taught some 760 pairs from sets of rows by several landlords as pairs that can both be true; such sets are
left out since. It learned from 16 rows and a pair, too, that are no longer there: they said a provision again in too many
of the Code's own words. Trained anew without them, folds balanced by kind of text, it scored alike on landlords held out
and on published forms, and let more look-alikes of a breach pass; so it was not exchanged.) One head an output, a logistic
regression, judges the row by all of this; `partial-coverage` by the chances of the duties alone, the steps of relevance
and specificity without the sentences' probabilities and, of the cross-encoder's log-odds, by their own;
`restated-requirement` without the sentences' probabilities. A row that names who does something, or gives an exact
locator, has specificity 2 at least. Everything is grouped by landlord: what row heads are trained on comes from heads and
cross-encoders that never saw that landlord. Where whole sections are left out below, they are left out of the heads alone:
the cross-encoder had read other landlords' rows there. Checks combine heads with rules; completeness, repetition and dates
are rules alone. Of a breach of the provision that no rule sees, and of two sentences that exclude each other, the
cross-encoder's own chance is taken, with no head behind it: it learned both from rows and pairs of ours that are set
beside as many look-alikes. It is asked about at most eight pairs of a form by itself, and it may drop a pair of rows that
a rule found where the map of shared duties does not link the two.
"""
CALIBRATION = """
Our training text is richer in rare faults than published forms are. Probabilities are therefore fitted by a sigmoid on
held-out landlords, weighted to the shares of each flag on four published forms (two by their settled labels, two by the
mean of two readings of ours, whose labels are not kept here; that of `admitted-gap` is set by what a miss costs, since it
stands on two rows of 288). The log-odds of three outputs are moved on top of that, so that their mean chance on those four
forms is their share there: relevance 3 by 0.35, specificity 2 by 1.0, `restated-requirement` by -0.6; each comes out alike
on any three of the forms. (Thresholds, F1, Brier and reliability below are of held-out landlords before these moves.) The
shares, these moves, how plain the heads are and what each looks at, how many layers the cross-encoder has, and the least
chance at which a flag is said are what training takes from published forms. Some flags have a gate: a row with a locator
cannot have a loose reference, one with a particular no bare assertion. Their heads learn from the rows that can carry them
at all, and their share is that among such rows. A whole landlord's log-odds lie above or below ours, so the threshold of a
flag is the highest whose F1, averaged over shifts of that size, is within 1 % of the best one, on held-out landlords
alone; for a step of a scale it is where the share said equals the share there is. No flag is said at a chance under 0.4
but `off-topic`, which decides between two grades of relevance. For what the cross-encoder says outright, threshold and
share rest on rows and pairs of whole forms; our look-alikes are left out of them, as they are far more frequent than any
form's. Thresholds stand in `heads/card.json` and are written by the training run. F1 and Brier are weighted to those
shares too. Each bin of the table of reliability reads: mean probability → share of rows that carry the flag (number of
rows).
"""
RETRAIN = """
`make train` fits the heads anew from `training_data/` and the shipped encoder, without torch, seeded: the same text gives
the same heads on one machine. It takes the cross-encoder as it is, with what it made of each landlord when it had not seen
them (`training_data/cross_encoder.npz`). `make cross-encoder` fine-tunes both anew, in an environment of its own with torch
(about forty minutes on two cores); rows that were added since are read by the cross-encoder as it is shipped. `make train`
fails if an exported head differs from its scikit-learn original by more than 1e-5 on any
training row. Then, in a checkout:
"""
COMMANDS = """```
python -m evidencereview.training.figures     # figures on the open published forms, where ../shared is there
python -m evidencereview.training.sections    # whole sections left out
python -m evidencereview.training.behaviour   # the behaviour cases
python -m evidencereview.training.datasheet   # training_data/README.md
python -m evidencereview.training.card        # this page
```"""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the card is made from; {} or () where a file is not there."""

    heads: Record
    encoder: Record
    cross_encoder: Record
    figures: Record
    figures_name: str
    sections: Record
    behaviour: Record
    sealed: tuple[Record, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write `models/README.md`."""
    parser = argparse.ArgumentParser(prog="python -m evidencereview.training.card", description="The model card.")
    parser.add_argument("--models", type=Path, default=None, help="folder of models (default: models)")
    models = parser.parse_args(arguments).models or models_folder()
    (models / "README.md").write_text(model_card(read_sources(models)), encoding="utf-8")


def read_sources(models: Path) -> Sources:
    """Read the cards and the newest figures of a folder of models."""
    dated = sorted(models.glob("figures-*.json"))
    log = models / "sealed.log.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
    return Sources(
        heads=_read(models / "heads" / "card.json"),
        encoder=_read(models / "encoder" / "card.json"),
        cross_encoder=_read(models / "cross_encoder" / "card.json"),
        figures=_read(dated[-1]) if dated else {},
        figures_name=dated[-1].name if dated else "",
        sections=_read(models / "sections.json"),
        behaviour=_read(models / "behaviour.json"),
        sealed=tuple(json.loads(line) for line in lines if line.strip()),
    )


def _read(path: Path) -> Record:
    made: Record = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return made


def model_card(sources: Sources) -> str:
    """Return the whole page."""
    return document(
        (
            "# Model card",
            prose(INTRODUCTION),
            _identity(sources),
            "## What it is for",
            bullets(FOR),
            "## What it is not for",
            bullets(NOT_FOR),
            "## Data",
            _data(sources.heads),
            "## Method",
            prose(METHOD),
            "## Calibration and thresholds",
            prose(CALIBRATION),
            _held_out(sources.heads),
            _reliability(sources.heads),
            *published(sources.figures, sources.figures_name, sources.heads),
            *sealed_figures(sources.sealed),
            *_sections(sources),
            *_behaviour(sources),
            "## Known failures",
            known_failures(sources.figures, sources.behaviour),
            "## How to retrain",
            prose(RETRAIN),
            COMMANDS,
        )
    )


def _identity(sources: Sources) -> str:
    encoder = sources.encoder
    rows = [
        ("heads, version", sources.heads.get("version")),
        ("encoder", sources.heads.get("encoder")),
        ("cross-encoder", sources.heads.get("cross_encoder")),
        ("original of both", encoder.get("original")),
        ("licence of the original", encoder.get("licence")),
        ("largest difference of an exported head", _scientific(sources.heads.get("largest_export_difference"))),
    ]
    return table(("What", "Value"), [row for row in rows if row[1] is not None])


def _scientific(value: float | None) -> str | None:
    return None if value is None else f"{value:.1e}"


def _data(heads: Record) -> str:
    return prose(
        f"{heads.get('rows', 0)} rows in {heads.get('landlords', 0)} groups (a group is an invented landlord, or a set of"
        " single rows), and single sentences beside them, all written for this project; see `../training_data/README.md`."
        " No text of a published form is among them."
    )


def _held_out(heads: Record) -> str:
    rows = [
        (name, each["positives"], heads["real_shares"][name], each["threshold"], each["held_out_f1"], f"{each['brier']:.3f}")
        for name, each in heads.get("held_out", {}).items()
    ]
    head = ("Output, held-out landlords", "rows with it", "share on real forms", "threshold", "F1", "Brier")
    return table(head, rows) if rows else ""


def _reliability(heads: Record) -> str:
    rows = [
        (name, "; ".join(f"{mean:.2f} → {share:.2f} ({count})" for mean, share, count in each["reliability"]))
        for name, each in heads.get("held_out", {}).items()
    ]
    return table(("Reliability, held-out landlords", "bins"), rows) if rows else ""


def _sections(sources: Sources) -> tuple[str, ...]:
    measured = sources.sections
    if not measured:
        return ()
    splits = ", ".join(" and ".join(map(str, split)) for split in measured["splits"])
    text = f"""Trained without some sections of the Code (splits: {splits}) and judged on them, beside landlords held out
        of the sections that were known. F1 at thresholds from the training rows, at the shares of our text (not weighted).
        {_stale(measured, "version", sources.heads)}"""
    rows = [(flag, known, measured["f1"]["sections"][flag]) for flag, known in measured["f1"]["landlords"].items()]
    return "## Whole sections left out", prose(text), table(("Flag", "other landlords", "other sections"), rows)


def _behaviour(sources: Sources) -> tuple[str, ...]:
    result = sources.behaviour
    if not result:
        return ()
    rate = result["passed"] / max(result["cases"], 1)
    text = f"""{result["passed"]} of {result["cases"]} cases pass ({rate:.0%}). {_stale(result, "heads", sources.heads)}"""
    rows = [(kind, each["cases"], each["passed"]) for kind, each in result["kinds"].items()]
    return "## Behaviour cases", prose(text), table(("Kind", "cases", "passed"), rows)


def _stale(record: Record, key: str, heads: Record) -> str:
    same = record.get(key) == heads.get("version")
    return "" if same else "These figures are of earlier heads than the ones that are shipped."


if __name__ == "__main__":
    main()
