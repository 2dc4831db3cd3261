from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.readers.cleaning import clean_text
from evidencereview.readers.markup import strip_tags
from evidencereview.readers.tally import Tally


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<p>One.</p> <p>Two.</p>", "One.\nTwo."),
        ("<ul><li>one</li><li>two</li></ul>", "• one\n• two"),
        ("a<br>b<br/>c<BR />d", "a\nb\nc\nd"),
        ("<strong>B</strong>old <em>i</em> <u>u</u> H<sub>2</sub>O <span class='x'>s</span>", "Bold i u H2O s"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<h2>Title</h2>words", "Title\nwords"),
        ('<a href="https://x.example/p">policy</a>.', "policy (https://x.example/p)."),
        ('<a href="https://www.x.example/">x.example</a>', "x.example"),
        ('<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"),
        ("<a href=https://x.example>unclosed", "unclosed (https://x.example)"),
        ("R&amp;D &lt;b&gt; &#8217; &#x2019; &nbsp; end", "R&D <b> ’ ’ end"),
        ("AT&T; &nosuch; &copy 5 < 6 &amp", "AT&T; &nosuch; &copy 5 < 6 &amp"),
        ("&#55296; &#9999999; &#0;", "&#55296; &#9999999;"),
        (
            "<script>x</script> <img src=y> <policy> <b than c> a<b",
            "<script>x</script> <img src=y> <policy> <b than c> a<b",
        ),
        ("one • two ▪ three", "one\n• two\n▪ three"),
        ("a\u00a0b\tc  d \r\n\r\n e\u2028f", "a b c d\ne\nf"),
        ("so\u00adft\u200b", "soft"),
    ],
)
def test_cells_made_plain(raw, text):
    assert clean_text(raw, Tally(), "here") == text


@given(st.text(max_size=300))
def test_clean_text_never_keeps_a_control_character(raw):
    text = clean_text(raw, Tally(), "here")
    assert not [c for c in text if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"]
    text.encode("utf-8")


@given(st.text("<>/abpliu =\"'&;#hrefx12", max_size=80))
def test_tags_of_any_shape_end(raw):
    text, count = strip_tags(raw)
    assert count <= raw.count("<")
    assert isinstance(text, str)


def test_hostile_attributes_take_no_time():
    strip_tags("<a " + "x=" * 50_000 + ">" + "<p " * 20_000)
    strip_tags("<a href='" * 20_000)
