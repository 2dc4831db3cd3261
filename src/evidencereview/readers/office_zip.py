"""Looks into a zip archive before anything in it is unpacked: is it Word or Excel, whole, and of a bearable size?"""

from __future__ import annotations

import io
import zipfile
import zlib

from evidencereview.config import Limits
from evidencereview.errors import ReadError
from evidencereview.readers.grid import over_limit
from evidencereview.readers.unread import unread_archive

_AGAIN = "get the file again, or open it and save it anew"
_TYPES = "[Content_Types].xml"
_WORD = (
    b"wordprocessingml.document.main",
    b"wordprocessingml.template.main",
    b"ms-word.document.macroEnabled.main",
    b"ms-word.template.macroEnabledTemplate.main",
)
# Pictures, fonts and embedded files: nothing of theirs is read.
_MEDIA = tuple(".png .jpg .jpeg .gif .emf .wmf .tif .tiff .bmp .bin .odttf .wdp .svg .htm .html .mht .rtf .txt".split())
_STRICT = b"purl.oclc.org/ooxml/"


def kind_of_zip(data: bytes, name: str, limits: Limits) -> str:
    """Return "docx" or "xlsx" for an archive that may be unpacked.

    Raises:
        ReadError: damaged, protected, or no Word or Excel file.
        LimitError: too many members, or too large once unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive, name, limits)
            kind = _kind(archive, name)
            _check_parts(archive, name, limits)
            return kind
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        IndexError,
        KeyError,
    ) as error:
        raise ReadError(f"{name}: is truncated or damaged (its zip archive cannot be opened)", _AGAIN) from error


def _check_size(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    members = archive.infolist()
    if len(members) > limits.zip_members:
        raise over_limit("zip_members", limits.zip_members, f"{name}: {len(members)} parts in the archive")
    inflated = sum(member.file_size for member in members)
    if inflated > limits.inflated_bytes:
        raise over_limit("inflated_bytes", limits.inflated_bytes, f"{name}: {inflated} bytes when unpacked")
    if any(member.flag_bits & 1 for member in members):
        raise ReadError(f"{name}: is protected with a password", "open it, remove the password, and save it again")


def _kind(archive: zipfile.ZipFile, name: str) -> str:
    names = set(archive.namelist())
    types = archive.read(_TYPES) if _TYPES in names else b""
    if any(word in types for word in _WORD):
        return "docx"
    if b"spreadsheetml.sheet.main" in types or b"ms-excel.sheet.macroEnabled.main" in types:
        return "xlsx"
    declared = archive.read("mimetype")[:100].decode("ascii", "replace").strip() if "mimetype" in names else ""
    what, remedy = unread_archive(names, declared, types)
    raise ReadError(f"{name}: is {what}, which is not read", remedy)


def _check_parts(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Unpack each part once, bounded: a damaged part, a lying size or a document type stops the file here."""
    left = limits.inflated_bytes
    for member in archive.infolist():
        if member.filename.lower().endswith(_MEDIA):
            continue
        with archive.open(member) as part:
            text = part.read(left + 1)
        left -= len(text)
        if left < 0:
            raise over_limit("inflated_bytes", limits.inflated_bytes, f"{name}: too large when unpacked")
        if _STRICT in text[:2000] and member.filename == "xl/workbook.xml":
            raise ReadError(
                f"{name}: is saved as Strict Open XML, which is not read",
                "open it in Excel and save it as a plain Excel Workbook (.xlsx)",
            )
        # Office writes no document type; one can only be there to define entities.
        if (
            b"<!DOCTYPE" in text
            or b"<!ENTITY" in text
            or b"<\x00!\x00D\x00O\x00C" in text
            or b"\x00<\x00!\x00D\x00O" in text
        ):
            raise ReadError(f"{name}: part {member.filename} declares a document type, which Office never does", _AGAIN)
