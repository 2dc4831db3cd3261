"""A form out of a text whose columns are interleaved, where its tables do not hold the rows."""

from __future__ import annotations

import re

from evidencereview.readers.cleaning import clean_text
from evidencereview.readers.finish import finish
from evidencereview.readers.grid import Meter, over_limit
from evidencereview.readers.source import Source
from evidencereview.readers.stated_date import stated_date
from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible
from evidencereview.readers.wording import Edition, Wording, check_edition
from evidencereview.records import Form

_FEW = 6  # with fewer lines that begin with a number, a text is no form
_NUMBERED = re.compile(r"^\W{0,3}\w{0,12}\W{0,3}[0-9]", re.MULTILINE)
MANY_ROWS = 40  # a text whose tables yield so many rows is read by them
_LINE = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")


def form_of_text(text: str, source: Source, found: int, meter: Meter, known: tuple[Edition, Wording | None]) -> Form | None:
    """Read a text whose columns are interleaved; None where its tables hold at least half of what it numbers.

    Args:
        text: the file as decoded.
        source: its name and hash.
        found: how many rows its tables have yielded.
        meter: counts time, and caps the words.
        known: the edition that the user names, and wording that another form lends (None: nothing).

    Raises:
        LimitError: over the caps on words or seconds.
        EditionError: the form follows another edition than the one whose wording is lent.
    """
    from evidencereview.readers.interleaved.flow import count_marks, read_interleaved
    from evidencereview.readers.interleaved.rows import drafts_of, notes_of

    words = len(text.split())
    if len(_NUMBERED.findall(text)) <= max(_FEW, found * 2):
        return None
    if words > meter.limits.scan_words:
        if found:
            return None
        raise over_limit("scan_words", meter.limits.scan_words, f"{source.name}: {words} words and no table")
    edition, wording = known
    tally = Tally()
    lines = [clean_text(line, tally, f"line {number}") for number, line in enumerate(_LINE.split(text), 1)]
    if count_marks(lines, meter) <= found * 2:
        return None
    form = read_interleaved(lines, meter, edition.pack(), wording.texts if wording else {}, source.name)
    if form is None or len(form.rows) <= found:
        return None
    if wording is not None:
        check_edition(wording, form.known.pack, source.name)
    name = source.path.stem
    drafts = drafts_of(form, wording.name if wording else "", tally)
    rows = finish(drafts, name, tally)
    loose = [line.text for line in (*form.outside, *form.headings)]
    notes = (*notes_of(form), *tally.notes())
    return Form(name, "text", source.sha256, rows, notes, stated_date=stated_date(loose), visible=visible(text))
