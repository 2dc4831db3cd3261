"""Tells a page whose words are only a picture from a blank one: the first is an error, never a clean result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencereview.errors import ReadError
from evidencereview.readers.pdf_page import Page
from evidencereview.records import Note

_OCR = "have a text layer made (OCR: 'Recognise text' in a PDF program), or get the original Word or Excel file"
_SHEET = 0.5  # of the page: a picture that large may be a scan
_PICTURE = 0.01  # of the page: a smaller picture is an ornament
_DRAWN = 20  # shapes that are no rules: letters drawn as outlines, or a chart
_GARBLED = 0.2  # share of the characters that mean nothing


def check_text_layer(pages: Sequence[Page], own: Sequence[bool], name: str) -> Iterator[Note]:
    """Yield notes on pictures, blank pages and what the worker remarked; `own` says which pages have words but titles.

    Raises:
        ReadError: pages with ink but without words, or whose words cannot be understood.
    """
    lost = [page.number for page, words in zip(pages, own, strict=True) if not words and _holds_ink(page)]
    if lost:
        raise ReadError(f"{name}: {_named(lost)} without a text layer (a scan or a picture)", _OCR)
    garbled = [page.number for page in pages if page.unmapped > _GARBLED * sum(len(w.text) for w in page.words) > 0]
    if garbled:
        what = f"{name}: {_named(garbled)} with a text layer that says nothing (its fonts do not tell their letters)"
        raise ReadError(what, _OCR)
    for page, words in zip(pages, own, strict=True):
        yield from _remarks(page, words)


def _remarks(page: Page, own: bool) -> Iterator[Note]:
    where = f"page {page.number}"
    if not page.words:
        yield Note("blank-page", "nothing stands on it", where)
    elif not own:
        yield Note("blank-page", "nothing but its header or footer stands on it", where)
    pictures = [box for box in page.pictures if _share(box, page) >= _PICTURE and not _written_over(box, page)]
    if pictures:
        yield Note("picture", f"{len(pictures)} pictures: what they show was not read", where)
    if page.unmapped:
        yield Note("unknown-characters", f"{page.unmapped} characters of which the file does not say what they are", where)
    for kind, text in page.remarks:
        yield Note(kind, text[:200], where)


def _holds_ink(page: Page) -> bool:
    sheet = any(_share(box, page) >= _SHEET for box in page.pictures)
    if page.words:  # a header stamped on a scan
        return sheet
    drawn = page.shapes >= _DRAWN or any(_share(box, page) >= _PICTURE for box in page.pictures)
    return page.inked and drawn


def _share(box: tuple[float, float, float, float], page: Page) -> float:
    x0, top, x1, bottom = box
    width = max(0.0, min(x1, page.width) - max(x0, 0.0))
    height = max(0.0, min(bottom, page.height) - max(top, 0.0))
    return width * height / max(page.width * page.height, 1.0)


def _written_over(box: tuple[float, float, float, float], page: Page) -> bool:
    """Tell whether words lie over a picture: it is a background, or a scan with its text layer."""
    x0, top, x1, bottom = box
    over = sum(x0 <= word.x0 and word.x1 <= x1 and top <= word.middle <= bottom for word in page.words)
    return over >= 20


def _named(pages: Sequence[int]) -> str:
    numbers = ", ".join(map(str, pages[:10])) + (f" and {len(pages) - 10} more" if len(pages) > 10 else "")
    return f"page {numbers} is" if len(pages) == 1 else f"pages {numbers} are"
