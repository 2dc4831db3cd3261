"""A browser opens the page: no request beyond the file, no script run, and everything unfolded in print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evidencereview.records import Review
from evidencereview.report import web_page
from made_reviews import made_finding, made_item, made_review, made_row, nasty_review, sample_review

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser (chromium) is installed"),
]
# Would show if anything of a form were taken for markup or run.
BAIT = (
    "<img src='https://example.invalid/a.png' onerror='window.ran=1'>",
    "<script src='https://example.invalid/a.js'></script><script>window.ran=1</script>",
    "</style><link rel='stylesheet' href='https://example.invalid/a.css'>",
    "<svg onload='window.ran=1'><a href='javascript:window.ran=1'>x</a></svg>",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe><base href='https://example.invalid/'>",
    "<meta http-equiv='refresh' content='0;url=https://example.invalid/'>",
)


def baited() -> Review:
    items = []
    for rank, text in enumerate(BAIT, 1):
        row = made_row(f"5.{rank}", rank, evidence=text, commentary=text, requirement=text)
        finding = made_finding(row, "stale-date", "ER304", text, because=text, ask=text)
        items.append(made_item(row, rank, 3, (finding,)))
    return made_review(tuple(items), name=BAIT[1])


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.parametrize("review", [sample_review(), nasty_review(), baited()], ids=["sample", "nasty", "baited"])
def test_no_request_and_no_script(browser: Any, tmp_path: Path, review: Review) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(web_page.render(review))
    asked: list[str] = []
    said: list[str] = []
    tab = browser.new_page()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    tab.goto(path.as_uri())
    for folded in tab.locator("summary").all():
        folded.click()
    assert asked == [path.as_uri()]
    # The policy blocks nothing, since there is nothing to block: the browser has nothing to say.
    assert said == []
    assert tab.evaluate("window.ran") is None
    assert tab.evaluate("document.scripts.length") == 0
    assert tab.url == path.as_uri()
    # The style sheet is the one that the policy allows.
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(31, 58, 77)"
    tab.close()


def test_the_keyboard_reaches_what_is_folded(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(web_page.render(sample_review()))
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.parentElement.open") is True
    tab.close()


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_nothing_runs_over_the_edge(browser: Any, tmp_path: Path, width: int) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(web_page.render(nasty_review()))
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def test_in_print_everything_is_unfolded(browser: Any, tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    path = tmp_path / "page.html"
    path.write_bytes(web_page.render(sample_review()))
    tab = browser.new_page()
    tab.goto(path.as_uri())
    with pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True)) as document:
        text = " ".join(document[place].get_textpage().get_text_range() for place in range(len(document)))
        assert tuple(round(side) for side in document[0].get_size()) == (595, 842)
    tab.close()
    flat = " ".join(text.split())
    assert flat.count("The form's requirement:") == len(sample_review().items)
    assert "SHA-256 of the file" in flat
