"""Small pieces of the page. Every text of a form goes in through here, made visible, and the builder escapes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from lxml.etree import _Element
from lxml.html import Element

from evidencereview.records import Cell, Item
from evidencereview.report.harmless import one_line, visible
from evidencereview.report.marks import Piece
from evidencereview.report.wording import TIERS

Node: TypeAlias = _Element


class Builder:
    """Makes elements by name: `E.p("text", E.b("more"), {"class": "quiet"}, id="here")`."""

    def __getattr__(self, name: str) -> Callable[..., Node]:
        return partial(element, name)


E = Builder()


def element(name: str, /, *parts: Node | str | Mapping[str, str], **attributes: str) -> Node:
    """Return an element with its texts, elements and attributes in the order given; texts are never read as markup."""
    made: Node = Element(name, dict(attributes))
    for part in parts:
        if isinstance(part, str):
            _add_text(made, part)
        elif isinstance(part, Mapping):
            for key, value in part.items():
                made.set(key, value)
        else:
            made.append(part)
    return made


def _add_text(node: Node, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def shown(text: str) -> str:
    """Return a text that may be put into the page: XML takes no lone surrogate and no control character."""
    return visible(text)


def badge(tier: int) -> Node:
    """Return a tier in words, on its colour."""
    return E.span(TIERS[tier], {"class": f"badge tier-{tier}"})


def classed(name: str, *parts: Node | str) -> Node:
    """Return a paragraph of a class."""
    return E.p(*parts, {"class": name})


def quoted(cell: Cell, parts: Iterable[Piece]) -> Node:
    """Return a cell of the form with its words marked; line breaks stay."""
    inside: list[Node | str] = [E.mark(shown(part.text)) if part.marked else shown(part.text) for part in parts]
    return E.p(E.b(f"{cell.value.capitalize()}: "), *(inside or ["(blank)"]), {"class": "cell"})


def table(caption: str, heads: Sequence[str], lines: Iterable[Sequence[str | int]]) -> Node:
    """Return a table with a caption, column heads, and the first cell of each line as its head."""
    return E.table(
        E.caption(caption, {"class": "quiet"}),
        E.thead(E.tr(*(_head(name, "col", number=place > 0) for place, name in enumerate(heads)))),
        E.tbody(*(_line(line) for line in lines)),
    )


def anchor(item: Item) -> str:
    """Return the name of a row's place in the page."""
    return f"row-{item.row.order}"


def _line(values: Sequence[str | int]) -> Node:
    first, *rest = values
    return E.tr(_head(one_line(str(first)), "row"), *(_cell(value) for value in rest))


def _head(text: str, scope: str, *, number: bool = False) -> Node:
    return E.th(text, {"scope": scope, "class": "number"} if number else {"scope": scope})


def _cell(value: str | int) -> Node:
    if isinstance(value, int):
        return E.td(str(value), {"class": "number"})
    return E.td(one_line(value))
