"""People as statements: who decides at which stage, and whether one person decides at both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_people import same_person
from evidencereview.language.claims_standing import is_past, place
from evidencereview.language.statements import Statement, is_rule, own_stage, stages_named
from evidencereview.language.statements_roles import roles
from evidencereview.language.view import RowView, Sentence

# Who may decide, by kind; the first that fits the words wins. Kinds that can hold at once stand in `_WITHIN`.
_ACTORS: tuple[tuple[str, str], ...] = (
    ("the board", r"(?:the\s|our\s)?(?:board|trustees?|governing\sbody|councillors?|cabinet|committee\smembers?"
                  r"|chair(?:man|woman|person)?(?:\sof\s\w+)?|vice-chair|board\smembers?)\b(?!\s(?:gets|papers))"),
    ("a panel", r"(?:\w+\s)?(?:panel|hearing|tribunal|tenants?\son\sthe\spanel|committee)\b"),
    ("the chief executive", r"(?:chief\sexecutive|chief\sofficer|CEO|managing\sdirector)\b"),
    ("an outsider", r"(?:contractors?|(?:managing\s|letting\s)?agents?|consultants?|mediators?"
                    r"|partner\sorganisation|outside\s\w+|external\s\w+)\b"),
    ("the complaints team", r"(?:(?:the\s|our\s)?(?:central|complaints?|customer\s(?:relations|care|resolution|feedback"
                            r"|experience|services?)|resolution|feedback|corporate|dedicated"
                            r"|specialist)\s(?:\w+\s){0,2}(?:team|unit|officers?|hub|department|desk|relations)"
                            r"|customer\srelations)\b"),
    ("a director", r"(?:assistant\s|executive\s|regional\s|deputy\s|associate\s)?directors?\b"),
    ("a head of service", r"(?:heads?\sof\s(?!the\b|service\b|each\b"
                          r"|department)\w+(?:\s(?:services?|relations|care"
                          r"|experience|property|operations|standards"
                          r"|management|homes|living|resolution))?|service\sheads?)\b"),
    ("a service manager", r"(?:(?:service|area|housing|repairs|operations?|operational|neighbourhood|scheme|line|local"
                          r"|estate|regional|lettings|property|maintenance|relevant|responsible)\s){1,3}(?:managers?"
                          r"|services?|teams?)\b|service\s(?:area|managers?)\b"
                          r"|heads?\sof\s(?:the\s|each\s)?(?:service|department"
                          r"|relevant\s\w+)\b"),
    ("a manager", r"(?:senior\s)?managers?\b|team\sleaders?\b"),
    ("the complaints officer", r"complaints?\s(?:officer|handler|coordinator|co-ordinator|lead|adviser)s?\b"
                               r"|investigating\sofficers?\b|case\s(?:officer|handler)s?\b"),
    ("a front-line officer", r"(?:housing|neighbourhood|scheme|estate|patch|income|repairs|wardens?"
                             r"|front-?line)\s?(?:officers?|staff|wardens?|surveyors?|inspectors?)?\b"),
)  # fmt: skip
_ACTOR = re.compile("|".join(f"(?P<k{i}>\\b(?:{pattern}))" for i, (_, pattern) in enumerate(_ACTORS)), re.I)
# A role that can be the other one as well: a manager of the team, an officer of it, a director who heads a service.
_WITHIN = {
    frozenset(pair)
    for pair in (
        ("a manager", "the complaints team"),
        ("the complaints officer", "the complaints team"),
        ("a manager", "a head of service"),
        ("a manager", "a service manager"),
        ("a manager", "a director"),
        ("a manager", "the complaints officer"),
        ("a head of service", "a director"),
        ("a head of service", "a service manager"),
        ("the chief executive", "a director"),
        ("a head of service", "the complaints team"),
        ("a panel", "the board"),
        ("a front-line officer", "the complaints officer"),
        ("a manager", "the chief executive"),
        ("a front-line officer", "a manager"),
    )
}
_DECIDE = (
    r"(?:decid\w*|consider\w*|hear|hears|heard|tak(?:es|en)|conduct\w*|undertak\w*|carr(?:y|ies"
    r"|ied)\sout|investigat\w*|handl\w*"
    r"|deal(?:s|t)?\swith|answer(?:s|ed)?|respon(?:d|ds|ded)|writ(?:e|es|ten)|repl(?:ies|ied)"
    r"|review(?:s|ed)?|complet\w*|done"
    r"|chair(?:s|ed)?|makes?\sthe\sdecision|determin\w*)"
)
_DECIDES = re.compile(rf"\b{_DECIDE}\b|\bno\s(?:part|role)\b|\b(?:handler|reviewer)\b", re.I)
_CUT = re.compile(r";\s|,\s(?=stage\b)|,?\sand\s(?=stage\b)|,\sand\s", re.I)
_ACTIVE = re.compile(
    rf"^(?:\s(?:alone|only|themselves|himself|herself|always|then|also|who|will|or|and|did|does|not"
    rf"|has|have|had|no|new|to|the"
    rf"|case|deal|with|involved|before|stage|one|two|1|2|on|of|in|from|for|each|service|concerned"
    rf"|that|was|were|team))*,?\s{_DECIDE}\b",
    re.I,
)
_BY = re.compile(rf"\b(?P<verb>{_DECIDE})\s(?:\w+\s){{0,5}}?(?:by|to|with)\s(?:\w+\s){{0,4}}$", re.I)
_BY_NAMED = re.compile(
    r"\b(?:handler|reviewer|decision[- ]maker|investigator)\s(?:at\sstage\s\w+\s)?(?:is|are)\s(?:\w+\s){0,3}$", re.I
)
_BARRED = re.compile(
    r"\b(?:not|never|no\spart|nobody|none|neither|without|nor|other\sthan|instead\sof|rather\sthan"
    r"|except|supplies|supply|helps?"
    r"|supports?|advis\w*|briefs?|drafts?|comments?|propos\w*|prepares?|hands?\sover|if|unless|may"
    r"|can|could|where\sneeded)\b"
    r"|n[’']t\b",
    re.I,
)
_NO_PART = re.compile(
    r"\b(?:(?:have|has|had|take|takes|play|plays)\sno\s(?:part|role|say|hand)|(?:are|is|do"
    r"|does)\snot?\s(?:involved|answer|write"
    r"|handle|decide)|no\slonger\s(?:answer|write|handle|decide|investigat)\w*|never\s(?:answer|write|handle|decide|see)\w*"
    r"|neither\s\w+\snor)\b",
    re.I,
)
_ANOTHER = re.compile(
    r"\b(?:independent|uninvolved|not\s(?:previously\s"
    r"|been\s)?involved|no\s(?:prior|previous"
    r"|earlier)\sinvolvement)\b[^.;]{0,50}\b(?:each|both"
    r"|every|second)\s(?:stage|review)|"
    r"\b(?:stage\s(?:2|two)|second\sstage|review)\b[^.;]{0,60}\b(?:by\s|with\s"
    r"|to\s)?(?:a\s)?(?:different|another|separate|new|more\ssenior"
    r"|uninvolved)\s(?:\w+\s){0,4}(?:officer|manager|person|director|head"
    r"|handler|reviewer|colleague)\b|\b(?:never|not)\s(?:be\s)?(?:\w+\s)?(?:the\ssame\s(?:person"
    r"|officer|manager)|(?:reviewed|considered|decided)\sby\s(?:whoever|the\sperson))",
    re.I,
)


def people(row: RowView) -> Iterator[Statement]:
    """Yield who decides, who holds which role, and how many there are."""
    yield from roles(row)
    yield from _second_person(row)
    for sentence in row.sentences:
        yield from _deciders(row, sentence)


def _deciders(row: RowView, sentence: Sentence) -> Iterator[Statement]:
    text = sentence.text
    if not _DECIDES.search(text):
        return
    for start, end in _clauses(text):
        for match in _ACTOR.finditer(text, start, end):
            verdict = _part(text, match, end)
            if not verdict:
                continue
            actor = next(name for i, (name, _) in enumerate(_ACTORS) if match[f"k{i}"])
            for stage in _stages(row, text[start:end], text, verdict):
                if is_rule(sentence, *match.span()):
                    span = place(sentence, start, end)
                    said = f"that {actor} has no part at stage {stage}" if verdict == "no" else f"{actor} for stage {stage}"
                    value = f"not {actor}" if verdict == "no" else actor
                    yield Statement(f"who decides at stage {stage}", value, said, span, sentence)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CUT.finditer(text):
        yield start, cut.start()
        start = cut.end()
    yield start, len(text)


def _part(text: str, match: re.Match[str], end: int) -> str:
    """Whether the actor at a place decides ("yes"), is said to have no part ("no"), or is only mentioned ("")."""
    after, before = text[match.end() : min(end, match.end() + 90)], text[max(0, match.start() - 70) : match.start()]
    if _NO_PART.match(after.strip()) or re.match(r"\W*(?:\w+\s){0,2}?" + _NO_PART.pattern, after, re.I):
        return "no"
    active = _ACTIVE.match(after)
    if (
        active
        and not _BARRED.search(before[-25:])
        and not re.search(r"\b(?:by|to|from|the\sfile|tells?|asks?)\s(?:the\s|a\s|our\s)?$", before, re.I)
    ):
        return "" if re.search(r"\b(?:is|are|was|were|be)\s\w+ed$", active.group()) else "yes"
    by = _BY.search(before) or _BY_NAMED.search(before)
    if by and not _BARRED.search(before):
        return "yes"
    return ""


def _stages(row: RowView, clause: str, text: str, verdict: str) -> list[int]:
    if re.search(r"\bboth\sstages\b|\beither\sstage\b|\bat\sany\sstage\b|\ball\sstages\b", clause, re.I):
        return [1, 2]
    named = stages_named(
        re.sub(r"\b(?:not|never|was|did|had|have|who)\b[^,;.]{0,40}?\bstage\s(?:1|one)\b", " ", clause, flags=re.I)
    )
    own = own_stage(row)
    if named:
        return sorted(named)
    if stages_named(text):
        return [own] if own else []
    if own:
        return [own]
    if not re.search(r"\bcomplaints?\b|\banswer", clause, re.I):
        return []
    sweeping = verdict == "no" or re.search(r"\b(?:only|all|every|alone)\b", clause, re.I)
    # What is said of complaints in general holds for the first answer at least.
    return [1, 2] if sweeping else [1] if re.match(r"\W*(?:our\s|the\s)?complaints?\s(?:is|are)\s", clause, re.I) else []


def _second_person(row: RowView) -> Iterator[Statement]:
    """Whether the person who considered stage 1 also considers stage 2."""
    slot = "who considers the second stage"
    same = next(same_person(row), None)
    if same is not None:
        yield Statement(slot, "same", "the same person as the first", same.span, same.sentence)
        return
    for sentence in row.sentences:
        match = _ANOTHER.search(sentence.text)
        if (
            match
            and not is_past(sentence.text, *match.span())
            and not re.search(r"\b(?:except|unless|but|wherever|usually)\b", sentence.text, re.I)
        ):
            yield Statement(slot, "another", "somebody else than the first", place(sentence, *match.span()), sentence)


def people_differ(one: Statement, other: Statement) -> bool:
    """Tell whether two statements about people exclude each other; a manager may well be of the team."""
    if one.slot.startswith("who decides"):
        denied = {one.value, other.value}
        if any(value.startswith("not ") for value in denied):
            return one.value == f"not {other.value}" or other.value == f"not {one.value}"
        return one.value != other.value and frozenset(denied) not in _WITHIN
    return one.value != other.value
