"""Each format: what it holds, that it is the same from run to run, and that nasty text goes through it unharmed."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len

from evidencereview import report
from evidencereview.errors import SettingsError, WriteError
from evidencereview.records import Answer, Cell, Review
from evidencereview.report import csv_format, json_format, terminal
from evidencereview.report.harmless import one_line, visible, without_surrogates
from made_reviews import NASTY, decided_review, made_finding, made_item, made_review, made_row, nasty_review, sample_review

SCHEMA = json.loads((Path(report.__file__).parent / "evidencereview-1.schema.json").read_text(encoding="utf-8"))


def read_json(review: Review) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json_format.render(review).decode("utf-8"))
    return document


def read_csv(review: Review, **more: int) -> list[dict[str, str]]:
    text = csv_format.render(review, **more).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("review", [sample_review(), nasty_review(), made_review(()), decided_review()])
def test_json_keeps_the_schema(review: Review) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(read_json(review), SCHEMA)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.update(extra=1),
        lambda document: document["form"].update(extra=1),
        lambda document: document["items"][0].update(extra=1),
        lambda document: document["items"][0].update(tier=4),
        lambda document: document["items"][0]["findings"][0].update(extra=1),
        lambda document: document["items"][0]["findings"][0].update(start=None),
        lambda document: document["items"][1]["findings"][0].update(start=1),
        lambda document: document["items"][0]["findings"][0].update(severity="awful"),
        lambda document: document.pop("notes"),
        lambda document: document["notes"][0].update(extra=1),
        lambda document: document["failures"][0].pop("check"),
    ],
)
def test_the_schema_refuses(spoil: Callable[[dict[str, Any]], None]) -> None:
    document = read_json(sample_review())
    spoil(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def test_json_holds_the_review() -> None:
    review = sample_review()
    document = read_json(review)
    assert list(document) == ["schema", "form", "items", "notes", "failures", "settings", "versions"]
    assert document["schema"] == "evidencereview/1"
    assert document["form"]["missing_provisions"] == ["2.1", "7.4"]
    assert [item["rank"] for item in document["items"]] == list(range(1, 15))
    first = document["items"][0]["findings"][0]
    words = review.items[0].row.evidence[first["start"] : first["end"]]
    assert words == first["words"] == "will be reviewing"
    absent = document["items"][1]["findings"][0]
    assert (absent["field"], absent["start"], absent["end"], absent["words"]) == (None, None, None, "")


def test_json_tells_what_was_decided() -> None:
    document = read_json(decided_review())
    told = {item["provision"]: item["findings"][0] for item in document["items"] if item["findings"]}
    assert told["1.2"]["decision"]["verdict"] == "accepted" and told["1.2"]["decision"]["closes"]
    assert told["1.2"]["identity"].startswith("1.2 future-commitment ")
    assert told["8.1"]["decision"]["expired"] and not told["8.1"]["decision"]["closes"]
    assert "decision" not in told["6.2"]
    (unmatched,) = document["unmatched_decisions"]
    assert (unmatched["provision"], unmatched["unmatched_because"]) == ("3.4", "the form has no row 3.4")
    assert "unmatched_decisions" not in read_json(sample_review())


def test_text_tells_what_was_decided() -> None:
    text = " ".join(terminal.render(decided_review()).decode("utf-8").split())
    assert "Decisions: 4 findings decided on, 1 of them closed; 1 decision not matched" in text
    assert "decided: agreed (A. Owner): =known to the board" in text
    assert "decided: the acceptance ended on 1 May 2026" in text
    assert (
        "DECISIONS THAT FIT NO FINDING (1) - 3.4 stale-date, agree: the form has no row 3.4 [reviewed.csv, line 9]" in text
    )


def test_what_is_settled_is_not_among_the_first() -> None:
    text = terminal.render(decided_review()).decode("utf-8")
    first, _, rest = text.partition("THE REST")
    assert " 1. 1.2 " not in first and "  1. 1.2    fix before the board future-commitment (decided)" in rest
    assert " 2. 8.1 " in first


def test_csv_tells_what_was_decided() -> None:
    rows = {row["provision"]: row["decisions"] for row in read_csv(decided_review())}
    assert rows["1.2"] == "future-commitment: accepted until 31 March 2027 (A. Owner): =known to the board"
    assert rows["6.2"] == ""


def test_json_offsets_hold_on_nasty_text() -> None:
    for item, record in zip(nasty_review().items, read_json(nasty_review())["items"], strict=True):
        finding = record["findings"][0]
        cell = without_surrogates(item.row.evidence)
        assert finding["words"] == (cell[finding["start"] : finding["end"]] if cell else "")
        assert finding["because"] == cell


def test_json_holds_every_row_whatever_the_least_tier() -> None:
    assert json_format.render(sample_review(), min_tier=3) == json_format.render(sample_review())


def test_json_refuses_what_is_no_number() -> None:
    row = made_row()
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_format.render(made_review((made_item(row, score=float("nan")),)))


@pytest.mark.parametrize("name", report.built_formats())
@pytest.mark.parametrize("make", [sample_review, nasty_review])
def test_the_same_review_gives_the_same_bytes(name: str, make: Callable[[], Review]) -> None:
    chosen = report.find_format(name)
    assert chosen.render(make()) == chosen.render(make())


def test_csv_has_a_row_a_row() -> None:
    rows = read_csv(sample_review())
    assert tuple(rows[0]) == csv_format.COLUMNS
    assert [row["rank"] for row in rows] == [str(rank) for rank in range(1, 15)]
    assert rows[0]["tier_in_words"] == "fix before the board"
    assert rows[0]["words"] == "will be reviewing"
    assert rows[0]["because"] == "future-commitment: the reason for future-commitment"
    assert rows[13]["flags"] == rows[13]["ask"] == ""


def test_csv_leaves_out_lower_tiers() -> None:
    assert [row["tier"] for row in read_csv(sample_review(), min_tier=2)] == ["3", "3", "2", "2"]


def test_csv_keeps_numbers_apart_from_text() -> None:
    rows = read_csv(made_review((made_item(made_row("5.10")),)))
    assert rows[0]["provision"] == "5.10"


@pytest.mark.parametrize(("index", "name"), list(enumerate(NASTY)))
def test_csv_gives_nasty_text_back(index: int, name: str) -> None:
    row = read_csv(nasty_review())[index]
    for column in ("evidence", "commentary", "ask"):
        value = row[column]
        assert value.removeprefix("'") == visible(NASTY[name])
        assert value.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert None not in row and len(row) == len(csv_format.COLUMNS)


@pytest.mark.parametrize(("index", "name"), list(enumerate(NASTY)))
def test_text_shows_nasty_text(index: int, name: str) -> None:
    item = nasty_review().items[index]
    shown = terminal.render(made_review((item,))).decode("utf-8")
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c != "\n"]
    beginning = one_line(NASTY[name])[:100].rpartition(" ")[0].replace(" ", "")
    assert beginning in "".join(shown.split())


def test_text_is_readable_at_80_columns() -> None:
    for review in (sample_review(), nasty_review()):
        lines = terminal.render(review).decode("utf-8").split("\n")
        assert max(cell_len(line) for line in lines) <= 80
        assert not [line for line in lines if line != line.rstrip()]


def test_text_is_as_it_was_looked_at(golden: Callable[[str, str], None]) -> None:
    golden("list.txt", terminal.render(sample_review()).decode("utf-8"))


def test_text_begins_with_what_was_read() -> None:
    text = terminal.render(sample_review()).decode("utf-8")
    assert text.split("\n")[1] == "14 rows read, edition 2024, 2 provisions not found: 2.1, 7.4"
    assert "»will be reviewing«" in text
    assert text.index("FIRST TO LOOK AT") < text.index(" 9.5 ") < text.index("THE REST") < text.index(" 9.14 ")
    assert text.index("NOTES FROM READING (1)") < text.index("CHECKS THAT CRASHED") < text.index("ValueError: nothing")


def test_text_says_what_it_leaves_out() -> None:
    text = terminal.render(sample_review(), min_tier=2).decode("utf-8")
    assert "10 rows below tier 2 not shown." in text
    assert "THE REST" not in text


def test_every_row_stands_in_the_text_once() -> None:
    text = terminal.render(sample_review()).decode("utf-8")
    for item in sample_review().items:
        assert (
            sum(line.startswith(f"{item.rank:2}. ") or line.startswith(f"{item.rank:3}. ") for line in text.split("\n")) == 1
        )


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_colour_and_no_other_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Screen()
    terminal.show(nasty_review(), screen)
    shown = screen.getvalue()
    assert "\x1b[" in shown and "»" not in shown
    assert "\x1b[31mred" not in shown and "\x1b]0" not in shown and "\x9b" not in shown


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen()
    terminal.show(sample_review(), screen)
    assert "»will be reviewing«" in screen.getvalue()


@pytest.mark.parametrize("name", ["xlsx", "docx", "html"])
def test_a_format_that_is_not_built_yet(name: str) -> None:
    if report.FORMATS[name]:
        pytest.skip(f"{name} is built")
    with pytest.raises(SettingsError, match=f"--format {name} is not available in this version"):
        report.find_format(name)


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match="there is no format 'jsn'; did you mean 'json'"):
        report.find_format("jsn")


@pytest.mark.parametrize("name", [name for name in report.built_formats() if name not in report.BINARY])
def test_a_file_and_a_stream_get_the_same(tmp_path: Path, name: str) -> None:
    printed = io.BytesIO()
    with io.TextIOWrapper(printed, encoding="utf-8", newline="\n", write_through=True) as stream:
        report.write(sample_review(), None, name, stream=stream)
        report.write(sample_review(), tmp_path / "out", name)
        assert printed.getvalue() == (tmp_path / "out").read_bytes()


@pytest.mark.parametrize("name", sorted(report.BINARY & set(report.built_formats())))
def test_a_screen_gets_no_binary(name: str) -> None:
    for stream in (Screen(), io.StringIO()):
        told = f"--format {name} makes a file that no screen can show; name the file with -o"
        with pytest.raises(SettingsError, match=told):
            report.write(sample_review(), None, name, stream=stream)


def test_write_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text("mine")
    with pytest.raises(WriteError):
        report.write(sample_review(), tmp_path / "out.json", "json")
    with pytest.raises(SettingsError):
        report.write(sample_review(), None, "json")
    assert (tmp_path / "out.json").read_text() == "mine"


@pytest.mark.parametrize(("name", "format"), [("a.JSON", "json"), ("a.csv", "csv"), ("a.txt", "text"), ("a", "text")])
def test_a_name_asks_for_a_format(name: str, format: str) -> None:
    assert report.format_for(Path(name)) == format


@pytest.mark.parametrize("answer", list(Answer))
def test_every_answer_has_words(answer: Answer) -> None:
    item = made_item(made_row(answer=answer, answer_raw="x"), findings=())
    assert read_csv(made_review((item,)))[0]["answer"] == answer.value.replace("-", " ")


def test_a_row_without_a_number_is_shown() -> None:
    row = made_row("5.1", provision=None, provision_inferred=None)
    review = made_review((made_item(row),))
    assert "(no number)" in terminal.render(review).decode("utf-8")
    assert read_json(review)["items"][0]["provision"] == ""


def test_words_in_the_answer_are_shown() -> None:
    row = made_row(answer_raw="No", answer=Answer.NO)
    item = made_item(row, findings=(made_finding(row, "unexplained-no", "ER103", "No", Cell.ANSWER),))
    assert "answer: »No«" in terminal.render(made_review((item,))).decode("utf-8")
