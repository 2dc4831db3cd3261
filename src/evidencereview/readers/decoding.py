"""Turns the bytes of a text file into text, whatever program wrote them."""

from __future__ import annotations

import codecs
import re

from evidencereview.errors import ReadError
from evidencereview.readers.tally import Tally

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_BINARY_SHARE = 0.02  # text has next to no control characters; random bytes have one in nine
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like the mark of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta\b[^<>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|^\s*<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([\w.-]{2,40})",
    re.IGNORECASE,
)
# Encodings of one alphabet or script; the others that Python knows are no encodings of pages.
_FAMILIES = ("cp", "windows-", "iso-8859", "iso8859", "mac", "koi8", "shift", "sjis", "euc", "gb", "big5", "ibm")
# What spreadsheets write that is not UTF-8, by the name that a user knows; the first wins where they score alike.
_NARROW = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "the old DOS encoding (850)"}
_USUAL = frozenset("‘’“”–—•…£€½¼®©™°·«»\u00a0")
_ACCENTED = frozenset("áàâäãåçéèêëíìîïñóòôöõúùûüýÿÉ")


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
    declared = _declared(data)
    if declared:
        tally.add("encoding", f"read as {declared}, as the page says of itself")
        return data.decode(declared, errors="replace")
    best = max(_NARROW, key=lambda encoding: _plausible(data.decode(encoding, errors="replace")))
    tally.add("encoding", f"read as {_NARROW[best]}, since it is not UTF-8")
    return data.decode(best, errors="replace")


def _declared(data: bytes) -> str:
    """Return the encoding that a web page names for itself, "" where it names none that is known and fits."""
    found = _DECLARED.search(data[:4096])
    name = (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""
    if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        name = "cp1252"  # as every browser reads it
    if not name.startswith(_FAMILIES):
        return ""
    try:
        codecs.lookup(name)
    except LookupError:
        return ""
    return name


def _plausible(text: str) -> float:
    """Return how much the characters beyond ASCII look like English text as people type it."""
    strange = [character for character in text[:200_000] if character > "\x7f"]
    return sum(1.0 if c in _USUAL else 0.5 if c in _ACCENTED else -1.0 for c in strange)


def _wide_encoding(start: bytes) -> str:
    """Recognise UTF-16 or UTF-32 without its mark by the zeros beside each letter of English text."""
    if len(start) < 20:
        return ""
    zeros = [start[place::4].count(0) / len(start[place::4]) for place in range(4)]
    for encoding, blank in (("utf-32-le", (1, 2, 3)), ("utf-32-be", (0, 1, 2))):
        if all(zeros[place] > 0.9 for place in blank):
            return encoding
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) < 0.6:
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
