"""Whole or nothing: no half file, no litter, nothing overwritten unasked, never the form itself."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from evidencereview.errors import WriteError
from evidencereview.report import saving
from evidencereview.report.saving import check_target, replacing, save


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_saves(tmp_path: Path) -> None:
    save(tmp_path / "list.csv", b"new")
    assert (tmp_path / "list.csv").read_bytes() == b"new"
    assert names(tmp_path) == ["list.csv"]


def test_a_file_that_is_there_needs_force(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_bytes(b"old")
    with pytest.raises(WriteError, match="exists; add --force"):
        save(target, b"new")
    assert target.read_bytes() == b"old"
    save(target, b"new", force=True)
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["list.csv"]


@pytest.mark.parametrize("link", ["same", "dotted", "symbolic", "hard"])
def test_never_onto_the_form(tmp_path: Path, link: str) -> None:
    form = tmp_path / "form.txt"
    form.write_bytes(b"form")
    target = {"same": form, "dotted": tmp_path / "x" / ".." / "form.txt"}.get(link, tmp_path / "other.txt")
    (tmp_path / "x").mkdir()
    if link == "symbolic":
        target.symlink_to(form)
    if link == "hard":
        os.link(form, target)
    with pytest.raises(WriteError, match="is the form itself"):
        save(target, b"new", force=True, inputs=[form])
    assert form.read_bytes() == b"form"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"the folder .*nowhere does not exist; make it"):
        save(tmp_path / "nowhere" / "list.csv", b"new")
    assert names(tmp_path) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="is a folder"):
        check_target(tmp_path, force=True)


def test_a_device_is_never_replaced() -> None:
    with pytest.raises(WriteError, match="not an ordinary file"):
        check_target(Path(os.devnull), force=True)


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_disk_error_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    target = tmp_path / "list.csv"
    target.write_bytes(b"old")

    def full(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync", full) if fails == "fsync" else (Path, "replace", full)))
    with pytest.raises(WriteError, match=r"cannot be written \(No space left on device\)"):
        save(target, b"new", force=True)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["list.csv"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_interruption_leaves_the_old_file_and_no_litter(tmp_path: Path, error: type[BaseException]) -> None:
    target = tmp_path / "list.csv"
    target.write_bytes(b"old")
    with pytest.raises(error), replacing(target) as stream:
        stream.write(b"half")
        raise error
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["list.csv"]


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "list.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    save(link, b"new", force=True)
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_name_as_long_as_may_be(tmp_path: Path) -> None:
    save(tmp_path / ("n" * 251 + ".csv"), b"new")
    with pytest.raises(WriteError, match="cannot be written"):
        save(tmp_path / ("n" * 300), b"new")
    assert len(names(tmp_path)) == 1


def test_the_module_has_one_way_to_write() -> None:
    assert Path(saving.__file__).read_text(encoding="utf-8").count(".open(") == 1
