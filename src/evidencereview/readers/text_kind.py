"""Tells the formats apart that are all text: a web page, separated values, rows as JSON lines, plain lines."""

from __future__ import annotations

import re

from evidencereview.errors import ReadError
from evidencereview.readers.csv_tsv import delimiter_of
from evidencereview.readers.pipe_tables import is_markdown

_WORD_OR_EXCEL = "save it as Word (.docx) or Excel (.xlsx)"
_BEFORE = re.compile(r"(?:\s|\ufeff|<!--.{0,20000}?-->|<\?xml[^>]{0,300}\?>)*", re.DOTALL)
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|base|link|style|script|table|thead|tbody|tr|td|div|section|article|main"
    r"|header|nav|footer|form|center|span|font|dl|ul|ol|h[1-6]|p|a|br|hr)\b",
    re.IGNORECASE,
)
_TABLE = re.compile(r"<(?:table|dl|tr)\b[^<>]{0,2000}>", re.IGNORECASE)
# What begins like this is known and not read: what it is, and what to do.
_KNOWN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"(?s).{0,600}<\?mso-application progid=\"(?:Excel|Word)"),
        "an Office file of 2003 in XML",
        f"open it in Office and {_WORD_OR_EXCEL}",
    ),
    (
        re.compile(r"(?s)(?:[\w-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?(?i:content-type:\s*multipart/related)"),
        "a web archive (.mht)",
        "open it in Word or a browser and save it as .docx or as a plain web page (.html)",
    ),
    (
        re.compile(r"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID):[^\n]*\n(?:[\w-]{1,40}:|[ \t])"),
        "an e-mail",
        "save the form that is attached to it and give that",
    ),
    (re.compile(r"\[InternetShortcut\]"), "a link and not the form", "open it and save the form itself"),
    (re.compile(r"%!PS"), "a PostScript file", "save it as PDF, Word (.docx) or Excel (.xlsx)"),
    (
        re.compile(r"\s*\{[^{}]{0,400}\"(?:doc_id|url)\"\s*:\s*\"(?:https://docs\.google|[\w-]{20,}\")"),
        "a link to a Google document and not the form",
        "open it and download it as Word (.docx) or Excel (.xlsx)",
    ),
    (
        re.compile(r"\s*\[\s*\{"),
        "JSON as one list",
        "give JSON lines, one object a line, as 'evidencereview rows' writes them",
    ),
)


def kind_of_text(text: str, name: str) -> str:
    """Return "html", "jsonl", "csv", "tsv" or "text" for a decoded text.

    Raises:
        ReadError: a format that is known and not read; the message says what to do.
    """
    start = text[:40_000].lstrip("\ufeff \t\n")
    for pattern, what, remedy in _KNOWN:
        if pattern.match(start):
            raise ReadError(f"{name}: is {what}, which is not read", remedy)
    if _is_page(start):
        return "html"
    if start.startswith("<?xml"):
        raise ReadError(f"{name}: is an XML file, which is not read", _WORD_OR_EXCEL)
    if start[:1] == "{":
        return "jsonl"
    if is_markdown(text):
        return "text"
    kind = {"": "text", "\t": "tsv"}.get(delimiter_of(text), "csv")
    if kind == "text" and "\t" not in text and len(_TABLE.findall(text)) >= 2:
        return "html"  # a Markdown or text file whose table is written in HTML
    return kind


def _is_page(start: str) -> bool:
    """Tell whether a text is a web page: it begins with an element; a converter's tags within tabbed lines are none."""
    begin = _BEFORE.match(start)
    found = _PAGE.match(start, begin.end() if begin else 0)
    if found is None:
        return False
    sure = re.search(r"<(?:!doctype|html|head|body|table)\b", start, re.IGNORECASE)
    return sure is not None or not any("\t" in line for line in start.split("\n", 1)[:1])
