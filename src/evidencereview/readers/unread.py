"""Formats that are known and not read: by what each is recognised, and how its owner can save it so that it is."""

from __future__ import annotations

from collections.abc import Collection

from evidencereview.errors import ReadError

SAVE = "open it in the program that made it and save it as Word (.docx) or Excel (.xlsx)"
_UNPACK = "unpack it and give the form that is in it"
_PICTURE = "ask for the form as Word or Excel, or have a program recognise its text and save that as .docx"
_PASSWORD = "open it, remove the password, and save it again"
_UNLOCKED = "is protected with a password"

# How a file begins; what it is; what to do.
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "a rich-text file (.rtf)", "open it in Word and save it as .docx"),
    (b"\x89PNG", "a picture (PNG)", _PICTURE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
    (b"GIF8", "a picture (GIF)", _PICTURE),
    (b"II*\x00", "a picture (TIFF)", _PICTURE),
    (b"MM\x00*", "a picture (TIFF)", _PICTURE),
    (b"\x1f\x8b", "a compressed archive (gzip)", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a compressed archive (7z)", _UNPACK),
    (b"Rar!", "a compressed archive (RAR)", _UNPACK),
    (b"BZh", "a compressed archive (bzip2)", _UNPACK),
    (b"\xfd7zXZ\x00", "a compressed archive (xz)", _UNPACK),
    (b"\x7fELF", "a program", SAVE),
    (b"MZ\x90", "a program", SAVE),
    (b"SQLite format 3\x00", "a database (SQLite)", "export the table as CSV"),
    (b"\x00\x01\x00\x00Standard ", "a database (Access)", "export the table as Excel (.xlsx) or CSV"),
    (b"\xffWPC", "a WordPerfect file (.wpd)", "open it in LibreOffice and save it as .docx"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut (.lnk) and not the form", "give the file that it points to"),
    (b"bplist00", "an Apple property list", SAVE),
)
# Marks further in: where, what stands there, what it is, what to do.
_MARKS: tuple[tuple[int, bytes, str, str], ...] = (
    (257, b"ustar", "an archive (tar)", _UNPACK),
    (8, b"WEBP", "a picture (WebP)", _PICTURE),
    (4, b"ftyp", "a photograph or film", _PICTURE),
)
# Streams of the old compound format, by their names in UTF-16.
_STREAMS: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", _UNLOCKED, _PASSWORD),
    ("WordDocument", "is an old Word file (.doc), which is not read", "open it in Word and save it as .docx"),
    ("Workbook", "is an old Excel file (.xls), which is not read", "open it in Excel and save it as .xlsx"),
    ("PowerPoint Document", "is an old presentation (.ppt), which is not read", SAVE),
    ("__substg1.0_", "is a mail of Outlook (.msg), which is not read", "save the form that is attached to it and give that"),
)
_ODF = "application/vnd.oasis.opendocument."
_DECLARED: tuple[tuple[str, str, str], ...] = (
    (_ODF + "text", "an OpenDocument text (.odt)", "open it in LibreOffice or Word and save it as .docx"),
    (_ODF + "spreadsheet", "an OpenDocument table (.ods)", "open it in LibreOffice or Excel and save it as .xlsx"),
    (_ODF + "presentation", "an OpenDocument presentation (.odp)", SAVE),
    ("application/epub+zip", "an electronic book (.epub)", SAVE),
)
_PAGES = "open it in Pages, choose File, Export To, Word, and give the .docx"
_NUMBERS = "open it in Numbers, choose File, Export To, Excel, and give the .xlsx"


def refuse_unread(data: bytes, name: str) -> None:
    """Raise for bytes that are known to be of a format that is not read.

    Raises:
        ReadError: what it is, and how to save it.
    """
    for beginning, what, remedy in _BEGINNINGS:
        if data.startswith(beginning):
            raise ReadError(f"{name}: is {what}, which is not read", remedy)
    for place, mark, what, remedy in _MARKS:
        if data[place : place + len(mark)] == mark and b"\x00" in data[:512]:
            raise ReadError(f"{name}: is {what}, which is not read", remedy)


def old_office(data: bytes, name: str) -> ReadError:
    """Return the error for a file of the old compound format (.doc, .xls, or protected with a password)."""
    for stream, what, remedy in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return ReadError(f"{name}: {what}", remedy)
    return ReadError(f"{name}: is an old Office or mail file, which is not read", SAVE)


def unread_archive(names: Collection[str], declared: str, types: bytes) -> tuple[str, str]:
    """Return what a zip archive is that holds neither Word nor Excel, and what to do.

    Args:
        names: the archive's members.
        declared: what its member "mimetype" says, "" where it has none.
        types: its member "[Content_Types].xml", b"" where it has none.
    """
    for mime, what, remedy in _DECLARED:
        if declared == mime:
            return what, remedy
    if any(name.endswith((".iwa", "index.apxl", "Index.zip")) for name in names):
        tables = any(name.startswith("Index/Tables/") for name in names) and not any("Document-" in n for n in names)
        return ("an Apple Numbers file (.numbers)", _NUMBERS) if tables else ("an Apple Pages or Numbers file", _PAGES)
    if b"spreadsheetml.template" in types or b"ms-excel.template" in types:
        return "an Excel template (.xltx)", "open it in Excel and save it as a workbook (.xlsx)"
    if "ppt/presentation.xml" in names:
        return "a presentation (.pptx)", SAVE
    if "xl/workbook.bin" in names:
        return "a binary Excel file (.xlsb)", "open it in Excel and save it as .xlsx"
    forms = [name for name in names if name.lower().endswith((".docx", ".xlsx", ".pdf", ".html", ".htm", ".csv", ".doc"))]
    if forms:
        return f"a zip archive that holds other files ({forms[0][:60]!r})", _UNPACK
    return "a zip archive that is no Office file", SAVE
