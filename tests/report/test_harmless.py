"""What cannot be seen is made visible; nothing is a formula; nothing is dropped."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.report.harmless import json_text, one_line, spreadsheet_cell, visible, without_surrogates
from made_reviews import NASTY

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
HIDDEN_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("a\x00b", "a␀b"),
        ("\x7f", "␡"),
        ("\x9b1m", "⟨U+009B⟩1m"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("\ufeffa", "⟨U+FEFF⟩a"),
        ("\ud83d", "⟨U+D83D⟩"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb\nc", "a\tb\nc"),
        ("👨‍👩‍👧 ŵ ż", "👨‍👩‍👧 ŵ ż"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY_TEXT)
def test_visible_leaves_nothing_that_commands(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in HIDDEN_CATEGORIES and c not in "\t\n"]
    shown.encode("utf-8")
    assert visible(shown) == shown


@given(ANY_TEXT)
def test_visible_keeps_every_harmless_character(text: str) -> None:
    kept = iter(visible(text))
    assert all(c in kept for c in text if c.isalnum() or c == " ")


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("name", [name for name in NASTY if name.startswith("formula")])
def test_formula_leads_are_escaped(name: str) -> None:
    text = NASTY[name]
    cell = spreadsheet_cell(text)
    assert cell == (visible(text) if name == "formula after nul" else "'" + visible(text))


@given(ANY_TEXT)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert spreadsheet_cell(text).lstrip()[:1] not in tuple("=+-@＝＋－＠")


@pytest.mark.parametrize("text", ["Yes", "5.1", "policy = rule", "a-b", ""])
def test_plain_cells_stay_as_they_are(text: str) -> None:
    assert spreadsheet_cell(text) == text


@given(ANY_TEXT)
def test_json_parses_to_the_same_text_but_for_surrogates(text: str) -> None:
    document = json_text(json.dumps([text], ensure_ascii=False))
    assert json.loads(document.encode("utf-8")) == [without_surrogates(text)]
    assert len(without_surrogates(text)) == len(text)


def test_json_prints_without_commands_to_the_terminal() -> None:
    document = json_text(json.dumps("".join(NASTY.values()), ensure_ascii=False))
    assert not [c for c in document if unicodedata.category(c) in HIDDEN_CATEGORIES or c == "\u202e"]
