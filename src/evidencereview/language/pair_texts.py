"""What the cross-encoder is given to read: two texts, either what is asked and what a row says, or two rows' sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidencereview.records import Answer

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView

Pair = tuple[str, str]
CONFLICT, CONTRADICTION = "requirement-conflict", "contradiction"
# Of these outputs the cross-encoder's own chance counts, with no head behind it.
DIRECT = (CONFLICT, CONTRADICTION)
# Chance of a clash under which a pair that a rule found is dropped: a name in the card's thresholds.
DROPPED = f"{CONTRADICTION}:drop"


# Answers that say that something is done; of two rows that clash one has such an answer.
CLAIMING = (Answer.YES, Answer.BLANK, Answer.PARTIAL)


@dataclass(frozen=True, slots=True)
class CandidatePair:
    """A sentence of one row and one of a later row that may exclude each other: places of rows and sentences in the view."""

    row: int
    sentence: int
    other: int
    against: int


def pair_of(view: RowView) -> Pair:
    """Return what is read of a row: our summary of its provision, and the answer with evidence and commentary."""
    cells = [cell for cell in (view.row.evidence, view.row.commentary) if cell.strip()]
    return question_of(view), answered(view, " / ".join(cells))


def question_of(view: RowView) -> str:
    """Return what a row is asked: our summary of its provision, which is the same in all forms of an edition.

    The printed requirement is read where the provision is not known.
    """
    return view.provision.summary if view.provision else view.row.requirement


def answered(view: RowView, words: str) -> str:
    """Return words of a row behind its answer."""
    return f"{view.row.answer.value}. {words}"


def texts_of(view: FormView, pair: CandidatePair) -> Pair:
    """Return what is read of two sentences of a form."""
    row, other = view.rows[pair.row], view.rows[pair.other]
    return answered(row, row.sentences[pair.sentence].text), answered(other, other.sentences[pair.against].text)
