"""What was done, a record a form, so that an interrupted run goes on where it was and an unchanged form is done once.

A record stands in `.done/` beside the results. It is written after the form's results, each whole or not at all, so a run
that is killed at any moment leaves nothing that is half.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from evidencereview.batch.task import Asked, Outcome
from evidencereview.errors import WriteError
from evidencereview.report.harmless import one_line
from evidencereview.report.saving import replacing

FOLDER = ".done"
# Changed with the layout of a record: records of another layout are done again.
LAYOUT = 1


class Ledger:
    """The records of one folder of results."""

    def __init__(self, results: Path, stamp: str) -> None:
        """Take a folder of results, and a stamp of everything but the form that decides the results."""
        self._results = results
        self._folder = results / FOLDER
        self._stamp = stamp

    def open(self) -> None:
        """Make the folders, and remove what a killed run left half-written.

        Raises:
            WriteError: the disk refuses.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise WriteError(
                f"the folder {one_line(str(self._results))} cannot be made ({reason})", "name another with -o"
            ) from error
        for stale in self._folder.glob("*.part"):
            with suppress(OSError):
                stale.unlink()

    @property
    def exists(self) -> bool:
        """Whether this folder holds results of an earlier run."""
        return self._folder.is_dir()

    def save(self, path: Path, data: bytes) -> None:
        """Write a result whole, or not at all: half of one never stands among the results.

        Raises:
            WriteError: the disk refuses.
        """
        with self.writing(path) as stream:
            stream.write(data)

    @contextmanager
    def writing(self, path: Path) -> Iterator[BinaryIO]:
        """Open a result that takes its place when the block ends well.

        Raises:
            WriteError: the disk refuses.
        """
        # Half a file, should this run be killed, stands in the hidden folder, where the next one removes it.
        ready = self._folder / f"{secrets.token_hex(8)}.part"
        with replacing(ready) as stream:
            yield stream
        try:
            if path.exists():
                shutil.copymode(path, ready)
            ready.replace(path)
        except OSError as error:
            ready.unlink(missing_ok=True)
            reason = error.strerror or str(error)
            raise WriteError(
                f"{one_line(str(path))} cannot be written ({reason})", "free the place or name another folder"
            ) from error

    def record(self, sha256: str, outcome: Outcome) -> None:
        """Write an outcome's results, and then that it is done.

        Args:
            sha256: hash of the form as it was when the run came to it ("" where it could not be opened).
            outcome: what came of it.

        Raises:
            WriteError: the disk refuses.
        """
        for name, data in outcome.documents:
            self.save(self._results / name, data)
        unchanged = outcome.reviewed and outcome.sha256 == sha256
        entry = {
            "layout": LAYOUT,
            "key": self._key(outcome.name, sha256) if unchanged else "",
            "documents": {name: _hash(data) for name, data in outcome.documents},
            "line": outcome.line,
            "summary": outcome.summary,
            "items": outcome.items,
            "failures": outcome.failures,
            "asks": [(asked.provision, asked.flag, asked.ask) for asked in outcome.asks],
        }
        text = json.dumps(entry, ensure_ascii=True).encode("ascii")
        self.save(self._place(outcome.name), gzip.compress(text, 3, mtime=0))

    def is_done(self, name: str, sha256: str) -> bool:
        """Whether this form was reviewed with the same settings and models, and all its results are as they were."""
        entry = self._load(name)
        if not entry or entry["key"] != self._key(name, sha256):
            return False
        return all(_hash_of(self._results / document) == was for document, was in entry["documents"].items())

    def read(self, name: str) -> Outcome:
        """Return what was recorded of a form, without its documents.

        Raises:
            ValueError: nothing was.
        """
        entry = self._load(name)
        if not entry:
            raise ValueError(f"no record of {name}")
        return Outcome(
            name=name,
            line=entry["line"],
            summary=tuple(map(tuple, entry["summary"])),
            items=entry["items"],
            failures=tuple(map(tuple, entry["failures"])),
            asks=tuple(Asked(*asked) for asked in entry["asks"]),
        )

    def forget(self, name: str) -> None:
        """Remove the record and the results of a form that will be done again: old ones never pass for new ones.

        Raises:
            WriteError: the disk refuses.
        """
        documents = self._load(name).get("documents", {})
        try:
            for path in (self._place(name), self._results / name, *(self._results / document for document in documents)):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise WriteError(
                f"old results of {one_line(name)} cannot be replaced ({error.strerror})", "name another folder with -o"
            ) from error

    def _place(self, name: str) -> Path:
        return self._folder / f"{name}.gz"

    def _key(self, name: str, sha256: str) -> str:
        return _hash("\0".join((name, sha256, self._stamp)).encode("utf-8", "surrogatepass"))

    def _load(self, name: str) -> Mapping[str, Any]:
        """Return a record; nothing where there is none, or one of another layout, or it was damaged from outside."""
        try:
            entry: Mapping[str, Any] = json.loads(gzip.decompress(self._place(name).read_bytes()))
            return entry if entry["layout"] == LAYOUT else {}
        except (OSError, ValueError, EOFError, KeyError, TypeError):
            return {}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of(path: Path) -> str:
    try:
        return _hash(path.read_bytes())
    except OSError:
        return ""
