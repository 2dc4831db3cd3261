"""Looks into a workbook's archive beside its cells: how many there are, what floats over them, what can be saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from evidencereview.readers.grid import Meter, over_limit
from evidencereview.readers.tally import Tally

_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_TEXT = re.compile(rb"<a:t(?: [^>]*)?>([^<]{1,2000})</a:t>")
_BLANK_SHARE = 3  # cells that are formatted and blank cost time too, if less
_SHEET = "xl/worksheets/"
_KEPT = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:_rels/)?workbook\.xml(?:\.rels)?|xl/sharedStrings\.xml", re.I)


def count_cells(data: bytes, meter: Meter) -> bool:
    """Refuse a workbook with too many cells before a library builds them; tell whether it has formulas.

    Raises:
        LimitError: over the cap on cells.
    """
    cells, formulas = 0, False
    for _, part in _parts(data, _SHEET):
        cells += sum(1 for _ in _CELL.finditer(part))
        formulas = formulas or _FORMULA.search(part) is not None
        if cells > _BLANK_SHARE * meter.limits.cells:
            raise over_limit("cells", meter.limits.cells, f"a workbook of more than {cells} cells, most of them blank")
        meter.tick()
    return formulas


def note_floating(data: bytes, tally: Tally) -> None:
    """Note what stands over the cells and is in none of them: text boxes, pictures, form fields."""
    for name, part in _parts(data, "xl/drawings/"):
        if name.endswith(".xml"):
            for found in _TEXT.finditer(part):
                tally.gather("text-box", found[1].decode("utf-8", "replace"), name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    pictures = sum(name.startswith("xl/media/") for name in names)
    fields = sum(name.startswith("xl/ctrlProps/") for name in names)
    if pictures:
        tally.count("picture", "pictures stand over the cells; what they show was not read", pictures)
    if fields:
        tally.count("form-field", "form fields float over the cells; what is ticked in them was not read", fields)


def bare_workbook(data: bytes) -> bytes:
    """Return the workbook with its cells alone, for a library that stumbles over what stands around them.

    Raises:
        ValueError: not even the cells are whole.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as bare:
        for name in archive.namelist():
            if name.startswith(_SHEET) and name.endswith(".xml"):
                bare.writestr(name, _only(archive.read(name), b"worksheet", (b"cols", b"sheetData")))
            elif name.lower() == "xl/workbook.xml":
                bare.writestr(name, _only(archive.read(name), b"workbook", (b"sheets",)))
            elif _KEPT.fullmatch(name):
                bare.writestr(name, archive.read(name))
    return out.getvalue()


def _only(part: bytes, root: bytes, children: tuple[bytes, ...]) -> bytes:
    """Return a part with its root and the named children alone; cells lose their style."""
    opened = re.search(rb"<((?:\w+:)?)" + root + rb"\b[^>]*>", part)
    if opened is None:
        raise ValueError("no root")
    kept = b""
    for child in children:
        start, end = part.find(b"<" + opened[1] + child), part.rfind(b"</" + opened[1] + child + b">")
        if 0 <= start < end:
            kept += part[start : end + len(child) + len(opened[1]) + 3]
        elif child in (b"sheetData", b"sheets") and b"<" + opened[1] + child + b"/>" not in part:
            raise ValueError("no whole cells")
    kept = re.sub(rb"(<(?:\w+:)?(?:c|row|col)\b[^>]*?) (?:s|style)=\"\d*\"", rb"\1", kept)
    return opened[0] + kept + b"</" + opened[1] + root + b">"


def _parts(data: bytes, folder: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(folder):
                yield name, archive.read(name)
