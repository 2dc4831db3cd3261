"""Files that are no form: each its own message of one line, none of them half-read."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError, FormError, LimitError, ReadError
from evidencereview.readers import read_form

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(members: dict[str, bytes | str], **options: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


CASES = [
    (b"", ReadError, "is empty"),
    (b"\n\n  \t\n", ReadError, "is empty"),
    (b"\0" * 500, ReadError, "is empty"),
    (b"%PDF-1.7\n%\xe2\xe3", ReadError, "is a PDF, which is not read yet; save it as Word or Excel"),
    (OLE + "WordDocument".encode("utf-16-le"), ReadError, r"old Word file \(\.doc\).*save it as \.docx"),
    (OLE + "Workbook".encode("utf-16-le"), ReadError, r"old Excel file \(\.xls\).*save it as \.xlsx"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), ReadError, "protected with a password"),
    (OLE, ReadError, "old Office or mail file"),
    (b"{\\rtf1 hello}", ReadError, r"rich-text file \(\.rtf\)"),
    (b"\x89PNG\r\n\x1a\n" + b"\1" * 50, ReadError, "picture"),
    (b"\x1f\x8b\x08" + b"\1" * 50, ReadError, "gzip"),
    (bytes(range(256)) * 40, ReadError, "binary file"),
    (b"<!DOCTYPE html><html><body><table>", FormError, "no self-assessment table was found"),
    (b"<?xml version='1.0'?><x/>", ReadError, "XML file"),
    (b"PK\x03\x04" + b"\0" * 200, ReadError, "truncated or damaged"),
    (b"PK\x05\x06" + b"\0" * 18, ReadError, "empty or split zip"),
    (zipped({"a.txt": "x"}), ReadError, "zip archive that is no Office file"),
    (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), ReadError, r"OpenDocument text \(\.odt\)"),
    (zipped({"Index/Document.iwa": "x"}), ReadError, "Apple Pages"),
    (zipped({TYPES: "<Types/>", "ppt/presentation.xml": "x"}), ReadError, r"presentation \(\.pptx\)"),
    (zipped({TYPES: "<Types/>", "xl/workbook.bin": "x"}), ReadError, r"\.xlsb"),
    (
        zipped({TYPES: WORD, "word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}),
        ReadError,
        "declares a document type",
    ),
    (zipped({TYPES: WORD, "word/document.xml": "<broken"}), ReadError, "damaged"),
    (zipped({TYPES: WORD}), ReadError, "damaged"),
    (b"Dear all, the meeting is at noon.\n" * 50, FormError, "no self-assessment table was found"),
    (b'{"form": 1}\n', FormError, "line 1: 'requirement' must be given"),
]


@pytest.mark.parametrize(("data", "kind", "message"), CASES)
def test_bad_file(write_text, data, kind, message):
    path = write_text(data, "form.docx")
    with pytest.raises(EvidenceReviewError, match=message) as error:
        read_form(path)
    assert type(error.value) is kind
    assert "\n" not in str(error.value)
    assert error.value.what and error.value.remedy
    assert path.read_bytes() == data


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(ReadError, match="there is no such file"):
        read_form(tmp_path / "none.docx")
    with pytest.raises(ReadError, match="is a folder"):
        read_form(tmp_path)


@pytest.mark.parametrize("name", ["x\0y", "x" * 5000])
def test_impossible_names(tmp_path, name):
    with pytest.raises(ReadError, match=r"cannot be opened|no such file"):
        read_form(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="no regular file"):
        read_form(tmp_path / "pipe.txt")


def test_truncated_office_files(write_docx, write_xlsx, write_text, headings, table):
    for path in (write_docx([headings, *table]), write_xlsx([headings, *table])):
        data = path.read_bytes()
        for length in (len(data) // 3, len(data) - 30):
            with pytest.raises(ReadError, match="truncated or damaged"):
                read_form(write_text(data[:length], "cut" + path.suffix))


def test_encrypted_member_is_told_from_damage(write_docx, write_text, headings, table):
    data = bytearray(write_docx([headings, *table]).read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 1)
    with pytest.raises(ReadError, match="protected with a password"):
        read_form(write_text(bytes(data), "locked.docx"))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(file_bytes=50), r"file_bytes = 50\b"),
        (Limits(rows=3), r"rows = 3\b"),
        (Limits(cells=7), r"cells = 7\b"),
        (Limits(cell_characters=20), r"cell_characters = 20\b"),
        (Limits(seconds=-1), r"seconds = -1\b"),
    ],
)
@pytest.mark.parametrize("kind", ["text", "docx", "xlsx"])
def test_limits_name_cap_and_value(write_text, write_docx, write_xlsx, headings, table, limits, message, kind):
    rows = [headings, *table]
    write = {"docx": write_docx, "xlsx": write_xlsx, "text": lambda rows: write_text("\n".join(map("\t".join, rows)))}[kind]
    with pytest.raises(LimitError, match=message) as error:
        read_form(write(rows), limits)
    assert "[limits]" in error.value.remedy


def test_zip_limits_hold_before_anything_is_unpacked(write_docx, write_text, headings, table):
    path = write_docx([headings, *table])
    with pytest.raises(LimitError, match="zip_members = 2"):
        read_form(path, Limits(zip_members=2))
    with pytest.raises(LimitError, match="inflated_bytes = 1000"):
        read_form(path, Limits(inflated_bytes=1000))
    bomb = zipped({TYPES: WORD, "word/document.xml": b"\0" * 30_000_000})
    assert len(bomb) < 40_000
    with pytest.raises(LimitError, match="30000"):
        read_form(write_text(bomb, "bomb.docx"), Limits(inflated_bytes=20_000_000))


def test_fifty_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(LimitError, match="file_bytes = 25000000"):
        read_form(path)


def test_many_lines_without_a_table_end_soon(write_text):
    with pytest.raises(FormError):
        read_form(write_text("word " * 12 + "\n" + "line\n" * 100_000))


def test_a_fault_of_ours_or_a_library_is_still_one_plain_line(write_docx, headings, table, monkeypatch):
    from evidencereview.readers import word

    def broken(*_):
        raise KeyError("word/numbering.xml")

    path = write_docx([headings, *table])
    monkeypatch.setattr(word, "clear", broken)
    with pytest.raises(ReadError, match=r"is damaged and cannot be read \(KeyError\)"):
        read_form(path)
