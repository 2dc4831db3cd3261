"""Whether a line has a verb. spaCy's trained taggers are not on the package index, so this is a word list and a shape.

A title wrongly taken for prose costs little; prose taken for a title hides a repeated sentence, so doubt says "verb".
"""

from __future__ import annotations

import re
from functools import cache

_WORD = re.compile(r"[A-Za-z’']+")
# A subject pronoun cannot stand without its verb, known or not; where a capital follows, it is part of a title.
_SUBJECT = re.compile(
    r"\b(?:[Ww]e|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|I|who|you|[Nn]obody|[Ee]veryone|[Aa]nyone|[Ss]omebody)\s[a-z]{2,}"
)
_FORMS = frozenset(
    "is are was were be been being am isn't aren't has have had having do does did doing done will would shall should can"
    " could may might must cannot can't don't won't doesn't didn't there's it's we're we've they're i'm i've"
    " sent written given held made kept put seen shown told met built found known taken gone come became brought taught"
    " wrote gave took went came saw said spoke rang began chose drew drove fell felt left lost paid ran sat sold stood"
    " thought understood spent dealt let set cut let's refer see".split()
)
# Base forms; the third person follows by rule. Words that are as often nouns in titles (plan, process, letter, guide,
# policy words) are left out: there, a participle or an auxiliary has to show the sentence.
_BASES = (
    "accept acknowledge add address adhere adopt advise affect agree aim allow amend answer apologise appear apply"
    " appoint approve ask assess assign attend become begin believe belong bring broadcast build buy carry change chair"
    " check choose circulate clarify close collect come commit complete comply concern conduct confirm consider consist"
    " consult contain continue cover create deal decide declare define deliver demonstrate depend describe detail"
    " determine differ direct discuss display do draft draw emphasise employ enable encourage ensure enter escalate"
    " examine exceed exclude exist expect explain express extend feed file fill find finish follow form forward fulfil gain"
    " get give go govern guarantee handle hang happen hear help hold identify implement improve include inform inspect"
    " instruct intend introduce invite involve join keep know lead learn leave let lie list live log look lose maintain"
    " make manage match mean meet mention mirror monitor move name need notify obtain occur offer open operate outline"
    " oversee own pass pay perform permit post prepare present prevent print produce promote propose protect prove provide"
    " publish put quote raise reach read receive recognise recommend record reduce refer reflect refuse regard reject relate"
    " release remain remind remove repeat replace reply report request require reserve resolve respond restore return"
    " reveal review ring run say scan score see seek select send separate serve set settle share show sign sit speak"
    " specify spend stand start state stay stipulate stop store strive submit suit summarise supply take talk teach"
    " tell test think track train treat try turn understand update uphold use vary verify view visit wait want work write"
)
# Participles count ("As evidenced in ..."); these only look like one.
_NOT_VERBS = frozenset("need unwanted hundred red bed speed feed shed indeed related based dated named".split())


@cache
def _verbs() -> frozenset[str]:
    bases = _BASES.split()
    return _FORMS.union(bases, (_third_person(base) for base in bases))


def _third_person(base: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh|o)$", base):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search(r"[^aeiou]y$", base) else f"{base}s"


def has_verb(text: str) -> bool:
    """Tell whether a line holds a verb."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    return _SUBJECT.search(text) is not None or any(_is_verb(word) for word in words)


def _is_verb(word: str) -> bool:
    return word in _verbs() or (len(word) > 4 and word.endswith("ed") and word not in _NOT_VERBS)
