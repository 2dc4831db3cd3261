"""Splits cells into sentences in a process of its own: see `sentence_process`."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys


def main() -> None:
    """Read the texts of all rows from standard input, write the sentences of a row a line to standard output."""
    # Ctrl-C is for the process that asked: this one ends when nobody reads what it writes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A process of one form ends before there is anything to collect; looking for it took a tenth of the review.
    gc.disable()
    # spaCy is imported here, while the other process still reads the form.
    from evidencereview.language.nlp import cell_sentences, pipeline
    from evidencereview.language.sentence_lines import line_of
    from evidencereview.records import Cell

    pipeline()
    for evidence, commentary in json.loads(sys.stdin.buffer.read()):
        sentences = cell_sentences(evidence, Cell.EVIDENCE) + cell_sentences(commentary, Cell.COMMENTARY)
        sys.stdout.write(line_of(sentences) + "\n")
        sys.stdout.flush()
    # Taking down spaCy object by object would keep the other process waiting.
    os._exit(0)
