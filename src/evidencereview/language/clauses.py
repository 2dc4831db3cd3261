"""Clauses of a row's sentences: what one sentence says of several duties is nearer to each of them part by part.

"Letters state the outcome, give reasons, and name any redress" lies between three duties; its clauses lie at one each. On
our marked rows the head for duties ranks better with them (area under the curve 0.87, and 0.85 without; landlords held out).
"""

from __future__ import annotations

import re

from evidencereview.language.substance import substance
from evidencereview.language.view import RowView

# Between clauses: a mark, or a word that joins them.
_JOINT = re.compile(
    r"\s*[;:]\s+|,\s+|\.\s+|\s+[–—-]\s+"
    r"|\s+(?=(?:and|or|but|which|who|so\sthat|where|when|while|before|after|including|as\swell\sas)\s)"
)
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 3
_MOST_SHARE = 0.5


def clauses(text: str) -> tuple[str, ...]:
    """Return the clauses of a sentence that have three words or more and under half of its words.

    A clause that holds most of its sentence lies where the sentence lies.
    """
    most = len(_WORD.findall(text)) * _MOST_SHARE
    counted = ((part.strip(), len(_WORD.findall(part))) for part in _JOINT.split(text))
    return tuple(part for part, words in counted if _LEAST_WORDS <= words < most)


def row_clauses(row: RowView) -> tuple[str, ...]:
    """Return the clauses of the sentences that say something, where the provision has several duties to tell apart."""
    if row.provision is None or sum(duty.substantial for duty in row.provision.duties) < 2:
        return ()
    return tuple(part for sentence in row.sentences if substance(sentence) > 0 for part in clauses(sentence.text))
