"""The options of the commands, and the settings that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from evidencereview.cli.streams import talk
from evidencereview.config import Settings, find_settings_file, load_settings, parse_day


def _option(*names: str, metavar: str | None = None, **more: Any) -> Any:
    return typer.Option(*names, metavar=metavar, show_default=False, **more)


def _argument(metavar: str, help: str) -> Any:
    return typer.Argument(metavar=metavar, show_default=False, help=help)


FormFile = Annotated[Path, _argument("FILE", "The form: Word, Excel, PDF, web page, CSV, text, rows (.jsonl), or a folder.")]
FormPaths = Annotated[list[str], _argument("PATH", "Forms, folders, patterns, lists of these (@LIST, or -).")]
LabelPaths = Annotated[list[Path], _argument("ROWS LABELS", "Pairs of files, or two folders.")]
CheckOrForm = Annotated[str, _argument("ID|FLAG|FILE", "A check, or a form.")]
Number = Annotated[str, _argument("PROVISION", "Of a form: the provision to explain.")]

Config = Annotated[
    Path | None,
    _option("--config", metavar="FILE", help="Settings; by default evidencereview.toml here or in a folder above."),
]
Edition = Annotated[
    str, _option("--edition", metavar="2022|2024", help="Edition of the Code, where the detected one is wrong.")
]
Provisions = Annotated[Path | None, _option("--provisions", metavar="FILE", help="Another pack of provisions (TOML).")]
Requirements = Annotated[
    Path | None,
    _option(
        "--requirements",
        metavar="FILE",
        help="Another form (or rows) of the same edition. Lends its wording of the requirements where this form prints"
        " none or a damaged one, mixes it with the evidence, or is a scan with interleaved columns.",
    ),
]
Audit = Annotated[
    bool,
    _option(
        "--audit",
        help="Print instead whether every visible character of the file is in a row or a note; exit code 3 if not.",
    ),
]
AsOf = Annotated[str, _option("--as-of", metavar="DATE", help="Judge dates as of this day, such as 2026-11-22.")]
Partial = Annotated[bool, _option("--partial", help="An excerpt is meant: missing provisions are no error.")]
Only = Annotated[
    list[str] | None,
    _option("--only", metavar="ID|FLAG", help="Run these checks alone (repeated, or separated by commas)."),
]
Skip = Annotated[list[str] | None, _option("--skip", metavar="ID|FLAG", help="Do not run these checks.")]
Encoder = Annotated[
    Path | None,
    _option("--encoder", metavar="FOLDER", help="Another sentence-transformers model, for relevance alone."),
]
Format = Annotated[
    str,
    _option(
        "--format",
        metavar="NAME",
        help="text, json, csv, xlsx, docx, html, or several with commas; else by the name after -o.",
    ),
]
PlainFormat = Annotated[str, _option("--format", metavar="text|json", help="By default text.")]
Output = Annotated[
    Path | None,
    _option("--output", "-o", metavar="PATH", help="Save here instead of printing."),
]
ReviewOutput = Annotated[
    Path | None,
    _option("--output", "-o", metavar="PATH", help="Save here instead of printing: a file, or a folder for NAME-review.*."),
]
Folder = Annotated[Path, _option("--output", "-o", metavar="FOLDER", help="Where the results go; made if missing.")]
Force = Annotated[bool, _option("--force", help="Overwrite what is there (never the form itself).")]
MinTier = Annotated[
    int,
    _option("--min-tier", min=0, max=3, metavar="TIER", help="Leave rows below this tier (0-3) out (JSON holds every row)."),
]
FailOn = Annotated[
    int | None,
    _option(
        "--fail-on", min=0, max=3, metavar="TIER", help="Exit 1 when an open finding stands on a row of this tier or above."
    ),
]
Decisions = Annotated[
    Path | None,
    _option("--decisions", metavar="FILE", help="What was decided before: a list as Excel or CSV, filled in."),
]
Effective = Annotated[bool, _option("--effective", help="As the settings have them.")]
SettingsFile = Annotated[
    Path, _option("--output", "-o", metavar="FILE", help="Where to write it; by default evidencereview.toml here.")
]
Schema = Annotated[bool, _option("--schema", help="Print the JSON schema of the settings instead, for an editor.")]
Jobs = Annotated[int, _option("--jobs", min=0, metavar="N", help="Workers; by default one a processor.")]
Resume = Annotated[bool, _option("--resume", help="Keep what an earlier run has done; do new and changed forms.")]
MoreFormats = Annotated[
    list[str] | None,
    _option("--format", metavar="FORMAT", help="Write each form in these formats too (repeated, or separated by commas)."),
]
FormSeconds = Annotated[
    float, _option("--form-seconds", min=1, metavar="N", help="End a form that takes longer; by default 300.")
]
FormMemory = Annotated[
    int, _option("--form-memory", min=100, metavar="MB", help="End a form that takes more memory; by default 2000.")
]
Scheduler = Annotated[
    str,
    _option("--scheduler", metavar="ADDRESS", help="Review on the workers of this Dask scheduler, as tcp://HOST:8786."),
]
SharedPath = Annotated[
    bool, _option("--shared-path", help="The cluster's workers open the forms at the same paths; else they are sent.")
]
Results = Annotated[Path, _argument("FOLDER", "The results of a batch.")]
OneForm = Annotated[str, _option("--form", metavar="NAME", help="How this form stands among the others.")]
SectorFormat = Annotated[
    str, _option("--format", metavar="text|xlsx|html", help="By default as the name after -o ends, else text.")
]
Without = Annotated[
    list[str] | None, _option("--without", metavar="FORM", help="Of two folders, leave this form's files shut.")
]
Resamples = Annotated[int, _option("--resamples", min=0, metavar="N", help="Draws of the bootstrap, for intervals.")]


def listed(values: Sequence[str] | None) -> tuple[str, ...]:
    """Return the entries of an option that may be repeated, separated by commas, or both."""
    return tuple(entry.strip() for value in values or () for entry in value.split(",") if entry.strip())


def inputs_of(*named: Path | None) -> list[Path]:
    """Return the files that are read, which a result must never overwrite; of a folder, each of its files."""
    from evidencereview.readers.folder import is_folder

    given = [path for path in named if path is not None]
    return [*given, *(page for path in given if is_folder(path) for page in path.iterdir())]


def settings_from_options(
    config: Path | None = None,
    *,
    edition: str = "",
    as_of: str = "",
    partial: bool = False,
    only: Sequence[str] | None = None,
    skip: Sequence[str] | None = None,
) -> Settings:
    """Return the settings of the file that is named or found, with what the options say put over them.

    Raises:
        SettingsError: the file or an option is wrong.
    """
    settings, found = settings_and_source(config, only=only, skip=skip)
    if found is not None and config is None:
        talk(f"settings from {found}")
    return replace(
        settings,
        edition=edition or settings.edition,
        as_of=parse_day(as_of, "--as-of") if as_of else settings.as_of,
        partial=partial or settings.partial,
    )


def settings_and_source(
    config: Path | None, *, only: Sequence[str] | None, skip: Sequence[str] | None
) -> tuple[Settings, Path | None]:
    """Return the settings of the file that is named or found, with the options over them, and the file.

    Raises:
        SettingsError: the file is wrong.
    """
    found = config or find_settings_file(Path.cwd())
    settings = load_settings(found)
    settings = replace(settings, only=listed(only) or settings.only, skip=listed(skip) or settings.skip)
    return settings, found
