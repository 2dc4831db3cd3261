"""Web pages: tables become grids, text between them loose text. Nothing is fetched, run or followed."""

from __future__ import annotations

from typing import Any

from evidencereview.errors import ReadError
from evidencereview.readers.grid import Document, Meter, over_limit
from evidencereview.readers.tally import Tally
from evidencereview.readers.web_page import PageWalk

_TAGS_A_CELL = 5  # tags begin and end cells, paragraphs in them and words in those


def read_page(text: str, name: str, meter: Meter) -> Document:
    """Turn the decoded text of one web page into grids and loose text in reading order.

    Args:
        text: the page's source.
        name: the file's name for messages.
        meter: counts rows, cells and seconds against the limits.

    Raises:
        ReadError: its elements are nested so deep that the parser gives up.
        LimitError: over one of the reading limits.
    """
    tally = Tally()
    tags, cap = text.count("<"), meter.limits.cells
    if tags > _TAGS_A_CELL * cap:
        raise over_limit("cells", cap, f"{name}: a page of {tags} tags")
    root = _parse(text, name)
    if root is None:
        return Document(())
    blocks = PageWalk(meter, tally).blocks(root)
    return Document(tuple(blocks), tally.notes())


def _parse(text: str, name: str) -> Any:
    from lxml import etree

    # Bytes with a named encoding: what a meta element says of the encoding was heeded when the file was decoded.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    source = text.replace("\x00", "\ufffd").encode("utf-8", "replace")
    try:
        root = etree.fromstring(source, parser) if source.strip() else None
    except etree.XMLSyntaxError as error:
        raise ReadError(
            f"{name}: is damaged and cannot be read as a web page", "save the page anew and try again"
        ) from error
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise ReadError(
            f"{name}: its elements are nested more than 2000 deep, so the rest cannot be read",
            "open it in a browser, copy the tables into Word, and save as .docx",
        )
    return root
