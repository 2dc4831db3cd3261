"""A comparison in each format: what it holds, the same bytes each time, and nasty text unharmed."""

import io
import json
import shutil
import subprocess
import unicodedata
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from rich.cells import cell_len

from command_line import make_form, run
from evidencereview import report
from evidencereview.comparison import Comparison, FindingChange, Outcome, Promise, RowChange, ScoreChange, State, compare
from evidencereview.errors import SettingsError, WriteError
from evidencereview.records import Answer
from evidencereview.report import comparison_html, comparison_json, comparison_text, comparison_xlsx
from evidencereview.report.comparison_formats import COMPARISON_FORMATS, comparison_format, write_comparison
from evidencereview.report.comparison_words import changed_words
from evidencereview.report.harmless import one_line, visible, without_surrogates
from evidencereview.report.workbook.cells import LONGEST, cell_text
from made_reviews import NASTY, made_finding, made_item, made_review, made_row

SCHEMA = json.loads((Path(report.__file__).parent / "evidencereview-comparison-1.schema.json").read_text(encoding="utf-8"))
RENDERERS = (comparison_text.render, comparison_json.render, comparison_xlsx.render, comparison_html.render)


def small() -> Comparison:
    """A row that changed in every way, a lost one and a new one, and a promise of each kind."""
    before, after = made_row(evidence="We aim to answer in ten days."), made_row(evidence="We answer in ten days.")
    hedge = made_finding(before, "hedged-practice", "ER302", "aim to")
    bare = made_finding(after, "bare-assertion", "ER202", "We answer")
    old = made_item(before, 1, 3, (hedge,))
    new = made_item(after, 1, 1, (bare,))
    rows = (
        RowChange(
            new,
            old,
            text=(before.evidence, after.evidence),
            requirement=("Answer.", "Answer soon."),
            answer=(Answer.NO, Answer.YES),
            scores=(ScoreChange("tier", 3, 1), ScoreChange("specificity", 1, 2)),
            findings=(FindingChange(State.GONE, hedge, None), FindingChange(State.NEW, None, bare)),
        ),
        RowChange(None, made_item(made_row("5.2", 2))),
        RowChange(made_item(made_row("5.3", 2)), None),
        RowChange(made_item(made_row("5.4", 3)), made_item(made_row("5.4", 3))),
    )
    promises = tuple(
        Promise("5.1", f"It will be {outcome.value} by May 2025.", "May 2025", date(2025, 5, 31), outcome, overdue=True)
        for outcome in Outcome
    )
    reviews = (made_review((old,), name="draft-1"), made_review((new,), name="draft-2"))
    return Comparison(*reviews, rows, promises, ("A note.",))


@cache
def nasty() -> Comparison:
    """Every nasty text in every place."""
    rows, promises, items = [], [], []
    for order, text in enumerate(NASTY.values(), 1):
        row = made_row(f"5.{order}", order, evidence=text, requirement=text)
        finding = made_finding(row, "generic-reference", "ER201", text, because=text, ask=text)
        item = made_item(row, order, 2, (finding,))
        change = FindingChange(State.REWORDED, finding, finding)
        rows.append(RowChange(item, item, why=text, text=("", text), requirement=(text, ""), findings=(change,)))
        promises.append(Promise(f"5.{order}", text, text, None, Outcome.STILL, text, "5.1", text))
        items.append(item)
    made = made_review(tuple(items), name="\x1b[31mform[/x]</title>")
    return Comparison(made, made, tuple(rows), tuple(promises), tuple(NASTY.values()))


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("make", [small, nasty])
def test_the_same_comparison_gives_the_same_bytes(render: Any, make: Any) -> None:
    assert render(make()) == render(make())


@pytest.mark.parametrize("comparison", [small(), nasty(), compare(made_review(()), made_review(()))])
def test_json_keeps_the_schema(comparison: Comparison) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(comparison_json.render(comparison)), SCHEMA)


