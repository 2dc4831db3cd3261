"""Makes fields plain: the code goes, the result stays, a link keeps its target, and a form field says what it shows."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidencereview.readers.markup import with_target
from evidencereview.readers.word_names import BEHIND, VAL, W, below, is_on, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LINK = re.compile(r'\bHYPERLINK\s+(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]\S*))', re.IGNORECASE)
_ANCHOR = re.compile(r'\\l\s+"(?P<place>[^"]*)"', re.IGNORECASE)
_SHOWN = (W + "t", W + "sym", W + "noBreakHyphen", W + "tab", W + "br", W + "cr")


@dataclass(slots=True)
class Field:
    """One field between its begin and its end.

    Attributes:
        begin: the mark that opens it.
        code: what the field is told to do.
        inside: what stands among the code and is never shown.
        result: the texts that it shows.
    """

    begin: Element
    code: str = ""
    inside: list[Element] = field(default_factory=list)
    result: list[Element] = field(default_factory=list)
    shows: bool = False


def find_fields(story: Element, gone: Container[Element] = ()) -> list[Field]:
    """Return the fields that have both ends; a mark without its other end is no field, and its text stays.

    `gone` are elements that do not count.
    """
    found: list[Field] = []
    opened: list[Field] = []
    for element in story.iter(W + "fldChar", W + "instrText", *_SHOWN):
        if element in gone:
            continue
        if element.tag == W + "fldChar":
            found += _mark(element, opened)
        elif element.tag == W + "instrText":
            if opened and not opened[-1].shows:
                opened[-1].code += element.text or ""
        else:
            for one in opened:
                (one.result if one.shows else one.inside).append(element)
    return found


def settle_fields(story: Element) -> None:
    """Take the codes of fields out of the tree and make what they show plain text."""
    for one in find_fields(story):
        for element in one.inside:
            element.tag, element.text = W + "instrText", ""
        _show_form_field(one)
        _keep_target(one.code, one.result)
    for simple in story.iter(W + "fldSimple"):
        _keep_target(simple.get(W + "instr") or "", list(simple.iter(W + "t")))


def form_field(begin: Element) -> str:
    """Return what a form field of the old kind shows without having a result: a box, or the entry of a list."""
    box, choices = below(begin, "ffData/checkBox"), below(begin, "ffData/ddList")
    if box is not None:
        state = below(box, "checked")
        return "☒" if is_on(state if state is not None else below(box, "default")) else "☐"
    if choices is not None:
        entries = [entry.get(VAL) or "" for entry in choices.findall(W + "listEntry")]
        chosen = whole(value(choices, "result") or value(choices, "default"))
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def _mark(element: Element, opened: list[Field]) -> list[Field]:
    """Open, turn or close a field; return it when it is whole."""
    kind = element.get(W + "fldCharType")
    if kind == "begin":
        opened.append(Field(element))
    elif kind == "separate" and opened:
        opened[-1].shows = True
    elif kind == "end" and opened:
        return [opened.pop()]
    return []


def _show_form_field(one: Field) -> None:
    shown = form_field(one.begin)
    if shown and not any((element.text or "").strip() for element in one.result):
        for child in list(one.begin):
            one.begin.remove(child)
        one.begin.tag, one.begin.text = W + "t", shown


def _keep_target(code: str, result: list[Element]) -> None:
    """Hang a link's target on the last of its words; whoever reads them puts it behind."""
    found = _LINK.search(code)
    texts = [element for element in result if element.tag == W + "t"]
    if found is None or not texts:
        return
    place = _ANCHOR.search(code)
    target = (found["quoted"] or found["bare"] or "") + (f"#{place['place']}" if place else "")
    words = "".join(element.text or "" for element in texts)
    texts[-1].set(BEHIND, with_target(words, target)[len(words) :])
