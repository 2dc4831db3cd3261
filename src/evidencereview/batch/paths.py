"""Which forms a batch reviews, in which order, and under which names their results are saved."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evidencereview.errors import SettingsError

READ = frozenset(".txt .text .csv .tsv .tab .jsonl .docx .docm .dotx .dotm .xlsx .xlsm .html .htm .xhtml".split())
# Found in a folder too, so that they are listed as failures and not lost in silence.
NOT_READ = frozenset({".pdf", ".doc", ".xls", ".odt", ".ods", ".rtf"})


def expand(paths: Sequence[str | Path], results: Path) -> tuple[Path, ...]:
    """Return the forms that paths, folders and patterns name, each once, in the order given and by name in a folder.

    What is not there, and a folder without forms, stays in the list, so that it is reported. The folder of results is
    not searched, nor are hidden files and the lock files of office programs.

    Raises:
        SettingsError: no paths are given.
    """
    if not paths:
        raise SettingsError("no forms are named", "name files, folders or patterns")
    barred = results.resolve()
    found: dict[Path, Path] = {}
    for path in paths:
        for form in _forms(path, barred):
            found.setdefault(form.resolve(), form)
    return tuple(found.values())


def result_names(sources: Iterable[Path]) -> tuple[str, ...]:
    """Return the name of each form's JSON: its own, with a number where two would be the same (also but for case)."""
    taken: set[str] = set()
    names: list[str] = []
    for source in sources:
        stem = name = source.stem or "form"
        number = 2
        while name.lower() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.lower())
        names.append(f"{name}.json")
    return tuple(names)


def _forms(path: str | Path, barred: Path) -> Iterator[Path]:
    given = Path(path)
    if given.is_dir():
        yield from _in_folder(given, barred) or [given]
    elif not given.exists() and glob.has_magic(str(path)):
        matches = sorted(Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207  may be absolute
        files = [match for match in matches if match.is_file() and _wanted(match, match.parent, barred)]
        yield from files or [given]
    else:
        yield given


def _in_folder(folder: Path, barred: Path) -> list[Path]:
    files = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in READ | NOT_READ and path.is_file())
    return [path for path in files if _wanted(path, folder, barred)]


def _wanted(path: Path, folder: Path, barred: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return not hidden and barred not in path.resolve().parents
