"""A file as opened, before anybody asks what a column means."""

from __future__ import annotations

from dataclasses import dataclass

from evidencereview.readers.grid import Document
from evidencereview.readers.source import Source


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, or the pages of a folder.

    Attributes:
        source: its path, bytes and hash.
        kind: the format, by content.
        text: what it says where it is a text, "" for other formats.
        document: its grids and loose text; None where it holds rows (JSON lines).
    """

    source: Source
    kind: str
    text: str
    document: Document | None
