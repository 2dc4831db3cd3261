"""Random and damaged Word files: only errors of our own family, nothing half-read without a note, nothing that hangs."""

from __future__ import annotations

import io
import random
import tempfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_readers_word_cells import ANSWERS, CELLS
from word_builder import field, listed, p, r, sdt, tbl, tc, texts_of, tr, word_file, zipped
from word_parts import BARE, DOWN, HEAD, LINKS, ON, PARTS, PLACEHOLDER, TICK, TICKED, deleted, tracked

from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError
from evidencereview.readers import read_form
from evidencereview.readers.grid import Meter
from evidencereview.readers.visible import visible
from evidencereview.readers.word import read_word
from evidencereview.readers.word_visible import visible_characters

TIGHT = Limits(seconds=20)
QUICK = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def read_bytes(data: bytes):
    """Read a file; None where it is refused in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.docx")
        path.write_bytes(data)
        try:
            return read_form(path, TIGHT)
        except EvidenceReviewError as error:
            assert "\n" not in str(error)
            assert error.remedy
            return None


def in_two_versions(inside: str) -> str:
    both = f"<mc:Choice Requires='x'>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>"
    return f"<mc:AlternateContent>{both}</mc:AlternateContent>"


def in_a_box(inside: str) -> str:
    return f"<w:r><w:pict><v:textbox><w:txbxContent><w:p>{inside}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"


words = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0xFFFD), min_size=1, max_size=20)
LOOKS = (
    "",
    "<w:b/>",
    "<w:vanish/>",
    '<w:vanish w:val="0"/>',
    '<w:rStyle w:val="Draft"/>',
    '<w:rFonts w:ascii="Wingdings"/>',
)
runs = st.one_of(
    st.builds(r, words, st.sampled_from(LOOKS)),
    st.sampled_from([
        "<w:r><w:tab/><w:br/></w:r>", TICK, '<w:r><w:sym w:char="zz"/></w:r>',
        '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="9"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "<w:r><w:instrText>PAGE</w:instrText></w:r>",
    ]),
    st.builds(deleted, st.sampled_from(["old", "gone for good"])),
)  # fmt: skip
wrapped = st.recursive(
    runs,
    lambda inner: st.one_of(
        st.builds("".join, st.lists(inner, max_size=3)),
        st.builds(tracked, st.sampled_from(["ins", "moveTo", "del", "moveFrom"]), inner),
        st.builds(sdt, inner, st.sampled_from(["", PLACEHOLDER, TICKED, BARE, "<w:dropDownList/>"])),
        st.builds("<w:smartTag>{}</w:smartTag>".format, inner),
        st.builds('<w:hyperlink r:id="rId9">{}</w:hyperlink>'.format, inner),
        st.builds('<w:fldSimple w:instr="REF x">{}</w:fldSimple>'.format, inner),
        st.builds(field, st.sampled_from([" REF x ", ' HYPERLINK "https://m.example" ']), inner.map(lambda x: x or r("x"))),
        st.builds(in_two_versions, inner),
        st.builds(in_a_box, inner),
    ),
    max_leaves=3,
)
forms_of_paragraphs = st.sampled_from(["", listed(1), listed(1, 1), listed(2), listed(2, 1), listed(3), listed(4, 1),
                                       '<w:pStyle w:val="Aside"/>', '<w:pStyle w:val="Item"/>',
                                       '<w:rPr><w:del w:id="1"/></w:rPr>'])  # fmt: skip
paragraphs = st.builds(lambda inside, look: p(inside, look) if inside else p("", look), wrapped, forms_of_paragraphs)
contents = st.builds("".join, st.lists(paragraphs, min_size=1, max_size=2))
spans = st.sampled_from(["", DOWN, ON, '<w:gridSpan w:val="2"/>', '<w:cellDel w:id="1"/>'])
cells = st.builds(tc, contents, spans)
rows = st.builds(
    lambda cells, look: tr(*cells, look=look),
    st.lists(cells, min_size=1, max_size=3),
    st.sampled_from(["", '<w:gridBefore w:val="1"/>', '<w:del w:id="1"/>', "<w:hidden/>", '<w:ins w:id="1"/>']),
)
nested = st.builds(lambda inner, before: tc(before + tbl(*inner) + p()), st.lists(rows, min_size=1, max_size=2), contents)
tables = st.builds(
    lambda body: tbl(*body),
    st.lists(st.one_of(rows, st.builds(tr, nested), st.builds(sdt, rows), st.just(HEAD)), min_size=1),
)
bodies = st.builds("".join, st.lists(st.one_of(tables, paragraphs, st.builds(sdt, tables)), max_size=2))


@QUICK
@example(body=tbl(tr(tc(p("")), tc('<w:p><w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>|</w:t></w:r></w:p>'))))
@given(bodies)
def test_any_shape_is_weighed(body):
    """Whatever the shapes are put together to: all ink is in the grids or the notes."""
    data = word_file(body, LINKS, **PARTS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.docx")
        path.write_bytes(data)
        document = read_word(data, Meter(TIGHT))
        assert document.visible == visible_characters(path)
    assert document.visible + document.added == visible(*texts_of(document)) + document.noted


@QUICK
@given(contents, contents, contents)
def test_any_cells_of_a_form_leave_its_rows_whole(evidence, commentary, answer):
    """Whatever stands in the cells, the rows of the form and their number are there."""
    body = tbl(HEAD, tr("1.2", "Landlords must listen.", tc(answer), tc(evidence), tc(commentary)),
               tr("1.3", "Landlords must answer.", "No", "Rota.", ""))  # fmt: skip
    form = read_bytes(word_file(body, LINKS, **PARTS))
    assert form is not None
    assert {"1.2", "1.3"} <= {row.number for row in form.rows}
    assert form.rows[-1].evidence == "Rota."


@QUICK
@given(bodies)
def test_any_body_is_a_form_or_an_error_of_ours(body):
    form = read_bytes(word_file(body, LINKS, **PARTS))
    assert form is None or [row.order for row in form.rows] == list(range(1, len(form.rows) + 1))


def whole() -> dict[str, bytes]:
    """The members of a form that has every shape in it."""
    shapes = [tr(f"5.{n}", "We must act.", "Yes", tc(inside), "") for n, (inside, _, _) in enumerate(CELLS.values(), 1)]
    shapes += [tr(f"6.{n}", "We must act.", tc(inside), "Log.", "") for n, (inside, _, _) in enumerate(ANSWERS.values(), 1)]
    with zipfile.ZipFile(io.BytesIO(word_file(tbl(HEAD, *shapes), LINKS, **PARTS))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def change_member(parts: dict[str, bytes], dice: random.Random) -> dict[str, bytes]:
    """Damage one member: bytes of markup changed, a stretch cut out, doubled or swapped, the member gone or another's."""
    name = dice.choice(sorted(parts)) if dice.random() < 0.4 else "word/document.xml"
    data = bytearray(parts[name])
    for _ in range(dice.randint(1, 4)):
        start = dice.randrange(len(data) + 1)
        end = min(len(data), start + dice.randint(0, 60))
        noise = bytes(dice.choice(b"<>/\"'=w:1 aZ&;\x00\xff") for _ in range(dice.randint(0, 8)))
        data[start:end] = dice.choice([noise, b"", data[start:end] * 3, b"<w:tbl>", b"</w:tc>", b"<w:sdt>"])
    kind = dice.randrange(12)
    if kind == 0:
        return {key: value for key, value in parts.items() if key != name}
    return {**parts, name: parts[dice.choice(sorted(parts))] if kind == 1 else bytes(data)}


