"""Looks at the bytes of a PDF before it is opened: is it whole, and of a bearable size once unpacked?"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from evidencereview.config import Limits
from evidencereview.errors import ReadError
from evidencereview.readers.grid import over_limit
from evidencereview.records import Note

_AGAIN = "get the file again, or open it in a PDF program and save it anew"
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_CHUNK = 1 << 20
_TAIL = 2048  # bytes at the end in which a whole file says so


def check_file(data: bytes, name: str, limits: Limits) -> Iterator[Note]:
    """Yield notes on damage that programs mend without a word.

    Raises:
        ReadError: the file breaks off.
        LimitError: its streams would unpack to more than `limits.inflated_bytes`.
    """
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        raise ReadError(f"{name}: is a PDF that breaks off before its end", _AGAIN)
    damaged = _inflate(data, name, limits)
    if damaged:
        yield Note("damaged-part", f"{damaged} parts of the PDF are damaged; text may be missing")
    if not _table_stands(data):
        yield Note("damaged-part", "the PDF's table of contents is damaged and was rebuilt; text may be missing")


def page_objects(data: bytes) -> int:
    """Return how many pages stand openly in the file, one saved anew counted once; packed ones are not seen."""
    places = (data.rfind(b" obj", 0, match.start()) for match in _PAGE.finditer(data))
    return len({data[max(0, place - 12) : place].split(b"\n")[-1] for place in places})


def _inflate(data: bytes, name: str, limits: Limits) -> int:
    """Unpack every stream once, a piece at a time, to know its size; return how many break off."""
    left, damaged = limits.inflated_bytes, 0
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - 400) : match.start()].rpartition(b"obj")[2]
        if b"FlateDecode" not in head and b"/Fl" not in head:
            continue
        if head.count(b"FlateDecode") > 1:
            raise ReadError(f"{name}: holds a part that is packed several times over", _AGAIN)
        if b"[" in head and b"ASCII" in head:
            continue  # packed into letters: at most as large as the file allows, and checked by the program that opens it
        size, whole = _size(data, match.end(), left)
        left -= size
        damaged += not whole
        if left < 0:
            raise over_limit("inflated_bytes", limits.inflated_bytes, f"{name}: too large when unpacked")
    return damaged


def _size(data: bytes, start: int, most: int) -> tuple[int, bool]:
    unpack, size = zlib.decompressobj(), 0
    end = data.find(b"endstream", start)
    packed = data[start : end if end >= 0 else len(data)]
    try:
        while packed and size <= most and not unpack.eof:
            size += len(unpack.decompress(packed, _CHUNK))
            packed = unpack.unconsumed_tail
        return size, unpack.eof or (not packed and unpack.eof)
    except zlib.error:
        return size, False


def _table_stands(data: bytes) -> bool:
    """Tell whether the last `startxref` leads to a table of the file's parts."""
    found = re.findall(rb"startxref\s+(\d{1,12})", data[-_TAIL:])
    if not found:
        return False
    place = int(found[-1]) + max(data.find(b"%PDF-"), 0)
    return re.match(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)", data[place : place + 40]) is not None
