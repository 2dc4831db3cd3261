"""What the elements of a web page do to the text around them: which break a line, which hide, which are a mark."""

from __future__ import annotations

import re
from typing import Any

from evidencereview.readers.markup import with_target

BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre search section"
    " summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What stands beside the text of a page: whatever row came before has ended here.
ASIDES = frozenset({"footer", "nav", "aside", "header"})
# Never text that a reader of the page sees.
SILENT = frozenset({"script", "style", "template", "noscript", "link", "meta", "base", "datalist", "colgroup", "head"})
EMBEDDED = frozenset({"iframe", "object", "embed", "audio", "video", "applet", "frame"})
_CELL_ROLES = {"cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
_ROLES = {"table": "table", "grid": "table", "row": "tr", **_CELL_ROLES}
_DISPLAY = {"table": "table", "table-row": "tr", "table-cell": "td"}
_STYLE_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]{1,30})", re.IGNORECASE)
_STYLE_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_TICKED = re.compile(r"\b(?:tick|check|checked|checkmark|yes)\b", re.IGNORECASE)
_CROSSED = re.compile(r"\b(?:cross|times|xmark|no)\b", re.IGNORECASE)


def kind_of_element(element: Any) -> str:
    """Return the element's tag; what is made a table, row or cell by its role or its display counts as one."""
    tag = str(element.tag).rpartition("}")[2].lower()
    if tag in ("div", "span", "section", "ul", "li", "p", "article"):
        shown = _STYLE_DISPLAY.search(element.get("style") or "")
        role = (element.get("role") or "").strip().lower()
        return _ROLES.get(role) or (_DISPLAY.get(shown[1].lower()) if shown else None) or tag
    return tag


def is_hidden(element: Any) -> bool:
    """Tell whether the element itself says that it is not shown."""
    return element.get("hidden") is not None or _STYLE_HIDDEN.search(element.get("style") or "") is not None


def span(element: Any, name: str, most: int) -> int:
    """Return a colspan or rowspan (1 where it is none), at most `most`."""
    value = (element.get(name) or "").strip()
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 9 else 1


def field_text(element: Any, tag: str) -> str:
    """Return what a form field shows: a box ticked or not, the words typed in, the choice that was made."""
    if tag == "select":
        chosen = [option for option in element.iter("option") if option.get("selected") is not None]
        return " ".join("".join(option.itertext()).strip() for option in chosen)
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☒ " if element.get("checked") is not None else "☐ "
    return (element.get("value") or "") if kind in ("text", "search", "url", "email", "date", "number", "tel") else ""


def picture_text(element: Any) -> str:
    """Return the words that stand for a picture or an icon; "" where it has none."""
    for name in ("alt", "aria-label", "title"):
        if (element.get(name) or "").strip():
            return str(element.get(name)).strip()
    return ""


def mark_of(element: Any) -> str:
    """Return the tick or cross that an empty icon draws, by its classes; "" where it draws none."""
    words = re.sub(r"[-_]", " ", element.get("class") or "")
    return "✓" if _TICKED.search(words) else "✗" if _CROSSED.search(words) else ""


def link_text(words: str, target: str) -> str:
    """Return a link's words with its address, where the address leads out of the page."""
    address = target.strip()
    if not words.strip() or address.startswith("#") or address.lower().startswith(("javascript:", "data:")):
        return words
    return with_target(words, address)
