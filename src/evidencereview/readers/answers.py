"""Understands answers: what stands in the "Comply?" cell, whatever words the landlord chose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evidencereview.records import Answer

_WORDS: dict[Answer, tuple[str, ...]] = {
    Answer.YES: (
        "y", "yes", "yep", "true", "compliant", "fully compliant", "full compliance", "comply", "complies", "complied",
        "we comply", "fully", "full", "met", "fully met", "achieved", "in place", "yes fully", "yes we comply",
        "yes compliant", "yes fully compliant", "yes met", "do comply", "does comply", "in compliance", "100%",
        "green", "✓", "✔", "☑", "☒", "🗸", "√", "✅", "[x]", "[✓]",
    ),
    Answer.NO: (
        "n", "no", "false", "non compliant", "noncompliant", "not compliant", "non compliance", "do not comply",
        "does not comply", "we do not comply", "not met", "not achieved", "not in place", "not yet", "no not yet",
        "not yet compliant", "not compliant yet", "not yet met", "not yet in place", "not currently", "no not compliant",
        "red", "✗", "✘", "✕", "✖", "❌", "×",
    ),
    Answer.PARTIAL: (
        "partial", "partially", "partly", "part", "in part", "yes in part", "yes partially", "yes partly",
        "yes partial", "partial compliance", "partially compliant", "partly compliant", "partially met", "partly met",
        "part met",
        "mostly", "largely", "mostly compliant", "largely compliant", "working towards", "working towards compliance",
        "working toward", "not fully", "no not fully", "not entirely", "not fully compliant", "not fully met",
        "in progress", "yes and no", "yes & no", "yes partial compliance", "some", "complies in part",
        "complies partially", "partially complies", "partly complies", "part compliant", "part compliance", "mainly",
        "substantially", "substantially compliant", "substantially met", "partially in place", "partly in place",
        "working towards this", "working towards it", "working towards full compliance", "amber",
    ),
    Answer.NOT_APPLICABLE: (
        "na", "n/a", "n a", "n.a", "not applicable", "non applicable", "not relevant", "does not apply",
    ),
    Answer.BLANK: (
        "", "yes/no", "yes no", "yes or no", "y/n", "yes/no/partial", "yes/no/n/a", "tbc", "to be confirmed", "tbd",
        "to be determined", "t.b.c", "t.b.d", "pending", "to follow", "to be completed", "not assessed",
        "under review", "☐", "□", "[ ]", "☐ yes ☐ no", "□ yes □ no", "choose an item", "select",
    ),
}  # fmt: skip
_MEANING = {word: answer for answer, words in _WORDS.items() for word in words}

# A template left as printed, or a promise to answer later, is no answer, and whoever reads the review should know why.
_NO_ANSWER_YET = frozenset(_WORDS[Answer.BLANK]) - {""}

# What follows a Yes and narrows it ("Yes, for the Complaints team"), so that it is no longer a plain Yes.
_NARROWED = re.compile(
    r"(?:but|except|excluding|apart from|partly|partially|partial|mostly|largely|in (?:part|most|some|many|principle)"
    r"|to (?:some|a (?:large|certain)) extent|with (?:some|the exception|exceptions?)|only|unless|although|though"
    r"|however|subject to|some|not (?:yet|always|fully|for|in all)|no\b|pending|from \w+ 20\d\d|working towards)\b",
    re.IGNORECASE,
)
# These narrow it only as a phrase of their own: "Yes, when a complaint comes in we log it" is a Yes and its evidence.
_CONDITION = re.compile(
    r"(?:for(?! (?:example|instance|more|further|details?|evidence|reference)\b)|when|where|if|once|until)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\bwe\b|[.;:]\s+\S", re.IGNORECASE)
_LEAD = re.compile(
    r"(?P<word>yes|no|n/a|not applicable|partially|partial|partly|in part|fully compliant"
    r"|non[- ]?compliant|not compliant|compliant|not yet|working towards(?: (?:full )?compliance)?|in progress"
    r"|[yn✓✔☑✗✘])"
    r"(?P<mark>\s*[,.;:–—(/\n-]+\s*|\s+(?=\S)|(?<=[✓✔☑✗✘]))(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_BOX = re.compile(r"(?P<box>[☒☑✓✔☐□]|\[[xX✓ ]?\])\s*(?P<word>yes|no|partial(?:ly)?|n/?a|not applicable)\b", re.IGNORECASE)
_TICK = re.compile("[✓✔☑✗✘✕✖❌√✅🗸]")
_PAUSES = re.compile("[-–—,:;]")
# Colours answer where a heading says so; elsewhere they may be anything, so they make no column an answer column.
_COLOURS = frozenset({"red", "amber", "green"})
_EMPTY_BOXES = frozenset({"☐", "□", "[ ]", "[]"})


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer cell as understood.

    Attributes:
        answer: what it means.
        remainder: words of the cell that are evidence and not answer ("see policy 3.1"), "" where there are none.
        doubt: what the reader of the review should be told, "" where the meaning is plain.
    """

    answer: Answer
    remainder: str = ""
    doubt: str = ""


