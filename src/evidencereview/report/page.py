"""Lines of text on one console: wrapped, indented, with marked words; nothing is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from evidencereview.report.harmless import one_line
from evidencereview.report.marks import Piece

MARK = "bold underline"
NARROWEST = 20


class Page:
    """Prints lines to one console. Callers make texts harmless; `quoted` does it for the pieces of a cell."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.coloured = bool(console.color_system) and not console.no_color

    def line(self, body: str | Text, *, lead: str | Text = "", indent: int = 0) -> None:
        """Print a text after its lead; further lines start under the first letter of the text."""
        start = Text(" " * indent).append_text(_text(lead))
        width = max(self.console.width - cell_len(start.plain), NARROWEST)
        for part in _text(body).wrap(self.console, width, overflow="fold") or [Text()]:
            whole = start + part
            whole.rstrip()
            self.console.print(whole, no_wrap=True, crop=False, overflow="ignore")
            start = Text(" " * cell_len(start.plain))

    def entries(self, texts: Iterable[str], *, indent: int = 0) -> None:
        """Print each text as an entry of a list, made harmless."""
        for text in texts:
            self.line(one_line(text), lead="- ", indent=indent)

    def heading(self, text: str) -> None:
        """Print a heading after an empty line."""
        self.blank()
        self.line(Text(text.upper(), style="bold"))

    def blank(self) -> None:
        """Print an empty line."""
        self.console.print()

    def quoted(self, parts: Iterable[Piece]) -> Text:
        """Return the pieces of a cell as one harmless text: marked by style, or by »…« where there is no colour."""
        text = Text()
        for part in parts:
            words = one_line(part.text)
            before = " " if part.text[:1].isspace() else ""
            after = " " if words and part.text[-1:].isspace() else ""
            if part.marked and words:
                shown = words if self.coloured else f"»{words}«"
                text.append(before).append(shown, style=MARK).append(after)
            else:
                text.append(f"{before}{words}{after}")
        return text


def _text(value: str | Text) -> Text:
    return value if isinstance(value, Text) else Text(value)
