"""Whole or nothing: no half file, no litter, nothing overwritten unasked, never the form itself."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from command_line import ENVIRONMENT
from evidencereview.errors import WriteError
from evidencereview.report import saving
from evidencereview.report.saving import check_target, replacing, save, save_all


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


def pair(folder: Path) -> dict[Path, bytes]:
    return {folder / "a.csv": b"new a", folder / "b.json": b"new b"}


def test_several_files_are_saved_in_a_folder_that_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "x" / "y"
    save_all(pair(folder))
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == [b"new a", b"new b"]


@pytest.mark.parametrize("there", ["a.csv", "b.json"])
def test_one_file_that_is_there_stops_them_all(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_bytes(b"old")
    with pytest.raises(WriteError, match="exists; add --force"):
        save_all(pair(tmp_path))
    assert names(tmp_path) == [there] and (tmp_path / there).read_bytes() == b"old"
    save_all(pair(tmp_path), force=True)
    assert names(tmp_path) == ["a.csv", "b.json"]


@pytest.mark.parametrize("link", [True, False])
@pytest.mark.parametrize("failing", ["write", "first place", "second place"])
def test_all_or_none_when_the_disk_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, link: bool
) -> None:
    (tmp_path / "b.json").write_bytes(b"old b")
    calls: list[Path] = []

    def full(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def place(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == (1 if failing == "first place" else 2):
            full()
        os.replace(self, target)  # noqa: PTH105  the other way to do it
        return target

    if failing == "write":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", place)
    if not link:
        monkeypatch.setattr(Path, "hardlink_to", full)
    with pytest.raises(WriteError, match=r"cannot be written \(No space left on device\)"):
        save_all(pair(tmp_path), force=True)
    assert names(tmp_path) == ["b.json"] and (tmp_path / "b.json").read_bytes() == b"old b"


def test_a_folder_that_was_made_for_nothing_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError):
        save_all(pair(tmp_path / "x" / "y"))
    assert names(tmp_path) == []


KILLED = """
import sys
from pathlib import Path
from evidencereview.report.saving import save
while True:
    save(Path(sys.argv[1]), sys.argv[2].encode() * 400_000, force=True)
"""


def test_a_save_that_is_killed_leaves_a_whole_file(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    for number in range(6):
        begun = subprocess.Popen([sys.executable, "-c", KILLED, str(target), str(number)], env=ENVIRONMENT)
        while not target.exists() or target.read_bytes()[:1] != str(number).encode():
            time.sleep(0.005)
        time.sleep(0.013 * number)
        begun.kill()
        begun.wait()
        assert target.read_bytes() in {str(kind).encode() * 400_000 for kind in range(number + 1)}


HALF = """
import sys, time
from pathlib import Path
from evidencereview.report.saving import replacing
with replacing(Path(sys.argv[1])) as stream:
    stream.write(b"half" * 100_000)
    stream.flush()
    print("half", flush=True)
    time.sleep(60)
"""


def test_a_save_that_is_killed_halfway_leaves_nothing(tmp_path: Path) -> None:
    try:
        os.close(os.open(tmp_path, os.O_TMPFILE | os.O_RDWR))
    except (AttributeError, OSError):
        pytest.skip("this system, or this file system, knows no files without a name")
    target = tmp_path / "list.csv"
    target.write_text("old")
    begun = subprocess.Popen([sys.executable, "-c", HALF, str(target)], env=ENVIRONMENT, stdout=subprocess.PIPE)
    with begun:
        assert begun.stdout is not None and begun.stdout.readline() == b"half\n"
        begun.kill()
    assert names(tmp_path) == ["list.csv"]
    assert target.read_text() == "old"


def test_the_module_has_one_way_to_write() -> None:
    assert Path(saving.__file__).read_text(encoding="utf-8").count("_new_file(temporary)") == 1
