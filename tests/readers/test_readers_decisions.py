"""Files of decisions: columns wherever they stand, days as people write them, and errors that name the line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidencereview.errors import DecisionError, EvidenceReviewError, ReadError
from evidencereview.readers.decisions import read_decisions
from evidencereview.records import Decision, Verdict

HEAD = "provision,flag,words,decision,owner,due,note"


def from_csv(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "reviewed.csv") -> tuple[Decision, ...]:
    (folder / name).write_bytes("\n".join(lines).encode(encoding))
    return read_decisions(folder / name)


def from_sheets(folder: Path, **sheets: list[list[object]]) -> tuple[Decision, ...]:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(folder / "reviewed.xlsx")
    return read_decisions(folder / "reviewed.xlsx")


def test_a_line_in_full(tmp_path: Path) -> None:
    (found,) = from_csv(tmp_path, HEAD, '5.10,hedged-practice,"where possible, soon",accepted,A. Owner,2027-03-31,"a\nb"')
    assert found == Decision(
        provision="5.10",
        flag="hedged-practice",
        words="where possible, soon",
        verdict=Verdict.ACCEPTED,
        owner="A. Owner",
        due=date(2027, 3, 31),
        note="a\nb",
        where="reviewed.csv, line 3",
    )


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("agree", Verdict.AGREE),
        (" Agreed ", Verdict.AGREE),
        ("DISAGREE", Verdict.DISAGREE),
        ("fixed", Verdict.FIXED),
        ("Accepted", Verdict.ACCEPTED),
        ("accept", Verdict.ACCEPTED),
    ],
)
def test_a_verdict_as_people_write_it(tmp_path: Path, text: str, verdict: Verdict) -> None:
    assert from_csv(tmp_path, HEAD, f"5.1,stale-date,x,{text},,,")[0].verdict is verdict


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("31/03/2027", date(2027, 3, 31)),
        ("1.4.2027", date(2027, 4, 1)),
        ("2 Jan 2027", date(2027, 1, 2)),
        ("31 December 2027", date(2027, 12, 31)),
        ("3-sep-2027", date(2027, 9, 3)),
        ("2027-03-31 00:00:00", date(2027, 3, 31)),
        ("", None),
    ],
)
def test_a_day_as_people_write_it(tmp_path: Path, text: str, day: date | None) -> None:
    assert from_csv(tmp_path, HEAD, f"5.1,stale-date,x,agree,,{text},")[0].due == day


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEAD, "5.1,stale-date,x,maybe,,,"], "reviewed.csv, line 2: 'maybe' is no decision; write agree, disagree"),
        ([HEAD, "5.1,stale-date,x,agree,,soon,"], "reviewed.csv, line 2: 'soon' is no day; write it as 2026-11-22"),
        ([HEAD, "5.1,stale-date,x,agree,,3 Mai 2027,"], "'3 Mai 2027' is no day"),
        ([HEAD, "5.1,stale-date,x,agree,,31/02/2027,"], "'31/02/2027' is no day"),
        (["provision,flag,words", "5.1,stale-date,x"], "reviewed.csv: has no decisions; no sheet has the columns"),
    ],
)
def test_what_makes_no_sense_is_said(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(DecisionError) as error:
        from_csv(tmp_path, *lines)
    assert said in str(error.value)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", b"\x00\x01\x02" * 50])
def test_a_file_that_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "reviewed.csv").write_bytes(content)
    with pytest.raises(EvidenceReviewError):
        read_decisions(tmp_path / "reviewed.csv")
    with pytest.raises(ReadError, match="there is no such file"):
        read_decisions(tmp_path / "none.csv")


def test_lines_that_say_nothing_are_passed_over(tmp_path: Path) -> None:
    found = from_csv(tmp_path, HEAD, "5.1,stale-date,x,,,,", "5.2,stale-date,x,,B. Owner,,", "5.3,stale-date", "")
    assert [(d.provision, d.verdict, d.owner) for d in found] == [("5.2", Verdict.UNDECIDED, "B. Owner")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_as_programs_save_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [line.replace(",", delimiter) for line in (HEAD, "5.1,stale-date,café,agree,Zoë,,")]
    (found,) = from_csv(tmp_path, *lines, encoding=encoding)
    assert (found.words, found.owner) == ("café", "Zoë")


def test_the_identity_goes_before_what_a_spreadsheet_made_of_a_number(tmp_path: Path) -> None:
    (found,) = from_csv(tmp_path, f"{HEAD},finding", "5.1,stale-date,x,agree,,,,5.10 stale-date 0123456789ab")
    assert (found.provision, found.identity) == ("5.10", "5.10 stale-date 0123456789ab")
    (unnumbered,) = from_csv(tmp_path, f"{HEAD},finding", ",stale-date,x,agree,,,,no-number stale-date 0123456789ab")
    assert unnumbered.provision == ""


def test_text_that_was_made_safe_is_as_before(tmp_path: Path) -> None:
    (found,) = from_csv(tmp_path, HEAD, "5.1,stale-date,'=1+1,agree,,,'tis so")
    assert (found.words, found.note) == ("=1+1", "'tis so")


def test_every_sheet_with_the_columns_is_read(tmp_path: Path) -> None:
    found = from_sheets(
        tmp_path,
        Summary=[["nothing"], []],
        List=[
            ["A title"],
            [],
            ["Note", "Decision", "Flag", "Provision", "Due"],
            ["n", "agree", "f", "5.1", date(2027, 1, 2)],
        ],
        More=[["Provision", "Flags", "Decision", "Until"], ["5.2", "g", "accepted", datetime(2027, 1, 3, 12)]],
    )
    assert [(d.provision, d.flag, d.due, d.where) for d in found] == [
        ("5.1", "f", date(2027, 1, 2), "reviewed.xlsx, List, line 4"),
        ("5.2", "g", date(2027, 1, 3), "reviewed.xlsx, More, line 2"),
    ]


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_stands_below_a_heading_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("decisions") / "reviewed.csv"
    path.write_bytes(f"{HEAD}\n{text}".encode("utf-8", "surrogatepass"))
    try:
        assert all(decision.where for decision in read_decisions(path))
    except EvidenceReviewError as error:
        assert error.what and error.remedy
