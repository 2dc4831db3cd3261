"""The flow of reading on one screen: file → document of grids → named cells → joined rows → form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError, FormError, ReadError
from evidencereview.readers.answers import is_answer
from evidencereview.readers.assemble import assemble
from evidencereview.readers.choices import fold_choices
from evidencereview.readers.cleaning import clean, harmless
from evidencereview.readers.csv_tsv import delimiter_of, read_separated
from evidencereview.readers.decoding import decode
from evidencereview.readers.finish import finish
from evidencereview.readers.folder import is_folder, open_folder
from evidencereview.readers.grid import Document, Loose, Meter, over_limit
from evidencereview.readers.interleaved.form import MANY_ROWS, form_of_text
from evidencereview.readers.layout import lay_out
from evidencereview.readers.lending import lend
from evidencereview.readers.opened import Opened
from evidencereview.readers.rows_io import SHOWN_KEYS, read_rows, unknown_keys, visible_values
from evidencereview.readers.several import refuse_two_forms
from evidencereview.readers.source import Source, kind_of, name_disagrees, open_source
from evidencereview.readers.stated_date import stated_date
from evidencereview.readers.tableless import rebuild
from evidencereview.readers.tally import Tally
from evidencereview.readers.text import read_text
from evidencereview.readers.text_kind import kind_of_text
from evidencereview.readers.visible import visible_of
from evidencereview.readers.wording import Edition, Wording, wording_of
from evidencereview.records import Form, Row


def read_form(
    path: Path,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    *,
    expected: Sequence[str] = (),
    requirements: Path | None = None,
    edition: str = "",
    provisions: Path | None = None,
) -> Form:
    """Read a self-assessment form from a file of any supported format, or from a folder whose files are its pages.

    Args:
        path: text, CSV or TSV, Word (.docx), Excel (.xlsx), PDF, or JSON lines of rows; told apart by content.
        limits: caps on size, rows, cells and time.
        expected: the numbers of the edition in printed order, where known; they help to infer lost ones.
        requirements: another form or rows file of the same edition; it lends its wording of the requirements where this
            one prints none, mixes it with the evidence, or has its columns interleaved.
        edition: the edition of the Code, where it is known; only interleaved text and lent wording ask for it.
        provisions: a pack of another regulator's provisions, in the place of an edition.

    Returns:
        The rows in printed order, and notes on every piece of text that is in none of them.

    Raises:
        ReadError: the file cannot be read; the message says what to do.
        LimitError: it is over one of the limits; the message names it.
        FormError: it was read, but no row of a form was found in it, or more than one form; or `requirements` has no
            wording to lend.
        EditionError: the edition is not known, or `requirements` prints another one.
    """
    named = Edition(edition, provisions)
    wording = None
    if requirements is not None:
        lender = Path(requirements)
        wording = wording_of(_guarded(lender, limits, (), named, None), lender.name, named.pack())
    return _guarded(Path(path), limits, expected, named, wording)


def _guarded(path: Path, limits: Limits, expected: Sequence[str], named: Edition, wording: Wording | None) -> Form:
    try:
        return _read(path, limits, expected, named, wording)
    except EvidenceReviewError as error:
        if path.name in error.what:
            raise
        # A reader knows the place in the file, but not its name.
        raise type(error)(f"{path.name}: {error.what}", error.remedy) from error
    except Exception as error:  # whatever a library raises on a damaged file, the user gets one plain line
        remedy = "open it in the program that made it, save it anew, and try again"
        raise ReadError(f"{path.name}: is damaged and cannot be read ({type(error).__name__})", remedy) from error


def _read(path: Path, limits: Limits, expected: Sequence[str], named: Edition, wording: Wording | None) -> Form:
    tally, meter = Tally(), Meter(limits)
    if is_folder(path):
        opened = open_folder(path, limits, tally, lambda page: _open_file(page, limits, meter, tally))
    else:
        opened = _open_file(path, limits, meter, tally)
    if opened.document is None:
        form = _form_of_rows(opened.text, opened.source, meter, tally)
    else:
        form = _form_of_document(opened, opened.document, expected, meter, tally, (named, wording))
    return lend(form, wording, named.pack(), meter) if wording is not None else form


def _open_file(path: Path, limits: Limits, meter: Meter, tally: Tally) -> Opened:
    source = open_source(path, limits)
    kind = kind_of(source, limits)
    text = decode(source.data, source.name, tally) if kind == "text" else ""
    if kind == "text":
        _check_lines(text, source.name, limits)
        kind = kind_of_text(text, source.name)
    if name_disagrees(source.path, kind):
        tally.add("name-disagrees", f"the name {source.name} promises another format; by its content it is {kind}")
    return Opened(source, kind, text, None if kind == "jsonl" else rebuild(_open(kind, text, source, meter), meter))


def _form_of_document(
    opened: Opened,
    document: Document,
    expected: Sequence[str],
    meter: Meter,
    tally: Tally,
    known: tuple[Edition, Wording | None],
) -> Form:
    source, name = opened.source, opened.source.path.stem
    plain = fold_choices(clean(document, tally))
    laid = list(lay_out(plain))
    drafts = assemble(laid, tally, expected)
    if opened.text and len(drafts) < MANY_ROWS:
        form = form_of_text(opened.text, source, len(drafts), meter, known)
        if form is not None:
            return form
    refuse_two_forms([draft.number for draft in drafts], [draft.where for draft in drafts], source.name)
    rows = finish(drafts, name, tally)
    if not any(row.text or (row.requirement and not is_answer(row.requirement)) for row in rows):
        raise _no_form(source.name)
    # Titles may stand in the table itself (a sheet has nowhere else for them).
    loose = [item.text for item in laid if isinstance(item, Loose)]
    notes = (*document.notes, *tally.notes())
    return Form(name, opened.kind, source.sha256, rows, notes, stated_date=stated_date(loose), visible=visible_of(document))


def _check_lines(text: str, name: str, limits: Limits) -> None:
    # Each line costs an object or two, so a file of line ends alone would fill the memory.
    lines = text.count("\n")
    if lines > limits.cells:
        raise over_limit("cells", limits.cells, f"{name}: {lines} lines of text")


def _open(kind: str, text: str, source: Source, meter: Meter) -> Document:
    data = source.data
    # Word, Excel, PDF and web libraries are slow to import, so each is only imported for a file of its kind.
    if kind == "pdf":
        from evidencereview.readers.pdf import read_pdf

        return read_pdf(data, source.name, meter)
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
        words = "keys that rows do not have were passed over: " + ", ".join(extra)
        tally.add("unknown-keys", words, characters=visible_values(text, extra))
    name = names.pop() if names else source.path.stem
    rows = tuple(replace(row, form=name) for row in rows)
    refuse_two_forms([row.number for row in rows], [f"row {row.order}" for row in rows], source.name)
    return Form(name, "jsonl", source.sha256, rows, tally.notes(), visible=visible_values(text, (*SHOWN_KEYS, *extra)))


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
