"""Content controls of a Word form: what a ticked box, a drop-down or a fill-in field says, and prompts left unfilled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidencereview.readers.answers import is_answer
from evidencereview.readers.visible import visible
from evidencereview.readers.word_names import PROMPT, W14, W, below, is_on, plain_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PROMPT = re.compile(
    r"[\[<]?\s*(?:please\s+)?(?:choose|select|pick)\s+(?:an?|one|your)\s+(?:item|option|answer|date|block|building block)"
    r"\.?\s*[\]>]?"
    r"|[\[<]?\s*(?:please\s+)?(?:click|tap)(?:\s+or\s+tap)?(?:\s+here)?\s+to\s+(?:enter|add|type|select)\s+"
    r"(?:an?\s+|some\s+|your\s+)?(?:text|date|answer|evidence|comments?)\.?\s*[\]>]?",
    re.IGNORECASE,
)
_LONG = 150  # characters; no prompt is as long, so a flag left behind must not hide a real text


def is_prompt(text: str) -> bool:
    """Tell whether a text only asks to be filled in, as fields of Word do until somebody does."""
    return len(text) <= _LONG and _PROMPT.fullmatch(" ".join(text.split())) is not None


def settle_controls(story: Element) -> None:
    """Write the state of each box as its text, and mark the texts of fields that still show their prompt."""
    for control in list(story.iter(W + "sdt")):
        settings = below(control, "sdtPr")
        content = below(control, "sdtContent")
        if content is None:
            continue
        box = None if settings is None else settings.find(W14 + "checkbox")
        if box is not None:
            _draw(content, "☒" if is_on(box.find(W14 + "checked")) else "☐")
        elif _is_unfilled(settings, content):
            for piece in content.iter(W + "t"):
                piece.set(PROMPT, "1")


def _is_unfilled(settings: Element | None, content: Element) -> bool:
    if next(content.iter(W + "sdt"), None) is not None:
        return False
    text = plain_text(content)
    # Programs that fill a form in often leave the flag behind: an answer is an answer.
    flagged = is_on(below(settings, "showingPlcHdr")) and len(text) <= _LONG and not is_answer(text)
    return bool(text) and (flagged or is_prompt(text))


def _draw(content: Element, state: str) -> None:
    """Write the state of a box in place of the one character that draws it, whatever that is."""
    drawn = [piece for piece in content.iter(W + "t", W + "sym") if piece.tag == W + "sym" or visible(piece.text or "")]
    if len(drawn) == 1 and visible(drawn[0].text or "") < 2:
        drawn[0].tag, drawn[0].text = W + "t", state