def test_json_holds_every_row() -> None:
    told = json.loads(comparison_json.render(small()))
    assert [(row["provision"], row["status"], row["changed"]) for row in told["rows"]] == [
        ("5.1", "both", True),
        ("5.2", "gone", True),
        ("5.3", "new", True),
        ("5.4", "both", False),
    ]
    assert told["rows"][0]["answer"] == {"old": "no", "new": "yes"}
    assert [promise["outcome"] for promise in told["promises"]] == [outcome.value for outcome in Outcome]


@pytest.mark.parametrize(("index", "name"), list(enumerate(NASTY)))
def test_json_gives_nasty_text_back(index: int, name: str) -> None:
    row = written("json")["rows"][index]
    assert row["text"]["new"] == row["findings"][0]["because"] == without_surrogates(NASTY[name])


def sheets(comparison: Comparison) -> Any:
    return openpyxl.load_workbook(io.BytesIO(comparison_xlsx.render(comparison)))


@cache
def written(kind: str) -> Any:
    """The nasty comparison in a format, read back once."""
    makers: dict[str, Any] = {
        "json": lambda: json.loads(comparison_json.render(nasty())),
        "xlsx": lambda: sheets(nasty()),
        "html": lambda: Page(comparison_html.render(nasty())),
        "text": lambda: "".join(comparison_text.render(nasty()).decode("utf-8").split()),
    }
    return makers[kind]()


def test_the_workbook_has_a_sheet_a_table() -> None:
    book = sheets(small())
    assert book.sheetnames == ["Summary", "Promises", "Rows that changed", "Findings"]
    assert [row[0].value for row in book["Rows that changed"].iter_rows(min_row=2)] == ["5.1", "5.2", "5.3"]
    assert [row[1].value.partition(" (")[0] for row in book["Promises"].iter_rows(min_row=2)] == [
        "no word",
        "dated later",
        "still promised",
        "kept in words",
    ]
    assert [cell.value for cell in book["Summary"]["B"]][-6:] == [1, 0, 0, 0, 2, 1]
    assert book["Findings"].freeze_panes == "B2" and book["Findings"].auto_filter.ref == "A1:G3"


@pytest.mark.parametrize(("index", "name"), list(enumerate(NASTY)))
def test_the_workbook_gives_nasty_text_back(index: int, name: str) -> None:
    book = written("xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    value = book["Findings"].cell(index + 2, 6).value or ""
    seen = visible(NASTY[name])
    assert value == (seen if len(seen) <= LONGEST else cell_text(NASTY[name]))


class Page(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.cells: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data


@pytest.mark.parametrize("name", NASTY)
def test_the_page_gives_nasty_text_back(name: str) -> None:
    page = written("html")
    assert any(visible(NASTY[name]).strip() in cell for cell in page.cells)


def test_the_page_runs_and_fetches_nothing() -> None:
    for page in (Page(comparison_html.render(small())), written("html")):
        assert set(page.tags) <= set(
            "html head meta title style body main h1 h2 ul li p table colgroup col thead tbody tr th td footer".split()
        )
        assert set(page.attributes) <= {"lang", "charset", "name", "content", "http-equiv", "scope", "class", "style"}


def test_the_text_is_readable() -> None:
    for comparison in (small(), nasty()):
        shown = comparison_text.render(comparison).decode("utf-8")
        lines = shown.split("\n")
        assert max(cell_len(line) for line in lines) <= 80
        assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c != "\n"]


def test_the_text_tells_what_happened() -> None:
    shown = comparison_text.render(small()).decode("utf-8")
    for words in (
        "draft-1 → draft-2",
        "1 row, then 1 (edition 2024): 1 changed, 1 gone, 1 new",
        "Findings: 1 gone, 1 new, 0 still there",
        "answer changed: no to yes; better, fix before the board to could be sharper",
        "was: We aim to answer in ten days.",
        "- gone: hedged-practice",
        "5.1 no word (due May 2025, which has passed)",
        "5.2  row gone",
        "5.3  row new",
    ):
        assert words in " ".join(shown.split()) or words in shown, words
    assert shown.index("no word") < shown.index("ROWS THAT CHANGED") and "5.4" not in shown


@pytest.mark.parametrize("name", NASTY)
def test_the_text_shows_nasty_text(name: str) -> None:
    shown = written("text")
    assert one_line(NASTY[name])[:60].rpartition(" ")[0].replace(" ", "") in shown


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "all new", ("(blank)", "all new")),
        ("a b c d e f g h i j", "a b c d e f g h X j", ("… c d e f g h i j", "… c d e f g h X j")),
        ("X b c d e f g h i j", "Y b c d e f g h i j", ("X b c d e f g …", "Y b c d e f g …")),
        ("a a a", "a a", ("a a a", "a a")),
        ("same", "same", ("same", "same")),
    ],
)
def test_only_the_words_that_changed_are_shown(old: str, new: str, told: tuple[str, str]) -> None:
    assert changed_words(old, new) == told


