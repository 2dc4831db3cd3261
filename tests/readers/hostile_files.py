"""Files that are no form, or a form made to hurt: each is built here, so that none lies in the repository."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable

import docx
import openpyxl

HEAD = ["Code provision", "Code requirement", "Comply", "Evidence", "Commentary"]
ROWS = [[f"5.{n}", f"We must do thing {n}.", "Yes", f"Log {n}.", "Kept."] for n in range(1, 13)]
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
TYPES = "[Content_Types].xml"
MAIN = "application/vnd.openxmlformats-officedocument."
WORD = f"{MAIN}wordprocessingml.document.main+xml"
EXCEL = f"{MAIN}spreadsheetml.sheet.main+xml"
ODF = "application/vnd.oasis.opendocument."


def zipped(members: dict[str, bytes | str], stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def book(change: Callable[[openpyxl.Workbook], object] = lambda book: None) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in [HEAD, *ROWS]:
        made.active.append(row)
    change(made)
    made.save(out)
    return out.getvalue()


def word() -> bytes:
    made, out = docx.Document(), io.BytesIO()
    grid = made.add_table(0, 5)
    for row in [HEAD, *ROWS]:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    made.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed; the part is made where it is not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    return zipped(dict(parts))


def locked(data: bytes) -> bytes:
    """The archive with the mark of a password on every member."""
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(mark)
        while start >= 0:
            made[start + place] |= 1
            start = made.find(mark, start + 1)
    return bytes(made)


def table(rows: str) -> bytes:
    head = "".join(f"<th>{cell}</th>" for cell in HEAD)
    return f"<!doctype html><html><body><table><tr>{head}</tr>{rows}</table></body></html>".encode()


def laughs(root: str) -> bytes:
    steps = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<?xml version='1.0'?><!DOCTYPE {root} [<!ENTITY a0 'ha'>{steps}]><{root}>&a9;</{root}>".encode()


SHEET, BOOK, BODY = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "word/document.xml"
LINE = "\t".join(ROWS[0])
TEXT = "\n".join("\t".join(row) for row in [HEAD, *ROWS])
CSV = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEAD, *ROWS])
NO_FORM = "no self-assessment table was found"
DAMAGED = "truncated or damaged"
UNREADABLE = "is damaged and cannot be read"
DOCTYPE = "declares a document type, which Office never does"

# What the file is · how it is built · what its message says (a regular expression).
HOSTILE: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    # nothing in it
    ("empty", lambda: b"", "is empty"),
    ("white space", lambda: b"\n\r\t  " * 100, "is empty"),
    ("zeros", lambda: b"\0" * 5000, "is empty"),
    ("a byte-order mark alone", lambda: b"\xef\xbb\xbf", "is empty"),
    ("a wide byte-order mark alone", lambda: b"\xff\xfe", "is empty"),
    ("empty workbook", lambda: book(lambda b: b.active.delete_rows(1, 99)), NO_FORM),
    ("empty document", lambda: with_part(word(), BODY, lambda _: b"<w:document xmlns:w='x'/>"), UNREADABLE),
    ("page without text", lambda: b"<!doctype html><html><body></body></html>", NO_FORM),
    ("headings and no rows", lambda: ("\t".join(HEAD) + "\n").encode(), NO_FORM),
    # another thing altogether
    ("letter", lambda: b"Dear all, the meeting is at noon.\n" * 50, NO_FORM),
    ("random bytes", lambda: bytes(range(256)) * 40, "is a binary file, not a text"),
    ("picture", lambda: b"\x89PNG\r\n\x1a\n" + b"\1" * 50, r"a picture \(PNG\).*ask for the form as Word"),
    ("photograph", lambda: b"\xff\xd8\xff\xe0" + b"\1" * 50, r"a picture \(JPEG\)"),
    ("photograph of a telephone", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "a photograph or film"),
    ("scan", lambda: b"II*\x00" + b"\1" * 50, r"a picture \(TIFF\)"),
    ("program", lambda: b"MZ\x90\0" + b"\1" * 50, "is a program"),
    ("database", lambda: b"SQLite format 3\0" + b"\1" * 99, r"database \(SQLite\).*as CSV"),
    ("shortcut", lambda: b"L\0\0\0\x01\x14\x02\0" + b"\1" * 99, "a shortcut.*give the file that it points to"),
    ("link of a browser", lambda: b"[InternetShortcut]\nURL=https://x.example/\n", "a link and not the form"),
    ("Google shortcut", lambda: b'{"url": "https://docs.google.com/d/1", "doc_id": "1"}', "download it as Word"),
    ("e-mail", lambda: b"Received: by x\nFrom: a@x.example\nSubject: Form\n\nHello", "an e-mail.*attached"),
    ("web archive", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", r"\(\.mht\)"),
    ("settings in XML", lambda: b"<?xml version='1.0'?><settings/>", "an XML file"),
    ("Excel of 2003", lambda: b"<?xml version='1.0'?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
     "of 2003 in XML"),
    ("JSON as one list", lambda: json.dumps([{"provision": "1.2"}]).encode(), "JSON as one list.*one object a line"),
    ("JSON of something else", lambda: b'{"form": 1}\n', "line 1: 'requirement' must be given"),
    ("broken JSON", lambda: b'{"form": "x", \n', "line 1 is no JSON"),
    ("JSON nested deep", lambda: b'{"a":' * 50_000, "line 1 is no JSON"),
    ("PostScript", lambda: b"%!PS-Adobe-3.0\n", "PostScript"),
    # old formats, each with how to save it
    ("old Word", lambda: OLE + "WordDocument".encode("utf-16-le"),
     r"old Word file \(\.doc\).*in Word and save it as \.docx"),
    ("old Excel", lambda: OLE + "Workbook".encode("utf-16-le"), r"old Excel file \(\.xls\).*in Excel and save it as \.xlsx"),
    ("old presentation", lambda: OLE + "PowerPoint Document".encode("utf-16-le"), r"\(\.ppt\)"),
    ("mail of Outlook", lambda: OLE + "__substg1.0_0037".encode("utf-16-le"), r"\(\.msg\).*attached"),
    ("old file of an unknown kind", lambda: OLE, "an old Office or mail file"),
    ("rich text", lambda: b"{\\rtf1\\ansi 1.2\\tab Yes}", r"\(\.rtf\).*in Word and save it as \.docx"),
    ("WordPerfect", lambda: b"\xffWPC" + b"\1" * 99, r"\(\.wpd\)"),
    ("OpenDocument text", lambda: zipped({"mimetype": ODF + "text"}), r"\(\.odt\).*save it as \.docx"),
    ("OpenDocument table", lambda: zipped({"mimetype": ODF + "spreadsheet"}), r"\(\.ods\).*save it as \.xlsx"),
    ("Apple Pages", lambda: zipped({"Index/Document.iwa": "x"}), "Pages.*Export To, Word"),
    ("Apple Numbers", lambda: zipped({"Index/Tables/Tile.iwa": "x"}), "Numbers.*Export To, Excel"),
    ("presentation", lambda: zipped({TYPES: "<Types/>", "ppt/presentation.xml": "x"}), r"\(\.pptx\)"),
    ("binary Excel", lambda: zipped({TYPES: "<Types/>", "xl/workbook.bin": "x"}), r"\(\.xlsb\).*save it as \.xlsx"),
    ("Word template without its text", lambda: zipped({TYPES: f"{MAIN}wordprocessingml.template.main+xml"}), "damaged"),
    ("electronic book", lambda: zipped({"mimetype": "application/epub+zip"}), r"\(\.epub\)"),
    ("Excel in strict form", lambda: with_part(book(), BOOK, lambda b: b.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")),
     "Strict Open XML.*plain Excel"),
    # archives
    ("zip of other files", lambda: zipped({"form.docx": word()}), r"holds other files \('form.docx'\).*unpack it"),
    ("zip of anything", lambda: zipped({"a.bin": "x"}), "a zip archive that is no Office file"),
    ("empty zip", lambda: b"PK\x05\x06" + b"\0" * 18, "an empty or split zip"),
    ("start of a zip", lambda: b"PK\x03\x04" + b"\0" * 200, DAMAGED),
    ("gzip bomb", lambda: gzip.compress(b"\0" * 20_000_000), r"\(gzip\).*unpack it"),
    ("other archive", lambda: b"7z\xbc\xaf\x27\x1c" + b"\1" * 50, r"\(7z\)"),
    ("tar", lambda: b"form.docx" + b"\0" * 248 + b"ustar" + b"\0" * 250, r"\(tar\)"),
    ("zip bomb as Word", lambda: zipped({TYPES: WORD, BODY: b"\0" * 210_000_000}), "inflated_bytes = 200000000"),
    ("zip bomb as Excel", lambda: zipped({TYPES: EXCEL, **{f"xl/s{n}.xml": b" " * 30_000_000 for n in range(7)}}),
     "inflated_bytes = 200000000"),
    ("zip of many members", lambda: zipped({TYPES: WORD, **{f"m{n}": "" for n in range(5001)}}, stored=True),
     "zip_members = 5000"),
    # Word and Excel, broken or made to hurt
    ("Word cut short", lambda: word()[:-500], DAMAGED),
    ("Excel cut in the middle", lambda: book()[:3000], DAMAGED),
    ("Word with a password on its parts", lambda: locked(word()), "protected with a password; open it, remove"),
    ("Excel with a password", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
    ("Word that says it is one", lambda: zipped({TYPES: WORD}), UNREADABLE),
    ("Excel that says it is one", lambda: zipped({TYPES: EXCEL}), UNREADABLE),
    ("Excel without its sheets", lambda: with_part(book(), SHEET, lambda _: b"<worksheet/>"), f"{NO_FORM}|{UNREADABLE}"),
    ("Excel with half a sheet", lambda: with_part(book(), SHEET, lambda b: b[: len(b) // 2]), UNREADABLE),
    ("billion laughs in Word", lambda: with_part(word(), BODY, lambda _: laughs("x")), DOCTYPE),
    ("billion laughs in Excel", lambda: with_part(book(), "xl/sharedStrings.xml", lambda _: laughs("sst")), DOCTYPE),
    ("a file of the machine in Excel", lambda: with_part(book(), BOOK, lambda b: b.replace(
        b"<workbook", b"<!DOCTYPE w [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><workbook")), DOCTYPE),

    ("wide document type in Excel", lambda: with_part(book(), SHEET, lambda _: laughs("x").decode().encode("utf-16")),
     DOCTYPE),
    ("Excel of many cells", lambda: with_part(book(), SHEET, lambda b: b.replace(
        b"</sheetData>", b"<row>" + b"<c/>" * 700_000 + b"</row></sheetData>")), "cells = 200000"),
    ("Excel of many rows", lambda: book(lambda b: [b.active.append(["5.1", "x", "Yes", "y", "z"]) for _ in range(5001)]),
     "rows = 5000"),
    ("Excel with a cell of a novel", lambda: with_part(book(), SHEET, lambda b: b.replace(
        b"</row>", b'<c r="F1" t="inlineStr"><is><t>' + b"x" * 200_000 + b"</t></is></c></row>", 1)),
     "cell_characters = 100000"),
    # web pages
    ("page nested deep", lambda: b"<html>" + b"<div>" * 100_000 + b"x", "nested more than 2000 deep"),
    ("tables in tables", lambda: b"<html>" + b"<table><tr><td>" * 600 + b"x", NO_FORM),
    ("page of wide cells", lambda: table("<tr><td colspan=99999>5.1</td></tr>" * 300), "cells = 200000"),
    ("page of tall cells", lambda: table("<tr><td rowspan=65000 colspan=900>5.1</td><td>Yes</td></tr>" * 300),
     "cells = 200000"),
    ("page of many rows", lambda: table("<tr><td>5.1<td>x<td>Yes<td>y<td>z" * 5001), "rows = 5000"),
    ("page with a cell of a novel", lambda: table(f"<tr><td>5.1<td>x<td>Yes<td>{'y' * 150_000}<td>z"),
     "cell_characters = 100000"),
    ("page of empty paragraphs", lambda: b"<html>" + b"<p></p>" * 100_000, NO_FORM),
    ("page of tags", lambda: b"<html>" + b"<b>" * 2_000_000, "a page of 2000001 tags: over the limit cells = 200000"),
    ("page of open tags", lambda: b"<html><table " + b"a='" * 200_000, NO_FORM),
    ("page of entities", lambda: laughs("html").replace(b"<?xml version='1.0'?>", b""), NO_FORM),
    # text and separated values
    ("text of many rows", lambda: (TEXT + ("\n" + LINE) * 5001).encode(), "rows = 5000"),
    ("text of many cells", lambda: (TEXT + ("\n" + "\t" * 3000) * 100).encode(), "cells = 200000"),
    ("values with a quote that never ends", lambda: (CSV.replace('"Log 3."', '"Log 3.') + "x" * 150_000).encode(),
     "cell_characters"),
    ("values with a cell of a novel", lambda: CSV.replace("Log 2.", "x" * 120_000).encode(), "cell_characters = 100000"),
    ("line without end", lambda: b"a" * 8_000_000, NO_FORM),
    ("too large a file", lambda: b"a" * 25_000_001, "file_bytes = 25000000"),
    ("bars alone", lambda: b"|" * 2_000_000, f"{NO_FORM}|cells = 200000"),
    ("commas alone", lambda: (b"," * 5000 + b"\n") * 400, f"{NO_FORM}|cells = 200000"),
    ("ruled lines alone", lambda: b"+----+----+\n" * 60_000, NO_FORM),
    ("stars alone", lambda: b"|---|---|\n" + b"*" * 300_000 + b"\n| " + b"**a " * 20_000 + b" | b | c |", NO_FORM),
    ("numbers alone", lambda: "\n".join(f"{s}.{n}" for s in range(1, 99) for n in range(1, 99)).encode(), "rows = 5000"),
    ("answers alone", lambda: b"Yes\nNo\n" * 15_000, NO_FORM),
    ("blank lines below a number", lambda: b"1.2\n" + b"\n" * 60_000 + b"Evidence", NO_FORM),
    ("line ends alone", lambda: b"1.2" + b"\n" * 20_000_000 + b"x", "20000000 lines of text: over the limit cells = 200000"),
    ("blank cells of a narrow table", lambda: b"<html><table>" + b"<tr><td colspan=1000>5.1</td></tr>" * 150, NO_FORM),
    ("labels alone", lambda: b"Evidence: x\nComply: Yes\n" * 15_000, NO_FORM),
)  # fmt: skip
