"""Output: one format a file. `render` gives the text of a review in a format, `write` saves or prints it."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TextIO, cast

from evidencereview.errors import SettingsError
from evidencereview.records import Review
from evidencereview.report.saving import save

# A format's module is imported when it is asked for; None keeps the place of one that is not built yet.
FORMATS: dict[str, str | None] = {
    "text": "evidencereview.report.terminal",
    "json": "evidencereview.report.json_format",
    "csv": "evidencereview.report.csv_format",
    "xlsx": None,
    "docx": "evidencereview.report.docx_format",
    "html": None,
}
# These are no text, so they go to a file and never to a screen.
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
    elif format in BINARY:
        raise unprintable(format)
    elif format == "text":
        from evidencereview.report import terminal

        terminal.show(review, stream, min_tier=min_tier)
    else:
        stream.write(chosen.render(review, min_tier=min_tier).decode("utf-8"))
