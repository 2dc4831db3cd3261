"""The flow for a text with interleaved columns on one screen: lines → numbers → cuts → rows → drafts of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidencereview.errors import FormError
from evidencereview.provisions import Pack, known_editions, load_pack
from evidencereview.readers.alignment import Aligned, align, key_of
from evidencereview.readers.grid import Meter
from evidencereview.readers.interleaved.answer_words import find_answers
from evidencereview.readers.interleaved.clues import clues_of
from evidencereview.readers.interleaved.cuts import Cut, Cutter
from evidencereview.readers.interleaved.joining import Parted, join_row, one_answer_each
from evidencereview.readers.interleaved.knowledge import Known, orders_of
from evidencereview.readers.interleaved.lines import Kind, ScanLine, read_lines, text_of
from evidencereview.readers.interleaved.marks import LOOKALIKE, MENDED, Mark, find_marks
from evidencereview.readers.interleaved.rows_apart import part_rows

_FEW = 6  # with fewer numbers in order, and fewer answers, a text is no form
_SECOND = 0.4  # share of the numbers that make a second form where they stand again, in order
_MATCHED, _UNMATCHED = 3.0, -1.0


@dataclass(frozen=True, slots=True)
class Interleaved:
    """A form out of interleaved text: its rows, the lines that are in none of them, and the edition's knowledge."""

    known: Known
    rows: tuple[Parted, ...]
    outside: tuple[ScanLine, ...]
    headings: tuple[ScanLine, ...]
    lines: tuple[ScanLine, ...]


def read_interleaved(
    texts: Iterable[str], meter: Meter, pack: Pack | None, lent: Mapping[str, str], name: str
) -> Interleaved | None:
    """Read a form whose columns are interleaved line by line; None where the text is no such form.

    Args:
        texts: the lines of the file, plain.
        meter: counts time, and caps the words.
        pack: the edition, None where it must be found out.
        lent: number to official wording, as another form prints it; empty where none was lent.
        name: the file, for messages.

    Raises:
        LimitError: it takes longer than the limits allow.
        FormError: the numbers begin anew, so that there is more than one form.
    """
    every = read_lines(texts)
    found = _edition(every, pack, lent, meter)
    if found is None:
        return None
    known, _ = found
    lines = tuple(text_of(every))
    marks = {mark.line: mark for mark in find_marks(lines, known.numbers)[1]}
    _refuse_second_run(lines, marks, known.numbers, name)
    skip = [marks[place].words if place in marks else 0 for place in range(len(lines))]
    aligned, owners = _aligned(lines, known, meter)
    cutter = Cutter(lines, skip, _leaning(lines, aligned), known.leanings())
    clues = clues_of(lines, every, marks, cutter.cuts, skip, known, (aligned, owners))
    parts = _without_gaps(part_rows(clues, meter))
    cuts = one_answer_each(cutter, parts.values(), marks)
    rows = [
        _row(known.numbers[place], lines, slice(start, end), marks, cuts, skip)
        for place, (start, end) in sorted(parts.items(), key=lambda part: part[1])
    ]
    taken = {place for start, end in parts.values() for place in range(start, end)}
    outside = tuple(line for place, line in enumerate(lines) if place not in taken)
    headings = tuple(line for line in every if line.kind is not Kind.TEXT)
    return Interleaved(known, tuple(rows), outside, headings, every)


def _without_gaps(parts: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Give the lines between two rows to the upper one."""
    spans = sorted((start, end, place) for place, (start, end) in parts.items())
    nexts = [*(start for start, _, _ in spans[1:]), spans[-1][1] if spans else 0]
    return {place: (start, max(end, after)) for (start, end, place), after in zip(spans, nexts, strict=True)}


def count_marks(texts: Iterable[str], meter: Meter) -> int:
    """Return how many provision numbers stand in order at the beginning of lines, for the edition that fits best."""
    found = _edition(read_lines(texts), None, {}, meter)
    return found[1] if found else 0


def _refuse_second_run(lines: Sequence[ScanLine], marks: Mapping[int, Mark], numbers: Sequence[str], name: str) -> None:
    """Raise FormError where the numbers that are left over make another form."""
    rest = [line for place, line in enumerate(lines) if place not in marks]
    again = [mark for mark in find_marks(rest, numbers)[1] if mark.sure >= MENDED]
    if len(again) >= max(_FEW, _SECOND * len(marks)):
        raise FormError(
            f"{name}: holds more than one form: {len(again)} of {len(marks)} provisions stand there a second time",
            "put each form into a file of its own",
        )


def _edition(
    lines: Sequence[ScanLine], pack: Pack | None, lent: Mapping[str, str], meter: Meter
) -> tuple[Known, int] | None:
    """Find the edition, and the order of its rows, whose numbers fit best."""
    packs = [pack] if pack is not None else [load_pack(edition) for edition in reversed(known_editions())]
    best: tuple[float, int, Known] | None = None
    for candidate in packs:
        for order in orders_of(candidate, lent):
            meter.tick()
            score, marks = find_marks(lines, order)
            plain = sum(mark.sure >= LOOKALIKE for mark in marks)
            if best is None or score > best[0]:
                best = (score, plain, Known(candidate, order, lent))
    answers = 0
    for line in lines:
        answers += line.kind is Kind.TEXT and bool(find_answers(line.words))
    if best is None or min(best[1], answers) < _FEW:
        return None
    return best[2], best[1]


def _aligned(lines: Sequence[ScanLine], known: Known, meter: Meter) -> tuple[list[Aligned], list[int]]:
    """Align all words with the lent wording: for each line its part, and for each known word its provision's index."""
    wording: list[str] = []
    owners: list[int] = []
    for place, number in enumerate(known.numbers):
        keys = [key for word in known.lent.get(number, "").split() if (key := key_of(word))]
        # The blank matches nothing: no run of words reaches from one provision into the next.
        wording += [*keys, ""]
        owners += [place] * (len(keys) + 1)
    whole = align([key for line in lines for key in line.keys], wording, meter)
    parts, start = [], 0
    for line in lines:
        end = start + len(line.words)
        parts.append(Aligned(whole.places[start:end], whole.alike[start:end]))
        start = end
    return parts, owners


def _leaning(lines: Sequence[ScanLine], aligned: Sequence[Aligned]) -> list[list[float]]:
    """What the alignment says of each word: it is requirement, it is not, or (with nothing lent) nothing."""
    if not any(place >= 0 for part in aligned for place in part.places):
        return [[0.0] * len(line.words) for line in lines]
    return [
        [
            0.0 if not key else _MATCHED * part.alike[at] if part.places[at] >= 0 else _UNMATCHED
            for at, key in enumerate(line.keys)
        ]
        for line, part in zip(lines, aligned, strict=True)
    ]


def _row(
    number: str,
    lines: Sequence[ScanLine],
    span: slice,
    marks: Mapping[int, Mark],
    cuts: Sequence[Cut],
    skip: Sequence[int],
) -> Parted:
    own = next((at for at in range(span.start, span.stop) if at in marks and marks[at].number == number), None)
    # A number that belongs to another provision stays text of the row in which it stands.
    taken = [skip[at] if at == own else 0 for at in range(span.start, span.stop)]
    return join_row(number, None if own is None else marks[own], lines[span], cuts[span], taken)
