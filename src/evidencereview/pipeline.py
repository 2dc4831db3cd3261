"""`review(form)`: look at the form once, run the checks, put the rows in order."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from evidencereview.checks.registry import CheckInfo, by_flag, selected
from evidencereview.config import Settings
from evidencereview.decisions import apply_ignored
from evidencereview.errors import FormError
from evidencereview.language.build import Models, build_view, look_at_rows
from evidencereview.language.form_notes import form_notes
from evidencereview.language.sentence_process import split_rows
from evidencereview.language.view import FormView
from evidencereview.priority import prioritise
from evidencereview.provisions import Pack, choose_pack
from evidencereview.records import Failure, Finding, Form, Note, Review
from evidencereview.version import __version__

log = logging.getLogger(__name__)
# What the user's own wording of an ask may leave open.
_OPEN = re.compile(r"\{(?:ask|words|provision)\}")


def review(
    form: Form,
    settings: Settings = Settings(),  # noqa: B008  frozen
    *,
    provisions: Path | None = None,
    encoder: Path | None = None,
) -> Review:
    """Review a form: steps 2 to 4 of the flow.

    Args:
        form: as `read_form` returned it.
        settings: what is in force.
        provisions: a pack of another regulator's provisions; None detects the edition.
        encoder: folder of another sentence-transformers model, for relevance alone.

    Raises:
        EditionError: no known edition fits.
        FormError: fewer than half of the edition's provisions were found, and no excerpt is meant.
        SettingsError: the settings name no check.
        ModelError: a model is missing.
    """
    pack = choose_pack(form, settings.edition, provisions)
    form = with_edition(form, pack, settings.partial)
    sentences = split_rows(form.rows)
    # While the rows are split: what needs no sentence.
    form = replace(form, notes=(*form.notes, *form_notes(form, pack)))
    models = load_models(encoder)
    selected(settings.only, settings.skip)
    rows = look_at_rows(form, pack, models, sentences)
    view = build_view(form, pack, models, settings.as_of or form.stated_date, rows)
    findings, failures = run_checks(view, settings)
    items = prioritise(view, findings)
    versions = {"evidencereview": __version__, "edition": pack.edition, **models.versions}
    done = Review(form, items, failures, settings.to_dict(), versions)
    return apply_ignored(done, settings.ignore, settings.as_of or date.today())


def with_edition(form: Form, pack: Pack, partial: bool) -> Form:
    """Return the form with its edition, the provisions that it lacks, and a note on each number the Code does not have.

    Raises:
        FormError: fewer than half were found, unless `partial`.
    """
    found = {row.number for row in form.rows}
    missing = tuple(number for number in pack.numbers if number not in found)
    unknown = tuple(row.number for row in form.rows if row.number and row.number not in pack.by_number)
    if not partial and len(missing) * 2 > len(pack.numbers):
        here = len(pack.numbers) - len(missing)
        raise FormError(
            f"{form.name}: only {here} of the {len(pack.numbers)} provisions of edition {pack.edition} were found",
            "check the file with 'evidencereview rows', or say --partial if an excerpt is meant",
        )
    notes = (
        *form.notes,
        *(Note("unknown-number", f"the Code of {pack.edition} has no provision {n}") for n in unknown),
    )
    return replace(form, edition=pack.edition, missing_provisions=missing, notes=notes)


def run_checks(view: FormView, settings: Settings) -> tuple[tuple[Finding, ...], tuple[Failure, ...]]:
    """Run the selected checks; one that crashes becomes a failure, and the others go on."""
    settings = by_flag(settings)
    findings: list[Finding] = []
    failures: list[Failure] = []
    for info in selected(settings.only, settings.skip):
        try:
            findings.extend(_as_wished(info.function(view), info, settings))
        except Exception as error:
            log.debug("check %s crashed", info.id, exc_info=True)
            failures.append(Failure(info.id, f"{type(error).__name__}: {error}"))
    return tuple(findings), tuple(failures)


def _as_wished(findings: Iterable[Finding], info: CheckInfo, settings: Settings) -> Iterable[Finding]:
    """Apply the user's severity, threshold and wording to the findings of one check."""
    for found in findings:
        if found.confidence >= settings.thresholds.get(info.flag, 0.0):
            severity = settings.severities.get(info.flag, found.severity)
            yield replace(found, severity=severity, ask=_asked(settings.asks.get(info.flag, "{ask}"), found))


def _asked(wish: str, found: Finding) -> str:
    """Fill in what the user's wording leaves open; the texts that are put in are not looked at again."""
    texts = {"{ask}": found.ask, "{words}": found.words, "{provision}": found.provision}
    return _OPEN.sub(lambda place: texts[place.group()], wish)


@cache
def load_models(encoder: Path | None) -> Models:
    """Load the models once a process.

    Raises:
        ModelError: a model is missing, or `encoder` needs the extra that is not installed.
    """
    from evidencereview.language.cross_encoder import shipped_cross_encoder
    from evidencereview.language.encoder import shipped_encoder
    from evidencereview.language.heads import load_heads

    if encoder is not None:
        from evidencereview.language.foreign_encoder import ForeignEncoder

        foreign = ForeignEncoder(encoder)
        return Models(foreign, None, {"encoder": foreign.name, "heads": "refused: trained for the shipped encoder"})
    shipped, cross = shipped_encoder(), shipped_cross_encoder()
    read_by = cross.name if cross else "none"
    heads = load_heads(shipped.name, read_by)
    versions = {"encoder": shipped.name, "cross_encoder": read_by, "heads": heads.version if heads else "none"}
    return Models(shipped, heads, versions, cross)
