"""Rhythms as statements: how often what is done, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_standing import is_asserted, place
from evidencereview.language.number_words import number_of
from evidencereview.language.statements import Statement, differ, is_rule, pieces
from evidencereview.language.view import RowView, Sentence

_N = "two three four five six eight nine ten twelve other".split()
_NUMBER = r"(?P<n>\d{1,2}|" + "|".join(_N) + r"|second|third|sixth)"
_RATES: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (rate, re.compile(pattern, re.I))
    for rate, pattern in (
        (250, r"\b(?:daily|every\s(?:single\s)?(?:working\s)?(?:day|morning|evening)"
              r"|each\s(?:working\s)?(?:day|morning))\b"),
        (52, r"\b(?:weekly|(?:every|each|once\sa|per)\sweek|(?:every|each|on)\s(?:mon|tues|wednes|thurs|fri)days?)\b"),
        (26, r"\b(?:fortnightly|(?:every|each|once\sa)\sfortnight)\b"),
        (12, r"(?<!bi-)(?<!bi)(?<!six-)(?<!six )(?<!three-)(?<!two-)\b(?:monthly|(?:every|each|once\sa|per)\smonth"
             r"|(?:twelve|12)\stimes\sa\syear|month\sby\smonth|month\send)\b"),
        (6, r"\b(?:bi-?monthly|two-monthly|six\stimes\sa\syear)\b"),
        (4, r"\b(?:quarterly|three-monthly|(?:every|each|once\sa|per|a)\squarter|four\stimes\s(?:a|each|every|per)\syear"
            r"|quarter\sby\squarter)\b"),
        (3, r"\b(?:termly|three\stimes\s(?:a|each|every|per)\syear)\b"),
        (2, r"\b(?:half[- ]yearly|six[- ]monthly|bi-?annual(?:ly)?|twice\s(?:a|each|every|per"
            r"|yearly)\s?(?:year)?|twice-yearly"
            r"|(?:every|each)\shalf[- ]year|every\s(?:spring\sand\sautumn))\b"),
        (1, r"(?<!half[- ])(?<!twice[- ])\b(?:annually|yearly|once\s(?:a|each|every|per)\s(?:financial\s)?year"
            r"|(?:every|each)\s(?:financial\s)?year|every\s(?:12|twelve)\smonths)\b(?!\s(?:report|self|letter|return|review"
            r"|assessment|performance|complaints?|statement|account))"),
    )
)  # fmt: skip
_EVERY = re.compile(rf"\bevery\s{_NUMBER}\s(?P<unit>weeks?|months?|years?|quarters?)\b", re.I)
# A part of some word of every rhythm: most sentences have none, and twelve searches a piece are saved.
MAY_RECUR = re.compile(r"da[yi]|morning|evening|week|fortnight|month|quarter|term|time|year|annual|twice|spring", re.I)
_AFTER = re.compile(
    r"\b(?:after|within|at|for|once)\s(?:a\speriod\sof\s)?(?P<n>\d{1,2}|an?|"
    + "|".join(_N)
    + r")\s(?P<unit>weeks?|months?|years?)\b",
    re.I,
)
_AGAIN = re.compile(
    r"\b(?:review\w*|look(?:s|ed|ing)?\sat(?:\s(?:it|them))?\sagain|(?:looked|looks)\s(?:at|over)|reconsider\w*|revisit\w*"
    r"|comes?\sup\s(?:again|for)|check(?:s|ed)?|renew\w*)\b",
    re.I,
)
_PER_YEAR = {"week": 52.0, "month": 12.0, "year": 1.0, "quarter": 4.0}
_BOARD = (
    r"\b(?:boards?|governing\sbody|cabinet|trustees|committees?|councillors|full\scouncil|governors|management\scommittee)\b"
)
_FIGURES = (
    r"\b(?:figures?|volumes?|performance|numbers?|statistics|stats|trends?|data|scorecard|dashboard|counts|kpis?|indicators?"
    r"|reports?\son\scomplaints?|complaints?\sreports?|complaints?\spaper|report(?:s|ed|ing)|informed)\b"
)
_RESTRICTION = (
    r"\b(?:restrict\w*|limits?\s(?:on|to)\scontact|contact\s(?:limits?|plans?|bans?)|sanctions?|bans?|single\spoint)\b"
)
_REVIEW = (
    r"\b(?:review\w*|monitor\w*|look(?:s|ed|ing)?\s(?:at|over|into|through)|reconsider\w*|check(?:s|ed)?"
    r"|revisit\w*|go(?:es|ne)?\s(?:through|over))\b"
)
# What is done, as words that must all stand in the piece or, with a plus, in the piece or the topic of its provision.
_THINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("reviews of contact restrictions", ("+" + _RESTRICTION + r"|unacceptable\sbehaviour", _REVIEW + "|before\\sanybody")),
    ("reviews of service requests", (r"\b(?:service\s)?requests\b", _REVIEW)),
    (
        "what the Member Responsible gets",
        (
            r"\b(?:MRC|member\sresponsible|lead\smember)\b",
            r"\b(?:me(?:et|t)\w*|get\w*|receiv\w*|briefs?|briefed"
            r"|sees?|sent|update\w*|report\w*)\b",
        ),
    ),
    ("complaint figures to the governing body", ("+" + _BOARD + r"|what the governing body", _FIGURES)),
    (
        "themes to senior management",
        (r"\b(?:senior|directors?|executive|leadership)\b", r"\b(?:themes?|trends?|figures?|patterns?)\b"),
    ),
    (
        "updates to residents",
        (
            "+" + r"\b(?:updat\w*|progress|kept\sinformed|hear\sfrom\sus"
            r"|news)\b",
            r"\b(?:residents?|tenants?|customers?|complainants?|they"
            r"|caller)\b",
        ),
    ),
    (
        "sharing lessons",
        (
            r"\b(?:lessons?|learning|learned|learnt|improvements)\b",
            r"\b(?:shar\w*|tell|told|publish\w*|bulletin|newsletter"
            r"|reach\w*|circulat\w*|staff|panel"
            r"|tenants?|residents?|sent|go(?:es)?)\b",
        ),
    ),
    (
        "complaint training",
        (
            r"\b(?:train\w*|refresher\w*|courses?)\b",
            r"\b(?:staff|officers?|handlers?|advisers?|everyone|all"
            r"|complaint\w*|colleagues)\b",
        ),
    ),
    (
        "checks of closed cases",
        (
            r"\b(?:sampl\w*|dip[- ]?checks?|quality\s(?:checks?"
            r"|assurance)|audits?|spot[- ]checks?)\b",
            r"\b(?:cases?|files?|complaints?|letters?|answers?)\b",
        ),
    ),
    ("reviews of the complaints policy", (r"\bpolicy\b", r"\b(?:review\w*|revis\w*|renew\w*|refresh\w*)\b")),
    ("surveys", (r"\b(?:surveys?|surveyed|questionnaires?)\b", r"\b(?:run|ran|send|sent|carry|carried|held|survey\w*)\b")),
    (
        "chasing open actions",
        (
            r"\b(?:trackers?|open\s(?:actions?|works?|items?)|outstanding\s(?:actions?|works?)"
            r"|action\slog)\b",
            r"\b(?:check\w*|review\w*|chas\w*|updat\w*|look\w*|go\w*)\b",
        ),
    ),
    ("the self-assessment", (r"\bself[- ]assess\w*|\bassess\sourselves|\bcheck\sourselves\b", r"\b\w+\b")),
)
_COMPILED = tuple(
    (name, tuple((part.startswith("+"), re.compile(part.lstrip("+"), re.I)) for part in parts)) for name, parts in _THINGS
)


def rhythms(row: RowView) -> Iterator[Statement]:
    """Yield how often a row has what done, in times a year."""
    for sentence in row.sentences:
        if not MAY_RECUR.search(sentence.text):
            continue
        for left, right in pieces(sentence.text):
            for rate, start, end in _rates(sentence.text, left, right):
                thing = _thing(row, sentence, left, right, start)
                if thing and is_rule(sentence, start, end) and is_asserted(sentence.text, start, end):
                    span = place(sentence, start, end)
                    yield Statement(thing, str(rate), f"'{row.words(span)}' for {thing}", span, sentence, rate)


def _rates(text: str, left: int, right: int) -> Iterator[tuple[float, int, int]]:
    for rate, pattern in _RATES:
        for match in pattern.finditer(text, left, right):
            yield rate, match.start(), match.end()
    for match in _EVERY.finditer(text, left, right):
        yield _per_year(match), match.start(), match.end()
    if _AGAIN.search(text, left, right) or re.search(r"\bbefore\s(?:any\w+|it|we)\b", text[left:right], re.I):
        for match in _AFTER.finditer(text, left, right):
            yield _per_year(match), match.start(), match.end()


def _per_year(match: re.Match[str]) -> float:
    words = match["n"].lower()
    number = 2 if words == "other" else number_of(words)
    return _PER_YEAR[match["unit"].lower().rstrip("s")] / max(number, 1)


def _thing(row: RowView, sentence: Sentence, left: int, right: int, start: int) -> str:
    """What is done at a rhythm: the thing whose words all stand in the piece, the one nearest to the rhythm first."""
    topic = row.provision.topic if row.provision else ""
    piece = sentence.text[left:right]
    found = []
    for name, parts in _COMPILED:
        places = [pattern.search(piece) for _, pattern in parts]
        if all(here or (lent and pattern.search(topic)) for here, (lent, pattern) in zip(places, parts, strict=True)):
            if not all(places) and re.search(r"\bpolic(?:y|ies)\b", piece, re.I):
                continue  # the policy itself is spoken of, not what the provision is about
            found.append((min(abs(p.start() + left - start) for p in places if p), name) if any(places) else (999, name))
    return min(found)[1] if found else ""


def rhythms_differ(one: Statement, other: Statement) -> bool:
    """Tell whether two rhythms differ plainly (by a third or more)."""
    return differ(one, other, tolerance=0.3)
