"""Reads a Word file with comments back: its text to the letter, and the words on which each comment stands."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = {W + "t": None, W + "delText": None, W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


@dataclass(frozen=True)
class Comment:
    """One comment: what it says, and the words between its marks (deleted text left out)."""

    author: str
    text: str
    words: str


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def letters(data: bytes) -> list[str]:
    """Every paragraph's characters in order, with deleted text, instructions of fields and breaks."""
    body = part(data, "word/document.xml")
    return ["".join(_character(e) for e in p.iter() if isinstance(e.tag, str)) for p in body.iter(W + "p")]


def comments(data: bytes, author: str = "evidencereview") -> list[Comment]:
    """The comments of one author in the order of their numbers."""
    body = part(data, "word/document.xml")
    found = []
    for entry in part(data, "word/comments.xml"):
        number = entry.get(W + "id")
        text = "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in entry.iter(W + "p"))
        if entry.get(W + "author") == author:
            found.append(Comment(author, text, _between(body, number)))
    return found


def words_of(text: str) -> str:
    return " ".join(text.split())


def _between(body: Any, number: str) -> str:
    """The words between the marks; every mark must be there once, start before end before reference."""
    text, inside, seen = "", False, []
    for element in body.iter():
        if element.get(W + "id") == number and element.tag.startswith(W + "comment"):
            seen.append(element.tag.removeprefix(W))
            inside = seen == ["commentRangeStart"]
        elif inside and element.tag == W + "p":
            text += "\n"
        elif inside and not any(a.tag in (W + "del", W + "moveFrom") for a in element.iterancestors()):
            text += _character(element)
    assert seen == ["commentRangeStart", "commentRangeEnd", "commentReference"], (number, seen)
    return text


def _character(element: Any) -> str:
    if element.tag in (W + "t", W + "delText", W + "instrText"):
        return element.text or ""
    return _TEXT.get(element.tag) or ""
