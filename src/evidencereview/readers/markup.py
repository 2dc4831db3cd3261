"""Takes the tags out that converters leave in cells; whatever else looks like markup is text and stays."""

from __future__ import annotations

import re
from html.entities import html5

_ATTRIBUTE = r"\s+[\w:-]{1,40}\s*=\s*(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>=]{1,2000})"
_NAMES = "p|ul|ol|li|i|b|em|strong|br|u|span|a|div|sup|sub|h[1-6]|table|thead|tbody|tfoot|tr|td|th|caption"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{_NAMES})(?P<attributes>(?:{_ATTRIBUTE}){{0,20}})\s*/?>", re.IGNORECASE)
_HREF = re.compile(r"\shref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#(?P<decimal>\d{1,7})|#[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));")
_BLOCKS = frozenset(
    {"p", "ul", "ol", "br", "div", "table", "thead", "tbody", "tfoot", "tr", "caption", *(f"h{n}" for n in range(1, 7))}
)
_CELLS = frozenset({"td", "th"})


def strip_tags(text: str) -> tuple[str, int]:
    """Take known tags out and read entities; return the text and how many tags went.

    Blocks end a line, list items begin with a bullet, and a link keeps its target behind its words where it differs.
    """
    if "<" not in text and "&" not in text:
        return text, 0
    out: list[str] = []
    links: list[tuple[str, int]] = []
    end, count = 0, 0
    for match in _TAG.finditer(text):
        out.append(text[end : match.start()])
        out.append(_instead(match, out, links))
        end, count = match.end(), count + 1
    out.append(text[end:])
    while links:
        out.append(_target(*links.pop(), out))
    return _ENTITY.sub(_character, "".join(out)), count


def with_target(words: str, target: str) -> str:
    """Return a link's words with its target behind them, where the target says more than the words."""
    shown = _bare(words)
    return words if not target.strip() or _bare(target) in shown else f"{words} ({target.strip()})"


def _instead(match: re.Match[str], out: list[str], links: list[tuple[str, int]]) -> str:
    name, closing = match["name"].lower(), bool(match["end"])
    if name == "a":
        # Links do not nest, so the next one closes one that was left open.
        before = _target(*links.pop(), out) if links else ""
        if not closing:
            href = _HREF.search(match["attributes"])
            links.append((next((g for g in href.groups() if g), "") if href else "", len(out) + 1))
        return before
    if name == "li":
        return "" if closing else "\n• "
    return "\n" if name in _BLOCKS else " " if name in _CELLS else ""


def _target(target: str, start: int, out: list[str]) -> str:
    words = "".join(out[start:]).strip()
    return with_target(words, target)[len(words) :]


def _bare(address: str) -> str:
    flat = re.sub(r"\s+", "", address).casefold()
    return re.sub(r"^(?:mailto:|tel:|https?://)?(?:www\.)?|/$", "", flat)


def _character(match: re.Match[str]) -> str:
    if match["name"]:
        return html5.get(match["name"] + ";", match[0])
    code = int(match["decimal"]) if match["decimal"] else int(match["hex"], 16)
    usable = code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if usable else match[0]
