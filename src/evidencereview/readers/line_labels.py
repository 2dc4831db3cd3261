"""Labels in front of lines ("Comply: Yes", "Evidence", "How we do it:"): words of a column's heading that recur."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evidencereview.readers.answers import is_answer
from evidencereview.readers.headings import Role, role_of

_PREFIX = re.compile(r"(?P<label>[^:?\n]{2,70}?)\s*[:?](?:\s+|$)(?P<rest>.*)", re.DOTALL)
_LEAST = 0.3  # a label stands in this share of the provisions at least
_NUMBERED = re.compile(r"\W*(?:section\s*)?\d", re.IGNORECASE)
_ROLES = frozenset({Role.NUMBER, Role.REQUIREMENT, Role.ANSWER, Role.EVIDENCE, Role.COMMENTARY})


@dataclass(frozen=True, slots=True)
class Label:
    """A label as found in front of a line: the role of what follows, and the rest of the line."""

    role: Role
    rest: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one form: those that are a whole line, and those before a colon (both in lower case)."""

    whole: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()

    def of(self, line: str) -> Label | None:
        """Return the label in front of a line, None where there is none."""
        key = _key(line)
        if key in self.whole:
            return Label(_role(line), "")
        parted = _parted(line)
        if parted is not None and _key(parted[0]) in self.before:
            return Label(_role(parted[0]), parted[1])
        return None


def could_be_label(line: str) -> bool:
    """Tell whether a line could be a column's heading and nothing else."""
    short = bool(line) and len(line) <= 80 and len(line.split()) <= 9 and not line.endswith((".", ","))
    role = role_of(line)
    # "No" is an answer and no heading of a column of numbers; "Comply" may be either.
    return short and role in _ROLES and _NUMBERED.match(line) is None and (role is Role.ANSWER or not is_answer(line))


def find_labels(lines: Sequence[str], provisions: int) -> Labels:
    """Find the labels of a form of so many provisions: what recurs in a good share of them."""
    least = max(2, round(_LEAST * provisions)) if provisions > 1 else 1
    rests: dict[str, list[str]] = defaultdict(list)
    whole: Counter[str] = Counter(_key(line) for line in lines if could_be_label(line))
    for line in lines:
        parted = _parted(line)
        if parted is not None and parted[1] and could_be_label(parted[0]):
            rests[_key(parted[0])].append(parted[1])
    # The words after a label may follow on its line in one provision and below it in the next.
    before = {key for key, texts in rests.items() if len(texts) + whole[key] >= least and (whole[key] or _varies(texts))}
    said = {key for key, count in whole.items() if count + len(rests[key]) >= least}
    # "Comply: Yes" recurs too, but what stands behind the colon is an answer and no part of the label.
    whole_lines = {key for key in said if ":" not in key or key.partition(":")[0].strip() not in before}
    return Labels(frozenset(whole_lines), frozenset(before | said))


def _varies(texts: Sequence[str]) -> bool:
    return len(set(texts)) > 1 or any(map(is_answer, texts))


def _parted(line: str) -> tuple[str, str] | None:
    found = _PREFIX.fullmatch(line)
    return (found["label"], found["rest"].strip()) if found else None


def _key(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" :?*•")


def _role(text: str) -> Role:
    role = role_of(text)
    assert role is not None
    return role
