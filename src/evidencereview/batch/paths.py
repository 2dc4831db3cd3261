"""Which forms a batch reviews, in which order, and under which names their results are saved."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidencereview.batch.lists import entries_of, is_list
from evidencereview.batch.sniff import has_form_name, looks_like_form
from evidencereview.errors import SettingsError

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """The forms, each once, and the files of folders that were passed over since they hold no form."""

    forms: tuple[Path, ...]
    passed_over: tuple[Path, ...] = ()


def expand(paths: Sequence[str | Path], results: Path, stdin: Iterable[str] = ()) -> Found:
    """Return the forms that paths, folders, patterns and lists name, in the order given and by name in a folder.

    A folder's files are told by their content where their names do not say. What is not there, and a folder without
    forms, stays in the list, so that it is reported. The folder of results is not searched, nor are hidden files and the
    lock files of office programs.

    Args:
        paths: files, folders, patterns such as "forms/**/*.docx", lists of these a line ("@list.txt" says so for sure),
            and "-" for a list in `stdin`.
        results: where the results go.
        stdin: lines of standard input.

    Raises:
        SettingsError: no paths are given, or a list cannot be read.
    """
    search = _Search(results.resolve(), stdin)
    for path in paths:
        search.add(path)
    if not search.forms:
        raise SettingsError("no forms are named", "name files, folders, patterns or a list")
    return Found(tuple(search.forms.values()), tuple(search.passed_over))


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


class _Search:
    def __init__(self, barred: Path, stdin: Iterable[str]) -> None:
        self._barred = barred
        self._stdin = stdin
        self.forms: dict[Path, Path] = {}
        self.passed_over: list[Path] = []

    def add(self, path: str | Path, *, lists: bool = True) -> None:
        text, given = str(path), Path(path)
        if lists and text == STANDARD_INPUT:
            self._add_all(entries_of(self._stdin))
        elif lists and text.startswith("@") and not given.exists():
            self._add_list(Path(text[1:]))
        elif given.is_dir():
            self._keep(self._in_folder(given) or [given])
        elif not given.exists() and glob.has_magic(text):
            self._keep(self._matches(text) or [given])
        elif lists and is_list(given):
            self._add_list(given)
        else:
            self._keep([given])

    def _add_list(self, path: Path) -> None:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
            raise SettingsError(f"the list {path} cannot be read ({reason})", "give one path a line") from error
        self._add_all(entries_of(lines, path.parent))

    def _add_all(self, entries: Iterable[str]) -> None:
        # A list names forms, folders and patterns, and no further lists.
        for entry in entries:
            self.add(entry, lists=False)

    def _keep(self, paths: Iterable[Path]) -> None:
        for path in paths:
            self.forms.setdefault(path.resolve(), path)

    def _matches(self, pattern: str) -> list[Path]:
        matches = sorted(Path(match) for match in glob.glob(pattern, recursive=True))  # noqa: PTH207  may be absolute
        return [match for match in matches if match.is_file() and self._wanted(match, match.parent)]

    def _in_folder(self, folder: Path) -> list[Path]:
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and self._wanted(path, folder)]
        forms = [path for path in files if has_form_name(path) or looks_like_form(path)]
        chosen = set(forms)
        self.passed_over.extend(path for path in files if path not in chosen)
        return forms

    def _wanted(self, path: Path, folder: Path) -> bool:
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        return not hidden and self._barred not in path.resolve().parents
