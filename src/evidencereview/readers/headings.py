"""Words that head a column or a block: which role a column has, which section begins, must or should."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from evidencereview.readers.answers import is_answer
from evidencereview.readers.numbers import is_number


class Role(Enum):
    """What a column of a form holds; EXTRA is a column with a heading of its own that is none of these."""

    NUMBER = auto()
    REQUIREMENT = auto()
    ANSWER = auto()
    EVIDENCE = auto()
    COMMENTARY = auto()
    EXTRA = auto()


# The first that matches decides: "Evidence of compliance" is evidence, "Code requirement met? Yes/No" an answer.
_WORDS: tuple[tuple[Role, str], ...] = (
    (Role.EVIDENCE, r"\bevidence\b|\bproofs?\b|^how\b|\bhow (?:do|does|have|we|it|this)\b|\bdemonstrat|\bassurance\b"),
    (Role.ANSWER, r"\b(?:yes|y)\s*(?:/|or)\s*(?:no|n)\b|\bmet\?|\bcompl(?:y|ies|iant)\s*\?|\brag\b"),
    (Role.COMMENTARY, r"\bcomment|\bexplanation|\bnarrative\b|\bnotes?\b|\brationale\b|\bactions?\b|\bremarks?\b"),
    (Role.REQUIREMENT, r"\brequirements?\b|\bcode says\b|\bstandards?\b|\bobligations?\b|\bexpectations?\b"),
    (Role.REQUIREMENT, r"\bduty\b|\bdescription\b|\bwording\b"),
    (Role.ANSWER, r"\bcompl(?:y|ies|iant|iance|ied)\b|\bmet\b|\bachieved\b|\bstatus\b|\banswer\b|\bself[- ]?assess"),
    (Role.NUMBER, r"\bprovisions?\b|\bsections?\b|\bclauses?\b|\bpara(?:graph)?s?\b|\bref(?:erence)?s?\b"),
    (Role.NUMBER, r"\bn(?:o|umber|r)\b|\bcode\b|\bitem\b|^#$"),
)
_ROLES = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in _WORDS)

_SECTION = re.compile(
    r"^\W*(?:(?:section|part|chapter)\s+(?P<named>\d{1,2})\b|(?P<bare>\d{1,2})[.:)]?\s+[A-Z])", re.IGNORECASE
)
_MUST = re.compile(r"\bmandatory\b|['‘’\"“”]must['‘’\"“”]|\bmust requirements?\b", re.IGNORECASE)
_SHOULD = re.compile(r"\bbest practice\b|['‘’\"“”]should['‘’\"“”]|\bshould requirements?\b", re.IGNORECASE)
_TITLE = re.compile(r"(?:Section|SECTION|Part|Chapter|Stage|STAGE) \d|Mandatory|MANDATORY|Best [Pp]ractice|BEST PRACTICE")
_NUMBER_HEADINGS = frozenset({"no", "no."})  # above the numbers; anywhere else it is an answer
_DASHES = re.compile(r"[-‐‑–—_=*:|+.\s]+")


@dataclass(frozen=True, slots=True)
class BlockHeading:
    """What a heading between tables says: the section that begins (0: none), must (True) or should (False) rows."""

    section: int
    mandatory: bool | None


def role_of(heading: str) -> Role | None:
    """Return the role that a column heading names; None for an empty one, EXTRA for one that is not understood."""
    if not heading.strip():
        return None
    return next((role for role, pattern in _ROLES if pattern.search(heading)), Role.EXTRA)


def is_header(cells: Sequence[str], *, least: int) -> bool:
    """Tell whether a table row is a row of column headings that names at least `least` different roles."""
    filled = [cell for cell in cells if cell.strip()]
    told = filled[1:] if filled and filled[0].strip().casefold() in _NUMBER_HEADINGS else filled
    if len(filled) < least or any(is_number(c) or _is_data(c) or not _is_short(c) for c in told):
        return False
    roles = {role_of(cell) for cell in filled} - {Role.EXTRA}
    subject, proof = roles & {Role.NUMBER, Role.REQUIREMENT}, roles & {Role.ANSWER, Role.EVIDENCE}
    return len(roles) >= least and bool(subject) and bool(proof)


def is_header_rest(cells: Sequence[str], above: Sequence[str]) -> bool:
    """Tell whether a row right under the headings is their second line ("Yes / No" under "Comply:")."""
    filled = [(i, cell) for i, cell in enumerate(cells) if cell.strip()]
    if not filled or any(is_number(c) or _is_data(c) or len(c.split()) > 5 or c.endswith(".") for _, c in filled):
        return False
    if any(is_block_title(cell) for _, cell in filled):
        return False  # "Section 1: Meaning" across the table opens a block
    roles = [role_of(cell) for _, cell in filled]
    return Role.EXTRA not in roles and all(i < len(above) for i, _ in filled)


def is_separator(cells: Sequence[str]) -> bool:
    """Tell whether a row only draws a line (cells of dashes)."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(_DASHES.fullmatch(cell) for cell in filled)


def block_heading(text: str) -> BlockHeading | None:
    """Understand a heading between tables; None where the text is none (or says nothing that matters here)."""
    flat = " ".join(text.split())
    if len(flat.split()) > 12 or len(flat) > 160:
        return None
    section = _SECTION.match(flat)
    number = int(section["named"] or section["bare"]) if section and not flat.endswith(".") else 0
    must, should = bool(_MUST.search(flat)), bool(_SHOULD.search(flat))
    if not number and must == should:
        return None
    return BlockHeading(number, None if must == should else must)


def is_block_title(text: str) -> bool:
    """Tell whether a cell that stands alone in its row titles what follows ("Section 2: Exclusions", "Stage 1")."""
    return _TITLE.match(text) is not None and len(text.split()) <= 12 and not text.rstrip().endswith((".", ",", ";"))


def _is_data(cell: str) -> bool:
    # "Comply" and "No." may be answers or headings; the other headings of the row tell.
    return is_answer(cell) and role_of(cell) not in (Role.ANSWER, Role.NUMBER)


def _is_short(cell: str) -> bool:
    return len(cell.split()) <= 10 and len(cell) <= 100
