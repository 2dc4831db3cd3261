"""The commands about many forms: batch, sector."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evidencereview.cli import options as opt
from evidencereview.cli.app import app
from evidencereview.cli.streams import emit, talk
from evidencereview.errors import SettingsError

if TYPE_CHECKING:
    from evidencereview.batch import BatchResult

# So many names of files that were passed over are said; the rest are counted.
NAMED = 5


@app.command()
def batch(
    paths: opt.FormPaths,
    output: opt.Folder,
    jobs: opt.Jobs = 0,
    resume: opt.Resume = False,
    format: opt.MoreFormats = None,
    form_seconds: opt.FormSeconds = 300,
    form_memory: opt.FormMemory = 2000,
    scheduler: opt.Scheduler = "",
    shared_path: opt.SharedPath = False,
    edition: opt.Edition = "",
    provisions: opt.Provisions = None,
    as_of: opt.AsOf = "",
    partial: opt.Partial = False,
    only: opt.Only = None,
    skip: opt.Skip = None,
    encoder: opt.Encoder = None,
    config: opt.Config = None,
    force: opt.Force = False,
) -> int:
    """Review many forms, each in a process of its own.

    The work is done here or on a Dask cluster. Writes a JSON for each form, summary.csv (a row a form), items.csv (a row a
    row), failures.csv, and summary.xlsx and summary.html with the league table. One bad form does not stop the rest: it
    is listed, and the exit code is 2. An interrupted run goes on with --resume.
    """
    from evidencereview.batch import Caps, Wishes, run_batch
    from evidencereview.report.progress import progress

    if scheduler and jobs:
        raise SettingsError("--jobs is for this machine", "start as many workers as you want with 'dask worker'")
    settings = opt.settings_from_options(config, edition=edition, as_of=as_of, partial=partial, only=only, skip=skip)
    wishes = Wishes(
        jobs=jobs,
        resume=resume,
        force=force,
        formats=opt.listed(format),
        caps=Caps(form_seconds, form_memory * 1_000_000),
        scheduler=scheduler,
        shared_disk=shared_path,
        stdin=sys.stdin,
    )
    with progress(sys.stderr) as on_done:
        result = run_batch(paths, output, settings, wishes, provisions=provisions, encoder=encoder, on_done=on_done)
    _say(result)
    return result.exit_code


def _say(result: BatchResult) -> None:
    if result.passed_over:
        names = ", ".join(path.name for path in result.passed_over[:NAMED])
        more = f" and {len(result.passed_over) - NAMED} more" if len(result.passed_over) > NAMED else ""
        talk(f"passed over, since they hold no form: {names}{more}")
    before = f" ({result.kept} by an earlier run)" if result.kept else ""
    talk(f"{result.reviewed} reviewed{before}, {result.failed} not reviewed; results in {result.folder}")
    if result.exit_code:
        talk(f"what went wrong is in {result.folder / 'failures.csv'}")


@app.command()
def sector(
    results: opt.Results,
    form: opt.OneForm = "",
    format: opt.SectorFormat = "",
    output: opt.Output = None,
    force: opt.Force = False,
) -> int:
    """Survey the results of a batch.

    Tells how forms stand among each other, which sentences landlords share, and which rows to learn from.
    """
    from evidencereview.report.saving import check_target, save
    from evidencereview.sector import survey
    from evidencereview.sector.formats import format_for_survey, render_survey

    chosen = format_for_survey(format, output)
    if output is not None:
        check_target(output, force=force)
    surveyed = survey(results)
    data = render_survey(surveyed, chosen, form)
    if output is None:
        emit(data.decode("utf-8"), None)
    else:
        save(output, data, force=force)
        talk(f"saved {output}")
    return 0
