"""The command that holds two forms against each other: compare."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evidencereview.cli import options as opt
from evidencereview.cli.app import app
from evidencereview.cli.streams import printing, talk

if TYPE_CHECKING:
    from evidencereview.config import Settings
    from evidencereview.records import Review

CRASHED = 3

OldForm = Annotated[
    Path, typer.Argument(metavar="OLD", show_default=False, help="The earlier draft, or the form of last year.")
]
NewForm = Annotated[Path, typer.Argument(metavar="NEW", show_default=False, help="The later one, of any format.")]
ComparisonFormat = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="text|json|xlsx|html",
        show_default=False,
        help="By default as the name after -o ends, else text.",
    ),
]

OldEdition = Annotated[
    str,
    typer.Option(
        "--old-edition", metavar="2022|2024", show_default=False, help="Edition of OLD, where the detected one is wrong."
    ),
]


@app.command()
def compare(
    old: OldForm,
    new: NewForm,
    format: ComparisonFormat = "",
    output: opt.Output = None,
    edition: opt.Edition = "",
    old_edition: OldEdition = "",
    provisions: opt.Provisions = None,
    as_of: opt.AsOf = "",
    partial: opt.Partial = False,
    only: opt.Only = None,
    skip: opt.Skip = None,
    config: opt.Config = None,
    force: opt.Force = False,
) -> int:
    """Compare two drafts of a form, or two years.

    Tells what is gone, new and still there, which rows say something else, which grades moved, and what became of the
    old form's promises. Forms of two editions are paired by the duties that they share. --as-of is the date of NEW.
    """
    from evidencereview.report.comparison_formats import comparison_format, write_comparison
    from evidencereview.report.saving import check_target

    settings = opt.settings_from_options(config, as_of=as_of, partial=partial, only=only, skip=skip)
    chosen = comparison_format(format, output)
    inputs = opt.inputs_of(old, new)
    if output is not None:
        check_target(output, force=force, inputs=inputs)
    # Heavy, so only once it is known that there is work to do.
    from evidencereview.comparison import compare as compare_reviews
    from evidencereview.provisions import load_pack

    # Each form has its own date and edition, whatever is said of the other one.
    before = _review(old, replace(settings, as_of=None, edition=old_edition), provisions)
    after = _review(new, replace(settings, edition=edition), provisions)
    editions = (before.form.edition, after.form.edition)
    packs = (load_pack(editions[0]), load_pack(editions[1])) if editions[0] != editions[1] else None
    result = compare_reviews(before, after, packs, settings.as_of)
    with printing():
        write_comparison(result, output, chosen, stream=sys.stdout, force=force, inputs=inputs)
    if output is not None:
        talk(f"saved {output}")
    return CRASHED if before.failures or after.failures else 0


def _review(file: Path, settings: Settings, provisions: Path | None) -> Review:
    from evidencereview import pipeline, readers

    reviewed = pipeline.review(readers.read_form(file, settings.limits), settings, provisions=provisions)
    for failure in reviewed.failures:
        talk(f"{file.name}: check {failure.check} crashed ({failure.message}); its findings are missing, please report it")
    return reviewed
