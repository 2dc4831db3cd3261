"""Which forms a batch finds: folders, patterns, lists, by name and by content."""

import zipfile
from pathlib import Path

import pytest

from evidencereview.batch.lists import entries_of, is_list
from evidencereview.batch.paths import expand, result_names
from evidencereview.batch.sniff import looks_like_form
from evidencereview.errors import SettingsError

FORM = "Provision\tAnswer\tEvidence\n1.2\tYes\tPolicy\n1.3\tYes\tPolicy\n1.4\tNo\tPolicy\n"


def test_expand(tmp_path: Path) -> None:
    for name in ("b.TXT", "a.docx", "deep/c.xlsx", ".hidden/d.txt", "~$a.docx", ".e.txt", "notes.md", "out/items.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    out = tmp_path / "out"
    found = expand([tmp_path], out)
    assert [path.relative_to(tmp_path).as_posix() for path in found.forms] == ["a.docx", "b.TXT", "deep/c.xlsx"]
    assert found.passed_over == (tmp_path / "notes.md",)
    twice = expand([tmp_path / "b.TXT", str(tmp_path / "*.TXT"), tmp_path / "deep" / ".." / "b.TXT"], out)
    assert twice.forms == (tmp_path / "b.TXT",)
    assert expand([str(tmp_path / "**" / "*.xlsx")], out).forms == (tmp_path / "deep" / "c.xlsx",)
    assert expand([tmp_path / "notes.md", "gone.txt", tmp_path / "gone*"], out).forms == (
        tmp_path / "notes.md",
        Path("gone.txt"),
        tmp_path / "gone*",
    )
    (tmp_path / "empty").mkdir()
    assert expand([tmp_path / "empty"], out).forms == (tmp_path / "empty",)
    with pytest.raises(SettingsError):
        expand([], out)


def test_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    for name in ("a.docx", "b.docx", "sub/c.docx", "form.txt"):
        (tmp_path / name).write_text(FORM)
    (tmp_path / "list.txt").write_text('\ufeffa.docx\r\n# not this\n\n"b.docx"\nsub\ngone.docx\n', encoding="utf-8")
    (tmp_path / "sub" / "beside.lst").write_text("c.docx\n")
    out = tmp_path / "out"
    named = ["a.docx", "b.docx", "sub/c.docx", "gone.docx"]
    assert [path.as_posix() for path in expand(["list.txt"], out).forms] == named
    assert expand(["sub/beside.lst"], out).forms == (Path("sub/c.docx"),)
    assert expand(["-"], out, ["b.docx\n"]).forms == (Path("b.docx"),)
    assert expand(["form.txt"], out).forms == (Path("form.txt"),)
    # A list that names another list, or itself, names a file.
    (tmp_path / "loop.txt").write_text("loop.txt\n")
    assert expand(["loop.txt"], out).forms == (Path("loop.txt"),)
    (tmp_path / "odd").write_text("something that is not there\n")
    assert expand(["@odd"], out).forms == (Path("something that is not there"),)
    with pytest.raises(SettingsError, match="cannot be read"):
        expand(["@gone.lst"], out)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.docx\nb.xlsx\n", True),
        ("# forms\n\nC:\\forms\\a.docx\n", True),
        (FORM, False),
        ("", False),
        ("A form in prose.\nNo names here.\n", False),
        ("1.2\tYes\tpolicy.docx\n", False),
    ],
)
def test_a_list_is_told_from_a_form(text: str, expected: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text)
    assert is_list(path) is expected


def test_entries_of() -> None:
    assert list(entries_of(["a b.docx \n", " ", "#x", '"c.txt"\r\n'])) == ["a b.docx", "c.txt"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7", True),
        (bytes.fromhex("d0cf11e0a1b11ae1"), True),
        (b"{\\rtf1", True),
        (FORM.encode(), True),
        (FORM.encode("utf-16"), True),
        (b"# Notes\n\nVersion 1.2 of 2.3", False),
        (b"\x89PNG\0\0", False),
        (b"", False),
        (b"1.2 once\n1.2 twice\n1.2 thrice", False),
    ],
)
def test_forms_by_content(data: bytes, expected: bool, tmp_path: Path) -> None:
    path = tmp_path / "unknown.bin"
    path.write_bytes(data)
    assert looks_like_form(path) is expected


@pytest.mark.parametrize(("part", "expected"), [("word/document.xml", True), ("xl/workbook.xml", True), ("a.txt", False)])
def test_zips_by_content(part: str, expected: bool, tmp_path: Path) -> None:
    path = tmp_path / "unknown"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x" * 300_000)
    assert looks_like_form(path) is expected
    assert not looks_like_form(tmp_path / "gone")


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.txt", "b.txt"], ["a", "b"]),
        (["a.txt", "a.docx", "x/a.txt"], ["a", "a-2", "a-3"]),
        (["A.txt", "a.txt"], ["A", "a-2"]),
        (["a-2.txt", "a.txt", "b/a.txt"], ["a-2", "a", "a-3"]),
        (["a.txt", "b/a.txt", "a-2.txt"], ["a", "a-2", "a-2-2"]),
    ],
)
def test_names_never_clash(paths: list[str], names: list[str]) -> None:
    assert result_names(map(Path, paths)) == tuple(f"{name}.json" for name in names)
