"""People as statements: who decides at which stage, who holds a role by name, and how many handle complaints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidencereview.language.claims_people import same_person
from evidencereview.language.claims_standing import is_past, place
from evidencereview.language.statements import Statement, is_rule, own_stage, stages_named
from evidencereview.language.view import RowView, Sentence

# Who may decide, by kind; the first that fits the words wins. Kinds that can hold at once stand in `_WITHIN`.
_ACTORS: tuple[tuple[str, str], ...] = (
    ("the board", r"(?:the\s|our\s)?(?:board|trustees?|governing\sbody|councillors?|cabinet|committee\smembers?|chair(?:man|woman|person)?(?:\sof\s\w+)?|vice-chair|board\smembers?)\b(?!\s(?:gets|papers))"),
    ("a panel", r"(?:\w+\s)?(?:panel|hearing|tribunal|tenants?\son\sthe\spanel|committee)\b"),
    ("the chief executive", r"(?:chief\sexecutive|chief\sofficer|CEO|managing\sdirector)\b"),
    ("an outsider", r"(?:contractors?|(?:managing\s|letting\s)?agents?|consultants?|mediators?|partner\sorganisation|outside\s\w+|external\s\w+)\b"),
    ("the complaints team", r"(?:(?:the\s|our\s)?(?:central|complaints?|customer\s(?:relations|care|resolution|feedback|experience|services?)|resolution|feedback|corporate|dedicated|specialist)\s(?:\w+\s){0,2}(?:team|unit|officers?|hub|department|desk|relations)|customer\srelations)\b"),
    ("a director", r"(?:assistant\s|executive\s|regional\s|deputy\s|associate\s)?directors?\b"),
    ("a head of service", r"(?:heads?\sof\s\w+(?:\s(?:services?|relations|care|experience|property|operations|standards|management|homes|living|resolution))?|service\sheads?)\b"),
    ("a service manager", r"(?:(?:service|area|housing|repairs|operations?|operational|neighbourhood|scheme|line|local|estate|regional|lettings|property|maintenance|relevant|responsible)\s){1,3}(?:managers?|services?|teams?)\b|service\s(?:area|managers?)\b"),
    ("a manager", r"(?:senior\s)?managers?\b|team\sleaders?\b"),
    ("the complaints officer", r"complaints?\s(?:officer|handler|coordinator|co-ordinator|lead|adviser)s?\b|investigating\sofficers?\b|case\s(?:officer|handler)s?\b"),
    ("a front-line officer", r"(?:housing|neighbourhood|scheme|estate|patch|income|repairs|wardens?|front-?line)\s?(?:officers?|staff|wardens?|surveyors?|inspectors?)?\b"),
)  # fmt: skip
_ACTOR = re.compile("|".join(f"(?P<k{i}>\\b(?:{pattern}))" for i, (_, pattern) in enumerate(_ACTORS)), re.I)
# A role that can be the other one as well: a manager of the team, an officer of it, a director who heads a service.
_WITHIN = {
    frozenset(pair)
    for pair in (
        ("a manager", "the complaints team"), ("the complaints officer", "the complaints team"), ("a manager", "a head of service"),
        ("a manager", "a service manager"), ("a manager", "a director"), ("a manager", "the complaints officer"),
        ("a head of service", "a director"), ("a head of service", "a service manager"), ("the chief executive", "a director"),
        ("a head of service", "the complaints team"), ("a panel", "the board"), ("a front-line officer", "the complaints officer"),
        ("a manager", "the chief executive"), ("a front-line officer", "a manager"),
    )
}  # fmt: skip
_DECIDE = (
    r"(?:decid\w*|consider\w*|hear|hears|heard|tak(?:es|en)|conduct\w*|undertak\w*|carr(?:y|ies|ied)\sout|investigat\w*|handl\w*"
    r"|deal(?:s|t)?\swith|answer(?:s|ed)?|respon(?:d|ds|ded)|writ(?:e|es|ten)|repl(?:y|ies|ied)|review(?:s|ed)?|complet\w*|done"
    r"|chair(?:s|ed)?|makes?\sthe\sdecision|determin\w*)"
)
_DECIDES = re.compile(rf"\b{_DECIDE}\b|\bno\s(?:part|role)\b|\b(?:handler|reviewer)\b", re.I)
_CUT = re.compile(r";\s|,\s(?=stage\b)|,?\sand\s(?=stage\b)|,\sand\s", re.I)
_ACTIVE = re.compile(
    rf"^(?:\s(?:alone|only|themselves|himself|herself|always|then|also|who|will|or|and|did|does|not|has|have|had|no|new|to|the"
    rf"|case|deal|with|involved|before|stage|one|two|1|2|on|of|in|from|for|each|service|concerned|that|was|were|team))*,?\s{_DECIDE}\b",
    re.I,
)
_BY = re.compile(rf"\b(?P<verb>{_DECIDE})\s(?:\w+\s){{0,5}}?(?:by|to|with)\s(?:\w+\s){{0,4}}$", re.I)
_BY_NAMED = re.compile(r"\b(?:handler|reviewer|decision[- ]maker|investigator)\s(?:at\sstage\s\w+\s)?(?:is|are)\s(?:\w+\s){0,3}$", re.I)
_BARRED = re.compile(
    r"\b(?:not|never|no\spart|nobody|none|neither|without|nor|other\sthan|instead\sof|rather\sthan|except|supplies|supply|helps?"
    r"|supports?|advis\w*|briefs?|drafts?|comments?|propos\w*|prepares?|hands?\sover|if|unless|may|can|could|where\sneeded)\b"
    r"|n[’']t\b",
    re.I,
)
_NO_PART = re.compile(
    r"\b(?:(?:have|has|had|take|takes|play|plays)\sno\s(?:part|role|say|hand)|(?:are|is|do|does)\snot?\s(?:involved|answer|write"
    r"|handle|decide)|no\slonger\s(?:answer|write|handle|decide|investigat)\w*|never\s(?:answer|write|handle|decide|see)\w*"
    r"|neither\s\w+\snor)\b",
    re.I,
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Prof|Professor|Sir|Dame|Lord|Lady|Rev)\.?"
_NAME = rf"(?:{_TITLE}\s(?:[A-Z][\w’'-]+\s){{0,2}}[A-Z][\w’'-]+|[A-Z][a-z’'-]+\s(?:[A-Z]\.?\s)?[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?)"
_NAMED = re.compile(_NAME)
_NO_NAME = frozenset(
    "The Our This That Each Every Stage Member Members Responsible Board Housing Ombudsman Complaint Complaints Policy Code Head Director"
    " Chief Executive Service Services Customer Team Manager Officer Committee Council Panel Annual Report Tenant Resident Chair"
    " Association Homes Trust Group Operations Assistant Equality Act Governing Body Scrutiny Community Property Repairs Unit"
    " January February March April May June July August September October November December Monday Tuesday Wednesday Thursday"
    " Friday Cabinet Audit Risk Vice New Senior Deputy Lead Portfolio Holder Feedback Relations Non Executive Neighbourhood".split()
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("the Member Responsible for Complaints", r"\bMRC\b|[Mm]ember [Rr]esponsible|[Ll]ead [Mm]ember|[Cc]omplaints [Cc]hampion|[Ll]eads? on complaints"),
        ("the complaints officer", r"(?i:\b(?:complaints?|feedback|resolution) (?:officer|co-?ordinator|lead|manager|handler)\b(?!s))"),
        ("the senior lead for complaints", r"(?i:\bsenior lead\b|\blead (?:person|officer|director) for complaint|\banswers for complaint)"),
    )
)  # fmt: skip
_HANDOVER = re.compile(
    r"\b(?:until|former\w*|previous\w*|took\sover|takes\sover|succe\w*|replac\w*|left|retired|stood\sdown|stepped\sdown|was\sMRC|since\sthen"
    r"|handed|deput\w*|cover(?:s|ing|ed)?\s(?:for|while)|before\s(?:her|him|that)|acting|and\sthen)\b",
    re.I,
)
_ANOTHER = re.compile(
    r"\b(?:stage\s(?:2|two)|second\sstage|review)\b[^.;]{0,60}\b(?:by\s|with\s|to\s)?(?:a\s)?(?:different|another|separate|new|more\ssenior|uninvolved)\s(?:\w+\s){0,4}(?:officer|manager|person|director|head"
    r"|handler|reviewer|colleague)\b|\b(?:never|not)\s(?:be\s)?(?:\w+\s)?(?:the\ssame\s(?:person|officer|manager)|(?:reviewed|considered|decided)\sby\s(?:whoever|the\sperson))",
    re.I,
)
_COUNTS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)}
_TEAM = re.compile(
    rf"\b(?:(?:team|unit|group)\sof\s(?P<a>\d{{1,2}}|{'|'.join(_COUNTS)})\b"
    rf"|(?P<b>\d{{1,2}}|{'|'.join(_COUNTS)})\s(?:(?:full|part)[- ]time\s|dedicated\s|trained\s|permanent\s){{0,2}}(?:complaints?\s(?:officers?|handlers?|staff"
    rf"|advisers?|co-?ordinators?)|people\sin\sthe\scomplaints|officers\sin\sthe\scomplaints)"
    rf"|complaints?\s(?:team|unit)(?:\sis|,|\shas|\sconsists\sof|\swith|\s\()\s?(?P<c>\d{{1,2}}|{'|'.join(_COUNTS)})\s(?:people|officers?|staff|strong|members|posts|colleagues)?)",
    re.I,
)
_ALONE = re.compile(
    r"\b(?:(?:a\s)?(?:single|sole|lone)\s(?:complaints?\s)?(?:officer|handler|person|post)|works?\salone|(?:on|by)\s(?:her|his|their)\sown"
    r"|one[- ]person|only\sone\s(?:complaints?\s)?(?:officer|person|handler|post))\b",
    re.I,
)
_COMPLAINTS_POST = re.compile(r"\bcomplaints?\s(?:officer|handler|team|post|handling|unit|role|co-?ordinator)|\bthis\srole\b", re.I)


def people(row: RowView) -> Iterator[Statement]:
    """Yield who decides, who holds which role, and how many there are."""
    yield from _names(row)
    yield from _team(row)
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
    if active and not _BARRED.search(before[-25:]) and not re.search(r"\b(?:by|to|from|the\sfile|tells?|asks?)\s(?:the\s|a\s|our\s)?$", before, re.I):
        return "" if re.search(r"\b(?:is|are|was|were|be)\s\w+ed$", active.group()) else "yes"
    by = _BY.search(before) or _BY_NAMED.search(before)
    if by and not _BARRED.search(before):
        return "yes"
    return ""


def _stages(row: RowView, clause: str, text: str, verdict: str) -> list[int]:
    if re.search(r"\bboth\sstages\b|\beither\sstage\b|\bat\sany\sstage\b|\ball\sstages\b", clause, re.I):
        return [1, 2]
    named = stages_named(re.sub(r"\b(?:not|never|was|did|had|have|who)\b[^,;.]{0,40}?\bstage\s(?:1|one)\b", " ", clause, flags=re.I))
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


def _names(row: RowView) -> Iterator[Statement]:
    for sentence in row.sentences:
        text = sentence.text
        if _HANDOVER.search(text) or is_past(text, 0, 1):
            continue
        for role, pattern in _ROLES:
            for place_of_role in pattern.finditer(text):
                match = _name_near(text, place_of_role)
                if match is not None:
                    name = _surname(match.group())
                    span = place(sentence, min(match.start(), place_of_role.start()), max(match.end(), place_of_role.end()))
                    yield Statement(role, name, f"{match.group()} as {role}", span, sentence)
                    break


def _name_near(text: str, role: re.Match[str]) -> re.Match[str] | None:
    """The person's name that belongs to a role: at most a few words before or after it, with no other role between."""
    found = []
    for match in _NAMED.finditer(text):
        words = set(re.findall(r"[A-Z]\w+", match.group()))
        titled = re.match(_TITLE + r"\s", match.group()) is not None
        if not titled and words & _NO_NAME:
            continue
        between = text[role.end() : match.start()] if match.start() >= role.end() else text[match.end() : role.start()]
        if len(between) <= 45 and not re.search(r"[;:]|\b(?:with|meets?|and|to|by\sMs|assist\w*|support\w*|brief\w*|sends?)\b", between):
            found.append((len(between), match.start(), match))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _surname(name: str) -> str:
    return name.split()[-1].lower().replace("’s", "").replace("'s", "")


