"""What many reviewed forms know: standings, shared sentences, best rows; as text, workbook and page."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from command_line import run
from evidencereview.batch.tables import ITEMS, SUMMARY, header_line, item_rows, summary_values, with_file
from evidencereview.errors import ReadError, SettingsError
from evidencereview.records import Review, Scores
from evidencereview.report.csv_format import lines
from evidencereview.report.json_format import render
from evidencereview.sector import survey
from evidencereview.sector.compare import Sector, order_of
from evidencereview.sector.figures import quartiles, standings
from evidencereview.sector.formats import find_form, format_for_survey, render_survey
from evidencereview.sector.results import TextOfRow
from evidencereview.sector.sharing import shared_sentences
from made_reviews import NASTY, made_finding, made_item, made_review, made_row

COPIED = "All residents may complain by letter, by telephone, in person or through the web page."


def make_results(folder: Path, reviews: list[tuple[Review, str]]) -> None:
    """Write what a batch writes."""
    folder.mkdir()
    summary, items = [header_line(SUMMARY)], [header_line(ITEMS)]
    for number, (review, landlord) in enumerate(reviews):
        name = f"r{number}.json"
        (folder / name).write_bytes(render(review))
        row = with_file(SUMMARY, summary_values(name, landlord, review, 0.5), Path(f"{number}.docx"))
        summary.append(lines([row]).encode())
        items.append(lines(item_rows(name, review)).encode())
    (folder / "summary.csv").write_bytes(b"".join(summary))
    (folder / "items.csv").write_bytes(b"".join(items))


def made(name: str, tiers: tuple[int, int], texts: tuple[str, str], specificity: float = 0.5, sha: str = "") -> Review:
    """Return a review of two rows, 5.2 and 5.10."""
    items = []
    for number, tier, text in zip(("5.2", "5.10"), tiers, texts, strict=True):
        row = made_row(number, int(number.split(".")[1]), evidence=text)
        found = (made_finding(row, "hedged-practice", "ER302"),) if tier else ()
        items.append(made_item(row, 1, tier, found, scores=Scores(2, 2, 0.6, specificity)))
    return made_review(tuple(items), name, sha256=sha or name.ljust(64, "0"))


@pytest.fixture
def results(tmp_path: Path) -> Path:
    make_results(
        tmp_path / "results",
        [
            (made("elm", (0, 2), (f"Policy, section 4. {COPIED}", "We aim to.")), "Elm Homes"),
            (made("oak", (3, 2), (COPIED.upper(), "We aim to."), 0.9), "Oak Council"),
            (made("ash", (0, 0), ("Policy, section 9.", "Page 3."), 0.8), "Ash Trust"),
            (made("elm-2", (0, 0), (COPIED, "Page 4."), 0.7), "Elm Homes"),
            (made("elm", (0, 2), ("x", "x"), sha="elm".ljust(64, "0")), "Elm Homes"),
        ],
    )
    return tmp_path / "results"


def test_standings_by_form_provision_and_flag(results: Path) -> None:
    sector = survey(results)
    assert [each.form.result for each in sector.forms] == ["r0.json", "r1.json", "r2.json", "r3.json"]
    assert [copy.result for copy in sector.copies] == ["r4.json"]
    assert sector.landlords == 3
    assert [each.overall for each in sector.forms] == [33.3, 0.0, 83.3, 83.3]
    assert sector.forms[1].provisions == {"5.2": 0.0, "5.10": 16.7}
    assert sector.forms[0].flags["hedged-practice"] == 33.3
    assert sector.forms[0].flag_rows["hedged-practice"] == 1
    assert [(each.provision, each.unsafe, each.weak, each.flag) for each in sector.provisions] == [
        ("5.2", 0.25, 0.0, "hedged-practice"),
        ("5.10", 0.0, 0.5, "hedged-practice"),
    ]
    (hedged,) = [each for each in sector.flags if each.flag == "hedged-practice"]
    assert (hedged.forms, hedged.rows) == (2, 3)


def test_sentences_of_several_landlords(results: Path) -> None:
    (shared,) = survey(results).shared
    assert shared.words == COPIED
    assert (shared.landlords, shared.forms, shared.provisions) == (("Elm Homes", "Oak Council"), 3, ("5.2",))


def test_the_best_row_of_each_provision_is_without_fault(results: Path) -> None:
    best = {each.provision: (each.form.form, each.evidence) for each in survey(results).best}
    assert best == {"5.2": ("ash", "Policy, section 9."), "5.10": ("ash", "Page 3.")}


def test_figures_of_texts_may_differ_and_one_landlord_is_no_sharing() -> None:
    one, two = "In 2023 we took 14 days to answer it in full.", "In 2024 we took 9 days to answer it in full!"

    def texts() -> Iterator[TextOfRow]:
        yield TextOfRow("a", "5.1", one, "Short one.")
        yield TextOfRow("b", "5.2", "", two)
        yield TextOfRow("other", "5.3", one, one)

    assert [each.words for each in shared_sentences(texts, {"a": "A", "b": "B"})] == [one]
    assert shared_sentences(texts, {"a": "A", "b": "A"}) == ()
    assert shared_sentences(lambda: [], {"a": "A"}) == ()


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_standings_keep_their_order_and_mean(values: list[int]) -> None:
    found = standings([float(value) for value in values])
    assert found.mean() == pytest.approx(50.0)
    assert all((found[i] > found[j]) == (values[i] < values[j]) for i in range(len(values)) for j in range(len(values)))
    assert found.min() >= 0 and found.max() <= 100


def test_quartiles_and_order() -> None:
    assert quartiles([]) == (0.0, 0.0, 0.0)
    assert quartiles([1, 2, 3, 4, 5]) == (2.0, 3.0, 4.0)
    assert sorted(["5.10", "5.9", "A.1", "5.2"], key=order_of) == ["5.2", "5.9", "5.10", "A.1"]


def test_workbook_and_page_read_back(results: Path) -> None:
    sector = survey(results)
    book = openpyxl.load_workbook(io.BytesIO(render_survey(sector, "xlsx")))
    assert book.sheetnames == [
        *("Forms", "Provisions", "Flags", "Standing by provision", "Standing by flag", "Shared sentences", "Best rows"),
        "About",
    ]
    assert [cell.value for cell in book["Standing by provision"][1]] == ["form", "landlord", "5.2", "5.10"]
    assert [cell.value for cell in book["Standing by provision"][3]] == ["oak", "Oak Council", 0, 16.7]
    page = render_survey(sector, "html", "oak").decode("utf-8")
    assert page.count("<svg") == 4 and page.count("<circle") == 2
    for part in page.split("<svg")[1:]:
        ElementTree.fromstring("<svg" + part.split("</svg>")[0] + "</svg>")
    text = render_survey(sector, "text").decode("utf-8")
    assert "4 forms of 3 landlords" in text and "1 copy of a form counted once: elm" in text
    assert max(map(len, text.splitlines())) <= 84
    assert "stands better than 0 percent" in render_survey(sector, "text", "oak").decode("utf-8")


def test_nasty_text_stays_text(tmp_path: Path) -> None:
    texts = [text for text in NASTY.values() if text.strip()]
    reviews = [
        (made(text[:60], (0, 0), (f"{text} {COPIED}", text)), f"{text[:80]} {number}") for number, text in enumerate(texts)
    ]
    make_results(tmp_path / "results", reviews)
    sector = survey(tmp_path / "results")
    assert len(sector.forms) == len(texts)
    page = render_survey(sector, "html").decode("utf-8")
    assert "<script" not in page and "\x1b" not in page and "\u202e" not in page
    book = openpyxl.load_workbook(io.BytesIO(render_survey(sector, "xlsx")))
    for sheet in book.worksheets:
        assert "f" not in {cell.data_type for row in sheet.rows for cell in row}
    assert "\x1b" not in render_survey(sector, "text").decode("utf-8")


def test_formats_and_names(results: Path) -> None:
    assert format_for_survey("", None) == "text"
    assert format_for_survey("", Path("a.XLSX")) == "xlsx"
    assert format_for_survey("html", Path("a.txt")) == "html"
    for name, output in (("json", None), ("xlsx", None)):
        with pytest.raises(SettingsError):
            format_for_survey(name, output)
    sector: Sector = survey(results)
    assert find_form(sector, "r1").form.form == find_form(sector, "oak").form.form == "oak"
    with pytest.raises(SettingsError, match="did you mean 'oak'"):
        find_form(sector, "oaks")


@pytest.mark.parametrize("fault", ["no folder", "other table", "no json", "damaged json", "other schema", "no forms"])
def test_a_folder_of_something_else_is_one_line(fault: str, results: Path) -> None:
    if fault == "no folder":
        results = results / "gone"
    elif fault == "other table":
        (results / "summary.csv").write_text("a,b\n1,2\n")
    elif fault == "no json":
        (results / "r1.json").unlink()
    elif fault == "damaged json":
        (results / "r1.json").write_text("{")
    elif fault == "other schema":
        (results / "r1.json").write_text(json.dumps({"schema": "other/1"}))
    else:
        (results / "summary.csv").write_bytes(header_line(SUMMARY))
    with pytest.raises(ReadError) as caught:
        survey(results)
    assert caught.value.remedy and "\n" not in str(caught.value)


def test_the_command(results: Path, tmp_path: Path) -> None:
    printed = run("sector", results, folder=tmp_path)
    assert printed.returncode == 0 and "FORMS THAT NEED MOST WORK" in printed.stdout
    saved = run("sector", results, "-o", "sector.html", "--form", "oak", folder=tmp_path)
    assert saved.returncode == 0 and saved.stdout == ""
    assert b"oak among the others" in (tmp_path / "sector.html").read_bytes()
    again = run("sector", results, "-o", "sector.html", folder=tmp_path)
    assert again.returncode == 2 and "--force" in again.stderr
    wrong = run("sector", "gone", folder=tmp_path)
    assert wrong.returncode == 2 and "name the folder" in wrong.stderr
