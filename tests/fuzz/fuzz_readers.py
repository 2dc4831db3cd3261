"""Feeds the readers with bytes that a fuzzer makes up (`make fuzz`): a form, or an error of our own; anything else is found.

The first byte of an input says what the rest is: a whole file, or one part of a Word or Excel file, or a page's body.
Needs atheris, which is no part of the tests: it is installed into an environment of its own.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(
    include=["evidencereview.readers", "openpyxl.reader", "openpyxl.worksheet", "openpyxl.cell"]
):
    import openpyxl

    from evidencereview.config import Limits
    from evidencereview.errors import EvidenceReviewError
    from evidencereview.readers import excel, read_form, web, word  # noqa: F401  instrumented before they are first used

sys.path.insert(0, str(Path(__file__).parents[1] / "readers"))

from mutations import MAKERS, UNEXPECTED

LIMITS = Limits(seconds=15, file_bytes=2_000_000, inflated_bytes=20_000_000)
PARTS = {
    1: ("xlsx", "xl/worksheets/sheet1.xml"),
    2: ("xlsx", "xl/sharedStrings.xml"),
    3: ("xlsx", "xl/styles.xml"),
    4: ("xlsx", "xl/workbook.xml"),
    5: ("docx", "word/document.xml"),
}
FORM = Path("/dev/shm" if Path("/dev/shm").is_dir() else ".") / f"fuzzed-{id(PARTS)}.txt"


def members(suffix: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(MAKERS[suffix]())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


ARCHIVES = {suffix: members(suffix) for suffix in ("xlsx", "docx")}


def file_of(data: bytes) -> bytes:
    """The file that an input stands for."""
    kind, rest = (data[0] % 8 if data else 0), data[1:]
    if kind in PARTS:
        suffix, part = PARTS[kind]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, content in (ARCHIVES[suffix] | {part: rest}).items():
                archive.writestr(name, content)
        return out.getvalue()
    return b"<html><body>" + rest if kind == 6 else rest


def read_one(data: bytes) -> None:
    """Read what an input stands for; an error that is not our own goes through."""
    content = file_of(data)
    FORM.write_bytes(content)
    try:
        form = read_form(FORM, LIMITS)
    except EvidenceReviewError as error:
        if UNEXPECTED in error.what and not content.startswith(b"PK"):
            raise error.__cause__ or error from None
        return
    for row in form.rows:
        (row.requirement + row.answer_raw + row.text).encode("utf-8")


def write_seeds(folder: Path) -> None:
    """Write a whole form of each format, and the parts that are looked at alone, to begin with."""
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, make in MAKERS.items():
        (folder / f"whole-{suffix}").write_bytes(b"\0" + make())
    for kind, (suffix, part) in PARTS.items():
        (folder / f"part-{kind}").write_bytes(bytes([kind]) + ARCHIVES[suffix].get(part, b""))


if __name__ == "__main__":
    # fuzz_readers.py FOLDER [options of the fuzzer]: inputs are kept in the folder, findings beside where it runs.
    assert openpyxl.DEFUSEDXML, "defusedxml is not installed"
    write_seeds(Path(sys.argv[1]))
    atheris.Setup(sys.argv, read_one)
    try:
        atheris.Fuzz()
    finally:
        FORM.unlink(missing_ok=True)
