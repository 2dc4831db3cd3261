"""Lists of forms: a text file with a path a line, told from a form by what its lines name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from evidencereview.batch.sniff import FORM_ENDINGS

_LIST_ENDINGS = frozenset({"", ".txt", ".lst", ".list", ".m3u"})
_READ = 16_000
_LOOKED_AT = 20


def entries_of(lines: Iterable[str], folder: Path | None = None) -> Iterator[str]:
    """Yield what a list names; blank lines and lines that start with # are passed over.

    Args:
        lines: one path, folder or pattern each.
        folder: where the list lies; a path that is not found from here is looked for beside the list.
    """
    for line in lines:
        entry = line.strip("\r\n\t \ufeff\0").strip('"')
        if entry and not entry.startswith("#"):
            beside = folder / entry if folder is not None else None
            yield str(beside) if beside is not None and not Path(entry).exists() and beside.exists() else entry


def is_list(path: Path) -> bool:
    """Whether most lines of a text file name files that are there, or that have the name of a form."""
    if path.suffix.lower() not in _LIST_ENDINGS or not path.is_file():
        return False
    try:
        with path.open(encoding="utf-8-sig") as stream:
            start = stream.read(_READ)
    except (OSError, UnicodeDecodeError):
        return False
    lines = list(entries_of(start.splitlines()[:_LOOKED_AT], path.parent))
    return bool(lines) and sum(map(_names_a_file, lines)) * 2 > len(lines)


def _names_a_file(line: str) -> bool:
    if "\t" in line or len(line) > 1_000:
        return False
    return Path(line).suffix.lower() in FORM_ENDINGS or Path(line).exists()
