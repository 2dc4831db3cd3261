"""The lines of one provision of a form without a table, and which cell each of them belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evidencereview.readers.answers import is_answer
from evidencereview.readers.flattened import Flattened, split_proof
from evidencereview.readers.headings import Role
from evidencereview.readers.joints import ended, fit

ORDER = (Role.NUMBER, Role.REQUIREMENT, Role.ANSWER, Role.EVIDENCE, Role.COMMENTARY)
OPENING_MARKS = frozenset("\"“‘'(•[")


@dataclass(slots=True)
class ProvisionLines:
    """The lines of one provision, each with the role that a label gave it (None: none did)."""

    number: str
    where: str
    cells: Flattened | None = None
    role: Role | None = None
    lines: list[tuple[Role | None, str]] = field(default_factory=list)


def cells_of(block: ProvisionLines, headings: Sequence[Role], *, dense: bool) -> dict[Role, str]:
    """Return the cells of one provision.

    Args:
        block: its lines.
        headings: the columns, where a run of headings named them; () where nothing did.
        dense: whether each line is a cell, a blank line a blank one.
    """
    commentary = Role.COMMENTARY in headings
    if block.cells is not None:
        return _from_flattened(block, block.cells, commentary=commentary)
    texts = [text for _, text in block.lines]
    if dense and headings and len(texts) == len(headings) - 1 and all(role is None for role, _ in block.lines):
        return {Role.NUMBER: block.number, **dict(zip(headings[1:], texts, strict=True))}
    return _by_content(block.lines, commentary=commentary) | {Role.NUMBER: block.number}


def _from_flattened(block: ProvisionLines, cells: Flattened, *, commentary: bool) -> dict[Role, str]:
    proof = "\n".join([cells.proof, *(text for _, text in block.lines)]).strip()
    evidence, comment = split_proof(proof) if commentary else (proof, "")
    return dict(zip(ORDER, (cells.number, cells.requirement, cells.answer, evidence, comment), strict=True))


def _by_content(lines: Sequence[tuple[Role | None, str]], *, commentary: bool) -> dict[Role, str]:
    """Give lines without a label to cells: what is before the answer is required, what is behind it proves."""
    cells: dict[Role, list[str]] = {role: [] for role in ORDER}
    answered = any(role is Role.ANSWER for role, _ in lines)
    place = Role.REQUIREMENT
    bare = [text for role, text in lines if role is None and text]
    has_answer = answered or any(is_answer(text) for text in bare)
    for role, text in lines:
        if not text:
            continue
        if role is not None:
            cells[role].append(text)
            place = role
        elif not answered and is_answer(text) and cells[Role.REQUIREMENT]:
            cells[Role.ANSWER].append(text)
            answered, place = True, Role.EVIDENCE
        elif place is Role.REQUIREMENT and not has_answer and _is_over(cells[place], text):
            cells[Role.EVIDENCE].append(text)
            place = Role.COMMENTARY if commentary else Role.EVIDENCE
        else:
            cells[place].append(text)
            if place is Role.EVIDENCE and commentary:
                place = Role.COMMENTARY
            elif place is Role.REQUIREMENT and not has_answer:
                place = Role.EVIDENCE
    return {role: _joined(texts) for role, texts in cells.items()}


def _joined(texts: Sequence[str]) -> str:
    """Join lines to a cell: a line that breaks off goes on in the next, others keep their break."""
    out = ""
    for text in texts:
        out += ("" if not out else "\n" if ended(out) or text[:1] in OPENING_MARKS else " ") + text
    return out


def _is_over(asked: Sequence[str], text: str) -> bool:
    """Tell whether a requirement has ended before a line, where no answer stands between it and the evidence."""
    return bool(asked) and ended(asked[-1]) and fit(asked[-1], text) < 1
