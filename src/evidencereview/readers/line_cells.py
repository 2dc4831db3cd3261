"""Which cell each line of a provision belongs to, where the form has no table and a label stands before some lines only."""

from __future__ import annotations

from collections.abc import Sequence

from evidencereview.readers.answers import is_answer
from evidencereview.readers.headings import Role
from evidencereview.readers.joints import ended, fit

ORDER = (Role.NUMBER, Role.REQUIREMENT, Role.ANSWER, Role.EVIDENCE, Role.COMMENTARY)
OPENS = frozenset("\"“‘'(•[")


def by_content(lines: Sequence[tuple[Role | None, str]], *, commentary: bool) -> dict[Role, str]:
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


def _is_over(asked: Sequence[str], text: str) -> bool:
    """Tell whether a requirement has ended before a line, where no answer stands between it and the evidence."""
    return bool(asked) and ended(asked[-1]) and fit(asked[-1], text) < 1


def _joined(texts: Sequence[str]) -> str:
    """Join lines to a cell: a line that breaks off goes on in the next, others keep their break."""
    out = ""
    for text in texts:
        out += ("" if not out else "\n" if ended(out) or text[:1] in OPENS else " ") + text
    return out
