"""The review behaves as a reader would expect: at least 150 cases on the shipped models, nine in ten of which pass."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evidencereview.training.behaviour import CHANGES, Case, Judge, Outcome, Told, judge, load_cases, report

CASES = load_cases(Path(__file__).parent)
LEAST_CASES, LEAST_PASSED = 150, 0.9
QUIET = Outcome(frozenset(), 3, 3, 0)


def test_there_are_enough_cases_of_every_kind_and_each_has_its_own_name() -> None:
    assert len(CASES) >= LEAST_CASES
    kinds = Counter(case.kind for case in CASES)
    assert kinds.keys() == {"minimum", "same", "direction", "repeat"}
    assert min(kinds["minimum"], kinds["same"], kinds["direction"]) >= 40
    assert len({(case.kind, case.name) for case in CASES}) == len(CASES)


@pytest.mark.models
def test_nine_cases_in_ten_pass(shipped: None) -> None:
    result = report(CASES, judge)
    failures = "\n".join(f"{name}: {problem}" for name, problem in result["failures"].items())
    assert result["passed"] >= LEAST_PASSED * len(CASES), f"{result['passed']} of {len(CASES)}\n{failures}"


def always(*said: Outcome) -> Judge:
    return lambda rows: said[: len(rows)]


def by_text(**said: Outcome) -> Judge:
    return lambda rows: tuple(next(said[key] for key in said if key in told.evidence) for told in rows)


def one(folder: Path, text: str) -> tuple[Case, ...]:
    (folder / "cases.toml").write_text(text, encoding="utf-8")
    return load_cases(folder)


MINIMUM = '[[minimum]]\nname = "x"\nprovision = "5.1"\nevidence = "e"\n'


@pytest.mark.parametrize(
    ("wanted", "said", "problem"),
    [
        ('has = ["boilerplate"]', QUIET, "lacks boilerplate"),
        ('lacks = ["off-topic"]', Outcome(frozenset(["off-topic"]), 1, 1, 2), "has off-topic"),
        ("tier = [2, 3]", QUIET, "tier is 0, not 2 to 3"),
        ("relevance = [3, 3]", QUIET, ""),
    ],
)
def test_a_minimum_is_judged(tmp_path: Path, wanted: str, said: Outcome, problem: str) -> None:
    (case,) = one(tmp_path, MINIMUM + wanted)
    assert case.problem(always(said)) == problem


def test_a_change_that_moves_something_is_found(tmp_path: Path) -> None:
    cases = one(tmp_path, '[[same]]\nname = "x"\nprovision = "5.1"\nevidence = "Fernhill does it."')
    assert [case.kind for case in cases] == ["same"] * len(CHANGES) + ["direction"]
    said = by_text(Fernhill=QUIET, Saltmarsh=Outcome(frozenset(["off-topic"]), 1, 3, 2))
    assert cases[0].problem(said) == "off-topic new; tier from 0 to 2"
    assert [case.problem(said) for case in cases[1:]] == [""] * len(CHANGES)
    lower = by_text(**{"section 4.2": Outcome(frozenset(), 3, 2, 0), "Fernhill": QUIET})
    assert cases[-1].problem(lower) == "specificity from 3 to 2"


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ('loses = ["off-topic"]', ""),
        ('loses = ["boilerplate"]', "boilerplate was not there"),
        ('gains = ["off-topic"]', "off-topic was there before; off-topic does not come"),
        ('not_higher = ["specificity"]', "specificity from 1 to 3"),
        ('not_lower = ["tier"]', "tier from 2 to 0"),
    ],
)
def test_a_direction_is_judged(tmp_path: Path, wanted: str, problem: str) -> None:
    (case,) = one(tmp_path, f'[[direction]]\nname = "x"\nprovision = "5.1"\nbefore = "one"\nafter = "two"\n{wanted}')
    assert case.problem(by_text(one=Outcome(frozenset(["off-topic"]), 1, 1, 2), two=QUIET)) == problem


def test_an_answer_that_changes_keeps_the_text(tmp_path: Path) -> None:
    (case,) = one(tmp_path, '[[direction]]\nname = "x"\nprovision = "5.1"\nbefore = "one"\nanswer_after = ""')
    asked: list[Told] = []

    def watch(rows: tuple[Told, ...]) -> tuple[Outcome, ...]:
        asked.extend(rows)
        return (QUIET,)

    assert case.problem(watch) == ""
    assert asked == [Told("5.1", "Yes", "one"), Told("5.1", "", "one")]


def test_copies_are_judged(tmp_path: Path) -> None:
    text = '[[repeat]]\nname = "x"\nsentence = "S."\nprovisions = ["5.1", "5.2", "5.3", "5.4"]\ntexts = ["a", "b", "c", "d"]'
    two, three = one(tmp_path, text)
    marked = Outcome(frozenset(["boilerplate"]), 3, 3, 1)
    assert two.problem(always(QUIET, QUIET, QUIET, QUIET)) == ""
    assert three.problem(always(marked, marked, marked, QUIET)) == ""
    assert three.problem(always(QUIET, QUIET, QUIET, QUIET)).startswith("boilerplate on [False")


def test_the_report_counts(tmp_path: Path) -> None:
    cases = one(tmp_path, MINIMUM + 'has = ["boilerplate"]\n' + MINIMUM.replace('"x"', '"y"'))
    result = report(cases, always(QUIET))
    assert (result["cases"], result["passed"]) == (2, 1)
    assert result["kinds"] == {"minimum": {"cases": 2, "passed": 1}}
    assert result["failures"] == {"minimum: x": "lacks boilerplate"}
