"""Limits as statements: how long what may take at which stage, in which unit, and how many stages there are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims import About, Duration, durations
from evidencereview.language.claims_stages import extra_stages
from evidencereview.language.claims_standing import claims_of, clause_bounds, is_asserted, place
from evidencereview.language.statements import Statement, differ, is_rule, own_stage, stage_at
from evidencereview.language.view import RowView

_TASK = {
    About.ACKNOWLEDGE: "acknowledging",
    About.RESPOND: "the answer",
    About.EXTEND: "the extension",
    About.ACCEPT: "accepting a complaint",
}
_ASK = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|request\w*|apply|appl(?:y|ies)|appeal\w*|escalat\w*|go(?:es)?\s(?:on\s)?to\sstage|take\s(?:it"
    r"|the\scase|their\scase|things)\s(?:on|further|to)|want\w*\sa\sreview|come\sback)\b",
    re.I,
)
_RESIDENT = re.compile(
    r"\b(?:residents?|tenants?|customers?|they|you|people|leaseholders?|anyone|complainants?|requests?)\b", re.I
)
_OURS = re.compile(r"\b(?:acknowledg\w*|we\s(?:answer|reply|respond)|response\stime|our\s(?:answer|reply|response))\b", re.I)
_PAY = re.compile(r"\b(?:paid|pay(?:s|ments?)?|compensation|refunds?|cheques?|money)\b", re.I)
_KEPT = re.compile(r"\b(?:retain\w*|kept|keep|stored|retention|destroyed|deleted)\b", re.I)
_SAME_DAY = re.compile(
    r"\b(?:on\s)?(?:the\s)?(?:same|very)\s(?:working\s)?day\b|\bon\sthe\sday\s(?:of|it|that|they)\b", re.I
)
_ALWAYS = re.compile(r"\b(?:all|every|each|always|without\sexception|never\slater)\b", re.I)
_TWO = re.compile(
    r"\b(?:only\s)?two[- ]stages?\b|\btwo[- ]stage\b|\b2[- ]stages?\b|\btwo[- ](?:step|tier)s?\b|\bstage\s(?:2|two)\sis"
    r"\s(?:the|our)\s(?:last|final|end)|\b(?:no|nothing|without\sa)\s(?:third\sstage|stage\s(?:3|three)|further\sstage)"
    r"|\bnothing\s(?:comes\s)?(?:after|beyond)\s(?:it|stage\s(?:2|two))",
    re.I,
)
_MONEY = re.compile(r"\b(?:up\sto|no\smore\sthan|at\smost|a\slimit\sof|limit\sis|as\smuch\sas)\s£\s?(?P<sum>\d[\d,]*)", re.I)
_GRADE = r"(?:(?:assistant|deputy|managing|senior|service|area)\s)?(?:manager|director|head(?=s?\sof\b)|chief\sexecutive)"
_SPENDER = re.compile(
    rf"\b(?:officers?|handlers?|(?P<grade>{_GRADE})s?(?P<field>\sof\s\w+)?|team|staff|advisers?|coordinator|she|he|they|we)\b"
    r"[^.;]{0,60}\b(?:spend|settle|award|authori[sz]e|approve|offer|pay|agree|give)\b",
    re.I,
)
# A limit for one band of cases only.
_BANDED = re.compile(
    r"=|\b(?:urgent|simple|complex|priority|green|amber|red|emergenc\w*|vulnerab\w*|straightforward|minor|serious)\b", re.I
)
_NEAR = 0.12  # two months and eight weeks, four weeks and twenty working days are one limit


def limits(row: RowView) -> Iterator[Statement]:
    """Yield the limits of a row, one statement each."""
    yield from _durations(row)
    yield from _same_day(row)
    yield from _stage_counts(row)
    yield from _authority(row)


def _durations(row: RowView) -> Iterator[Statement]:
    for each in durations(row):
        slot = _slot(row, each)
        text = each.sentence.text
        start = each.span.start - each.sentence.start
        if slot and is_rule(each.sentence, start, start + 1):
            yield Statement(
                slot, each.unit, _said(slot, row.words(each.span)), each.span, each.sentence, _comparable(each, slot, text)
            )


def _slot(row: RowView, each: Duration) -> str:
    text, start = each.sentence.text, each.span.start - each.sentence.start
    left, right = clause_bounds(text, start, start + (each.span.end - each.span.start))
    clause = text[left:right]
    if each.about is About.PERIOD or each.unit == "hours" or _BANDED.search(text):
        return ""
    if _ASK.search(clause) and _RESIDENT.search(clause) and not _OURS.search(clause) and not each.over:
        # "Requests are acknowledged within" is ours, "you may ask within" is the resident's.
        return "the time for asking for stage 2" if _asks_for_more(row, text) else ""
    if _PAY.search(clause) and each.about is About.OTHER:
        return "payment"
    if _KEPT.search(clause) and each.about is About.OTHER and each.unit in ("years", "months"):
        return "keeping files"
    if each.over and each.about is not About.ACCEPT:
        return ""
    if each.about is About.ACCEPT:
        return "accepting a complaint" if each.months >= 0.9 else ""
    if each.about is About.UNKNOWN and each.is_limit:
        return _own_task(row) or _named_task(text, start)
    task = _TASK.get(each.about, "")
    if each.about is About.RESPOND and re.match(
        r"extension at|agreeing a longer", row.provision.topic if row.provision else ""
    ):
        return ""  # "the new date is five days after the old one" is no limit of the answer itself
    stage = stage_at(row, each.sentence, start, start + 1)
    if task == "acknowledging":
        return f"{task} {stage or 1}"
    return f"{task} {stage}" if task and stage else ""


def _named_task(text: str, start: int) -> str:
    """What a length after the name of a stage is for ("stage 1 takes up to fifteen days"): its answer."""
    before = re.search(
        r"\bstage\s?(?P<n>1|2|one|two)\s(?:takes?|is|lasts?|has|up\sto|within)\b[\w\s]{0,12}$", text[:start] + " ", re.I
    )
    return f"the answer {1 if before['n'] in ('1', 'one') else 2}" if before else ""


def _asks_for_more(row: RowView, text: str) -> bool:
    topic = row.provision.topic if row.provision else ""
    return bool(re.search(r"\b(?:stage|review|escalat\w*|appeal\w*|further)\b", f"{text} {topic}", re.I))


def _own_task(row: RowView) -> str:
    """What a length without a cue is for: the only limit of its provision."""
    topic = row.provision.topic if row.provision else ""
    stage = own_stage(row)
    if re.match(r"answering stage|stage (?:one|two) response time", topic, re.I):
        return f"the answer {stage}"
    if re.match(r"acknowledging", topic, re.I):
        return f"acknowledging {stage}"
    return f"the extension {stage}" if re.match(r"extension at", topic, re.I) else ""


def _comparable(each: Duration, slot: str, text: str) -> float:
    """The length in one unit; days that are not named as calendar days count as working days, as forms mean them."""
    if slot.startswith(("accepting", "keeping")):
        return each.months
    return float(each.value) if each.unit == "days" and "calendar" not in text.lower() else each.working_days


def _said(slot: str, words: str) -> str:
    name, _, stage = slot.rpartition(" ")
    task = f"{name} at stage {stage}" if stage.isdigit() else slot
    return f"'{words}' for {task}" if not task.endswith("stage 2") or stage.isdigit() else f"'{words}' as {task}"


def _same_day(row: RowView) -> Iterator[Statement]:
    for sentence in row.sentences:
        match = _SAME_DAY.search(sentence.text)
        if match and _ALWAYS.search(sentence.text) and re.search(r"\backnowledg\w*", sentence.text, re.I):
            stage = stage_at(row, sentence, *match.span()) or 1
            span = place(sentence, *match.span())
            if is_rule(sentence, *match.span()) and is_asserted(sentence.text, *match.span()):
                yield Statement(f"acknowledging {stage}", "days", "the same day for acknowledging", span, sentence, 0.5)


def _stage_counts(row: RowView) -> Iterator[Statement]:
    more = next(extra_stages(row, 2), None)
    if more is not None and is_rule(more.sentence, 0, 1):
        yield Statement("the number of stages", "more", "more than two stages", more.span, more.sentence)
        return
    for sentence in row.sentences:
        match = _TWO.search(sentence.text)
        if match and is_rule(sentence, *match.span()):
            denied = match.group().lower().startswith(("no", "without")) or is_asserted(sentence.text, *match.span())
            if denied:
                span = place(sentence, *match.span())
                yield Statement("the number of stages", "two", "two stages and no more", span, sentence)
                return


def _authority(row: RowView) -> Iterator[Statement]:
    for claim in claims_of(row, "authority", _MONEY):
        text = claim.sentence.text
        match = _MONEY.search(text)
        spender = _spender(text, match.start()) if match else None
        if match and spender and is_rule(claim.sentence, *match.span()):
            amount = float(match["sum"].replace(",", ""))
            words = row.words(claim.span)
            yield Statement(f"what the {spender} may spend", match["sum"], f"'{words}'", claim.span, claim.sentence, amount)


def _spender(text: str, sum_at: int) -> str | None:
    """Return the grade of the one who spends, as each has a limit of its own: the last that is named before the sum."""
    named = list(_SPENDER.finditer(text))
    if not named:
        return None
    nearest = next((each for each in reversed(named) if each.end() <= sum_at), named[0])
    return " ".join(f"{nearest['grade'] or 'officer'}{nearest['field'] or ''}".lower().split())


def limits_differ(one: Statement, other: Statement) -> bool:
    """Tell whether two limits of one slot differ by more than their units explain."""
    return differ(one, other, tolerance=_NEAR)