@pytest.mark.parametrize(
    ("name", "path", "chosen"),
    [("", None, "text"), ("json", None, "json"), ("", "a.xlsx", "xlsx"), ("", "a.HTML", "html"), ("text", "a.json", "text")],
)
def test_the_format_follows_the_name(name: str, path: str | None, chosen: str) -> None:
    assert comparison_format(name, Path(path) if path else None) == chosen
    assert chosen in COMPARISON_FORMATS


@pytest.mark.parametrize(
    ("name", "said"), [("docx", "no format 'docx' for a comparison"), ("jsn", "did you mean 'json'"), ("xlsx", "with -o")]
)
def test_formats_that_cannot_be_had(name: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        comparison_format(name, None)


def test_write_and_print(tmp_path: Path) -> None:
    for name in COMPARISON_FORMATS:
        stream = io.StringIO()
        write_comparison(small(), tmp_path / name, name, stream=stream)
        assert (tmp_path / name).stat().st_size > 500 and stream.getvalue() == ""
    with pytest.raises(WriteError, match="add --force"):
        write_comparison(small(), tmp_path / "json", "json", stream=stream)
    write_comparison(small(), None, "html", stream=stream)
    assert stream.getvalue().encode("utf-8") == (tmp_path / "html").read_bytes()


def test_the_command(tmp_path: Path) -> None:
    make_form(tmp_path, "draft-1", "We aim to answer.", "", "The board will approve it by May 2025.")
    make_form(tmp_path, "draft-2", "We answer.", "", "The board approved it in May 2025.")
    done = run("compare", "draft-1.jsonl", "draft-2.jsonl", "-o", "told.json", folder=tmp_path)
    assert done.returncode == 0 and "saved told.json" in done.stderr, done.stderr
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, SCHEMA)
    assert [(row["provision"], row["changed"]) for row in told["rows"]] == [("5.1", True), ("5.2", False), ("5.3", True)]
    assert [promise["outcome"] for promise in told["promises"]] == ["kept in words"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["draft.jsonl", "draft.jsonl", "-o", "draft.jsonl", "--force"], "is the form itself"),
        (["draft.jsonl", "draft.jsonl", "--format", "xlsx"], "name the file with -o"),
        (["draft.jsonl", "missing.docx"], "missing.docx"),
    ],
)
def test_what_the_command_refuses(tmp_path: Path, arguments: list[str], said: str) -> None:
    make_form(tmp_path, "draft", "We aim to answer.")
    done = run("compare", *arguments, folder=tmp_path)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1


def test_a_crashed_check_is_said_and_ends_with_three(tmp_path: Path) -> None:
    make_form(tmp_path, "crashed", "We aim to answer.")
    make_form(tmp_path, "draft", "We aim to answer.")
    done = run("compare", "crashed.jsonl", "draft.jsonl", folder=tmp_path)
    assert done.returncode == 3 and "check ER501 crashed" in done.stderr and "crashed on the old form" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_a_browser_shows_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(comparison_html.render(nasty()))
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={tmp_path}/profile",
        "--dump-dom",
    ]
    done = subprocess.run([*command, page.as_uri()], capture_output=True, timeout=60, check=True)
    assert b"<script" not in done.stdout and b"scope=" in done.stdout
