"""What only shows when the form is seen as a whole: repeated provisions, altered requirements, one text for every Yes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evidencereview.language.altered import altered_requirements
from evidencereview.provisions import Pack
from evidencereview.records import Answer, Form, Note

# One text under a third of the rows and under five at least is no coincidence.
_LEAST_ROWS, _LEAST_SHARE = 5, 1 / 3
_SHOWN = 80


def form_notes(form: Form, pack: Pack) -> tuple[Note, ...]:
    """Return the notes on a form as a whole, in the order of its rows."""
    return (*_repeated(form), *_altered(form, pack), *_uniform(form))


def _repeated(form: Form) -> Iterator[Note]:
    """Provisions that stand in several rows, unless the reader has said so already."""
    told = {note.text.split()[1] for note in form.notes if note.kind == "number-twice"}
    counts = Counter(row.number for row in form.rows if row.number)
    for number, count in counts.items():
        if count > 1 and number not in told:
            orders = " and ".join(str(row.order) for row in form.rows if row.number == number)
            yield Note("number-twice", f"provision {number} stands in {count} rows of the form", f"rows {orders}")


def _altered(form: Form, pack: Pack) -> Iterator[Note]:
    for row, what in altered_requirements(form, pack):
        yield Note("altered-requirement", f"the requirement at {row.number} {what}", f"row {row.order}")


def _uniform(form: Form) -> Iterator[Note]:
    """Every answer is Yes, and many rows support it with one and the same text."""
    answered = [row for row in form.rows if row.answer is not Answer.BLANK]
    if not answered or any(row.answer is not Answer.YES for row in answered):
        return
    texts = Counter(text for row in answered if (text := re.sub(r"\W+", " ", row.text.lower()).strip()))
    text, count = next(iter(texts.most_common(1)), ("", 0))
    if count >= max(_LEAST_ROWS, _LEAST_SHARE * len(answered)):
        words = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
        yield Note("uniform-answers", f"all {len(answered)} answers are Yes, and {count} rows hold the same text: {words}")
