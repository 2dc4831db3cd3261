"""A folder whose files are the pages of one form, a section each, read as one document in the order of their names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evidencereview.config import Limits
from evidencereview.errors import LimitError, ReadError
from evidencereview.readers.grid import Document, Grid, Loose, over_limit
from evidencereview.readers.opened import Opened
from evidencereview.readers.source import Source
from evidencereview.readers.tally import Tally

_REMEDY = "name the form itself, or a folder with its pages; 'batch' reviews a folder of forms"
_PIECES = re.compile(r"(\d+)")


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; an impossible name is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def open_folder(folder: Path, limits: Limits, tally: Tally, open_file: Callable[[Path], Opened]) -> Opened:
    """Open the files of a folder in the order of their names ("page 2" before "page 10"), as one.

    Hidden files are passed over in silence; folders inside, and files that are no page of a form, with a note.

    Raises:
        ReadError: there is no file in it that can be read as a page.
        LimitError: more files than `limits.pages`, or more bytes than `limits.file_bytes` together.
    """
    pages = []
    for file in _files(folder, limits, tally):
        try:
            pages.append(open_file(file))
        except LimitError:
            raise
        except ReadError as error:
            tally.add("file-passed-over", f"{error.what}; {error.remedy}")
    size = sum(len(page.source.data) for page in pages)
    if size > limits.file_bytes:
        raise over_limit("file_bytes", limits.file_bytes, f"{folder.name}: {size} bytes together")
    if not pages:
        raise ReadError(f"{folder}: is a folder, and no file in it is read as a page of a form", _REMEDY)
    whole = _as_one(folder, [page.source for page in pages])
    if all(page.document is None for page in pages):
        return Opened(whole, pages[0].kind, "\n".join(page.text for page in pages), None)
    for page in pages:
        if page.document is None:
            tally.add("file-passed-over", f"{page.source.name}: holds rows, and the other files are pages of a form")
    bound = [(page.source, page.document) for page in pages if page.document is not None]
    kinds = sorted({page.kind for page in pages if page.document is not None})
    texts = [page.text for page in pages]
    return Opened(whole, "+".join(kinds), "\n\n".join(texts) if all(texts) else "", _bind(bound))


def _files(folder: Path, limits: Limits, tally: Tally) -> list[Path]:
    try:
        entries = sorted((e for e in folder.iterdir() if not e.name.startswith((".", "~$"))), key=lambda e: _order(e.name))
    except OSError as error:
        raise ReadError(f"{folder}: cannot be opened ({error.strerror})", "check that you may read it") from error
    for entry in entries:
        if entry.is_dir():
            tally.add("folder-passed-over", f"{entry.name}: only the files right in the folder are read")
    files = [entry for entry in entries if not entry.is_dir()]
    if len(files) > limits.pages:
        raise over_limit("pages", limits.pages, f"{folder.name}: {len(files)} files")
    return files


def _as_one(folder: Path, pages: Sequence[Source]) -> Source:
    """Return the folder as a source: its path, and a hash over the pages' names and bytes."""
    whole = hashlib.sha256()
    for page in pages:
        whole.update(page.name.encode("utf-8", "surrogateescape") + b"\0" + page.sha256.encode())
    return Source(folder.resolve(), b"", whole.hexdigest())


def _bind(pages: Sequence[tuple[Source, Document]]) -> Document:
    """Put the documents of the pages one behind the other; every place says on which page it is."""
    blocks: list[Grid | Loose] = []
    for source, document in pages:
        for block in document.blocks:
            if isinstance(block, Loose):
                blocks.append(replace(block, where=f"{source.name}, {block.where}"))
            else:
                blocks.append(Grid(tuple(replace(row, where=f"{source.name}, {row.where}") for row in block.rows)))
    notes = [
        replace(note, where=f"{source.name}, {note.where}".rstrip(", ")) for source, page in pages for note in page.notes
    ]
    counts = [document.visible for _, document in pages]
    known = [count for count in counts if count is not None]
    return Document(
        blocks=tuple(blocks),
        notes=tuple(notes),
        visible=sum(known) if len(known) == len(counts) else None,
        noted=sum(document.noted for _, document in pages),
        added=sum(document.added for _, document in pages),
    )


def _order(name: str) -> tuple[tuple[int, int | str], ...]:
    pieces = _PIECES.split(name.casefold())
    return tuple((0, int(piece)) if piece.isdecimal() else (1, piece) for piece in pieces if piece)
