"""The commands that read a form: rows, review, demo, explain, checks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from evidencereview.cli import options as opt
from evidencereview.cli.app import app
from evidencereview.cli.streams import emit, printing, talk
from evidencereview.errors import SettingsError

if TYPE_CHECKING:
    from evidencereview.config import Settings
    from evidencereview.records import Review

SAMPLE = Path(__file__).parent.parent / "samples" / "rosewood-2024.txt"
CRASHED, FOUND = 3, 1


@app.command()
def rows(file: opt.FormFile, output: opt.Output = None, force: opt.Force = False, config: opt.Config = None) -> int:
    """Print the rows of a form as JSON lines."""
    from evidencereview.readers import read_form
    from evidencereview.readers.rows_io import write_rows
    from evidencereview.report.wording import counted, note_line

    form = read_form(file, opt.settings_from_options(config).limits)
    emit(write_rows(form.rows), output, force=force, inputs=[file])
    talk(f"{form.name}: {counted(len(form.rows), 'row')} read, {counted(len(form.notes), 'note')}")
    for note in form.notes:
        talk(f"note: {note_line(note)}")
    return 0


@app.command()
def review(
    file: opt.FormFile,
    format: opt.Format = "",
    output: opt.Output = None,
    edition: opt.Edition = "",
    provisions: opt.Provisions = None,
    as_of: opt.AsOf = "",
    partial: opt.Partial = False,
    min_tier: opt.MinTier = 0,
    fail_on: opt.FailOn = None,
    only: opt.Only = None,
    skip: opt.Skip = None,
    encoder: opt.Encoder = None,
    config: opt.Config = None,
    force: opt.Force = False,
) -> int:
    """Review a form: its rows, worst first.

    Rows stand in the order in which they deserve a person's time; JSON holds every row, whatever --min-tier says.
    """
    from evidencereview.report import find_format, format_for, write
    from evidencereview.report.saving import check_target

    settings = opt.settings_from_options(config, edition=edition, as_of=as_of, partial=partial, only=only, skip=skip)
    chosen = format or format_for(output)
    # A wrong name, or a target that must not be written, is said before the work.
    find_format(chosen)
    if output is not None:
        check_target(output, force=force, inputs=[file])
    reviewed = _review(file, settings, provisions, encoder)
    with printing():
        write(reviewed, output, chosen, min_tier=min_tier, stream=sys.stdout, force=force, inputs=[file])
    if output is not None:
        talk(f"saved {output}")
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
def checks() -> int:
    """List the checks."""
    from evidencereview.checks.registry import all_checks
    from evidencereview.report.check_page import check_list

    emit(check_list(all_checks()), None)
    return 0


def _explain_check(name: str) -> int:
    from evidencereview.checks.registry import find_check
    from evidencereview.report.check_page import check_page

    if Path(name).is_file():
        raise SettingsError(f"{name} is a form", "name the provision too, as in 'explain FILE 5.1'")
    emit(check_page(find_check(name)), None)
    return 0


def _review(file: Path, settings: Settings, provisions: Path | None = None, encoder: Path | None = None) -> Review:
    from evidencereview.language.encoder import shipped_encoder

    if encoder is None:
        # The model loads beside spaCy, which the pipeline imports.
        shipped_encoder().open_ahead()
    from evidencereview import pipeline, readers

    form = readers.read_form(file, settings.limits)
    return pipeline.review(form, settings, provisions=provisions, encoder=encoder)


def _exit_code(reviewed: Review, fail_on: int | None = None) -> int:
    """Return 3 when a check crashed (said on standard error), 1 when a finding reaches `fail_on`, else 0."""
    for failure in reviewed.failures:
        talk(f"check {failure.check} crashed ({failure.message}); its findings are missing, please report it")
    if reviewed.failures:
        return CRASHED
    if fail_on is not None and any(item.findings and item.tier >= fail_on for item in reviewed.items):
        return FOUND
    return 0
