"""Whatever bytes a file holds: a form, or an error of our own family; and what is read is accounted for."""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError
from evidencereview.readers import read_form

TIGHT = Limits(seconds=20)
HEAD = ["Code provision", "Code requirement", "Comply", "Evidence", "Commentary"]
TABLE = [HEAD, *([f"5.{n}", f"We must do thing {n}.", "Yes", f"Log {n}.", ""] for n in range(1, 13))]
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def as_text() -> bytes:
    return "\n".join("\t".join(row) for row in TABLE).encode()


def as_csv() -> bytes:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in TABLE).encode()


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
    book.save(out)
    return out.getvalue()


MAKERS = {"txt": as_text, "csv": as_csv, "docx": as_docx, "xlsx": as_xlsx}


def read_bytes(data: bytes, suffix: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form." + suffix)
        path.write_bytes(data)
        try:
            return read_form(path, TIGHT)
        except EvidenceReviewError as error:
            assert "\n" not in str(error)
            return None


@QUICK
@given(st.binary(max_size=600), st.sampled_from(sorted(MAKERS)))
def test_any_bytes(data, suffix):
    read_bytes(data, suffix)


@QUICK
@given(
    st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"{", b"%PD", b"sep=,\n"]),
    st.binary(max_size=400),
)
def test_any_bytes_behind_a_known_beginning(start, data):
    read_bytes(start + data, "docx")


@QUICK
@given(st.text("1.259yYesNo/-\t\n|,;\"' \x00•must", max_size=300))
def test_any_table_like_text(text):
    form = read_bytes(text.encode(), "txt")
    if form is not None:
        assert [row.order for row in form.rows] == list(range(1, len(form.rows) + 1))
        assert "\x00" not in "".join(row.requirement + row.answer_raw + row.text for row in form.rows)


cells = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=30)


@QUICK
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8))
def test_no_word_of_a_table_is_lost(pairs):
    """Every word of every cell stands in the rows that come out (tags and entities apart, which `markup` tests)."""
    plain = [tuple(text.replace("<", "(").replace("&", "+").replace('"', "'") for text in pair) for pair in pairs]
    lines = [HEAD] + [[f"5.{n}", f"We must {a}", "Yes", b, ""] for n, (a, b) in enumerate(plain, 1)]
    form = read_bytes("\n".join("\t".join(line) for line in lines).encode(), "txt")
    assert form is not None
    assert [row.number for row in form.rows] == [line[0] for line in lines[1:]]
    for row, (asked, shown) in zip(form.rows, plain, strict=True):
        assert "".join(row.requirement.split()) == "".join(f"We must {asked}".split())
        assert "".join(row.evidence.split()) == "".join(shown.split())


@pytest.mark.parametrize("suffix", sorted(MAKERS))
def test_whole_files_of_every_kind(suffix):
    form = read_bytes(MAKERS[suffix](), suffix)
    assert [row.number for row in form.rows] == [row[0] for row in TABLE[1:]]


@pytest.mark.parametrize("suffix", sorted(MAKERS))
def test_damaged_files(suffix):
    """Seeded damage: bytes changed, cut out, doubled, or zeroed; only our own errors may come of it."""
    whole, dice = MAKERS[suffix](), random.Random(20260722)
    for _ in range(80):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            start = dice.randrange(len(data))
            end = min(len(data), start + dice.randint(1, 40))
            kind = dice.randrange(4)
            data[start:end] = (
                bytes(dice.randrange(256) for _ in range(end - start)), b"", data[start:end] * 2, b"\0" * (end - start)
            )[kind]  # fmt: skip
        read_bytes(bytes(data), suffix)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_damaged_parts_of_office_files(suffix):
    """The same damage inside the archive, where no checksum catches it first."""
    import zipfile

    dice = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(MAKERS[suffix]())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    for _ in range(80):
        changed = dict(parts)
        name = dice.choice(names)
        data = bytearray(changed[name])
        for _ in range(dice.randint(1, 5)):
            place = dice.randrange(len(data))
            data[place : place + dice.randint(0, 12)] = bytes(
                dice.choice(b"<>/\"'=w:1 aZ") for _ in range(dice.randint(0, 6))
            )
        changed[name] = bytes(data)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for part, content in changed.items():
                archive.writestr(part, content)
        read_bytes(out.getvalue(), suffix)


def test_importing_the_readers_is_light():
    import subprocess
    import sys

    heavy = "pandas spacy lxml docx openpyxl numpy onnxruntime"
    code = f"import sys, evidencereview.readers; print([m for m in '{heavy}'.split() if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
