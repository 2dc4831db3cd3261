"""How a comparison is written: text, JSON, Excel or a page."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from evidencereview.errors import SettingsError
from evidencereview.report import BINARY, unprintable
from evidencereview.report.saving import save

if TYPE_CHECKING:
    from evidencereview.comparison.changes import Comparison

COMPARISON_FORMATS = {
    "text": "evidencereview.report.comparison_text",
    "json": "evidencereview.report.comparison_json",
    "xlsx": "evidencereview.report.comparison_xlsx",
    "html": "evidencereview.report.comparison_html",
}
_SUFFIXES = {".txt": "text", ".json": "json", ".xlsx": "xlsx", ".html": "html", ".htm": "html"}


class ComparisonFormat(Protocol):
    """What the module of a format offers."""

    def render(self, comparison: Comparison) -> bytes:
        """Return the file's content, the same bytes for the same comparison."""
        ...


def comparison_format(name: str, path: Path | None) -> str:
    """Return the format that is asked for by name, or else by the file's name.

    Raises:
        SettingsError: there is no such format, or it cannot be printed.
    """
    chosen = name or (_SUFFIXES.get(path.suffix.lower(), "text") if path else "text")
    if chosen not in COMPARISON_FORMATS:
        near = difflib.get_close_matches(chosen, COMPARISON_FORMATS, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(COMPARISON_FORMATS)}"
        raise SettingsError(f"there is no format '{chosen}' for a comparison", hint)
    if path is None and chosen in BINARY:
        raise unprintable(chosen)
    return chosen


def write_comparison(
    comparison: Comparison,
    path: Path | None,
    format: str,
    *,
    stream: TextIO,
    force: bool = False,
    inputs: Iterable[Path] = (),
) -> None:
    """Write a comparison to a file (whole or nothing), or to a stream where `path` is None.

    Raises:
        SettingsError: there is no such format, or it cannot be printed.
        WriteError: the file cannot be saved.
    """
    chosen = comparison_format(format, path)
    if chosen == "text" and path is None:
        from evidencereview.report import comparison_text

        comparison_text.show(comparison, stream)
        return
    content = cast("ComparisonFormat", importlib.import_module(COMPARISON_FORMATS[chosen])).render(comparison)
    if path is not None:
        save(path, content, force=force, inputs=inputs)
    else:
        stream.write(content.decode("utf-8"))
