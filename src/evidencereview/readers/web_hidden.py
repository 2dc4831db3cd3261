"""What of a web page is not shown: hidden words are left out with a note, hidden rows and sections are read with one."""

from __future__ import annotations

from typing import Any

from evidencereview.readers.tally import Tally
from evidencereview.readers.web_tags import BLOCKS, EMBEDDED, SILENT, is_hidden

_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})


def leaves_out(element: Any, tag: str, *, in_cell: bool, tally: Tally, where: str) -> bool:
    """Tell whether an element is passed over with all that is in it; the tally hears of text that is lost with it.

    A page often folds its sections away until somebody clicks, so what is hidden as a whole block or row is read.
    """
    if tag in SILENT:
        if tag == "noscript":
            _note(element, "hidden-text", tally, where)
        return True
    if tag in EMBEDDED:
        address = (element.get("src") or element.get("data") or "").strip()
        tally.add("embedded", f"another page or file is shown here and was not opened: {address or tag}", where)
        return True
    if tag == "del":
        _note(element, "tracked-deletion", tally, where)
        return True
    if not is_hidden(element):
        return False
    if tag in _TABLE_PARTS:
        tally.gather("hidden-rows", "a hidden part of a table was read all the same", where)
        return False
    if in_cell or tag not in BLOCKS:
        _note(element, "hidden-text", tally, where)
        return True
    tally.gather("hidden-section", "a hidden part of the page was read all the same", where)
    return False


def _note(element: Any, kind: str, tally: Tally, where: str) -> None:
    text = " ".join("".join(element.itertext()).split())
    if text:
        tally.add(kind, text, where)
