"""Builds Word files from raw markup, so that a test can make any shape that Word makes; and weighs what was read."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from evidencereview.config import Limits
from evidencereview.readers import reading
from evidencereview.readers.grid import Document, Loose, Meter
from evidencereview.readers.tableless import rebuild
from evidencereview.readers.tally import Tally
from evidencereview.readers.visible import visible
from evidencereview.readers.word import read_word
from evidencereview.readers.word_visible import visible_characters

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ROOTS = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes",
         "header": "hdr", "footer": "ftr", "comments": "comments"}  # fmt: skip


def r(text: str, look: str = "") -> str:
    """Return a run; `look` is the inside of its properties."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(inside: str = "", look: str = "") -> str:
    """Return a paragraph; plain text becomes a run."""
    inside = inside if inside.startswith("<") or not inside else r(inside)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{inside}</w:p>"


def tc(inside: str = "", look: str = "") -> str:
    """Return a table cell; each line of a plain text becomes a paragraph."""
    inside = inside if inside.startswith("<") else "".join(p(line) for line in inside.split("\n"))
    return f"<w:tc>{f'<w:tcPr>{look}</w:tcPr>' if look else ''}{inside}</w:tc>"


def tr(*cells: str, look: str = "") -> str:
    """Return a table row of cells, given as text or as ready cells (a cell in a control too)."""
    ready = "".join(cell if cell.startswith(("<w:tc>", "<w:sdt>", "<w:customXml")) else tc(cell) for cell in cells)
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{ready}</w:tr>"


def tbl(*rows: str) -> str:
    """Return a table of ready rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def sdt(inside: str, settings: str = "") -> str:
    """Return a content control."""
    return f"<w:sdt><w:sdtPr>{settings}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def field(code: str, result: str) -> str:
    """Return a complex field; code and result are ready runs or plain text."""
    inside = code if code.startswith("<") else f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    shown = result if result.startswith("<") else r(result)
    return mark.format("begin") + inside + mark.format("separate") + shown + mark.format("end")


def listed(number: int, level: int = 0) -> str:
    """Return the property that makes a paragraph an item of a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(place: int, how: str, text: str, more: str = "", start: int = 1) -> str:
    """Return one level of a list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: Sequence[str], more: str = "") -> str:
    """Return the inside of a numbering part: list 1 has the first levels, list 2 the second, and so on."""
    base = "".join(f'<w:abstractNum w:abstractNumId="{n}">{"".join(ls)}</w:abstractNum>' for n, ls in enumerate(levels, 1))
    return base + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(levels) + 1)
    ) + more  # fmt: skip


def word_file(body: str, links: dict[str, str] | None = None, main: str = MAIN, **parts: str) -> bytes:
    """Return a Word file with this body; `parts` are insides of further parts, `links` targets by their id."""
    members = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="x"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    entries = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/hyperlink" Target="{escape(to)}" TargetMode="External"/>'
        for key, to in (links or {}).items()
    )
    for name, inside in parts.items():
        members[f"word/{name}.xml"] = f"<w:{ROOTS[name]} {SPACES}>{inside}</w:{ROOTS[name]}>"
        entries += f'<Relationship Id="p-{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def texts_of(document: Document) -> list[str]:
    """Return the texts of all blocks; headings that the reader put above rows have no place in the file."""
    rows = [
        block.text if isinstance(block, Loose) else [c for row in block.rows if row.where for c in row.cells]
        for block in document.blocks
    ]
    return [text for row in rows for text in ([row] if isinstance(row, str) else row)]


class _Remembering(Tally):
    """A tally that keeps every text whole, so that a test can weigh it."""

    texts: list[str]

    def add(self, kind: str, text: str, where: str = "", characters: int = 0) -> None:
        self.texts.append(text)
        super().add(kind, text, where, characters)

    def gather(self, kind: str, text: str, where: str, characters: int | None = None) -> None:
        self.texts.append(text)
        super().gather(kind, text, where, characters)


def read_and_weigh(path: Path, monkeypatch):
    """Read a form and hold the file against it: what it shows stands in the grids or notes, and on in rows or notes."""
    document = read_word(path.read_bytes(), Meter(Limits()))
    assert document.visible == visible_characters(path)
    assert "unread-text" not in {note.kind for note in document.notes}
    for read in (document, rebuild(document, Meter(Limits()))):
        assert read.visible + read.added == visible(*texts_of(read)) + read.noted
    _Remembering.texts = []
    monkeypatch.setattr(reading, "Tally", _Remembering)
    form = reading.read_form(path)
    document = read
    held = [part for row in form.rows for part in (row.provision or "", row.requirement, row.answer_raw, row.text)]
    missing = _letters(texts_of(document)) - _letters(held) - _letters(_Remembering.texts)
    assert not missing, f"in no row and no note: {''.join(missing.elements())!r}"
    return form


def _letters(texts: Sequence[str]) -> Counter[str]:
    return Counter(letter for text in texts for letter in text if not letter.isspace())
