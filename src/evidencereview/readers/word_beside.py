"""What a Word file shows beside its body: headers and footers, footnotes and endnotes, comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from evidencereview.readers.visible import visible
from evidencereview.readers.word_names import W, plain_text
from evidencereview.readers.word_numbering import Numbering
from evidencereview.readers.word_package import Package
from evidencereview.readers.word_remarks import Remarks
from evidencereview.readers.word_styles import Styles
from evidencereview.readers.word_text import Prose
from evidencereview.readers.word_tree import clear
from evidencereview.readers.word_visible import count_visible

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NOTES = ("footnotes", "endnotes")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


class Beside:
    """The stories beside the body, each read when it is needed."""

    def __init__(self, package: Package, styles: Styles, remarks: Remarks, tick: Callable[[], None]) -> None:
        self._package = package
        self._styles = styles
        self._remarks = remarks
        self._tick = tick
        self._notes = {kind: dict(self._entries(kind)) for kind in _NOTES}
        self._used: set[tuple[str, str]] = set()

    def note(self, mark: str, kind: str, key: str) -> str:
        """Return the text of a footnote or endnote behind its mark, to stand with the words that refer to it."""
        text = self._notes[kind].get(key, "")
        if not text or (kind, key) in self._used:
            return ""
        self._used.add((kind, key))
        self._remarks.added += visible(mark)
        return f"{mark} {text}"

    def finish(self) -> None:
        """Note everything beside the body that no row holds."""
        for kind, entries in self._notes.items():
            for key, text in entries.items():
                if (kind, key) not in self._used:
                    self._remarks.add(kind, text, shown=True)
        for kind, part in self._package.related("header", "footer"):
            self._remarks.add("header-footer", self._story(part, kind), shown=True)
        with self._remarks.uncounted():
            for _, text in self._entries("comments"):
                self._remarks.add("comments", text)
        self._read_boxes()

    def _read_boxes(self) -> None:
        prose = self._prose({})
        hidden: set[Element] = set()
        for box, run, holder in self._remarks.boxes:
            top = None if run is None else next(reversed([run, *run.iterancestors()]))
            if run is not None and (prose.hides(run) or top in hidden):
                hidden.add(box)
                self._remarks.add("hidden-text", plain_text(box), holder)
            else:
                self._remarks.add("text-box", self._plain(box, {}), holder, shown=True)

    def _entries(self, kind: str) -> Iterator[tuple[str, str]]:
        """Yield identity and text of each entry of a part of notes or comments."""
        for _, part in self._package.related(kind):
            root = self._parsed(part, kind)
            for entry in [] if root is None else list(root):
                if entry.get(W + "type") not in _SEPARATORS:
                    yield entry.get(W + "id") or "", self._text(entry, part)

    def _story(self, part: str, kind: str) -> str:
        root = self._parsed(part, kind)
        return "" if root is None else self._text(root, part)

    def _text(self, story: Element, part: str) -> str:
        clear(story, self._remarks, self._tick)
        return self._plain(story, {r.key: r.target for r in self._package.relations(part) if r.external})

    def _plain(self, story: Element, targets: dict[str, str]) -> str:
        prose = self._prose(targets)
        return " ".join(" ".join(prose.text(paragraph) for paragraph in story.iter(W + "p")).split())

    def _prose(self, targets: dict[str, str]) -> Prose:
        return Prose(self._styles, Numbering(None, self._styles), targets, self._remarks)

    def _parsed(self, part: str, kind: str) -> Element | None:
        try:
            root = self._package.tree(part)
        except etree.XMLSyntaxError:
            self._remarks.add("damaged-part", f"the part with the {kind} is damaged and is not read")
            return None
        self._remarks.visible += count_visible(root, self._styles)
        return root
