"""Puts the marks of a comment round words of a Word document: runs are split there, and nothing else is changed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from evidencereview.report.docx_package import W
from evidencereview.report.docx_places import Words
from evidencereview.report.docx_text import Place, paragraphs_of

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_START, _END, _REFERENCE = W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"
# Controls that hold one chosen value: marks go round them, never inside.
_CHOICES = ("dropDownList", "comboBox", "date", "checkbox", "picture")
_PLAIN = "text"


class Marker:
    """Marks words and cells of one document; remembers where runs were split, so that places stay true."""

    def __init__(self) -> None:
        # Of each text that was cut: its pieces with the offset at which each begins; and of each piece, the text.
        self._pieces: dict[Any, list[tuple[int, Any]]] = {}
        self._origins: dict[Any, Any] = {}

    def mark_words(self, words: Words, comment: int) -> None:
        """Put a comment's marks round words."""
        first, last = self._run_from(words.first), self._run_to(words.last)
        start, end = _outside(first, _CHOICES), _outside(last, _CHOICES)
        start.addprevious(_mark(_START, comment))
        after = _after_marks(end)
        closing = _mark(_END, comment)
        after.addnext(closing)
        # A control for plain text may hold marks, but no run that is not its own.
        outside = _outside(closing, _PLAIN)
        (_after_marks(outside) if outside is not closing else closing).addnext(_reference(comment))

    def mark_whole(self, element: Any, comment: int) -> None:
        """Put a comment's marks round all of a cell or paragraph."""
        paragraphs = paragraphs_of(element) or [_first_paragraph(element)]
        first, last = paragraphs[0], paragraphs[-1]
        properties = first.find(W + "pPr")
        if properties is None:
            first.insert(0, _mark(_START, comment))
        else:
            properties.addnext(_mark(_START, comment))
        last.append(_mark(_END, comment))
        last.append(_reference(comment))

    def _run_from(self, place: Place) -> Any:
        """Return the run that begins with this character, split off where it stood inside one."""
        element, offset = self._piece(place)
        return self._split(element, offset)[1] if offset or _before_in_run(element) else element.getparent()

    def _run_to(self, place: Place) -> Any:
        """Return the run that ends with this character."""
        element, offset = self._piece(place)
        at_end = offset + 1 >= max(len(element.text or ""), 1)
        return element.getparent() if at_end and not _after_in_run(element) else self._split(element, offset + 1)[0]

    def _piece(self, place: Place) -> Place:
        """Return where a character stands by now."""
        element, offset = place
        for begin, piece in reversed(self._pieces.get(element, ())):
            if offset >= begin:
                return piece, offset - begin
        return place

    def _split(self, element: Any, offset: int) -> tuple[Any, Any]:
        """Split the run of an element at an offset of its text; return both runs."""
        run = element.getparent()
        text = element.text or ""
        right = etree.Element(run.tag, dict(run.attrib), nsmap=run.nsmap)
        properties = run.find(W + "rPr")
        if properties is not None:
            right.append(deepcopy(properties))
        moved = list(element.itersiblings())
        if offset == 0:
            right.append(element)
        elif offset < len(text):
            self._cut(element, offset, right)
        right.extend(moved)
        run.addnext(right)
        return run, right

    def _cut(self, element: Any, offset: int, right: Any) -> None:
        text = element.text or ""
        rest = etree.SubElement(right, element.tag)
        rest.text, element.text = text[offset:], text[:offset]
        for piece in (rest, element):
            piece.set(_SPACE, "preserve")
        origin = self._origins.get(element, element)
        pieces = self._pieces.setdefault(origin, [(0, origin)])
        begin = next(start for start, piece in pieces if piece is element)
        pieces.append((begin + offset, rest))
        pieces.sort(key=lambda entry: entry[0])
        self._origins[rest] = origin


def _first_paragraph(element: Any) -> Any:
    """Return a new paragraph in a cell or body that has none."""
    paragraph = etree.Element(W + "p")
    properties = element.find(W + "tcPr")
    element.insert(0 if properties is None else 1, paragraph)
    return paragraph


def _outside(element: Any, kinds: tuple[str, ...] | str) -> Any:
    """Return the outermost control of the given kinds round an element within its paragraph, else the element."""
    wanted = (kinds,) if isinstance(kinds, str) else kinds
    found = element
    for parent in element.iterancestors():
        if parent.tag == W + "p":
            break
        properties = parent.find(W + "sdtPr") if parent.tag == W + "sdt" else None
        if properties is not None and any(etree.QName(child).localname in wanted for child in properties):
            found = parent
    return found


def _after_marks(element: Any) -> Any:
    """Return the last of the comment marks that follow an element, so that comments stay in their order."""
    following = element.getnext()
    while following is not None and (following.tag == _END or following.find(_REFERENCE) is not None):
        element, following = following, following.getnext()
    return element


def _before_in_run(element: Any) -> bool:
    return any(sibling.tag != W + "rPr" for sibling in element.itersiblings(preceding=True))


def _after_in_run(element: Any) -> bool:
    return element.getnext() is not None


def _mark(tag: str, comment: int) -> Any:
    return etree.Element(tag, {W + "id": str(comment)})


def _reference(comment: int) -> Any:
    run = etree.Element(W + "r")
    style = etree.SubElement(etree.SubElement(run, W + "rPr"), W + "rStyle")
    style.set(W + "val", "CommentReference")
    etree.SubElement(run, _REFERENCE, {W + "id": str(comment)})
    return run
