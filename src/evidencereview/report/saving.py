"""Saving, whole or nothing: a temporary file beside the target takes its place only when it is complete."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from evidencereview.errors import WriteError
from evidencereview.report.harmless import one_line


def save(path: Path, data: bytes, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write a file whole, or not at all.

    Raises:
        WriteError: see `check_target`; or the disk refuses. The old file, if any, is then as it was.
    """
    check_target(path, force=force, inputs=inputs)
    with replacing(path) as stream:
        stream.write(data)


def check_target(path: Path, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Refuse a target that must not be written.

    Raises:
        WriteError: it is one of the inputs (even with `force`), it exists (without `force`), it is a folder or a
            device, or its folder is missing.
    """
    name = one_line(str(path))
    try:
        there, folder, plain = path.exists(), path.is_dir(), path.is_file()
        parent = path.parent.is_dir()
    except OSError as error:
        raise WriteError(f"{name} cannot be written ({error.strerror})", "name another file") from error
    if any(_same(path, source) for source in inputs):
        raise WriteError(f"{name} is the form itself", "name another file with -o")
    if folder:
        raise WriteError(f"{name} is a folder", "name a file with -o")
    if not parent:
        raise WriteError(f"the folder {one_line(str(path.parent))} does not exist", "make it first or name another")
    if there and not plain:
        raise WriteError(f"{name} is not an ordinary file", "leave -o out to print to the screen or a pipe")
    if there and not force:
        raise WriteError(f"{name} exists", "add --force to overwrite it, or name another with -o")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path`, which takes its place when the block ends well and vanishes when not.

    Raises:
        WriteError: the disk refuses (no room, no permission, name too long).
    """
    target = Path(os.path.realpath(path))
    # A name of its own: the target's may already be as long as the file system takes.
    temporary = target.parent / f".evidencereview-{secrets.token_hex(8)}.part"
    try:
        with temporary.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"{one_line(str(path))} cannot be written ({reason})", "free the place or name another") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _same(path: Path, source: Path) -> bool:
    """Whether two names mean one file, also through links and on file systems that ignore case."""
    try:
        return path.samefile(source)
    except OSError:
        return os.path.realpath(path) == os.path.realpath(source)
