"""Makes Word forms cell by cell, and reads one with comments back: its text to the letter, the words of each comment."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from evidencereview.records import Cell, Finding, Review, Row
from evidencereview.report import docx_format
from made_reviews import made_finding, made_item, made_review, made_row

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = {W + "t": None, W + "delText": None, W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
NS = nsdecls("w", "r") + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WHOLE = "We aim to answer where possible within ten days."
HEADINGS = ("Code provision", "Requirement", "Comply", "Evidence", "Commentary")


def text_run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def word_form(*rows: Sequence[str]) -> bytes:
    """A Word form whose cells are the XML of their paragraphs, or plain text."""
    document = docx.Document()
    document.add_paragraph("Rosehill Homes")
    grid = document.add_table(0, len(HEADINGS))
    grid.style = "Table Grid"
    for cells in (HEADINGS, *rows):
        for cell, text in zip(grid.add_row().cells, cells, strict=True):
            if text.startswith("<"):
                cell._tc.remove(cell._tc.p_lst[0])
                for paragraph in parse_xml(f"<w:body {NS}>{text}</w:body>"):
                    cell._tc.append(paragraph)
            else:
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


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


def comments(data: bytes, author: str = "evidencereview", *, again: bool = False) -> list[Comment]:
    """The comments of one author in the order of their numbers; `again` says that an office suite saved them anew."""
    body = part(data, "word/document.xml")
    found = []
    for entry in part(data, "word/comments.xml"):
        number = entry.get(W + "id")
        text = "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in entry.iter(W + "p"))
        if entry.get(W + "author") == author:
            found.append(Comment(author, text, _between(body, number, again)))
    return found


def words_of(text: str) -> str:
    return " ".join(text.split())


def _between(body: Any, number: str, again: bool) -> str:
    """The words between the marks; every mark must be there once, start before end before reference."""
    text, inside, seen = "", False, []
    for element in body.iter():
        if element.get(W + "id") == number and element.tag.startswith(W + "comment"):
            seen.append(element.tag.removeprefix(W))
            inside = seen == ["commentRangeStart"]
        elif inside and element.tag == W + "p":
            text += "\n"
        elif (
            inside
            and element.tag != W + "instrText"
            and not any(a.tag in (W + "del", W + "moveFrom") for a in element.iterancestors())
        ):
            text += _character(element)
    # An office suite leaves the range out where it is empty.
    marks = ["commentRangeStart", "commentRangeEnd", "commentReference"]
    assert seen == marks or (again and seen == marks[2:]), (number, seen)
    return text


def _is_deleted(element: Any) -> bool:
    return any(parent.tag in (W + "del", W + "moveFrom") for parent in element.iterancestors())


def _character(element: Any) -> str:
    if element.tag in (W + "t", W + "delText", W + "instrText"):
        return element.text or ""
    return _TEXT.get(element.tag) or ""


def one_row(cell: str) -> bytes:
    return word_form(("5.1", "Landlords must answer in time.", "Yes", cell, ""), ("5.2", "Say so.", "Yes", "Done.", ""))


def review_of(row: Row, *findings: Finding, **more: Any) -> Review:
    other = made_row("5.2", row.order + 1, requirement="Say so.", evidence="Done.")
    return made_review((made_item(row, 1, 2, findings), made_item(other, 2, 0)), **more)


def hedge(row: Row, words: str, cell: Cell = Cell.EVIDENCE) -> Finding:
    return made_finding(row, "hedged-practice", "ER302", words, cell)


def commented(source: bytes, row: Row, *findings: Finding) -> list[str]:
    """The words of each comment but the one that sums up; the text of the document must be as it was."""
    data = docx_format.render(review_of(row, *findings), source=source)
    assert letters(data) == letters(source)
    return [words_of(comment.words) for comment in comments(data)[1:]]
