"""Splits the rows of one form in a process beside this one, which imports spaCy while this one loads all the rest.

spaCy's import is a third of a single review, and needs nothing of the form. Many forms in one process pay for it once and
split their rows themselves. What comes out is the same either way.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread

from evidencereview.language.sentence_lines import sentences_from
from evidencereview.language.view import Sentence
from evidencereview.own_python import own_python
from evidencereview.records import Row

Process = subprocess.Popen[bytes]
log = logging.getLogger(__name__)
_waiting: list[Process] = []


@contextmanager
def splitting_beside() -> Iterator[None]:
    """Start the process; the first `split_rows` within has it, and it has ended when the context is left.

    Does nothing on a single processor, or where no Python can be started.
    """
    process = _started() if (os.cpu_count() or 1) > 1 else None
    if process is None:
        yield
        return
    with process:
        _waiting.append(process)
        try:
            yield
        finally:
            if process in _waiting:
                _waiting.remove(process)
            process.kill()


def split_rows(rows: Sequence[Row]) -> Iterator[tuple[Sentence, ...]]:
    """Begin to split rows, where a process waits for that; return the sentences of row after row.

    A process that breaks off is no fault of the form: the rows that it owes are split here.
    """
    process = _waiting.pop() if _waiting else None
    if process is None:
        return _split_here(rows)
    # In a thread of its own, since a pipe takes no more than a few pages before the other side reads.
    Thread(target=_send, args=(process, rows), daemon=True).start()
    return _received(process, rows)


def _split_here(rows: Sequence[Row]) -> Iterator[tuple[Sentence, ...]]:
    from evidencereview.language.nlp import row_sentences

    return map(row_sentences, rows)


def _received(process: Process, rows: Sequence[Row]) -> Iterator[tuple[Sentence, ...]]:
    assert process.stdout is not None
    done = 0
    for line in process.stdout:
        try:
            sentences = sentences_from(line)
        except ValueError:
            break
        yield sentences
        done += 1
    if done < len(rows):
        log.debug("the process that splits rows broke off after %d of %d", done, len(rows))
        yield from _split_here(rows[done:])


def _send(process: Process, rows: Sequence[Row]) -> None:
    assert process.stdin is not None
    with suppress(OSError, ValueError), process.stdin as pipe:
        pipe.write(json.dumps([(row.evidence, row.commentary) for row in rows]).encode())


def _started() -> Process | None:
    command = own_python("language.sentence_worker")
    if command is None:
        return None
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere)
    except OSError as error:
        log.debug("no process to split rows in: %s", error)
        return None
