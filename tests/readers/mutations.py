"""A small form in every format that is read as text or in a table, and seeded damage to it."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
import time
import zipfile
from pathlib import Path

import docx
import openpyxl

from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError
from evidencereview.readers import read_form
from evidencereview.records import Form

TIGHT = Limits(seconds=20)
SLOW = 8.0  # processor seconds: no small file may take longer, whatever was done to it
UNEXPECTED = "is damaged and cannot be read ("
HEAD = ["Code provision", "Code requirement", "Comply", "Evidence", "Commentary"]
TABLE = [HEAD, *([f"5.{n}", f"We must do thing {n}.", "Yes", f"Log {n}.", "Kept."] for n in range(1, 13))]


def as_text() -> bytes:
    return "\n".join(["Section 5: Stages", *("\t".join(row) for row in TABLE)]).encode()


def as_separated(delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(TABLE)
    return out.getvalue().encode("utf-8-sig")


def as_html() -> bytes:
    rows = ["".join(f"<td><p>{cell}</p></td>" for cell in row) for row in TABLE]
    lines = "".join(f'<tr class="x">{row}</tr>\n' for row in rows)
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'.encode()


def as_markdown() -> bytes:
    lines = ["| " + " | ".join(row) + " |" for row in TABLE]
    return "\n".join(["# Form", "", lines[0], "|---|---|---|---|---|", *lines[1:]]).encode()


def as_rows() -> bytes:
    keys = ("provision", "requirement", "answer_raw", "evidence", "commentary")
    return "\n".join(json.dumps({"form": "f", **dict(zip(keys, row, strict=True))}) for row in TABLE[1:]).encode()


def as_docx() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    grid = document.add_table(0, 5)
    for row in TABLE:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    document.save(out)
    return out.getvalue()


def as_xlsx() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in TABLE:
        book.active.append(row)
    book.active.merge_cells("E2:E3")
    book.active["D5"] = '=HYPERLINK("https://x.example","Log")'
    book.save(out)
    return out.getvalue()


MAKERS = {
    "txt": as_text,
    "csv": as_separated,
    "tsv": lambda: as_separated("\t"),
    "html": as_html,
    "md": as_markdown,
    "jsonl": as_rows,
    "docx": as_docx,
    "xlsx": as_xlsx,
}
# What damage is made of: pieces that mean something to one of the formats.
PIECES = (
    b"<", b">", b"</td>", b"<table>", b"<tr", b"</table>", b"<!--", b"&#", b"&amp;", b'"', b"'", b"\t", b"\n", b"\r", b",",
    b";", b"|", b"\\", b"{", b"}", b"[", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"colspan=9999", b"rowspan=9999",
    b"5.10", b"5.", b"Yes", b"No", b"---|---", b"=1+1", b"sep=;", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"null", b"1e999",
)  # fmt: skip


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The bytes with one to six things done to them: changed, cut, doubled, zeroed, moved, spiked, or cut short."""
    made = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(max(len(made), 1))
        end = min(len(made), start + dice.randint(1, 60))
        kind = dice.randrange(7)
        if kind == 6:
            del made[dice.randrange(len(made) // 2, len(made) + 1) :]
        else:
            made[start:end] = (
                dice.randbytes(end - start), b"", made[start:end] * 2, b"\0" * (end - start), made[start:end][::-1],
                dice.choice(PIECES),
            )[kind]  # fmt: skip
    return bytes(made)


def damaged_part(data: bytes, dice: random.Random) -> bytes:
    """An archive with damage inside one of its parts, where no checksum catches it first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    parts[name] = damaged(parts[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def read_bytes(data: bytes, suffix: str, limits: Limits = TIGHT) -> Form | None:
    """The form, or None where it was refused with an error of our own; anything else fails, and so does a slow reading."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form." + suffix)
        path.write_bytes(data)
        start = time.process_time()
        try:
            form = read_form(path, limits)
        except EvidenceReviewError as error:
            assert "\n" not in str(error) and error.what and error.remedy
            # What a library raises over an archive becomes a line; in formats that are read here it would be our fault.
            assert data.startswith(b"PK") or UNEXPECTED not in error.what, repr(error.__cause__)
            form = None
        assert time.process_time() - start < SLOW
        assert path.read_bytes() == data
        return form
