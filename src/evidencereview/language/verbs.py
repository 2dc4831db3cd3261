"""Whether a line has a verb. spaCy's trained taggers are not on the package index, so this is a word list and a shape.

A title wrongly taken for prose costs little; prose taken for a title hides a repeated sentence, so doubt says "verb".
"""

from __future__ import annotations

import re
from functools import cache

_WORD = re.compile(r"[A-Za-z']+")
# A subject pronoun cannot stand without its verb, known or not; where a capital follows, it is part of a title.
_SUBJECT = re.compile(
    r"\b(?:[Ww]e|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|I|who|you|[Nn]obody|[Ee]veryone|[Aa]nyone|[Ss]omebody)\s[a-z]{2,}"
)
_FORMS = frozenset(
    "is are was were be been being am isn't aren't has have had having do does did doing done will would shall should can"
    " could may might must cannot can't don't won't doesn't didn't there's it's we're we've they're i'm i've"
    " sent written given held made kept put seen shown told met built found known taken gone led come became brought taught"
    " wrote gave took went came saw said spoke rang began chose drew drove fell felt left lost paid ran sat sold stood"
    " thought understood spent dealt let set cut let's refer see".split()
)
# Base forms; the third person follows by rule.
_BASES = (
    "accept acknowledge add adhere adopt advise affect agree aim allow amend apologise appear apply appoint approve ask"
    " assess assign attend become begin believe belong bring buy carry check choose circulate clarify collect come commit"
    " comply confirm consider consist contain continue cover create deal decide declare define deliver demonstrate depend"
    " describe detail determine differ discuss do draw emphasise employ enable encourage ensure enter escalate examine"
    " exceed exclude exist expect explain express extend fill find finish follow fulfil gain get give go govern guarantee"
    " handle hang happen hear help hold identify implement improve include inform inspect instruct intend introduce invite"
    " involve join keep know lead learn leave let lie listen lose maintain make manage meet mention monitor need notify"
    " obtain occur offer operate outline oversee own pass pay perform permit prevent produce promote propose protect"
    " prove provide publish put raise reach read receive recognise recommend record reduce refer reflect regard reject"
    " relate remain remind remove repeat replace report require reserve resolve respond restore reveal ring run say see"
    " seek select send serve set settle share show sign sit speak specify spend stand state stay stipulate store strive"
    " submit suit summarise supply take teach tell think track train treat try understand update uphold use vary verify"
    " wait want work write form log look"
)
# As often nouns or adjectives by themselves ("large print", "forward plan"): only their third person shows a verb.
_THIRD_ONLY = (
    "answer close complete contact direct feed mirror move name open prepare present print quote separate start stop turn"
)
# Behind the name of one who acts, these are verbs; elsewhere many of them are nouns as well.
_BY_A_DOER = (
    "address allocate analyse arrange attach audit authorise award call chair chase coach combine compare compile convene"
    " coordinate decline email guard interview investigate measure phone pick pull reconcile reply review revisit sample"
    " scrutinise sort talk telephone test transfer triage upload visit watch weigh"
)
_PAST = frozenset("chose drew gave held kept led made met rang read rode saw sent set spoke took went wrote".split())
# What one is, knows or means to do: none of it is an act.
_STATES = frozenset(
    "adhere aim appear appreciate be become believe belong commit comply comprise consist contain continue depend differ"
    " do ensure exist expect gain guarantee happen have intend involve know learn lie need occur own recognise regard relate"
    " remain stand strive suit think train try understand uphold value want wish".split()
)
# Participles count ("As evidenced in ..."); these only look like one.
_NOT_VERBS = frozenset("need unwanted hundred red bed speed feed shed indeed related based dated named".split())


@cache
def _verbs() -> frozenset[str]:
    bases = _BASES.split()
    return _FORMS.union(bases, (_third_person(base) for base in (*bases, *_THIRD_ONLY.split())))


def _third_person(base: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh|o)$", base):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search(r"[^aeiou]y$", base) else f"{base}s"


def is_act(word: str) -> bool:
    """Tell whether a word, in lower case and behind somebody's name, says what that one does ("sign", "chairs", "rang")."""
    return word in _acts()


@cache
def _acts() -> frozenset[str]:
    bases = [base for base in f"{_BASES} {_THIRD_ONLY} {_BY_A_DOER}".split() if base not in _STATES]
    return _PAST.union(bases, map(_third_person, bases), map(_past, bases))


def _past(base: str) -> str:
    """The regular past of a verb; of an irregular one a word that nobody writes."""
    if base.endswith("e"):
        return f"{base}d"
    return f"{base[:-1]}ied" if re.search(r"[^aeiou]y$", base) else f"{base}ed"


def has_verb(text: str) -> bool:
    """Tell whether a line holds a verb. A capital inside a line makes a word part of a title, except in all capitals."""
    words = _WORD.findall(text.replace("’", "'"))
    if not text.isupper():
        words = [word for place, word in enumerate(words) if place == 0 or not word.istitle()]
    return _SUBJECT.search(text) is not None or any(_is_verb(word.lower()) for word in words)


def _is_verb(word: str) -> bool:
    return word in _verbs() or (len(word) > 4 and word.endswith("ed") and word not in _NOT_VERBS)
