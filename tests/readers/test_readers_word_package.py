"""Word files as programs save them: with macros, as templates, strict, with dangling parts; and damaged or hostile ones."""

from __future__ import annotations

import io
import zipfile

import pytest
from word_builder import MAIN, p, r, tbl, tc, tr, word_file, zipped
from word_parts import HEAD, ONE, TWO

from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError, LimitError, ReadError
from evidencereview.readers import read_form

BODY = tbl(HEAD, tr(*ONE), tr(*TWO))
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
MACROS = "application/vnd.ms-word.{}.main+xml"
STRICT = (
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(change, body: str = BODY, **parts: str) -> bytes:
    """Return a Word file whose members went through `change`."""
    return zipped(change(members(word_file(body, **parts))))


def replaced(name: str, old: str, new: str, **parts: str) -> bytes:
    return changed(lambda parts: {**parts, name: parts[name].replace(old.encode(), new.encode())}, **parts)


def with_relation(kind: str, target: str) -> bytes:
    entry = f'<Relationship Id="x" Type="http://example/relationships/{kind}" Target="{target}"/></Relationships>'
    return replaced("word/_rels/document.xml.rels", "</Relationships>", entry)


def strict(data: bytes) -> bytes:
    for usual, other in STRICT:
        data = data.replace(usual.encode(), other.encode())
    return data


@pytest.fixture
def read(tmp_path):
    def read_bytes(data: bytes, limits: Limits | None = None):
        path = tmp_path / "form.docx"
        path.write_bytes(data)
        form = read_form(path, limits or Limits())
        assert path.read_bytes() == data
        return form

    return read_bytes


WHOLE = {
    "plain": word_file(BODY),
    "with macros": word_file(BODY, main=MACROS.format("document.macroEnabled")),
    "template": word_file(BODY, main=TYPE.format("template")),
    "template with macros": word_file(BODY, main=MACROS.format("template.macroEnabledTemplate")),
    "strict": changed(
        lambda parts: {name: strict(data) for name, data in parts.items()}, header=p("draft"), numbering="<w:num/>"
    ),
    "missing picture": with_relation("image", "NULL"),
    "missing styles": with_relation("styles", "gone.xml"),
    "relation out of the archive": with_relation("header", "../../../etc/passwd"),
    "absolute names": replaced("_rels/.rels", 'Target="word/', 'Target="/word/'),
    "backslashes": changed(lambda parts: {name.replace("/", "\\") if name[5:] == "document.xml" else name: data
                                          for name, data in parts.items()}),
    "no relations of the main part": changed(lambda parts: {n: d for n, d in parts.items() if "document.xml.rels" not in n}),
    "byte order mark": changed(lambda parts: {**parts, "word/document.xml": b"\xef\xbb\xbf" + parts["word/document.xml"]}),
    "sixteen bits a letter": changed(
        lambda parts: {**parts, "word/document.xml": parts["word/document.xml"].decode().encode("utf-16")}
    ),
    "comments in the markup": replaced("word/document.xml", "<w:tr>", "<!-- x --><w:tr><?y z?>"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WHOLE)
def test_every_kind_of_whole_file(read, kind):
    form = read(WHOLE[kind])
    assert [(row.number, row.evidence) for row in form.rows] == [(ONE[0], ONE[3]), (TWO[0], TWO[3])]
    assert "unread-text" not in {note.kind for note in form.notes}


def test_strict_file_keeps_its_header(read):
    assert any(note.text == "draft" for note in read(WHOLE["strict"]).notes)


@pytest.mark.parametrize("part", ["header", "footnotes", "comments"])
def test_a_damaged_part_beside_the_body_is_noted(read, part):
    form = read(replaced(f"word/{part}.xml", "</", "<", **{part: p("draft")}))
    assert len(form.rows) == 2
    assert any(note.kind == "damaged-part" and part in note.text for note in form.notes)


def test_damaged_styles_and_lists_are_done_without(read):
    assert len(read(replaced("word/styles.xml", "</", "<", styles="<w:style></w:style>")).rows) == 2
    assert len(read(replaced("word/numbering.xml", "</", "<", numbering="<w:num></w:num>")).rows) == 2


def doctype(encoding: str = "utf-8", name: str = "word/document.xml") -> bytes:
    def add(parts):
        text = '<!DOCTYPE x [<!ENTITY a "bbbb">]>' + parts["word/document.xml"].decode()
        text = f'<?xml version="1.0" encoding="{encoding}"?>' + text
        types = parts["[Content_Types].xml"].replace(b"/word/document.xml", f"/{name}".encode())
        roots = parts["_rels/.rels"].replace(b"word/document.xml", name.encode())
        return {**parts, "[Content_Types].xml": types, "_rels/.rels": roots, name: text.encode(encoding)}

    return changed(add)


DEEP = "<w:sdt><w:sdtContent>" * 2000 + p("x") + "</w:sdtContent></w:sdt>" * 2000
BAD = {
    "document type": (doctype(), ReadError, "declares a document type"),
    "document type in 16 bits": (doctype("utf-16"), ReadError, "declares a document type"),
    "document type in 32 bits": (doctype("utf-32"), ReadError, "document type|damaged"),
    "document type in a part with another name": (doctype(name="word/main.bin"), ReadError, "declares a document type"),
    "no main part": (changed(lambda parts: {n: d for n, d in parts.items() if n != "word/document.xml"}), ReadError,
                     "damaged"),
    "main part cut short": (replaced("word/document.xml", "</w:document>", ""), ReadError, "damaged"),
    "no body": (replaced("word/document.xml", "w:body", "w:corpse"), ReadError, "damaged"),
    "nested without end": (word_file(DEEP), ReadError, "damaged"),
    "no table": (word_file(p("Dear all, the meeting is at noon.")), EvidenceReviewError, "no self-assessment"),
    "empty body": (word_file(""), EvidenceReviewError, "no self-assessment"),
    "a very long letter": (word_file(tbl(HEAD, tr(*ONE[:3], "x" * 11_000_000, ""))), EvidenceReviewError,
                           "damaged|cell_characters"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_are_refused_in_one_line(read, kind):
    data, error, message = BAD[kind]
    with pytest.raises(error, match=message) as caught:
        read(data)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_spans_without_measure_cost_nothing(read):
    wide = tr(tc("5.1", '<w:gridSpan w:val="999999999"/>'), "x", "Yes", "y", look='<w:gridBefore w:val="888888"/>')
    assert read(word_file(tbl(HEAD, tr(*ONE), wide))).rows[0].number == "1.2"


def test_caps_hold(read):
    many = word_file(tbl(HEAD, *(tr(f"1.{n}", "We must.", "Yes", "x", "") for n in range(1, 40))))
    for limits, name in (
        (Limits(rows=9), "rows = 9"),
        (Limits(cells=30), "cells = 30"),
        (Limits(zip_members=2), "members = 2"),
    ):
        with pytest.raises(LimitError, match=name):
            read(many, limits)


def test_thousands_of_wrappers_cost_their_number_and_no_more(read):
    """A flat file with 10,000 controls, fields and changes: nothing in the reader may take the square of that."""
    piece = p("<w:sdt><w:sdtContent>" + r("x") + '</w:sdtContent></w:sdt><w:ins w:id="1">' + r("y") + "</w:ins>")
    form = read(word_file(piece * 5_000 + BODY), Limits(seconds=20))
    assert len(form.rows) == 2


def test_main_type_is_the_only_thing_that_makes_a_word_file(read):
    with pytest.raises(ReadError, match="no Office file"):
        read(word_file(BODY, main=MAIN.replace("document.main", "glossary")))
