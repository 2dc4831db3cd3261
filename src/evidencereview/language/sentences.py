"""Sentences of a cell, as a spaCy component: they survive bullets, abbreviations, links and pasted titles.

Register by importing this module; then `spacy.blank("en").add_pipe("evidence_sentences")`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidencereview.language.mentions import link_labels
from evidencereview.language.spacy_core import Doc, Language, Token

_ENDS = frozenset({".", "!", "?", "..", "...", "…"})
_BULLETS = frozenset({"•", "◦", "▪", "●", "○", "–", "—", "*", "·", "o", "-", "→", "\uf0b7"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "''"})
# Words after which a full stop does not end a sentence.
_ABBREVIATIONS = frozenset(
    "e.g i.e e.g. i.e. eg ie no nos approx vs cf mr mrs ms dr st para paras cl sec ref est inc ltd dept max min tel"
    " ext app apps vol pp p s viz".split()
)
_OPENERS = re.compile(r"[A-Z0-9\"'“‘(\[•▪●*–—-]")


@Language.component("evidence_sentences")
def evidence_sentences(doc: Doc) -> Doc:
    """Mark where sentences start: after end marks, at line breaks, at bullets, and around a link's label.

    Args:
        doc: one cell. Its text is never changed, so offsets stay those of the cell.
    """
    edges = _label_edges(doc.text)
    tokens = list(doc)
    for token in tokens:
        token.is_sent_start = token.i == 0 or token.idx in edges or _starts_after(tokens, token)
    return doc


def _label_edges(text: str) -> set[int]:
    """Code points at which a link's label starts, or the word after it does."""
    labels = link_labels(text)
    after = (len(text) - len(text[m.end :].lstrip(" .,;\t")) for m in labels)
    return {m.start for m in labels} | set(after)


def _starts_after(tokens: Sequence[Token], token: Token) -> bool:
    previous = tokens[token.i - 1]
    if token.is_space:
        return False
    if previous.is_space and "\n" in previous.text:
        return True
    before = previous if not previous.is_space else (tokens[token.i - 2] if token.i > 1 else previous)
    if _is_bullet(token) and (previous.is_space or before.text in {";", ":"}):
        return True
    return (_ends_sentence(tokens, before) and _opens(token, before)) or _ends_address(before, token)


def _is_bullet(token: Token) -> bool:
    # A dash between words is a pause; a bullet follows a line break or a list mark.
    return token.text in _BULLETS and token.text not in {"-", "–", "—", "*", "o"}


def _ends_sentence(tokens: Sequence[Token], token: Token) -> bool:
    if token.text in _CLOSERS and token.i > 0:
        return tokens[token.i - 1].text in _ENDS
    if token.text in _ENDS:
        word = tokens[token.i - 1].lower_ if token.i > 0 else ""
        return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha() and not tokens[token.i - 1].is_lower)
    # The tokenizer keeps some full stops inside the word ("a.m.", "2.3.").
    return len(token.text) > 2 and token.text.endswith((".", "!", "?")) and token.lower_ not in _ABBREVIATIONS


def _opens(token: Token, before: Token) -> bool:
    if before.whitespace_ or before.i + 1 < token.i:
        return bool(_OPENERS.match(token.text)) or token.like_url or before.text in {"!", "?"} or token.is_alpha
    # No space after the full stop: a pasted text, if a capital follows.
    return token.text[:1].isupper()


def _ends_address(before: Token, token: Token) -> bool:
    """A full address is over where a capitalised word follows it."""
    return before.text.startswith(("http://", "https://")) and token.text[:1].isupper()