def swap_elements(parts: dict[str, bytes], dice: random.Random) -> dict[str, bytes]:
    """Damage that stays well-formed: rename elements and attributes, so that the tree is odd and not the markup."""
    text = parts["word/document.xml"]
    names = [b"w:tc", b"w:tr", b"w:tbl", b"w:p", b"w:r", b"w:t", b"w:sdt", b"w:sdtContent", b"w:ins", b"w:del", b"w:fldChar",
             b"w:val", b"w:id", b"w:pPr", b"w:numPr", b"w:hyperlink", b"w:txbxContent", b"mc:Choice"]  # fmt: skip
    for _ in range(dice.randint(1, 3)):
        old, new = dice.sample(names, 2)
        for before, after in ((b" ", b" "), (b">", b">"), (b"/>", b"/>"), (b"=", b"=")):
            text = text.replace(old + before, new + after)
    return {**parts, "word/document.xml": text}


def mutations(count: int):
    parts, dice = whole(), random.Random(20261122)
    for _ in range(count):
        kind = dice.randrange(3)
        if kind == 0:
            data = bytearray(zipped(parts))
            for _ in range(dice.randint(1, 6)):
                start = dice.randrange(len(data))
                data[start : start + dice.randint(1, 40)] = bytes(dice.randrange(256) for _ in range(dice.randint(0, 40)))
            yield bytes(data)
        else:
            yield zipped((change_member if kind == 1 else swap_elements)(parts, dice))


def check_damaged(count: int) -> int:
    """Read so many damaged files; return how many were still a form, with a note where ink of their tree was lost."""
    read = 0
    for number, data in enumerate(mutations(count)):
        start = time.process_time()
        form = read_bytes(data)
        assert time.process_time() - start < 5, f"mutation {number} takes too long"
        if form is not None:
            document = read_word(data, Meter(TIGHT))
            lost = document.visible + document.added - document.noted - visible(*texts_of(document))
            assert (lost > 0) == any(note.kind == "unread-text" for note in form.notes), f"mutation {number}"
        read += form is not None
    return read


def test_damaged_word_files():
    assert 3 < check_damaged(30) < 27


@pytest.mark.slow
def test_three_hundred_damaged_word_files():
    """Seeded damage in the archive, in the markup and in the tree: a form, or an error of ours, and soon."""
    assert 30 < check_damaged(300) < 270


@pytest.mark.parametrize("size", [1, 7, 300])
def test_cut_short(size):
    data = zipped(whole())
    assert read_bytes(data[: len(data) * size // 301]) is None
