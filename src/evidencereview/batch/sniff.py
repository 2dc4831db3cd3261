"""Whether a file of a folder may be a form: by its name, or else by how its content begins."""

from __future__ import annotations

import re
from pathlib import Path

# Named so, a file is always tried: one that cannot be read is then listed and not lost in silence.
FORM_ENDINGS = frozenset(
    (
        ".txt .text .csv .tsv .tab .jsonl .docx .docm .dotx .dotm .xlsx .xlsm .pdf .doc .xls .odt .ods .rtf"
        " .htm .html .xhtml"
    ).split()
)
_OFFICE = (b"word/", b"xl/")
_PDF, _ZIP, _OLD_OFFICE, _RICH = b"%PDF-", b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"), b"{\\rtf"
_READ = 200_000
# Provision numbers such as 5.10 at the start of a line or cell: three of them make a form likely.
_NUMBER = re.compile(rb"""(?:^|[\t,;|>"]|\n)\s{0,8}(?:section\s)?[1-9]\.\d{1,2}\b""", re.IGNORECASE)
_LEAST = 3


def has_form_name(path: Path) -> bool:
    """Whether the name is that of a format in which forms come."""
    return path.suffix.lower() in FORM_ENDINGS


def looks_like_form(path: Path) -> bool:
    """Whether the content is that of a form, whatever its name; False where the file cannot be opened."""
    try:
        with path.open("rb") as stream:
            start = stream.read(_READ)
            if start.startswith(_ZIP):
                stream.seek(max(0, path.stat().st_size - _READ))
                # The names of a zip archive's parts stand at its end.
                names = stream.read()
                return any(part in names for part in _OFFICE)
    except OSError:
        return False
    if start.startswith((_OLD_OFFICE, _RICH)) or _PDF in start[:1024]:
        return True
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\0", b"")
    return b"\0" not in start and len(set(_NUMBER.findall(start))) >= _LEAST