def _team(row: RowView) -> Iterator[Statement]:
    for sentence in row.sentences:
        text = sentence.text
        if not _COMPLAINTS_POST.search(text):
            continue
        alone, team = _ALONE.search(text), _TEAM.search(text)
        match = alone or team
        if match is None or not is_rule(sentence, *match.span()) or is_past(text, *match.span()):
            continue
        words = "one" if alone else (team["a"] or team["b"] or team["c"] if team else "")
        number = float(words) if words.isdigit() else float(_COUNTS.get(words.lower(), 0))
        if number:
            span = place(sentence, *match.span())
            yield Statement("how many handle complaints", words, f"'{row.words(span)}'", span, sentence, number)


def _second_person(row: RowView) -> Iterator[Statement]:
    """Whether the person who considered stage 1 also considers stage 2."""
    slot = "who considers the second stage"
    same = next(same_person(row), None)
    if same is not None:
        yield Statement(slot, "same", "the same person as the first", same.span, same.sentence)
        return
    for sentence in row.sentences:
        match = _ANOTHER.search(sentence.text)
        if match and not is_past(sentence.text, *match.span()) and not re.search(r"\b(?:except|unless|but|wherever|usually)\b", sentence.text, re.I):
            yield Statement(slot, "another", "somebody else than the first", place(sentence, *match.span()), sentence)


def people_differ(one: Statement, other: Statement) -> bool:
    """Tell whether two statements about people exclude each other; a manager may well be of the team."""
    if one.slot.startswith("who decides"):
        denied = {one.value, other.value}
        if any(value.startswith("not ") for value in denied):
            return one.value == f"not {other.value}" or other.value == f"not {one.value}"
        return one.value != other.value and frozenset(denied) not in _WITHIN
    return one.value != other.value
