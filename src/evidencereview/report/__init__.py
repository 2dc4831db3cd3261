"""Output: one format a file. `render` gives the text of a review in a format, `write` saves or prints it."""

from __future__ import annotations

import difflib
import hashlib
import importlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TextIO, cast

from evidencereview.errors import SettingsError, WriteError
from evidencereview.records import Review
from evidencereview.report.saving import check_target, save, save_all

# A format's module is imported when it is asked for; None keeps the place of one that is not built yet.
FORMATS: dict[str, str | None] = {
    "text": "evidencereview.report.terminal",
    "json": "evidencereview.report.json_format",
    "csv": "evidencereview.report.csv_format",
    "xlsx": "evidencereview.report.workbook",
    "docx": "evidencereview.report.docx_format",
    "html": "evidencereview.report.web_page",
}
# Files that are no text: a terminal cannot show them.
BINARY = frozenset({"xlsx", "docx"})
SUFFIXES = {".txt": "text", ".json": "json", ".csv": "csv", ".xlsx": "xlsx", ".docx": "docx", ".html": "html"}


class Format(Protocol):
    """What the module of a format offers."""

    def render(self, review: Review, *, min_tier: int = 0) -> bytes:
        """Return the file's content, the same bytes for the same review."""
        ...


def find_format(name: str) -> Format:
    """Return the module of a format.

    Raises:
        SettingsError: there is no such format, or not in this version.
    """
    if name not in FORMATS:
        near = difflib.get_close_matches(name, FORMATS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(built_formats())}"
        raise SettingsError(f"there is no format '{name}'", hint)
    module = FORMATS[name]
    if module is None:
        raise SettingsError(
            f"--format {name} is not available in this version", f"choose one of {', '.join(built_formats())}"
        )
    return cast("Format", importlib.import_module(module))


def built_formats() -> tuple[str, ...]:
    """Return the names of the formats that this version writes."""
    return tuple(name for name, module in FORMATS.items() if module)


def format_for(path: Path | None) -> str:
    """Return the format that a file's name asks for; text where it asks for none."""
    return SUFFIXES.get(path.suffix.lower(), "text") if path else "text"


def planned(formats: Sequence[str], output: Path | None, form: Path) -> dict[str, Path | None]:
    """Return where each format goes: the file that `output` names, or, in a folder, a file named after the form.

    `output` is a folder where several formats are asked for, or where it is one; None prints a single format.

    Raises:
        SettingsError: a format is not known, or several have no folder to go to.
    """
    for name in formats:
        find_format(name)
    if output is None:
        if len(formats) > 1:
            raise SettingsError("several formats cannot be printed at once", "name a folder with -o")
        return {formats[0]: None}
    if len(formats) == 1 and not output.is_dir():
        return {formats[0]: output}
    if output.is_file():
        raise SettingsError(f"{output} is a file, not a folder", "several formats need a folder; name one with -o")
    endings = {name: ending for ending, name in SUFFIXES.items()}
    return {name: output / f"{form.stem}-review{endings[name]}" for name in formats}


def write_files(
    review: Review,
    files: Mapping[str, Path],
    *,
    min_tier: int = 0,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write a review in several formats: all of the files, or none of them.

    Raises:
        SettingsError: a format is not known or not built.
        WriteError: one of the files cannot be saved; what was there before is there again.
    """
    inputs = tuple(inputs)
    rendered = {path: content(name, review, min_tier=min_tier, inputs=inputs) for name, path in files.items()}
    save_all(rendered, force=force, inputs=inputs)


def save_review(review: Review, path: str | Path, format: str, *, min_tier: int, force: bool) -> Path:
    """Save a review in the format that the file's name asks for, or in `format`; return where.

    Raises:
        SettingsError: neither names a format that is known.
        WriteError: the file cannot be saved, or is the form itself (known by its content).
    """
    target = Path(path)
    if not format and target.suffix.lower() not in SUFFIXES:
        raise SettingsError(f"the name {target.name} asks for no format", f"end it in one of {', '.join(SUFFIXES)}")
    check_target(target, force=force)
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == review.form.sha256:
        raise WriteError(f"{target} is the form itself", "name another file")
    write(review, target, format or format_for(target), min_tier=min_tier, force=force)
    return target


def unprintable(name: str) -> SettingsError:
    """Return the error for a format that cannot be shown on a screen."""
    return SettingsError(f"--format {name} makes a file that no screen can show", "name the file with -o")


def content(name: str, review: Review, *, min_tier: int = 0, inputs: Iterable[Path] = ()) -> bytes:
    """Return the file of a review in a format; a Word copy is made of the one among `inputs` that was reviewed.

    Raises:
        SettingsError: the format is not known or not built.
        WriteError: the Word form is not what it was when it was read.
    """
    if name == "docx":
        from evidencereview.report import docx_format

        return docx_format.render(review, min_tier=min_tier, source=docx_format.source_of(review.form, inputs))
    return find_format(name).render(review, min_tier=min_tier)


def write(
    review: Review,
    path: Path | None,
    format: str,
    *,
    min_tier: int = 0,
    stream: TextIO | None = None,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write a review to a file (whole or nothing), or to a stream where `path` is None.

    Args:
        review: what to write.
        path: the file; None writes to `stream`.
        format: a key of FORMATS.
        min_tier: rows below this tier are left out (JSON holds every row).
        stream: where to print; on a terminal, text comes with colour and in the terminal's width.
        force: overwrite a file that is there.
        inputs: files that are never overwritten.

    Raises:
        SettingsError: the format is not known or not built, or neither `path` nor `stream` is given.
        WriteError: the file cannot be saved.
    """
    chosen = find_format(format)
    if path is not None:
        inputs = tuple(inputs)
        save(path, content(format, review, min_tier=min_tier, inputs=inputs), force=force, inputs=inputs)
    elif stream is None:
        raise SettingsError("nowhere to write to", "give a path or a stream")
    elif format == "text":
        from evidencereview.report import terminal

        terminal.show(review, stream, min_tier=min_tier)
    elif format in BINARY:
        _write_bytes(stream, content(format, review, min_tier=min_tier, inputs=inputs), format)
    else:
        stream.write(chosen.render(review, min_tier=min_tier).decode("utf-8"))


def _write_bytes(stream: TextIO, data: bytes, format: str) -> None:
    binary = getattr(stream, "buffer", None)
    if binary is None or stream.isatty():
        raise unprintable(format)
    stream.flush()
    binary.write(data)
