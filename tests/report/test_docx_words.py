"""Comments stand on the very words, however Word has cut them up, and what wraps the words survives."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from commented_word import (
    WHOLE,
    W,
    commented,
    hedge,
    one_row,
    part,
    review_of,
    text_run,
    word_form,
    words_of,
)
from evidencereview.records import Cell, Span
from evidencereview.report import docx_format
from evidencereview.report.docx_align import align, coverage, shown
from evidencereview.report.docx_comments import MOST
from made_reviews import made_row

TAGS = "ins del moveTo hyperlink smartTag sdt sdtPr fldSimple fldChar instrText bookmarkStart".split()
SHAPES = {
    "one run": text_run(WHOLE),
    "words over runs": text_run("We aim to ans") + text_run("wer where po", "<w:b/>") + text_run("ssible within ten days."),
    "a run for each": "".join(text_run(character) for character in WHOLE),
    "tracked insertion": text_run("We aim ")
    + f"<w:ins w:id='9' w:author='a'>{text_run('to answer where possible')}</w:ins>"
    + text_run(" within ten days."),
    "tracked deletion between": text_run("We aim to answer where ")
    + "<w:del w:id='9' w:author='a'><w:r><w:delText>it is </w:delText></w:r></w:del>"
    + text_run("possible within ten days."),
    "hyperlink": text_run("We aim to answer ")
    + f"<w:hyperlink w:anchor='x'>{text_run('where possible')}</w:hyperlink>"
    + text_run(" within ten days."),
    "half a hyperlink": f"<w:hyperlink w:anchor='x'>{text_run('We aim to answer where')}</w:hyperlink>"
    + text_run(" possible within ten days."),
    "smart tag": f"<w:smartTag w:element='x'>{text_run('We aim to answer where possible')}</w:smartTag>"
    + text_run(" within ten days."),
    "content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{text_run(WHOLE)}</w:sdtContent></w:sdt>",
    "plain text control": f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{text_run(WHOLE)}</w:sdtContent></w:sdt>",
    "simple field": text_run("We aim to answer ")
    + f"<w:fldSimple w:instr='REF x'>{text_run('where possible')}</w:fldSimple>"
    + text_run(" within ten days."),
    "complex field": text_run("We aim to answer ")
    + "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>"
    + "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    + text_run("where possible")
    + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    + text_run(" within ten days."),
    "moved here": f"<w:moveTo w:id='9' w:author='a'>{text_run(WHOLE)}</w:moveTo>",
    "break and tab in the run": "<w:r><w:t>We aim to answer where</w:t><w:br/><w:t>possible</w:t><w:tab/>"
    "<w:t>within ten days.</w:t></w:r>",
    "bookmark in the middle": text_run("We aim to answer where ")
    + "<w:bookmarkStart w:id='3' w:name='b'/>"
    + text_run("possible within ten days.")
    + "<w:bookmarkEnd w:id='3'/>",
    "nested wrappers": f"<w:smartTag w:element='x'><w:ins w:id='9' w:author='a'>{text_run(WHOLE)}</w:ins></w:smartTag>",
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("words", ["where possible", "We aim to answer", WHOLE, "days."])
def test_comments_hit_the_words_in_every_shape(name: str, words: str) -> None:
    row = made_row(evidence=WHOLE)
    assert commented(one_row(f"<w:p>{SHAPES[name]}</w:p>"), row, hedge(row, words)) == [words]


@pytest.mark.parametrize("name", SHAPES)
def test_wrappers_and_formatting_survive(name: str) -> None:
    row = made_row(evidence=WHOLE)
    source = one_row(f"<w:p>{SHAPES[name]}</w:p>")
    data = docx_format.render(review_of(row, hedge(row, "where possible")), source=source)
    before, after = part(source, "word/document.xml"), part(data, "word/document.xml")
    for tag in (
        "ins",
        "del",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtPr",
        "fldSimple",
        "fldChar",
        "instrText",
        "bookmarkStart",
    ):
        assert len(list(before.iter(W + tag))) == len(list(after.iter(W + tag))), tag
    # Each letter keeps the properties of its run.
    assert _styled(before) == _styled(after)


def _styled(body: Any) -> list[tuple[str, bytes]]:
    found = []
    for text in body.iter(W + "t"):
        properties = text.getparent().find(W + "rPr")
        plain = b"" if properties is None else etree.tostring(properties, method="c14n")
        found += [(letter, plain) for letter in text.text or ""]
    return found


def test_comments_that_touch_overlap_and_coincide() -> None:
    row = made_row(evidence=WHOLE)
    words = ["We aim to answer", "aim to answer where", "where possible", "where possible", "possible within", WHOLE]
    found = commented(one_row(f"<w:p>{text_run(WHOLE)}</w:p>"), row, *(hedge(row, w) for w in words[:MOST]))
    assert found == words[:MOST]


@settings(max_examples=25)
@given(
    st.lists(st.integers(1, len(WHOLE) - 1), max_size=6),
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(1, 20)), min_size=1, max_size=MOST),
)
def test_any_cut_into_runs_and_any_words(cuts: list[int], spans: list[tuple[int, int]]) -> None:
    borders = sorted({0, len(WHOLE), *cuts})
    runs = "".join(text_run(WHOLE[a:b]) for a, b in pairwise(borders))
    row = made_row(evidence=WHOLE)
    words = [WHOLE[start : start + length] for start, length in spans]
    findings = [
        replace(hedge(row, w), span=Span(Cell.EVIDENCE, start, start + len(w)))
        for (start, _), w in zip(spans, words, strict=True)
    ]
    kept = [(w, f) for w, f in zip(words, findings, strict=True) if w.strip()]
    found = commented(one_row(f"<w:p>{runs}</w:p>"), row, *(f for _, f in kept))
    assert found == [words_of(w) for w, _ in kept]


def test_words_over_paragraphs_and_white_space() -> None:
    row = made_row(evidence="We aim to answer.\n• where possible\n• in ten days")
    cell = "".join(f"<w:p>{text_run(line)}</w:p>" for line in ("We aim  to answer. ", "where possible", "in ten days"))
    words = "answer.\n• where possible"
    assert commented(one_row(cell), row, hedge(row, words)) == ["answer. where possible"]


def test_a_link_whose_target_the_reader_added() -> None:
    row = made_row(evidence="See our policy (https://rosehill.example/policy) where possible.")
    link = f"<w:hyperlink w:anchor='x'>{text_run('our policy')}</w:hyperlink>"
    cell = f"<w:p>{text_run('See ')}{link}{text_run(' where possible.')}</w:p>"
    assert commented(one_row(cell), row, hedge(row, "where possible")) == ["where possible"]


def test_a_row_over_two_table_rows() -> None:
    source = word_form(
        ("5.1", "Landlords must answer", "Yes", "We have a policy and", "Good."),
        ("", "in time.", "", "aim to answer where possible.", "Better."),
        ("5.2", "Say so.", "Yes", "Done.", ""),
    )
    row = made_row(
        requirement="Landlords must answer\nin time.",
        evidence="We have a policy and\naim to answer where possible.",
        commentary="Good.\nBetter.",
    )
    found = commented(
        source, row, hedge(row, "aim to answer"), hedge(row, "Better.", Cell.COMMENTARY), hedge(row, "a policy")
    )
    assert found == ["aim to answer", "Better.", "a policy"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_alignment_joins_equal_letters_only(text: str, other: str) -> None:
    found = align(text, other)
    assert len(found) == len(text)
    for character, pair in zip(text, found, strict=True):
        if pair and shown(character) == character:
            # A control character is shown by several letters, each of which may be the one that fits.
            assert character in shown(other[pair[0]])
    assert coverage(text, align(text, text)) in (0.0, 1.0)
