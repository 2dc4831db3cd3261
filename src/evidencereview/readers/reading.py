"""The flow of reading on one screen: file → document of grids → named cells → joined rows → form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError, FormError, ReadError
from evidencereview.readers.assemble import assemble
from evidencereview.readers.choices import fold_choices
from evidencereview.readers.cleaning import clean, harmless
from evidencereview.readers.csv_tsv import delimiter_of, read_separated
from evidencereview.readers.decoding import decode
from evidencereview.readers.finish import finish
from evidencereview.readers.grid import Document, Grid, Loose, Meter, over_limit
from evidencereview.readers.layout import lay_out
from evidencereview.readers.rows_io import read_rows, unknown_keys
from evidencereview.readers.source import Source, kind_of, name_disagrees, open_source
from evidencereview.readers.stated_date import stated_date
from evidencereview.readers.tableless import rebuild
from evidencereview.readers.tally import Tally
from evidencereview.readers.text import read_text
from evidencereview.readers.text_kind import kind_of_text
from evidencereview.records import Form, Row


def read_form(path: Path, limits: Limits = Limits(), *, expected: Sequence[str] = ()) -> Form:  # noqa: B008 (frozen)
    """Read a self-assessment form from a file of any supported format.

    Args:
        path: text, CSV or TSV, Word (.docx), Excel (.xlsx), or JSON lines of rows; told apart by content.
        limits: caps on size, rows, cells and time.
        expected: the numbers of the edition in printed order, where known; they help to infer lost ones.

    Returns:
        The rows in printed order, and notes on every piece of text that is in none of them.

    Raises:
        ReadError: the file cannot be read; the message says what to do.
        LimitError: it is over one of the limits; the message names it.
        FormError: it was read, but no row of a form was found in it.
    """
    path = Path(path)
    try:
        return _read(open_source(path, limits), limits, expected)
    except EvidenceReviewError as error:
        if path.name in error.what:
            raise
        # A reader knows the place in the file, but not its name.
        raise type(error)(f"{path.name}: {error.what}", error.remedy) from error
    except Exception as error:  # whatever a library raises on a damaged file, the user gets one plain line
        remedy = "open it in the program that made it, save it anew, and try again"
        raise ReadError(f"{path.name}: is damaged and cannot be read ({type(error).__name__})", remedy) from error


def _read(source: Source, limits: Limits, expected: Sequence[str]) -> Form:
    tally, meter = Tally(), Meter(limits)
    kind = kind_of(source, limits)
    text = decode(source.data, source.name, tally) if kind == "text" else ""
    if kind == "text":
        _check_lines(text, source.name, limits)
        kind = kind_of_text(text, source.name)
    if name_disagrees(source.path, kind):
        tally.add("name-disagrees", f"the name {source.name} promises another format; by its content it is {kind}")
    if kind == "jsonl":
        return _form_of_rows(text, source, meter, tally)
    document = rebuild(_open(kind, text, source, meter), meter)
    if not any(isinstance(block, Grid) for block in document.blocks):
        raise _no_form(source.name)
    document = fold_choices(clean(document, tally))
    laid = list(lay_out(document))
    drafts = assemble(laid, tally, expected)
    rows = finish(drafts, source.path.stem, tally)
    if not rows:
        raise _no_form(source.name)
    # Titles may stand in the table itself (a sheet has nowhere else for them).
    loose = [item.text for item in laid if isinstance(item, Loose)]
    notes = (*document.notes, *tally.notes())
    return Form(source.path.stem, kind, source.sha256, rows, notes, stated_date=stated_date(loose))


def _check_lines(text: str, name: str, limits: Limits) -> None:
    # Each line costs an object or two, so a file of line ends alone would fill the memory.
    lines = text.count("\n")
    if lines > limits.cells:
        raise over_limit("cells", limits.cells, f"{name}: {lines} lines of text")


def _open(kind: str, text: str, source: Source, meter: Meter) -> Document:
    # Word, Excel and web libraries are slow to import, so each is only imported for a file of its kind.
    if kind == "docx":
        from evidencereview.readers.word import read_word

        return read_word(source.data, meter)
    if kind == "xlsx":
        from evidencereview.readers.excel import read_excel

        return read_excel(source.data, meter)
    if kind == "html":
        from evidencereview.readers.web import read_page

        return read_page(text, source.name, meter)
    readers: dict[str, Callable[[], Document]] = {
        "text": lambda: read_text(text, meter),
        "csv": lambda: read_separated(text, delimiter_of(text), meter),
        "tsv": lambda: read_separated(text, "\t", meter),
    }
    return readers[kind]()


def _no_form(name: str) -> FormError:
    what = f"{name}: no self-assessment table was found in it"
    return FormError(
        what, "check that it is the right file; rows need a provision number, an answer and evidence in columns"
    )


def _form_of_rows(text: str, source: Source, meter: Meter, tally: Tally) -> Form:
    rows = tuple(_plain_row(row, meter, tally) for row in read_rows(text))
    if not rows:
        raise _no_form(source.name)
    names = {row.form for row in rows if row.form}
    if len(names) > 1:
        raise FormError(f"{source.name}: holds rows of {len(names)} forms", "put each form into a file of its own")
    extra = unknown_keys(text)
    if extra:
        tally.add("unknown-keys", "keys that rows do not have were passed over: " + ", ".join(extra))
    name = names.pop() if names else source.path.stem
    rows = tuple(replace(row, form=name) for row in rows)
    return Form(name, "jsonl", source.sha256, rows, tally.notes())


def _plain_row(row: Row, meter: Meter, tally: Tally) -> Row:
    where = f"row {row.order}"
    meter.row((row.requirement, row.answer_raw, row.evidence, row.commentary), where)
    return replace(
        row,
        requirement=harmless(row.requirement, tally, where),
        answer_raw=harmless(row.answer_raw, tally, where),
        evidence=harmless(row.evidence, tally, where),
        commentary=harmless(row.commentary, tally, where),
    )
