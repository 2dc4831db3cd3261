"""Opens a file read-only and finds out by its content what it is."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from evidencereview.config import Limits
from evidencereview.errors import ReadError
from evidencereview.readers.grid import over_limit
from evidencereview.readers.office_zip import kind_of_zip
from evidencereview.readers.unread import SAVE, old_office, refuse_unread

_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")

_USUAL_NAMES = {
    "docx": {".docx", ".docm", ".dotx", ".dotm"},
    "pdf": {".pdf"},
    "xlsx": {".xlsx", ".xlsm"},
    "jsonl": {".jsonl", ".ndjson", ".json"},
    "csv": {".csv", ".txt"},
    "tsv": {".tsv", ".tab", ".csv", ".txt"},
    "html": {".html", ".htm", ".xhtml", ".shtml", ".aspx", ".php", ".asp"},
    "text": {".txt", ".text", ".tsv", ".tab", ".csv", ".md", ""},
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes as they were when it was opened."""

    path: Path
    data: bytes
    sha256: str

    @property
    def name(self) -> str:
        """The file's name for messages."""
        return self.path.name


def open_source(path: Path, limits: Limits) -> Source:
    """Read a file whole.

    Raises:
        ReadError: it is missing, no regular file, not readable, or empty.
        LimitError: it is larger than `limits.file_bytes`.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{path}: is a folder", "name a form in it, or use 'batch' for a folder of forms")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{path}: is no regular file", "save the form as a file first")
        if status.st_size > limits.file_bytes:
            raise over_limit("file_bytes", limits.file_bytes, f"{path.name}: {status.st_size} bytes")
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise ReadError(f"{path}: there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path!s}: cannot be opened ({reason})", "check the name and that you may read it") from error
    if len(data) > limits.file_bytes:
        raise over_limit("file_bytes", limits.file_bytes, f"{path.name}: grew while it was read")
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise ReadError(f"{path.name}: is empty", "check that the form was saved or downloaded completely")
    return Source(path, data, hashlib.sha256(data).hexdigest())


def kind_of(source: Source, limits: Limits) -> str:
    """Return "docx", "xlsx", "pdf" or "text" (JSON lines and CSV are told apart from text later, by what they say).

    Raises:
        ReadError: a format that is not read, each with what to do.
        LimitError: an Office file that would inflate beyond the limits.
    """
    data, name = source.data, source.name
    if data.startswith(_OLE):
        raise old_office(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        if not data.startswith(_ZIP):
            raise ReadError(f"{name}: is an empty or split zip archive", SAVE)
        return kind_of_zip(data, name, limits)
    refuse_unread(data, name)
    return "text"


def name_disagrees(path: Path, kind: str) -> bool:
    """Tell whether the file's name promises another format than its content is."""
    return path.suffix.lower() not in _USUAL_NAMES[kind]
