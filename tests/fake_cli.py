"""The command line on a pipeline that costs nothing: run as a script, so that workers see the fake as well.

A row without evidence has `missing-evidence` at tier 3, a row with "aim" is hedged. What a form's name holds makes
things happen: "boom" raises, "crashed" has a crashed check, "slow" takes long, "spin" never lets go of the interpreter,
"greedy" eats memory, "die" ends its process, "wait" takes a quarter of a second.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import types
from collections import deque
from itertools import repeat
from pathlib import Path
from typing import Any

from evidencereview.config import Settings
from evidencereview.records import Failure, Form, Item, Review, Row
from made_reviews import made_finding, made_item


def fake_review(form: Form, settings: Settings, *, provisions: Path | None = None, encoder: Path | None = None) -> Review:
    """Review by two plain rules."""
    _act(form.name)
    order = sorted(form.rows, key=lambda row: (bool(row.evidence), "aim" not in row.evidence, row.order))
    items = tuple(_item(row, rank) for rank, row in enumerate(order, 1))
    failures = (Failure("ER501", "ValueError: made up"),) if "crashed" in form.name else ()
    told: dict[str, Any] = {**settings.to_dict(), "provisions": str(provisions), "encoder": str(encoder)}
    done = Form(form.name, form.format, form.sha256, form.rows, form.notes, settings.edition or "2024", ("9.9",))
    return Review(done, items, failures, told, {"evidencereview": "test"})


def _act(name: str) -> None:
    if "boom" in name:
        raise RuntimeError("made up\nfor a test")
    if "slow" in name:
        sys.stderr.write("begun\n")
        sys.stderr.flush()
        # In short naps: a signal that comes while another thread holds up the start of a long one would wait for its end.
        for _ in range(600):
            time.sleep(0.1)
    if "spin" in name:
        deque(repeat(0), maxlen=0)
    if "greedy" in name:
        eaten = []
        while True:
            eaten.append(bytes(bytearray(b"x" * 10_000_000)))
            time.sleep(0.01)
    if "wait" in name:
        time.sleep(0.25)
    if "die" in name:
        os._exit(9)


def _item(row: Row, rank: int) -> Item:
    if not row.evidence:
        return made_item(row, rank, 3, (made_finding(row, "missing-evidence", "ER102"),))
    if "aim" in row.evidence:
        return made_item(row, rank, 2, (made_finding(row, "hedged-practice", "ER302", "aim"),))
    return made_item(row, rank, 0)


module: Any = types.ModuleType("evidencereview.pipeline")
module.review = fake_review

# A script, or the copy of it that a worker makes: not when a test imports this for its parts.
if __name__ in ("__main__", "__mp_main__"):
    sys.modules["evidencereview.pipeline"] = module

if __name__ == "__main__":
    # A test run in the background of a script would hand its deafness to Ctrl-C down to here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from evidencereview.cli import main

    sys.exit(main())
