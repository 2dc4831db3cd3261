"""The one place that makes text of a form harmless before it is shown, saved or opened in a spreadsheet.

Text of a form is data: never markup, never a formula, never a command to the terminal. What cannot be seen is made
visible, so a reader is not fooled by it, and nothing is dropped.
"""

from __future__ import annotations

import re

# Cc but for tab and line feed; the marks that turn the direction of text; separators and fillers that cannot be seen.
# Zero-width joiners and tag characters stay: emoji and flags are made of them.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\u00ad\u180e\u200b\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb\ufffe\uffff"
_SURROGATE = "\ud800-\udfff"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_HIDDEN = re.compile(f"[{_CONTROL}{_DIRECTION}{_UNSEEN}{_SURROGATE}]")
_IN_JSON = re.compile(f"[\x7f-\x9f{_DIRECTION}{_UNSEEN}]")
_LONE = re.compile(f"[{_SURROGATE}]")

# Excel, LibreOffice and Google Sheets start a formula at these, and look through blanks to find them.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def visible(text: str) -> str:
    """Return the text with every character that hides or commands replaced by something that can be seen.

    Tab and line feed stay, carriage returns become line feeds. The C0 controls become their Unicode pictures (ESC is
    "␛"), everything else its code point ("⟨U+202E⟩").
    """
    return _HIDDEN.sub(_picture, text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return the visible text with every run of white space as one blank."""
    return " ".join(visible(text).split())


def spreadsheet_cell(text: str) -> str:
    """Return the visible text, with an apostrophe before it where a spreadsheet would see a formula."""
    shown = visible(text)
    return f"'{shown}" if may_be_formula(shown) else shown


def may_be_formula(text: str) -> bool:
    """Tell whether a spreadsheet that reads the text as if it were typed would see a formula."""
    return _FORMULA.match(text) is not None


def without_surrogates(text: str) -> str:
    """Return the text with each lone surrogate as U+FFFD, so that it can be encoded and offsets stay as they are."""
    return _LONE.sub("\ufffd", text)


def json_text(document: str) -> str:
    """Return a JSON document that prints safely: hidden characters inside its strings as \\u escapes.

    The parsed values stay the same, but for lone surrogates, which no strict parser takes.
    """
    return _IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", without_surrogates(document))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
