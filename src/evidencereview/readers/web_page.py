"""Walks the tree of a web page once, start and end of each element in turn, so that no nesting is too deep for it."""

from __future__ import annotations

from typing import Any

from evidencereview.readers import web_tags as tags
from evidencereview.readers.answers import shorten
from evidencereview.readers.grid import Grid, Loose, Meter
from evidencereview.readers.tally import Tally
from evidencereview.readers.text import read_text
from evidencereview.readers.web_hidden import leaves_out
from evidencereview.readers.web_table import OpenTable, as_lines, stands_alone
from evidencereview.readers.web_text import Lists, TextRun

_CELLS = ("td", "th")


class _OpenCell:
    """A cell in the making: `heading` is the place of the first heading in it, `pictures` what its pictures say."""

    def __init__(self, across: int, down: int) -> None:
        self.run = TextRun()
        self.across, self.down = across, down
        self.heading: int | None = None
        self.pictures: list[str] = []


class PageWalk:
    """What is open while a page is walked: tables and their cells, lists, links."""

    def __init__(self, meter: Meter, tally: Tally) -> None:
        self._meter, self._tally = meter, tally
        self._blocks: list[Grid | Loose] = []
        self._run = TextRun()
        self._tables: list[OpenTable] = []
        self._cells: list[_OpenCell | None] = []  # the open cell of each open table
        self._lists = Lists()
        self._marks: list[tuple[Any, TextRun, int]] = []  # links and labels that are open, and where their words began
        self._kept = 0  # how many pre elements are open
        self._where = ""

    def blocks(self, root: Any) -> list[Grid | Loose]:
        """Return the tables and texts of the page in reading order; a blank text stands for an empty line of a form.

        Raises:
            LimitError: over one of the reading limits.
        """
        from lxml import etree

        self._page_text(root.findtext(".//title"))
        skipped: Any = None
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            self._meter.tick()
            tag = tags.kind_of_element(element)
            if event == "start":
                self._where = f"line {element.sourceline}"
                if self._is_left_out(element, tag):
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._start(element, tag)
                    self._add(element.text)
            else:
                if element is not skipped:
                    self._end(element, tag)
                self._add(element.tail)
        while self._tables:
            self._end_table()
        self._flush()
        return self._blocks

    @property
    def _cell(self) -> _OpenCell | None:
        return self._cells[-1] if self._cells else None

    @property
    def _sink(self) -> TextRun:
        return self._cell.run if self._cell is not None else self._run

    def _add(self, text: str | None) -> None:
        if text:
            self._sink.add(text, kept=self._kept > 0)

    def _is_left_out(self, element: Any, tag: str) -> bool:
        if tag == "select":
            self._add(tags.field_text(element, tag))
            return True
        if tag in ("img", "svg"):
            self._picture(tags.picture_text(element))
            return True
        return leaves_out(element, tag, in_cell=self._cell is not None, tally=self._tally, where=self._where)

    def _start(self, element: Any, tag: str) -> None:
        if tag == "table":
            self._break()
            self._open_table()
        elif tag == "tr":
            self._end_cell()
            self._table().open_row(self._where)
        elif tag in _CELLS:
            self._end_cell()
            self._table()
            self._cells[-1] = _OpenCell(tags.span(element, "colspan", 1000), tags.span(element, "rowspan", 65534))
        elif tag in tags.BLOCKS:
            self._break()
            self._start_block(element, tag)
        else:
            self._start_inline(element, tag)

    def _start_block(self, element: Any, tag: str) -> None:
        cell = self._cell
        if cell is not None and tag in tags.HEADINGS and cell.heading is None:
            cell.heading = cell.run.mark()
        if cell is None and tag in tags.ASIDES:
            self._put(Loose("", self._where, heading=True))
        if tag in ("ul", "ol"):
            self._lists.begin(tag, element.get("type") or "", element.get("start") or "")
        elif tag == "li":
            self._sink.add(self._lists.item())
        elif tag == "pre":
            self._kept += 1

    def _start_inline(self, element: Any, tag: str) -> None:
        if tag == "br":
            self._sink.line()
        elif tag in ("a", "label"):
            self._marks.append((element, self._sink, self._sink.mark()))
        elif tag == "input":
            # The box stands before the words of its label, wherever the page puts it.
            words = tags.field_text(element, tag)
            inside = [mark for owner, run, mark in self._marks if owner.tag == "label" and run is self._sink]
            self._sink.insert(inside[-1] if inside else self._sink.mark(), words)
        elif len(element) == 0 and not (element.text or "").strip():
            self._picture(tags.picture_text(element) or tags.mark_of(element))

    def _end(self, element: Any, tag: str) -> None:
        if tag == "table":
            self._end_table()
        elif tag == "tr":
            self._end_cell()
            self._table().close_row()
        elif tag in _CELLS:
            self._end_cell()
        elif tag in tags.BLOCKS:
            self._end_block(element, tag)
        elif tag in ("a", "label") and self._marks:
            owner, run, mark = self._marks.pop()
            words = run.since(mark)
            if owner.tag == "a":
                run.add(tags.link_text(words, owner.get("href") or "")[len(words) :])

    def _end_block(self, element: Any, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.end()
        if tag == "pre":
            self._kept = max(0, self._kept - 1)
            if self._cell is None and not self._tables:
                # Preformatted text is a text file within the page.
                self._blocks += read_text(self._run.take_raw(), self._meter).blocks
        if self._cell is None and self._run.is_blank and _is_empty_place(element, tag):
            self._put(Loose("", self._where))
        self._break(heading=tag in tags.HEADINGS)

    def _picture(self, words: str) -> None:
        """Keep what a picture says: it is the text of a cell that has no other."""
        if self._cell is not None:
            self._cell.pictures.append(words)
        elif words:
            self._tally.gather("picture", words, self._where)

    def _break(self, *, heading: bool = False) -> None:
        if self._cell is not None:
            self._cell.run.line()
        else:
            self._flush(heading=heading)

    def _flush(self, *, heading: bool = False) -> None:
        text = self._run.take()
        if text:
            self._put(Loose(text, self._where, heading))

    def _put(self, loose: Loose) -> None:
        if self._tables:
            self._tables[-1].parts.append(loose)
        else:
            self._blocks.append(loose)

    def _page_text(self, text: str | None) -> None:
        self._where = "title of the page"
        self._run.add(text or "")
        self._flush(heading=True)

    def _table(self) -> OpenTable:
        """Return the innermost table; a row or cell that stands in none begins one."""
        if not self._tables:
            self._open_table()
        return self._tables[-1]

    def _open_table(self) -> None:
        self._tables.append(OpenTable(self._meter, where=self._where))
        self._cells.append(None)

    def _end_cell(self) -> None:
        cell = self._cell
        if cell is None:
            return
        pictures = [words for words in cell.pictures if words]
        text = cell.run.take() or " ".join(pictures)
        if not text and cell.pictures:
            self._tally.add("picture", "a cell holds only a picture that no words stand for", self._where)
        self._tables[-1].add_cell(text, cell.across, cell.down)
        self._cells[-1] = None

    def _end_table(self) -> None:
        if not self._tables:
            return
        self._end_cell()
        self._flush()
        table = self._tables.pop()
        blocks = table.blocks()
        self._cells.pop()
        if table.shared:
            self._tally.count("merged-cell", "rows got the text of a cell that spans several provisions", table.shared)
        cell = self._cell
        if cell is None:
            if self._tables:
                self._tables[-1].close_row()
                self._tables[-1].parts += blocks
            else:
                self._blocks += blocks
        elif stands_alone(blocks):
            self._set_free(cell, blocks)
        else:
            lines = as_lines(blocks)
            cell.run.line()
            cell.run.add(lines, kept=True)
            cell.run.line()
            self._tally.add("nested-table", shorten("read line by line: " + lines), self._where)

    def _set_free(self, cell: _OpenCell, blocks: list[Grid | Loose]) -> None:
        """Let a table of the form out of the cell that frames it; a heading above it in the cell goes along."""
        outer = self._tables[-1]
        heading = cell.run.take(cell.heading) if cell.heading is not None else ""
        outer.add_cell(cell.run.take(), 1, 1)
        outer.close_row()
        outer.parts += [Loose(heading, self._where, heading=True)] if heading else []
        outer.parts += blocks
        outer.open_row(self._where)
        cell.heading = None


def _is_empty_place(element: Any, tag: str) -> bool:
    """Tell whether an empty element stands for an empty cell: it is one of several alike."""
    if len(element) or (element.text or "").strip():
        return False
    return tag == "dd" or (tag in ("div", "p", "li") and _is_one_of_three(element))


def _is_one_of_three(element: Any) -> bool:
    # Asked of the neighbours, since a parent counts all of its children each time that it is asked.
    before, after = element.getprevious(), element.getnext()
    if before is not None and after is not None:
        return True
    return (before is not None and before.getprevious() is not None) or (after is not None and after.getnext() is not None)
