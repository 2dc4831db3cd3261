"""The row points at something that the reader does not get.

What it finds
-------------
"Attached", "link below", "click here", "this section of the procedure", with neither an address nor a title and date.

Why it matters
--------------
A published form travels without its attachments. What was attached for the board is gone for the reader.

Example
-------
"Training records attached."

What to ask
-----------
For the address, or the title with its date.

Known limits
------------
Whether a link stood behind the word is known only where the file format keeps it (Word, web pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidencereview.checks.asking import topic_of
from evidencereview.checks.finding import finding
from evidencereview.checks.phrases import phrase
from evidencereview.checks.registry import check
from evidencereview.language.facts import belongs_to_title
from evidencereview.language.mentions import Kind
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView, RowView, Sentence

# "Unless the letters are attached ...": a condition in the handling of cases hands nothing to the reader of the form.
_CASE_WORK = re.compile(
    r"\b(?:unless|until|where|when|whenever|if|once)\b[^.;]{0,150}\b(?:is|are|be|been)\s(?:attached|enclosed|appended|provided|supplied)$",
    re.I,
)


@check(
    "ER204",
    "dangling-pointer",
    Severity.MEDIUM,
    since="0.1.0",
    ask="the full address, or the title and date, of what is pointed at",
)
def dangling_pointer(view: FormView) -> Iterator[Finding]:
    """Yield one finding for each row that points at nothing the reader has."""
    for row in view.rows:
        for sentence in row.sentences_with("dangling"):
            hit = sentence.hits("dangling")[0]
            if _resolved(row, sentence) or _CASE_WORK.search(row.row.cell(sentence.cell)[sentence.start : hit.end]):
                continue
            words = row.row.cell(sentence.cell)[hit.start : hit.end]
            because = f"'{words}' points at something that does not come with the form"
            span = phrase(row, sentence, hit.start, hit.end)
            yield finding("dangling-pointer", row, span, because, confidence=0.8, ask=_ask(row))
            break


def _resolved(row: RowView, sentence: Sentence) -> bool:
    """Whether the thing follows after all, in this sentence or the next: an address, a link's title, a dated title."""
    position = row.sentences.index(sentence)
    return any(_resolves(row, near) for near in row.sentences[position : position + 2])


def _resolves(row: RowView, sentence: Sentence) -> bool:
    if sentence.mentions_of(Kind.ADDRESS, Kind.LINK_LABEL, Kind.VERSION, Kind.EMAIL, Kind.SECTION):
        return True
    cell = row.row.cell(sentence.cell)
    return any(belongs_to_title(mention, cell) for mention in sentence.mentions_of(Kind.DATE))


def _ask(row: RowView) -> str:
    topic = topic_of(row)
    return f"the address, or the title and date, of the document on {topic} that is pointed at"
