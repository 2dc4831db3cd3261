"""Whether a line has a verb. spaCy's trained taggers are not on the package index, so this is a word list and a shape.

A title wrongly taken for prose costs little; prose taken for a title hides a repeated sentence, so doubt says "verb".
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z’']+")
_VERBS = frozenset(
    "is are was were be been being am isn't aren't has have had do does did will would shall should can could may might"
    " must cannot can't don't won't see refer apply applies ensure ensures include includes state states set sets make"
    " makes give gives take takes provide provides contain contains cover covers outline outlines explain explains detail"
    " describe describes say says confirm confirms report reports meet meets hold holds keep keeps handle handles sign"
    " signs attend attends receive receives use uses follow follows record records monitor monitors comply complies"
    " offer offers accept accepts ask asks tell tells send sends write writes log logs track tracks check checks run runs"
    " work works sit sits go goes get gets allow allows become becomes come comes deal deals decide decides discuss"
    " know knows lead leads learn let look maintain maintains manage manages need needs own owns oversee oversees publish"
    " publishes raise respond responds sent written given held made kept put seen shown told done met built found known"
    " aim aims agree agrees consider considers treat treats share shares train promote promotes carry carries identify"
    " identifies there's it's we're we've they're remains remain require requires form forms".split()
)
# Participles count ("As evidenced in ..."); these only look like one.
_NOT_VERBS = frozenset("need unwanted hundred red bed speed feed shed indeed related based dated named".split())


def has_verb(text: str) -> bool:
    """Tell whether a line holds a verb."""
    return any(
        word in _VERBS or (len(word) > 4 and word.endswith("ed") and word not in _NOT_VERBS)
        for word in _WORD.findall(text.lower())
    )
