"""Every format under every name: the content decides, a name that disagrees is noted, nothing is fetched or changed."""

from __future__ import annotations

import socket

import pytest
from mutations import MAKERS, TABLE

from evidencereview.readers import read_form

FORMATS = {"txt": "text", "md": "text"}
NAMES = ("form.docx", "form.xlsx", "form.html", "form.csv", "form.pdf", "form.xls", "form", "form.DOC")
AGREE = {
    "docx": {"form.docx"}, "xlsx": {"form.xlsx"}, "html": {"form.html"}, "csv": {"form.csv"}, "tsv": {"form.csv"},
    "txt": {"form.csv", "form"}, "md": {"form.csv", "form"}, "jsonl": set(),
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(MAKERS))
@pytest.mark.parametrize("name", NAMES)
def test_content_decides(tmp_path, kind, name):
    data = MAKERS[kind]()
    (tmp_path / name).write_bytes(data)
    (tmp_path / name).chmod(0o444)
    form = read_form(tmp_path / name)
    # Separated by tabs, a file with quotes is TSV and one without is lines of text; the rows are the same.
    assert form.format == FORMATS.get(kind, kind)
    assert [row.number for row in form.rows] == [row[0] for row in TABLE[1:]]
    told = [note.text for note in form.notes if note.kind == "name-disagrees"]
    assert bool(told) == (name not in AGREE[kind])
    assert all(name in text and form.format in text for text in told)
    assert (tmp_path / name).read_bytes() == data


def test_nothing_is_fetched(tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    page = (
        '<!DOCTYPE html SYSTEM "http://x.example/d.dtd"><html><head><base href="http://x.example/">'
        '<link rel=stylesheet href=s.css><script src="//x.example/s.js"></script></head><body><img src="http://x.example/i">'
        "<iframe src=http://x.example/></iframe>" + MAKERS["html"]().decode()
    )
    (tmp_path / "form.html").write_text(page, encoding="utf-8")
    assert len(read_form(tmp_path / "form.html").rows) == len(TABLE) - 1
    (tmp_path / "form.xlsx").write_bytes(MAKERS["xlsx"]())
    assert len(read_form(tmp_path / "form.xlsx").rows) == len(TABLE) - 1
