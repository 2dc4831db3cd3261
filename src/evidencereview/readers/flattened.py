"""Takes a table row apart whose cells an export has run together: "1.2A complaint must be … YesOur policy says …".

Where two cells met, no space is left: a sentence ends and the next begins at once. Such a seam is what is looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_OPENS = r"[A-Z\"“‘'(•]"
_START = re.compile(rf"(?P<number>\d{{1,2}}\.\d{{1,2}})[.)]?(?P<gap>\s{{0,3}})(?={_OPENS})")
_WORDS = (
    "Yes|No|Partially|Partial|Partly|In part|Not applicable|N/A|Not yet|Non-compliant|Compliant|Fully compliant|Comply"
    "|TBC|Y|N|YES|NO|☒|☑|✓|✔|✗|✘"
)
_ANSWER = re.compile(
    rf"(?P<before>[\w.!?:;,)\]'\"’”])(?P<gap>[ \n]?)(?P<word>{_WORDS})(?P<after>[ \n]?)(?=[A-Z\"“‘'(•]|https?:|\d{{2}}|$)"
)
_SENTENCE_SEAM = re.compile(
    rf"(?<=[a-z0-9)\]’”'\"][.!?:;])(?={_OPENS}|https?:)|(?<=[.!?:;][’”'\")])(?=[A-Z])|(?<=[a-z]{{3}}[.!?])(?=\d)"
)
_WORD_SEAM = re.compile(r"(?<=[a-z0-9)])(?=[A-Z][a-z])")
_NEXT_ROW = re.compile(r"(?<=[a-z.!?)’”'\"])(?=\d{1,2}\.\d{1,2}[A-Z][a-z]|\d{1,2}\.\d{1,2}A\s)")


@dataclass(frozen=True, slots=True)
class Flattened:
    """The cells that were found in one run of text; "" for a cell that has no text."""

    number: str
    requirement: str
    answer: str
    proof: str


def split_rows(text: str) -> list[str]:
    """Cut a text at the places where the next row begins without a space before its number."""
    starts = [0, *(match.start() for match in _NEXT_ROW.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(starts) if text[start:end].strip()]


def take_apart(text: str) -> Flattened | None:
    """Find the cells of a row that were run together; None where the text is no such row."""
    start = _START.match(text)
    if start is None:
        return None
    rest = text[start.end() :]
    answer = _best_answer(rest)
    if answer is not None:
        requirement = rest[: answer.start("gap")]
        return Flattened(start["number"], requirement.strip(), answer["word"], rest[answer.end() :].strip())
    if start["gap"]:
        return None
    seam = _SENTENCE_SEAM.search(rest)
    cut = seam.start() if seam else len(rest)
    return Flattened(start["number"], rest[:cut].strip(), "", rest[cut:].strip())


def split_proof(text: str) -> tuple[str, str]:
    """Part the evidence from the commentary at the seam between them; all is evidence where there is none."""
    seam = _SENTENCE_SEAM.search(text)
    if seam is None:
        between = list(_WORD_SEAM.finditer(text))
        seam = between[0] if len(between) == 1 else None
    return (text[: seam.start()].strip(), text[seam.start() :].strip()) if seam else (text.strip(), "")


def split_headings(text: str) -> list[str]:
    """Return column headings that were run together ("Code provisionRequirementComply"), one each."""
    return [part.strip() for part in _WORD_SEAM.sub("\n", text).split("\n") if part.strip()]


def _best_answer(text: str) -> re.Match[str] | None:
    """Return the place that looks most like an answer's cell: at a sentence's end, with no space behind it."""
    best, most = None, 1
    for match in _ANSWER.finditer(text):
        ended = match["before"] in ".!?:;'\"’”)]"
        glued_before, glued_behind = not match["gap"], not match["after"]
        if glued_before and match["before"].isalpha() and len(match["word"]) < 2:
            continue
        score = 2 * ended + 2 * glued_behind + glued_before
        if score > most:
            best, most = match, score
    return best
