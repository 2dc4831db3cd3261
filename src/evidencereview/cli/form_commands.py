"""The commands that read a form and tell of checks: rows, review, demo, explain, checks, init."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evidencereview.cli import options as opt
from evidencereview.cli.app import app
from evidencereview.cli.streams import emit, printing, talk
from evidencereview.config import FILE_NAME
from evidencereview.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidencereview.config import Settings
    from evidencereview.records import Decision, Form, Review

SAMPLE = Path(__file__).parent.parent / "samples" / "rosewood-2024.txt"
CRASHED, FOUND = 3, 1


@app.command()
def rows(
    file: opt.FormFile,
    requirements: opt.Requirements = None,
    audit: opt.Audit = False,
    edition: opt.Edition = "",
    provisions: opt.Provisions = None,
    output: opt.Output = None,
    force: opt.Force = False,
    config: opt.Config = None,
) -> int:
    """Print the rows of a form as JSON lines.

    With --audit, the balance of its text instead: what the file shows, what is in rows, what is in notes.
    """
    from evidencereview.readers import read_form
    from evidencereview.readers.rows_io import write_rows
    from evidencereview.report.wording import counted, note_line

    settings = opt.settings_from_options(config, edition=edition)
    form = read_form(file, settings.limits, requirements=requirements, edition=settings.edition, provisions=provisions)
    if audit:
        return _audit(form, output, force=force, inputs=opt.inputs_of(file, requirements))
    emit(write_rows(form.rows), output, force=force, inputs=opt.inputs_of(file, requirements))
    talk(f"{form.name}: {counted(len(form.rows), 'row')} read, {counted(len(form.notes), 'note')}")
    for note in form.notes:
        talk(f"note: {note_line(note)}")
    return 0


@app.command()
def review(
    file: opt.FormFile,
    format: opt.Format = "",
    output: opt.ReviewOutput = None,
    edition: opt.Edition = "",
    provisions: opt.Provisions = None,
    requirements: opt.Requirements = None,
    as_of: opt.AsOf = "",
    partial: opt.Partial = False,
    min_tier: opt.MinTier = 0,
    fail_on: opt.FailOn = None,
    decisions: opt.Decisions = None,
    only: opt.Only = None,
    skip: opt.Skip = None,
    encoder: opt.Encoder = None,
    config: opt.Config = None,
    force: opt.Force = False,
) -> int:
    """Review a form: its rows, worst first.

    Rows stand in the order in which they deserve a person's time; JSON holds every row, whatever --min-tier says.
    """
    from evidencereview.report import format_for, planned, write, write_files
    from evidencereview.report.saving import check_target

    settings = opt.settings_from_options(config, edition=edition, as_of=as_of, partial=partial, only=only, skip=skip)
    inputs = opt.inputs_of(file, requirements, decisions)
    # A wrong name, or a target that must not be written, is said before the work.
    plan = planned(opt.listed([format]) or (format_for(output),), output, file)
    files = {name: path for name, path in plan.items() if path is not None}
    for path in files.values():
        check_target(path, force=force, inputs=inputs, made=len(files) > 1)
    decided = _read_decisions(decisions, settings)
    reviewed = _with_decisions(_review(file, settings, provisions, encoder, requirements), decided, settings)
    if files:
        write_files(reviewed, files, min_tier=min_tier, force=force, inputs=inputs)
        for path in files.values():
            talk(f"saved {path}")
    else:
        with printing():
            write(reviewed, None, *plan, min_tier=min_tier, stream=sys.stdout, inputs=inputs)
    return _exit_code(reviewed, fail_on)


@app.command()
def demo() -> int:
    """Review the sample form of an invented landlord."""
    from evidencereview.config import Settings
    from evidencereview.report import write

    reviewed = _review(SAMPLE, Settings())
    with printing():
        write(reviewed, None, "text", stream=sys.stdout)
    return _exit_code(reviewed)


@app.command()
def explain(
    what: opt.CheckOrForm,
    provision: opt.Number = "",
    edition: opt.Edition = "",
    provisions: opt.Provisions = None,
    as_of: opt.AsOf = "",
    partial: opt.Partial = False,
    encoder: opt.Encoder = None,
    config: opt.Config = None,
) -> int:
    """Explain a check, or one row of a form.

    With one name, the page of a check; with a form and a provision, everything about that row.
    """
    if not provision:
        return _explain_check(what)
    from evidencereview.report.row_page import find_item, find_provision, print_item_in_full
    from evidencereview.report.terminal import on_page

    settings = opt.settings_from_options(config, edition=edition, as_of=as_of, partial=partial)
    reviewed = _review(Path(what), settings, provisions, encoder)
    item = find_item(reviewed, provision)
    facts = find_provision(reviewed.form.edition, item.row.number, provisions)
    emit(on_page(lambda page: print_item_in_full(page, item, facts), sys.stdout), None)
    return _exit_code(reviewed)


@app.command()
def checks(effective: opt.Effective = False, only: opt.Only = None, skip: opt.Skip = None, config: opt.Config = None) -> int:
    """List the checks.

    With --effective, as the settings have them: on or off, harm, thresholds, own wording, ignored provisions.
    """
    from datetime import date

    from evidencereview.checks.registry import all_checks
    from evidencereview.report.check_page import check_list

    if not effective:
        emit(check_list(all_checks()), None)
        return 0
    from evidencereview.report.effective import effective_page

    settings, source = opt.settings_and_source(config, only=only, skip=skip)
    emit(effective_page(settings, str(source or "no file, the usual ones"), settings.as_of or date.today()), None)
    return 0


@app.command()
def init(output: opt.SettingsFile = Path(FILE_NAME), schema: opt.Schema = False, force: opt.Force = False) -> int:
    """Write a commented settings file.

    Nothing in it is in force until a line is uncommented.
    """
    import json

    from evidencereview.checks.settings_file import settings_file, settings_schema

    if schema:
        emit(json.dumps(settings_schema(), indent=1) + "\n", None)
    else:
        emit(settings_file(), output, force=force)
    return 0


def _explain_check(name: str) -> int:
    from evidencereview.checks.registry import find_check
    from evidencereview.report.check_page import check_page

    if Path(name).is_file():
        raise SettingsError(f"{name} is a form", "name the provision too, as in 'explain FILE 5.1'")
    emit(check_page(find_check(name)), None)
    return 0


def _audit(form: Form, output: Path | None, *, force: bool, inputs: list[Path]) -> int:
    from evidencereview.readers.balance import balance_of
    from evidencereview.report.balance_page import balance_page

    balance = balance_of(form)
    emit(balance_page(form, balance), output, force=force, inputs=inputs)
    return CRASHED if balance.unaccounted else 0


def _review(
    file: Path,
    settings: Settings,
    provisions: Path | None = None,
    encoder: Path | None = None,
    requirements: Path | None = None,
) -> Review:
    from evidencereview.language.sentence_process import splitting_beside

    with splitting_beside():
        from evidencereview.language.encoder import shipped_encoder

        if encoder is None:
            # The model loads beside what else is imported.
            shipped_encoder().open_ahead()
        from evidencereview import pipeline, readers

        form = readers.read_form(
            file, settings.limits, requirements=requirements, edition=settings.edition, provisions=provisions
        )
        return pipeline.review(form, settings, provisions=provisions, encoder=encoder)


def _read_decisions(path: Path | None, settings: Settings) -> tuple[Decision, ...]:
    if path is None:
        return ()
    from evidencereview.readers.decisions import read_decisions

    return read_decisions(path, settings.limits)


def _with_decisions(reviewed: Review, decisions: Sequence[Decision], settings: Settings) -> Review:
    """Put the decisions at their findings, and say which fit none."""
    from datetime import date

    from evidencereview.decisions import apply_decisions
    from evidencereview.report.wording import unmatched_words

    if decisions:
        reviewed = apply_decisions(reviewed, decisions, settings.as_of or date.today())
    for unmatched in reviewed.unmatched:
        talk(f"decision not matched: {unmatched_words(unmatched)}")
    return reviewed


def _exit_code(reviewed: Review, fail_on: int | None = None) -> int:
    """Return 3 when a check crashed (said on standard error), 1 when an open finding reaches `fail_on`, else 0."""
    for failure in reviewed.failures:
        talk(f"check {failure.check} crashed ({failure.message}); its findings are missing, please report it")
    if reviewed.failures:
        return CRASHED
    if fail_on is not None:
        reached = (item for item in reviewed.items if item.tier >= fail_on)
        if any(found.is_open for item in reached for found in item.findings):
            return FOUND
    return 0
