"""The sample form as a Word file that many hands have been in: read, reviewed and handed back with comments in place."""

from __future__ import annotations

import random
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

import evidencereview
from commented_word import comments, letters, text_run, word_form, words_of
from evidencereview import read_form, review
from evidencereview.report import docx_format
from evidencereview.report.docx_comments import in_printed_order, remarks

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
WRAPPERS = (
    "<w:ins w:id='9' w:author='a'>{}</w:ins>",
    "<w:hyperlink w:anchor='x'>{}</w:hyperlink>",
    "<w:smartTag w:element='x'>{}</w:smartTag>",
    "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:fldSimple w:instr='REF x'>{}</w:fldSimple>",
    "{}<w:del w:id='8' w:author='a'><w:r><w:delText>struck out words </w:delText></w:r></w:del>",
    "<w:bookmarkStart w:id='3' w:name='b'/>{}<w:bookmarkEnd w:id='3'/>",
)


def paragraph(chance: random.Random, text: str) -> str:
    """Cut a text into runs at random, and wrap a third of them in something."""
    runs, place = [], 0
    while place < len(text):
        piece = text[place : place + chance.choice((1, 3, 7, 15, 40, 200))]
        place += len(piece)
        wrapper = chance.choice(WRAPPERS) if chance.random() < 0.33 else "{}"
        runs.append(wrapper.format(text_run(escape(piece), chance.choice(("", "<w:b/>", "<w:i/>")))))
    return f"<w:p>{''.join(runs)}</w:p>"


@pytest.mark.models
@pytest.mark.parametrize("split", [False, True], ids=["a row a row", "rows split in two"])
def test_comments_find_their_words_however_the_file_was_edited(split: bool, tmp_path: Path, shipped: None) -> None:
    chance = random.Random(7)
    rows = []
    for row in read_form(SAMPLE).rows:
        cells = [row.number, row.requirement, row.answer_raw, row.evidence, row.commentary]
        first, second = cells, ["", "", "", "", ""]
        if split and row.order % 3 == 0 and ". " in row.commentary:
            head, _, tail = row.commentary.partition(". ")
            first, second = [*cells[:4], head + "."], ["", "", "", "", tail[:1].lower() + tail[1:]]
        for part in (first, second) if any(second) else (first,):
            rows.append(["".join(paragraph(chance, line) for line in text.split("\n")) for text in part])
    form = tmp_path / "rosewood.docx"
    form.write_bytes(word_form(*rows))
    done = review(read_form(form))
    data = docx_format.render(done, source=form.read_bytes())
    assert letters(data) == letters(form.read_bytes())
    told = [remark for item in in_printed_order(done.items, 0) for remark in remarks(item)]
    pairs = [
        (words_of(remark.finding.words), words_of(comment.words))
        for remark, comment in zip(told, comments(data)[1:], strict=True)
        if remark.finding and remark.finding.words.strip()
    ]
    assert len(pairs) >= 40
    assert sum(expected == found for expected, found in pairs) >= 0.98 * len(pairs)
