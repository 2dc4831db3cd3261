"""A form as a new Word document: its name and a table of its rows, to which comments can be put."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree

from evidencereview.records import Form
from evidencereview.report.docx_align import shown
from evidencereview.report.docx_package import W
from evidencereview.report.wording import counted

HEADINGS = ("Provision", "Requirement", "Answer", "Evidence", "Commentary")
# Twentieths of a point: A4 turned on its side, less the margins, shared out.
_WIDTHS = (1300, 4000, 1100, 4900, 3500)
_PAGE, _MARGIN = (16838, 11906), 1000


def form_as_word(form: Form) -> bytes:
    """Return the rows of a form in printed order as a Word file; what hides in a text is made visible."""
    # python-docx is slow to import, so only for this.
    import docx

    document: Any = docx.Document()
    section = document.sections[0]._sectPr
    for name, values in (
        ("pgSz", {"w": _PAGE[0], "h": _PAGE[1], "orient": "landscape"}),
        ("pgMar", dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)),
    ):
        for key, value in values.items():
            section.find(W + name).set(W + key, str(value))
    document.styles["Normal"].font.size = docx.shared.Pt(9)
    document.add_heading(_words(form.name), level=1)
    commented = "This document was made from the form's text; the form itself was not a Word file."
    document.add_paragraph(shown(f"{commented} {counted(len(form.rows), 'row')} were read."))
    table = document.add_table(0, len(HEADINGS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid, _WIDTHS, strict=True):
        column.set(W + "w", str(width))
    _add_row(table._tbl, HEADINGS, heading=True)
    for row in sorted(form.rows, key=lambda row: row.order):
        _add_row(table._tbl, (row.number, row.requirement, row.answer_raw, row.evidence, row.commentary))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_row(table: Any, texts: tuple[str, ...], *, heading: bool = False) -> None:
    # Written as elements: adding rows by the library is quadratic.
    row = _sub(table, "tr")
    if heading:
        _sub(_sub(row, "trPr"), "tblHeader")
    for text, width in zip(texts, _WIDTHS, strict=True):
        cell = _sub(row, "tc")
        _sub(_sub(cell, "tcPr"), "tcW", {"w": str(width), "type": "dxa"})
        for line in shown(text).split("\n"):
            run = _sub(_sub(cell, "p"), "r")
            if heading:
                _sub(_sub(run, "rPr"), "b")
            for place, piece in enumerate(line.split("\t")):
                if place:
                    _sub(run, "tab")
                written = _sub(run, "t")
                written.text = piece
                written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _words(text: str) -> str:
    return " ".join(shown(text).split())


def _sub(parent: Any, name: str, attributes: dict[str, str] | None = None) -> Any:
    return etree.SubElement(parent, W + name, {W + key: value for key, value in (attributes or {}).items()})
