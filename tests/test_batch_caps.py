"""A form that never ends, eats memory or takes its process down is ended and listed, and the rest are done."""

from pathlib import Path

import pytest

from batch_results import table
from command_line import make_form, run


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("slow", "TooSlow", "more than 3 seconds"),
        ("spin", "TooSlow", "more than 3 seconds"),
        ("greedy", "TooLarge", "more than 300 MB of memory"),
        ("die", "WorkerDied", "was ended"),
    ],
)
def test_a_poison_form_is_ended_and_the_rest_done(name: str, kind: str, words: str, tmp_path: Path) -> None:
    for form in ("a", f"b-{name}", "c", "d"):
        make_form(tmp_path, form, "x")
    forms = sorted(tmp_path.glob("*.jsonl"))
    done = run("batch", *forms, "-o", "out", "--jobs", 1, "--form-seconds", 3, "--form-memory", 300, folder=tmp_path)
    assert done.returncode == 2
    assert [row["form"] for row in table(tmp_path / "out" / "summary.csv")] == ["a", "c", "d"]
    (failure,) = table(tmp_path / "out" / "failures.csv")
    assert failure["kind"] == kind and words in failure["what"] and failure["remedy"]
    assert Path(failure["file"]).name == f"b-{name}.jsonl"
    assert "Traceback" not in done.stderr
