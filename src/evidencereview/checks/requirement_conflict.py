"""What the text describes breaks the provision.

What it finds
-------------
A longer time limit than the Code's or days counted from a later event (also where only the start of the clock is
told), an extra stage or an informal step before stage 1, an extra or open ground of refusal, a Member Responsible for
Complaints who is an employee, one person at both stages, complaint volumes seen as bad, a narrowed definition, a
practice that the duty rules out, and "not applicable" to a duty that always applies. Among the practices are a single
channel, an answer that waits for works, figures that never reach the governing body, restrictions without review, and
proof as a condition of an adjustment.

Why it matters
--------------
The landlord's own words show a breach under a Yes. It is the gravest finding that one row can give by itself.

Example
-------
"We answer stage 1 within 15 working days", where the Code allows ten.

What to ask
-----------
For the rule as the Code has it, or the answer No with the reason.

Known limits
------------
A breach that no typed fact shows is left to a small model that reads provision and row together. It learned from rows of
ours, rather stays silent than guesses, and quotes the sentence that it is surest of. A shorter limit, an added channel or a
wider definition is no conflict, nor is a practice that the row denies or calls past.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.finding import answer_span, clause, finding, first_sentence, learned, stands
from evidencereview.checks.registry import check
from evidencereview.language.claims import About, Duration, about_duty, durations, event_rank
from evidencereview.language.claims_people import employee_members, outside_officer, same_person
from evidencereview.language.claims_practice import ruled_out_practices, sparse_periods
from evidencereview.language.claims_refusals import extra_grounds
from evidencereview.language.claims_stages import extra_stages, steps_before
from evidencereview.language.claims_views import narrowed_definitions, views_of_volumes
from evidencereview.language.pair_texts import CONFLICT, answered, question_of
from evidencereview.language.statements_coverage import left_out
from evidencereview.records import Answer, Finding, Severity, Span

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence
    from evidencereview.provisions import Duty, Limit, Provision

Conflict = tuple[Span | None, str, str]
Kind = Callable[["FormView", "RowView", "Provision"], "Conflict | None"]

_STAGE_TOPIC = re.compile(
    r"\bno extra\b|\bno more than two\b|\bnumber of stages\b|\bfinal response\b|\bclosing letter at stage 2\b", re.I
)
_BEFORE_TOPIC = re.compile(r"\bno extra\b", re.I)
_REFUSAL_TOPIC = re.compile(
    r"\bexclusions\b|\baccepting complaints\b|\brefusing to escalate\b|\bprogression\b|\bmoving on to stage\b", re.I
)
_ESCALATION_TOPIC = re.compile(r"\bescalat|\bprogression\b|\bmoving on\b", re.I)
_DEFINITION_TOPIC = re.compile(r"\bdefinition of a complaint\b|\brecognising\b", re.I)
# Duties that wait for an occasion: "none was ever made" is a reason why they do not apply.
_ON_OCCASION = re.compile(r"\b(?:surveys?|restrict\w*|extensions?|late|further issues|unacceptable|third part\w*)\b", re.I)
_NEVER_AROSE = re.compile(
    r"(?:\b(?:no|none|never|not)|n[’']t)\b[^.]{0,40}\b(?:ever|yet|been|arisen|had|placed|put"
    r"|sent?d?|run|carry|carried|made|received|surveys?|restrictions?)\b",
    re.I,
)
_GOOD_REASON = re.compile(r"\bgood\sreason|\bexceptional\w*|\bagreed\swith\sthe\s(?:resident|customer|tenant)", re.I)
_STAGE_WORD = {
    1: re.compile(r"\bstage (?:1|one)\b", re.I),
    2: re.compile(r"\bstage (?:2|two)\b", re.I),
    3: re.compile(r"\bstage (?:3|three)\b", re.I),
}


@check(
    "ER404",
    "requirement-conflict",
    Severity.HIGH,
    since="0.1.0",
    ask="the rule as the Code has it, or the answer No with the reason",
)
def requirement_conflict(view: FormView) -> Iterator[Finding]:
    """Yield at most one finding a row: the first conflict that the facts show."""
    for row in view.rows:
        if row.provision is None or row.row.answer is Answer.NO:
            continue
        conflict = next((found for kind in _KINDS if (found := kind(view, row, row.provision))), None)
        if conflict is not None:
            span, because, ask = conflict
            confidence = max(0.75, learned(view, row, CONFLICT) or 0.0)
            yield finding(CONFLICT, row, _shown(row, span), because, confidence=confidence, ask=ask)
        elif row.prose and not row.is_blank and stands(view, row, CONFLICT):
            yield _read_as_conflict(view, row, row.provision)


def _read_as_conflict(view: FormView, row: RowView, provision: Provision) -> Finding:
    """A breach that no typed fact shows, told by the model that reads provision and row together."""
    words = _likeliest(view, row)
    duty = _nearest_duty(view, row, provision, words)
    because = f"read against what the provision asks ({provision.topic}), these words tell of another practice"
    ask = f"how the landlord still {duty.text}, or the answer No with the reason"
    return finding(CONFLICT, row, words.span, because, confidence=learned(view, row, CONFLICT) or 0.0, ask=ask)


def _likeliest(view: FormView, row: RowView) -> Sentence:
    """The sentence that, read alone, breaks the provision most plainly."""
    if view.reader is None or len(row.prose) < 2:
        return row.prose[0]
    pairs = [(question_of(row), answered(row, sentence.text)) for sentence in row.prose]
    chances = view.reader.chances(CONFLICT, pairs)
    return row.prose[max(range(len(chances)), key=chances.__getitem__)]


def _nearest_duty(view: FormView, row: RowView, provision: Provision, words: Sentence) -> Duty:
    """The duty that the words speak to."""
    if view.vectors is None or provision not in view.pack.provisions:
        return provision.duties[0]
    own, place = view.pack.provisions.index(provision), row.sentences.index(words)
    near = [float(view.vectors.to_duty(row.index, own, k)[place]) for k in range(len(provision.duties))]
    return provision.duties[max(range(len(near)), key=near.__getitem__)]


def _shown(row: RowView, span: Span | None) -> Span | None:
    """The clause in which the words stand, so that they make sense by themselves."""
    held = row.sentence_at(span) if span is not None else None
    return clause(row, held, span.start, span.end) if span is not None and held is not None else span


def _longer_limit(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    for limit in provision.limits:
        if limit.unit == "working days" and "agreed" not in limit.what and "agreement" not in limit.what:
            found = _over(row, limit, provision)
            if found is not None:
                return found
    return None


def _over(row: RowView, limit: Limit, provision: Provision) -> Conflict | None:
    stated = [each for each in durations(row) if _speaks_of(each, limit, provision)]
    named = [each for each in stated if each.about is not About.UNKNOWN]
    stated = named or stated
    ceiling = limit.value + _extension(provision, limit)
    # A row that also states the right limit speaks of something else with the longer one.
    if any(not _longer(each, limit.value) and not _later(each, limit) for each in stated):
        return None
    for each in stated:
        bound = ceiling if each.about in (About.TOTAL, About.UNKNOWN) and limit.extension else limit.value
        if _longer(each, bound) or _later(each, limit):
            return _limit_conflict(row, each, limit)
    return None


def _extension(provision: Provision, limit: Limit) -> int:
    """What a total may hold beside the limit itself: a response time before an extension has about its length."""
    others = [other.value for other in provision.limits if other is not limit and other.unit == limit.unit]
    return max(others, default=limit.value if limit.extension else 0)


def _speaks_of(duration: Duration, limit: Limit, provision: Provision) -> bool:
    stage = next((number for number, word in _STAGE_WORD.items() if word.search(provision.topic)), 0)
    if duration.over or (stage and duration.stage and stage != duration.stage):
        return False
    about = About.EXTEND if limit.extension else about_duty(limit.what)
    if about is About.EXTEND:
        alone = all(other.extension for other in provision.limits)
        abouts = (About.EXTEND, About.TOTAL, About.UNKNOWN) if alone else (About.EXTEND,)
        return duration.about in abouts and not _GOOD_REASON.search(duration.sentence.text)
    return duration.about is about or (duration.about is About.UNKNOWN and duration.is_limit)


def _longer(duration: Duration, allowed: int) -> bool:
    """Whether a length is longer; bare days are read as working days unless they are fewer as calendar days."""
    if duration.unit == "days":
        return duration.value > allowed and duration.working_days >= allowed
    return duration.working_days > allowed + 0.5


def _later(duration: Duration, limit: Limit) -> bool:
    """Whether the days are counted from a later event than the Code's."""
    return not limit.extension and 0 < event_rank(limit.event) < duration.event and _as_printed(duration) >= limit.value


