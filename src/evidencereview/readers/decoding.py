"""Turns the bytes of a text file into text, whatever program wrote them."""

from __future__ import annotations

import codecs
import re

from evidencereview.errors import ReadError
from evidencereview.readers.tally import Tally

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_BINARY_SHARE = 0.02  # text has next to no control characters; random bytes have one in nine
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes, name: str, tally: Tally) -> str:
    """Return a text file's text with line feeds at its line ends.

    Raises:
        ReadError: the bytes are no text.
    """
    text = _decode(data, name, tally)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, name: str, tally: Tally) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_losses(data[len(mark) :], encoding, name, tally)
    wide = _wide_encoding(data[:2000])
    if wide:
        return _with_losses(data, wide, name, tally)
    if len(_BINARY.findall(data[:1_000_000])) > _BINARY_SHARE * min(len(data), 1_000_000):
        raise ReadError(f"{name}: is a binary file, not a text", "give a form as Word, Excel, CSV or text")
    return _narrow(data, tally)


def _narrow(data: bytes, tally: Tally) -> str:
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if bad <= 0:
        return text
    good = sum(byte >= 0xC2 for byte in data) - bad
    if good > bad:
        tally.add("encoding", f"{bad} damaged characters in a UTF-8 text were replaced by \ufffd")
        return text
    tally.add("encoding", "read as Windows-1252, since it is not UTF-8")
    return data.decode("cp1252", errors="replace")


def _wide_encoding(start: bytes) -> str:
    """Recognise UTF-16 without its mark by the zeros in every second byte of English text."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 0.3 * max(len(start) // 2, 1) or len(start) < 20:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _with_losses(data: bytes, encoding: str, name: str, tally: Tally) -> str:
    text = data.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    strange = sum(character < " " and character not in "\t\n\r\f\v" for character in text[:100_000])
    if bad > len(text) * _BINARY_SHARE or strange > len(text[:100_000]) * _BINARY_SHARE:
        raise ReadError(f"{name}: is a binary file, not a text", "give a form as Word, Excel, CSV or text")
    if bad:
        tally.add("encoding", f"{bad} damaged characters in a {encoding.upper()} text were replaced by \ufffd")
    return text