@lru_cache(maxsize=4096)
def read_answer(raw: str) -> Reading:
    """Understand one answer cell; a text that says nothing known is BLANK with a doubt."""
    text = raw.strip()
    plain = _plain(text)
    if plain in _MEANING:
        doubt = f"'{shorten(text, 60)}' is no answer yet" if plain in _NO_ANSWER_YET else ""
        return Reading(_MEANING[plain], doubt=doubt)
    return _boxes(text) or _several(plain) or _leading(text) or _unknown(text)


def is_answer(text: str) -> bool:
    """Tell whether a cell holds an answer and nothing else (so its column is the answer column)."""
    if not text.strip() or len(text) > 80 or _plain(text) in _COLOURS:
        return False
    reading = read_answer(text)
    return reading.answer is not Answer.BLANK and not reading.remainder


def shorten(text: str, length: int = 200) -> str:
    """Return the text on one line, cut to `length` characters with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"


def _plain(text: str) -> str:
    flat = re.sub(r"\s*/\s*", "/", " ".join(re.sub("[‘’“”]", "'", text.casefold()).split()))
    flat = " ".join(_PAUSES.sub(" ", flat).split())
    return flat.lstrip(" .?!'\"*(…").rstrip(" .?!'\"*)…")


def _boxes(text: str) -> Reading | None:
    """Understand ticked boxes: "☒ Yes ☐ No"."""
    found = list(_BOX.finditer(text))
    if not found:
        return None
    ticked = {_MEANING[_plain(match["word"])] for match in found if match["box"] not in _EMPTY_BOXES}
    if len(ticked) == 1:
        rest = _BOX.sub("", text).strip(" \n,;/|")
        return Reading(ticked.pop(), remainder=rest if len(rest) > 2 else "")
    return Reading(Answer.BLANK, doubt=f"{'several' if ticked else 'no'} boxes ticked in '{shorten(text, 60)}'")


def _several(plain: str) -> Reading | None:
    """Understand two answers in one cell: the same one twice ("Comply - Yes", "✓ Yes"), or together a partial one."""
    words = {_MEANING.get(part, Answer.BLANK) for part in _TICK.sub(r" \g<0> ", plain).replace("(", " ").split()}
    if len(words) == 1 and Answer.BLANK not in words:
        return Reading(words.pop())
    parts = [part.strip() for part in re.split(r"/|\band\b|&|\n|\(", plain) if part.strip()]
    meanings = {_MEANING.get(part, Answer.BLANK) for part in parts}
    if len(parts) < 2 or Answer.BLANK in meanings:
        return None
    return Reading(meanings.pop() if len(meanings) == 1 else Answer.PARTIAL)


def _leading(text: str) -> Reading | None:
    """Understand an answer that more words follow."""
    match = _LEAD.match(text)
    if match is None:
        return None
    answer, rest = _MEANING[_plain(match["word"])], match["rest"].strip()
    spaced = match["mark"].isspace() and "\n" not in match["mark"]
    letter = match["word"] in "yYnN"
    if (spaced and (letter or answer is not Answer.YES)) or (letter and "." in match["mark"]):
        # "No concerns", "Partial refunds are …", "N. Marrow": the word opens a text and may be no answer at all.
        return None
    if answer is Answer.YES and _is_narrowed(rest):
        return Reading(Answer.PARTIAL)
    return Reading(answer, remainder=rest[:-1] if rest.endswith(")") and rest.count("(") < rest.count(")") else rest)


def _is_narrowed(rest: str) -> bool:
    if _NARROWED.match(rest):
        return True
    return bool(_CONDITION.match(rest)) and len(rest.split()) <= 12 and not _CLAUSE.search(rest)


def _unknown(text: str) -> Reading:
    if not re.search(r"[\w☒]", text):
        return Reading(Answer.BLANK)
    return Reading(Answer.BLANK, doubt=f"'{shorten(text, 60)}' is no answer that is understood")
