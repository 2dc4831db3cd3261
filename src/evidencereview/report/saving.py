"""Saving, whole or nothing: a temporary file beside the target takes its place only when it is complete."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from evidencereview.errors import WriteError
from evidencereview.report.harmless import one_line

_DESCRIPTORS = Path("/proc/self/fd")


def save(path: Path, data: bytes, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write a file whole, or not at all.

    Raises:
        WriteError: see `check_target`; or the disk refuses. The old file, if any, is then as it was.
    """
    check_target(path, force=force, inputs=inputs)
    with replacing(path) as stream:
        stream.write(data)


def save_all(files: Mapping[Path, bytes], *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
    """Write several files, all of them or none: each waits whole beside its place until the last one is written.

    Their folders are made where they are missing.

    Raises:
        WriteError: see `check_target`; or the disk refuses. The old files, if any, are then as they were.
    """
    known = list(inputs)
    made: list[Path] = []
    try:
        for folder in dict.fromkeys(path.parent for path in files):
            made += _made(folder)
        for path in files:
            check_target(path, force=force, inputs=known)
        with ExitStack() as stack:
            waiting: list[tuple[Path, Path]] = []
            for path, data in files.items():
                target = Path(os.path.realpath(path))
                temporary = stack.enter_context(_place_beside(target, path))
                with _filled(temporary, target) as stream:
                    stream.write(data)
                waiting.append((temporary, target))
            _replace_all(waiting, stack)
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise


def check_target(path: Path, *, force: bool = False, inputs: Iterable[Path] = (), made: bool = False) -> None:
    """Refuse a target that must not be written; `made` says that its folder will be made where it is missing.

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
    for number, source in enumerate(inputs):
        if _same(path, source):
            what = "is the form itself" if number == 0 else "was read for this run"
            raise WriteError(f"{name} {what}", "name another file with -o")
    if folder:
        raise WriteError(f"{name} is a folder", "name a file with -o")
    if not parent and not made:
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
    with _place_beside(target, path) as temporary:
        with _filled(temporary, target) as stream:
            yield stream
        temporary.replace(target)


@contextmanager
def _place_beside(target: Path, shown: Path) -> Iterator[Path]:
    """Give a name beside a target that nothing has; whatever stands there when the block ends is taken away."""
    # A name of its own: the target's may already be as long as the file system takes.
    temporary = target.parent / f".evidencereview-{secrets.token_hex(8)}.part"
    try:
        yield temporary
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"{one_line(str(shown))} cannot be written ({reason})", "free the place or name another") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def _filled(temporary: Path, target: Path) -> Iterator[BinaryIO]:
    """Open a new file that is on the disk, with the rights of its target, when the block ends well."""
    stream, named = _new_file(temporary)
    with stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
        if not named:
            _give_name(stream, temporary)
    if target.exists():
        shutil.copymode(target, temporary)


def _new_file(temporary: Path) -> tuple[BinaryIO, bool]:
    """Open a file, without a name where the system knows such files (Linux), so that a kill leaves nothing.

    Returns the stream, and whether it has a name already.
    """
    nameless = getattr(os, "O_TMPFILE", 0)
    if nameless and _DESCRIPTORS.is_dir():
        with suppress(OSError):
            return os.fdopen(os.open(temporary.parent, nameless | os.O_RDWR, 0o666), "w+b"), False
    return temporary.open("xb"), True


def _give_name(stream: BinaryIO, path: Path) -> None:
    # Only a call with a folder's descriptor follows the link that the system keeps to the open file.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.link(_DESCRIPTORS / str(stream.fileno()), path, src_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _replace_all(waiting: Sequence[tuple[Path, Path]], stack: ExitStack) -> None:
    """Put each file in its place; when one cannot be, put back what was there before."""
    old: dict[Path, Path | None] = {}
    try:
        for temporary, target in waiting:
            old[target] = _kept(target, stack)
            temporary.replace(target)
    except BaseException:
        for target, kept in old.items():
            with suppress(OSError):
                kept.replace(target) if kept else target.unlink(missing_ok=True)
        raise


def _kept(target: Path, stack: ExitStack) -> Path | None:
    """Return a second name for what stands at a target now (a copy where the disk knows no links), None for nothing."""
    if not target.exists():
        return None
    kept = stack.enter_context(_place_beside(target, target))
    try:
        kept.hardlink_to(target)
    except OSError:
        shutil.copy2(target, kept)
    return kept


def _made(folder: Path) -> list[Path]:
    """Make a folder with those above it and return what was made, the highest first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()][::-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"the folder {one_line(str(folder))} cannot be made ({reason})", "name another with -o") from error
    return missing


def _same(path: Path, source: Path) -> bool:
    """Whether two names mean one file, also through links and on file systems that ignore case."""
    try:
        return path.samefile(source)
    except OSError:
        return os.path.realpath(path) == os.path.realpath(source)
