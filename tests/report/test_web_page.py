"""The page: text stays text, nothing is asked of anybody, and it can be read by whoever has to."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement

from evidencereview.records import Review
from evidencereview.report import web_page
from evidencereview.report.harmless import one_line, visible
from evidencereview.report.making import how_made
from made_reviews import NASTY, decided_review, made_finding, made_item, made_review, made_row, nasty_review, sample_review

CSS = Path(web_page.__file__).with_name("page.css").read_text(encoding="utf-8")


def text_of(review: Review, **more: int) -> str:
    return web_page.render(review, **more).decode("utf-8")


def page(review: Review, **more: int) -> HtmlElement:
    return lxml.html.document_fromstring(text_of(review, **more))


def words(node: HtmlElement) -> str:
    return " ".join(node.text_content().split())


def named(node: HtmlElement, name: str) -> list[HtmlElement]:
    return node.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


@pytest.mark.parametrize("review", [sample_review(), nasty_review(), decided_review(), made_review(())])
def test_it_holds_nothing_that_runs_or_asks(review: Review) -> None:
    whole = page(review)
    assert (
        whole.xpath("//script | //iframe | //object | //embed | //link | //base | //form | //img | //audio | //video") == []
    )
    names = {name for node in whole.iter() for name in node.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("style", "src", "srcset", "action")]
    assert all(target.startswith("#") for target in whole.xpath("//@href"))
    assert not re.search(r"url\(|@import|expression\(", CSS)
    (policy,) = whole.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy


@pytest.mark.parametrize("review", [sample_review(), nasty_review(), decided_review(), made_review(())])
def test_it_can_be_read_by_all(review: Review) -> None:
    whole = page(review)
    assert whole.get("lang") == "en-GB" and words(whole.find(".//title")).startswith("Review of ")
    levels = [int(node.tag[1]) for node in whole.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(head.get("scope") in ("col", "row") for head in whole.iter("th"))
    assert all(table.find("caption") is not None for table in whole.iter("table"))
    assert all(details[0].tag == "summary" for details in whole.iter("details"))
    (drawing,) = whole.iter("svg")
    assert drawing.get("role") == "img" and drawing.find("title").text and drawing.find("desc").text
    ids = whole.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target[1:] for target in whole.xpath("//@href")} <= set(ids)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", ["#1a1a1a", "#1f3a4d", "#4a5560", "#0b4f7d"])
@pytest.mark.parametrize("paper", ["#ffffff", "#f1f5f7"])
def test_ink_on_paper(ink: str, paper: str) -> None:
    assert (luminance(paper) + 0.05) / (luminance(ink) + 0.05) >= 4.5
    assert ink in CSS and paper in CSS


def test_ink_on_every_colour() -> None:
    fills = re.findall(r"(?:background|fill): (#[0-9a-f]{6})", CSS)
    assert len(fills) >= 8
    assert all((luminance(fill) + 0.05) / (luminance("#1a1a1a") + 0.05) >= 7 for fill in fills if fill != "#1a1a1a")


def test_the_first_ten_and_then_every_row() -> None:
    whole, review = page(sample_review()), sample_review()
    first = named(whole, "first")[0]
    assert len(first) == 10
    assert words(first[0].find("h3")) == "1. 1.2 definition of a complaint fix before the board"
    assert words(named(first[0], "ask")[0]) == "Ask for: the question about future-commitment"
    rows = list(whole.iter("article"))
    assert [row.get("id") for row in rows] == [f"row-{row.order}" for row in review.form.rows]
    assert words(rows[0].find(".//mark")) == "will be reviewing"
    folded = rows[0].find("details")
    assert folded.get("open") is None and "Why place 1: 1 finding" in words(folded)
    assert "The form's requirement: Landlords must answer in time." in words(folded)


def test_what_was_read_and_how_it_was_made_are_told() -> None:
    whole = page(sample_review())
    said = words(whole)
    for text in (
        "14 rows read, edition 2024, 2 provisions not found: 2.1, 7.4.",
        "The form alone was read: no policy, letter or page that it names was opened.",
        "Check ER501 crashed (ValueError: nothing to compare): its findings are missing.",
        "outside-table: Adopted by the board. (line 3)",
        *(one_line(text) for _, text in how_made(sample_review())),
    ):
        assert text in said
    labels = [words(label) for label in whole.iter("dt")]
    assert labels == [label for label, _ in how_made(sample_review())]
    assert {"SHA-256 of the file", "Versions", "Settings", "Made on", "Weights"} <= set(labels)


def test_the_picture_tells_what_the_table_tells() -> None:
    whole = page(sample_review())
    drawn = sum(int(text.text) for text in whole.iter("text") if (text.text or "").isdigit())
    table = whole.find(".//figcaption/table")
    told = sum(int(words(cell)) for cell in table.iter("td"))
    assert drawn == told == len(sample_review().items)


def test_what_is_settled_is_not_among_the_first() -> None:
    first = named(page(decided_review()), "first")[0]
    assert words(first[0].find("h3")).startswith("2. 8.1 ") and len(first) == 10


def test_decisions_stand_at_their_findings() -> None:
    whole = page(decided_review())
    said = [words(node) for node in named(whole.find(".//article[@id='row-1']"), "decided")]
    assert said == ["Decided: accepted until 31 March 2027 (A. Owner): =known to the board"]
    assert len(named(whole.find(".//article[@id='row-1']"), "closed")) == 1
    assert named(whole.find(".//article[@id='row-2']"), "closed") == []
    assert "3.4 stale-date, agree: the form has no row 3.4 [reviewed.csv, line 9]" in words(whole.find(".//footer"))


def test_lower_tiers_are_left_out_and_that_is_said() -> None:
    whole = page(sample_review(), min_tier=2)
    assert len(list(whole.iter("article"))) == 4
    assert "10 rows below tier 2 left out below." in words(whole)


def cells(article: HtmlElement) -> list[str]:
    return [node.text_content() for node in named(article, "cell") if node.getparent() is article]


@pytest.mark.parametrize(("index", "name"), list(enumerate(NASTY)))
def test_nasty_text_stays_text(index: int, name: str) -> None:
    shown = visible(NASTY[name])
    told = cells(NASTY_ROWS[index])
    if not shown:
        assert told == ["Evidence: (blank)"]
        return
    assert told == [f"{cell}: {shown}" for cell in ("Evidence", "Commentary")]
    assert [mark.text for mark in NASTY_ROWS[index].iter("mark")] == [shown]
    folded = [node.text_content() for node in named(NASTY_ROWS[index].find("details"), "cell")]
    assert folded == [f"The form's {cell}: {shown}" for cell in ("answer", "requirement")]


NASTY_ROWS = list(page(nasty_review()).iter("article"))


@settings(max_examples=150)
@given(st.text(max_size=40))
def test_whatever_stands_in_a_form_is_text_in_the_page(text: str) -> None:
    row = made_row(evidence=text, commentary="x")
    review = made_review((made_item(row, findings=(made_finding(row, "stale-date", "ER304", text),)),), name=text)
    whole = page(review)
    article = whole.find(".//article")
    assert cells(article) == [*([f"Evidence: {visible(text)}"] if text else []), "Commentary: x"]
    assert whole.xpath("//script | //*[@onclick]") == []
