"""Makes many forms of invented landlords from the training rows: names, figures and dates vary, so that texts are distinct.

A fifth of the rows keep their text, as landlords copy from each other. `python tests/made_forms.py FOLDER NUMBER` from a
checkout; `--wording ROWS` takes the requirements as a rows file prints them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

TRAINING = Path(__file__).parent.parent / "training_data" / "rows"
FIRST = "Alder Birch Cedar Dove Elm Fern Glen Hazel Ivy Juniper Kestrel Larch Maple North Oak Pine Quarry Rowan".split()
SECOND = "bank bridge bury combe dale field ford gate ham hurst leigh mere ridge stead stone vale wick wood".split()
KINDS = ("Homes", "Housing Association", "Borough Council", "Almshouses", "Housing Group", "Housing Trust")
MONTHS = "January February March April May June July August September October November December".split()
_NUMBER = re.compile(r"(?<![\d.])\d{1,4}(?![\d.])")
_MONTH = re.compile("|".join(MONTHS))
SAME = 5


def make_forms(folder: Path, count: int, wording: Path | None = None, first: int = 0) -> list[Path]:
    """Write forms as rows in JSON lines, always the same for a number; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    requirements = _wording(wording) if wording else {}
    made = []
    for number in range(first, first + count):
        path = folder / f"made-{number:05}.jsonl"
        rows = _rows(number, requirements)
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        made.append(path)
    return made


def _rows(number: int, requirements: dict[str, str]) -> list[dict[str, Any]]:
    draw = random.Random(number)
    landlord = f"{draw.choice(FIRST)}{draw.choice(SECOND)} {draw.choice(KINDS)}"
    by_provision = _training_rows()
    told = []
    for order, provision in enumerate(sorted(by_provision, key=lambda n: tuple(map(int, n.split(".")))), 1):
        row = dict(draw.choice(by_provision[provision]))
        row["requirement"] = requirements.get(provision, row["requirement"])
        row["order"], row["form"] = order, f"made-{number:05}"
        if draw.randrange(SAME):
            for cell in ("evidence", "commentary"):
                row[cell] = _varied(row[cell], landlord, draw)
        told.append(row)
    return told


def _varied(text: str, landlord: str, draw: random.Random) -> str:
    """Give every sentence its own names, figures and dates."""
    text = _NUMBER.sub(lambda found: str(max(1, int(found.group()) + draw.randint(-3, 9))), text)
    text = _MONTH.sub(lambda _: draw.choice(MONTHS), text)
    sentences = re.split(r"(?<=[.!?])\s+", text) if text.strip() else []
    return " ".join(_named(sentence, landlord, draw) for sentence in sentences)


def _named(sentence: str, landlord: str, draw: random.Random) -> str:
    if sentence.endswith("."):
        return f"{sentence[:-1]} at {landlord} ({draw.choice(MONTHS)} {draw.randint(2019, 2026)}, {draw.randint(1, 9999)})."
    return sentence


def _wording(path: Path) -> dict[str, str]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {row["provision_inferred"] or row["provision"]: row["requirement"] for row in rows}


@cache
def _training_rows() -> dict[str, list[dict[str, Any]]]:
    """Rows by provision, of the files that are whole forms of the present edition."""
    found: dict[str, list[dict[str, Any]]] = {}
    keys = ("requirement", "answer_raw", "answer", "evidence", "commentary", "mandatory", "section", "provision")
    for path in sorted(TRAINING.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if len(rows) < 60 or "2022" in path.name:
            continue
        for row in rows:
            kept = {key: row[key] for key in keys if key in row}
            kept["provision"] = kept["provision_inferred"] = row.get("provision_inferred") or row["provision"]
            found.setdefault(kept["provision"], []).append(kept)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Write forms for a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--wording", type=Path)
    given = parser.parse_args(arguments)
    return int(len(make_forms(given.folder, given.count, given.wording)) != given.count)


if __name__ == "__main__":
    sys.exit(main())
