"""When two texts, and two findings, count as the same: by content and never by place."""

from __future__ import annotations

import re

from evidencereview.records import Finding, Row

_WORD = re.compile(r"\w+")
_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "...", "•": " "})


def normalised(text: str) -> str:
    """Return the words of a text in lower case, one blank between them, punctuation left out."""
    return " ".join(_WORD.findall(text.casefold()))


def even_text(text: str) -> str:
    """Return a text with white space, quotation marks, dashes and bullets made even: what differs then was rewritten."""
    return " ".join(text.translate(_TYPOGRAPHY).split())


def identity(finding: Finding, row: Row) -> tuple[str, str, str]:
    """Return (provision, flag, normalised words); for something absent, what is missing and the row's text.

    A row that was rewritten has findings of a new identity where something is absent from it.
    """
    absent = f"{normalised(finding.because)} | {normalised(row.text)}"
    return (row.number, finding.flag, normalised(finding.words) or absent)
