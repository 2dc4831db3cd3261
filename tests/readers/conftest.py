"""A form of an invented landlord, and writers that put it into files of every format."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from word_builder import read_and_weigh, word_file
from word_parts import LINKS, PARTS

Table = list[list[str]]

HEADINGS = ["Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary"]
ROWS: Table = [
    ["1.2", "Landlords must use the agreed meaning of a complaint.", "Yes", "Complaints policy, clause 3.", ""],
    [
        "1.3",
        "Nobody must be asked to say a magic word.",
        "Yes",
        "Marrow Lane staff guide, page 4.",
        "Taught on day one.",
    ],
    ["1.4", "Requests must be told from complaints.", "Partial", "The guide says so.", "Two depots still to follow."],
    ["5.1", "One policy must cover every complaint.", "Yes", "There is one policy, in force since 2021.", ""],
    ["5.9", "Residents must hear from us when we are late.", "No", "Letters went out in half of cases.", "Due in May."],
    [
        "5.10",
        "Adjustments must be made and written down.",
        "yes.",
        "Flag in the tenancy system.",
        "Reviewed each spring.",
    ],
    ["5.11", "Refusals must have a valid reason.", "", "Panel minutes of 3 March.", "Kept by the clerk."],
]

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
CLEAN_FORMS = ("southwark-2024", "alliance-2024", "onward-2024", "thurrock-2022")


@pytest.fixture
def headings() -> list[str]:
    return list(HEADINGS)


@pytest.fixture
def table() -> Table:
    return [list(row) for row in ROWS]


@pytest.fixture
def write_text(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str | bytes, name: str = "marrow-lane.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return path

    return write


@pytest.fixture
def write_docx(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: Sequence[Sequence[str]], name: str = "marrow-lane.docx") -> Path:
        path = tmp_path / name
        document = docx.Document()
        document.add_paragraph("Marrow Lane Homes: how we handle complaints")
        grid = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(grid.add_row().cells, row, strict=True):
                cell.text = text
        document.save(str(path))
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: Sequence[Sequence[object]], name: str = "marrow-lane.xlsx") -> Path:
        path = tmp_path / name
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(list(row))
        book.save(path)
        return path

    return write


@pytest.fixture
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside this checkout")
    return CORPUS


@pytest.fixture
def gold(corpus: Path) -> Callable[[str], list[dict[str, object]]]:
    def load(form: str) -> list[dict[str, object]]:
        text = (corpus / f"{form}.rows.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    return load


@pytest.fixture
def read_body(tmp_path, monkeypatch):
    """Write a Word file with this body, read it, and weigh what was read against what the file shows."""

    def read(body: str, **parts: str):
        path = tmp_path / "form.docx"
        path.write_bytes(word_file(body, LINKS, **{**PARTS, **parts}))
        return read_and_weigh(path, monkeypatch)

    return read
