"""What LABELS rules out whatever a head may say: a head's probability of a flag counts only where its gate is open.

The heads learn behind the same gates, and the shares of published forms are those among rows whose gate is open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evidencereview.language.commitment import tells_only_rules
from evidencereview.language.duties import has_own_words
from evidencereview.language.facts import locators, loose_sources, particulars
from evidencereview.language.overlap import restating
from evidencereview.language.substance import says_something, sums_up
from evidencereview.language.view import FormView, RowView
from evidencereview.records import Answer

_CLAIMS_NOTHING = (Answer.NO, Answer.NOT_APPLICABLE)


def may_be_partial(view: FormView, row: RowView) -> bool:
    """Tell whether partial coverage is possible: one substantial duty of two or more is spoken to on its own terms.

    A provision with a minor duty beside one substantial one cannot be covered in part, and a No claims no cover at all.
    What only points, or speaks of all duties at once ("all these factors are considered"), leaves none out by itself.
    """
    if row.row.answer in _CLAIMS_NOTHING or sums_up(row):
        return False
    substantial = [each for each in view.coverage[row.index] if each.duty.substantial]
    return len(substantial) > 1 and any(each.met for each in substantial) and has_own_words(row, substantial)


def may_be_off_topic(_view: FormView, row: RowView) -> bool:
    """Tell whether a row may speak of something else: only one that says something."""
    return says_something(row)


def may_lean_loosely(view: FormView, row: RowView) -> bool:
    """Tell whether a reference may be loose: a source is named, and no locator stands in the row."""
    return row.row.answer is not Answer.NOT_APPLICABLE and bool(loose_sources(row)) and not locators(row, view.numbers)


def may_only_assert(view: FormView, row: RowView) -> bool:
    """Tell whether an assertion may be bare: any particular or locator in the row rescues it."""
    return row.row.answer not in _CLAIMS_NOTHING and bool(row.prose) and not _is_rescued(view, row)


def may_promise(_view: FormView, row: RowView) -> bool:
    """Tell whether a Yes may rest on a promise: a rule of what happens in each complaint is none."""
    return row.claims and not row.is_blank and not tells_only_rules(row)


def may_restate(view: FormView, row: RowView) -> bool:
    """Tell whether a row may only say the duty again: some sentence is long enough to, and no fact stands beside it."""
    return row.row.answer is not Answer.NOT_APPLICABLE and bool(restating(row)) and not _is_rescued(view, row)


def _is_rescued(view: FormView, row: RowView) -> bool:
    return bool(particulars(row) or locators(row, view.numbers))


GATES: Mapping[str, Callable[[FormView, RowView], bool]] = {
    "partial-coverage": may_be_partial,
    "off-topic": may_be_off_topic,
    "generic-reference": may_lean_loosely,
    "bare-assertion": may_only_assert,
    "future-commitment": may_promise,
    "restated-requirement": may_restate,
}
