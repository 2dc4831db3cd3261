"""The parser of the example files itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from example_file import read_examples

from evidencereview.records import Answer, Cell, Span

CASE = "- provision: 2.3\n  edition: 2024\n  answer: {answer}\n  evidence: {evidence}\n  commentary:{more}\n"


def examples(fires: str = "", quiet: str = "", limits: str = "") -> str:
    return f"## Fires\n\n{fires}\n## Stays quiet\n\n{quiet}\n## Known limits\n\n{limits}\n"


def case(answer: str = "Yes", evidence: str = "As above.", more: str = "") -> str:
    return CASE.format(answer=answer, evidence=evidence, more=more)


def read(tmp_path: Path, text: str) -> dict[str, tuple[object, ...]]:
    path = tmp_path / "some-flag.md"
    path.write_text(text, encoding="utf-8")
    return dict(read_examples(path))


def test_a_case_becomes_a_form(tmp_path: Path) -> None:
    more = " Kept.\n  as-of: 2025-06-01\n  rows: 2\n  and: 2.2 | No | Not | now."
    path = tmp_path / "some-flag.md"
    path.write_text(examples(fires=case(evidence="Plainly ==As above== it is.", more=more)), encoding="utf-8")
    (found,) = read_examples(path)["Fires"]
    first, second = found.form().rows
    assert (first.number, first.evidence, first.commentary) == ("2.3", "Plainly As above it is.", "Kept.")
    assert (second.number, second.answer, second.evidence) == ("2.2", Answer.NO, "Not | now.")
    assert found.marked == Span(Cell.EVIDENCE, 8, 16)
    assert found.as_of == date(2025, 6, 1)
    assert first.requirement


def test_blank_cells_and_neighbouring_cases(tmp_path: Path) -> None:
    found = read(tmp_path, examples(fires=case(answer="", evidence="") + case(), quiet=case(evidence="-")))
    assert [len(cases) for cases in found.values()] == [2, 1, 0]


@pytest.mark.parametrize(
    "text",
    [
        "## Fires\n\n## Known limits\n\n## Stays quiet\n\n",
        "## Fires\n\n## Stays quiet\n\n",
        case() + "\n" + examples(),
        examples(fires=case(more="\n  wy: spelled wrongly")),
        examples(fires=case(more="\n  why: not a limit")),
        examples(limits=case()),
        examples(quiet=case(evidence="==marked==")),
        examples(fires=case(evidence="==one== and ==two==")),
        examples(fires=case(more="\n  rows: 3\n  and: 2.2 | Yes | Policy.")),
        examples(fires=case(more="\n  rows: 2\n  and: 2.2 | Yes")),
        examples(fires="- provision: 2.3\n  edition: 2024\n  answer: Yes\n"),
        examples(fires=case() + "  answer: No\n"),
        examples(fires=case() + "loose text\n"),
        examples(fires=case(more="\n  as-of: June")),
    ],
)
def test_what_is_not_in_the_format_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError):
        read(tmp_path, text)