def _as_printed(duration: Duration) -> float:
    """A length in working days; bare days are taken as the number printed."""
    return float(duration.value) if duration.unit == "days" else duration.working_days


def _limit_conflict(row: RowView, duration: Duration, limit: Limit) -> Conflict:
    words = row.words(duration.span)
    rule = f"{limit.value} {limit.unit} from {limit.event}"
    because = f"'{words}' is longer than the {limit.value} {limit.unit} that the Code allows to {limit.what}"
    if not _longer(duration, limit.value):
        because = f"'{words}' is counted from a later event than {limit.event}, from which the Code counts"
    return duration.span, because, f"{rule} as the rule, to {limit.what}"


def _shorter_window(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    for limit in provision.limits:
        if limit.unit != "months":
            continue
        stated = [each for each in durations(row) if each.about is About.ACCEPT]
        if any(each.months >= limit.value - 0.5 for each in stated):
            return None
        for each in stated:
            words = row.words(each.span)
            because = f"'{words}' is shorter than the {limit.value} months in which the Code has complaints accepted"
            return each.span, because, f"{limit.value} months from {limit.event} as the rule"
    return None


def _extra_stage(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    counts = [limit.value for limit in provision.limits if limit.unit == "stages"]
    if not counts and not _STAGE_TOPIC.search(provision.topic):
        return None
    claim = next(extra_stages(row, _stages_allowed(_view)), None)
    if claim is None:
        return None
    because = f"'{row.words(claim.span)}' is a stage that the Code does not allow"
    return claim.span, because, "a process of two stages and no other"


def _stages_allowed(view: FormView) -> int:
    """The most stages that any provision of the edition allows."""
    counts = [limit.value for provision in view.pack.provisions for limit in provision.limits if limit.unit == "stages"]
    return max(counts, default=2)


def _step_before(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    if not _BEFORE_TOPIC.search(provision.topic):
        return None
    claim = next(steps_before(row), None)
    if claim is None:
        return None
    because = f"'{row.words(claim.span)}' puts a step before stage 1, which the Code does not allow"
    return claim.span, because, "every complaint logged at stage 1 at once, with early settlement inside that stage"


def _ground(view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    if not _REFUSAL_TOPIC.search(provision.topic):
        return None
    escalation = bool(_ESCALATION_TOPIC.search(provision.topic))
    claim = next(extra_grounds(row, view.pack.exclusions, escalation=escalation), None)
    if claim is None:
        return None
    because = f"'{row.words(claim.span)}' is a ground for refusal beyond those that the Code accepts"
    return claim.span, because, "the grounds for refusal limited to those of the Code, or this one struck out"


def _people(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    for role in provision.roles:
        if "employee" in role.must_not_be:
            claim = next(
                employee_members(row, own_topic=role is provision.roles[0] and "is" not in provision.topic.split()), None
            )
            if claim is not None:
                because = (
                    f"'{row.words(claim.span)}' names an employee, where the Code asks for a member of the governing body"
                )
                return claim.span, because, "a member of the governing body by name, with the date of appointment"
        if "considered the complaint" in role.must_not_be:
            claim = next(same_person(row), None)
            if claim is not None:
                because = f"'{row.words(claim.span)}' has one person consider both stages"
                return claim.span, because, "who considers stage 2, and that nobody does who considered stage 1"
        if role.name == "complaints officer":
            claim = next(outside_officer(row), None)
            if claim is not None:
                because = f"'{row.words(claim.span)}' puts an outsider in charge of complaints"
                return claim.span, because, "the landlord's own person or team in charge of complaints"
    return None


def _meaning(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    if "volume" in provision.topic.lower():
        claim = next(views_of_volumes(row), None)
        if claim is not None:
            because = (
                f"'{row.words(claim.span)}' takes few complaints as good or many as bad, which the provision warns against"
            )
            return claim.span, because, "how high and low volumes are read, as signs of access rather than of failure"
    if _DEFINITION_TOPIC.search(provision.topic):
        claim = next(narrowed_definitions(row), None) or next(left_out(row), None)
        if claim is not None:
            because = f"'{row.words(claim.span)}' narrows what counts as a complaint"
            return claim.span, because, "the Code's definition without conditions on form, wording or person"
    return None


def _practice(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    for claim, practice in ruled_out_practices(row):
        return claim.span, f"'{row.words(claim.span)}' {practice.because}", practice.ask
    if any(limit.unit == "times a year" for limit in provision.limits):
        for claim in sparse_periods(row):
            return (
                claim.span,
                f"'{row.words(claim.span)}' is less often than once a year",
                "a report and assessment every year",
            )
    return None


def _never_inapplicable(_view: FormView, row: RowView, provision: Provision) -> Conflict | None:
    if row.row.answer is not Answer.NOT_APPLICABLE or not provision.always_applies or provision.conditional:
        return None
    if _ON_OCCASION.search(provision.topic) and _NEVER_AROSE.search(row.row.text):
        return None
    because = f"{provision.topic} applies to every landlord, so 'not applicable' cannot stand"
    return first_sentence(row) or answer_span(row), because, f"the answer Yes or No on {provision.topic}, with what is done"


_KINDS: tuple[Kind, ...] = (
    _longer_limit,
    _shorter_window,
    _extra_stage,
    _step_before,
    _ground,
    _people,
    _meaning,
    _practice,
    _never_inapplicable,
)
