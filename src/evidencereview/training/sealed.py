"""Measures every labelled form, the sealed one among them, and writes the figures down with the commit.

    python -m evidencereview.training.sealed [--shared FOLDER] [--log FILE]

Run once, when an issue closes: a look at a sealed form uses it up, so each look is logged before it is shown. The log
holds numbers, names of forms and hashes alone: no word of a form, and no row.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evidencereview.errors import EvidenceReviewError, LabelError
from evidencereview.training.evaluate import evaluate_pairs, find_pairs
from evidencereview.training.evaluation import Evaluation
from evidencereview.training.labels import CONSISTENCY_FLAGS

Pairs = Sequence[tuple[Path, Path]]


def main(arguments: Sequence[str] | None = None, evaluate: Callable[[Pairs], list[Evaluation]] | None = None) -> int:
    """Run the sealed evaluation from the command line; the status is 0, or 2 with one line on stderr."""
    options = _options(arguments)
    try:
        commit, changed = current_commit(Path())
        pairs = find_pairs(options.shared / "corpus", options.shared / "labels")
        evaluations = (evaluate or _both)(pairs)
        append(options.log, log_record(evaluations, pairs, commit, changed))
    except EvidenceReviewError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    sys.stdout.write("\n".join(each.to_text() for each in evaluations))
    return 0


def current_commit(folder: Path) -> tuple[str, bool]:
    """Return the hash of the commit checked out, and whether tracked files differ from it.

    Raises:
        LabelError: there is no commit, so a sealed figure could not be traced.
    """
    commit = _git(folder, "rev-parse", "--verify", "HEAD")
    return commit, bool(_git(folder, "status", "--porcelain", "--untracked-files=no"))


def log_record(evaluations: Sequence[Evaluation], pairs: Pairs, commit: str, changed: bool) -> dict[str, Any]:
    """Return one line of the log as plain values."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "changed": changed,
        "inputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for pair in pairs for path in pair},
        "evaluations": [_figures(each) for each in evaluations],
    }


def append(log: Path, record: dict[str, Any]) -> None:
    """Append one line to the log; what stands there is never touched.

    Raises:
        LabelError: the log cannot be written.
    """
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record, sort_keys=True) + "\n")
    except OSError as error:
        raise LabelError(f"{log}: cannot be written ({error})", "name another with --log") from error


def _both(pairs: Pairs) -> list[Evaluation]:
    """Measure over all flags, and without those that rest on a comparison of rows or with the Code."""
    return [evaluate_pairs(pairs), evaluate_pairs(pairs, left_out=CONSISTENCY_FLAGS)]


def _figures(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "left_out": list(evaluation.left_out),
        "pooled": asdict(evaluation.pooled),
        "forms": [asdict(each) for each in evaluation.forms],
        "flags": {each.flag: asdict(each.counts) for each in evaluation.flags},
        "baselines": {each.name: asdict(each.pooled) for each in evaluation.baselines},
    }


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise LabelError("there is no commit to log the sealed figures with", "run it in a checkout, committed") from error
    return done.stdout.strip()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evidencereview.training.sealed", description="Sealed evaluation.")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder that holds corpus and labels")
    parser.add_argument("--log", type=Path, default=Path("models/sealed.log.jsonl"), help="log to append to")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
