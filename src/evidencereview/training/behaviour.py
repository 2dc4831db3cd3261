"""Behaviour cases: what a review must say of small texts, and how it may move when a text changes.

    python -m evidencereview.training.behaviour [--cases FOLDER] [--out FILE]

Four kinds: `minimum` (a text and what must be said of it), `same` (changes that may move nothing), `direction` (changes
that must move one way) and `repeat` (a sentence copied over rows).
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from evidencereview.config import Settings
from evidencereview.language.model_files import models_folder
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Form, Modality, Row

EDITION = "2024"
CASES = Path("tests/behaviour")
LOCATOR = "Complaints Policy, section 4.2, approved 12 March 2024."
LANDLORD, OTHER_LANDLORD = "Fernhill", "Saltmarsh"
COPIES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What one row says."""

    provision: str
    answer: str
    evidence: str
    commentary: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a review said of one row."""

    flags: frozenset[str]
    relevance: int
    specificity: int
    tier: int


Judge = Callable[[tuple[Told, ...]], tuple[Outcome, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """One case; `problem` says what is wrong, "" where it passes."""

    kind: str
    name: str
    problem: Callable[[Judge], str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the cases on the shipped models and write `models/behaviour.json`."""
    parser = argparse.ArgumentParser(prog="python -m evidencereview.training.behaviour", description="Behaviour cases.")
    parser.add_argument("--cases", type=Path, default=CASES, help="folder of *.toml")
    parser.add_argument("--out", type=Path, default=None, help="file to write (default: models/behaviour.json)")
    options = parser.parse_args(arguments)
    target = options.out or models_folder() / "behaviour.json"
    target.write_text(json.dumps(report(load_cases(options.cases), judge), indent=1) + "\n", encoding="utf-8")


def report(cases: Sequence[Case], ask: Judge) -> dict[str, Any]:
    """Return how many cases pass, by kind, and what is wrong with the others."""
    problems = {f"{case.kind}: {case.name}": case.problem(ask) for case in cases}
    failed = Counter(name.partition(":")[0] for name, problem in problems.items() if problem)
    kinds = Counter(case.kind for case in cases)
    return {
        "heads": heads_version(),
        "cases": len(cases),
        "passed": sum(not problem for problem in problems.values()),
        "kinds": {kind: {"cases": count, "passed": count - failed[kind]} for kind, count in sorted(kinds.items())},
        "failures": {name: problem for name, problem in sorted(problems.items()) if problem},
    }


def heads_version() -> str:
    """Return the version of the shipped heads ("none" where none are shipped)."""
    card = models_folder() / "heads" / "card.json"
    return str(json.loads(card.read_text(encoding="utf-8"))["version"]) if card.is_file() else "none"


def judge(rows: tuple[Told, ...]) -> tuple[Outcome, ...]:
    """Review rows as an excerpt of a form, in their order."""
    from evidencereview.pipeline import review

    form = Form("behaviour", "jsonl", "", tuple(_row(order, told) for order, told in enumerate(rows, 1)))
    items = review(form, Settings(partial=True, edition=EDITION)).items
    said = {
        item.row.order: Outcome(
            frozenset(found.flag for found in item.findings), item.scores.relevance, item.scores.specificity, item.tier
        )
        for item in items
    }
    return tuple(said[order] for order in sorted(said))


def _row(order: int, told: Told) -> Row:
    known = load_pack(EDITION).by_number[told.provision]
    return Row(
        form="behaviour",
        order=order,
        section=known.section,
        provision=known.number,
        provision_inferred=None,
        requirement=known.summary,
        answer_raw=told.answer,
        answer=Answer(told.answer.lower().replace(" ", "-")) if told.answer else Answer.BLANK,
        evidence=told.evidence,
        commentary=told.commentary,
        mandatory=known.modality is Modality.MUST,
    )


def load_cases(folder: Path) -> tuple[Case, ...]:
    """Read the cases of every TOML file of a folder, in order of name."""
    makers = {"minimum": _minimum, "same": _same, "direction": _direction, "repeat": _repeat}
    made: list[Case] = []
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, entries in table.items():
            made += [case for entry in entries for case in makers[kind](entry)]
    return tuple(made)


def _told(entry: Mapping[str, Any]) -> Told:
    return Told(entry["provision"], entry.get("answer", "Yes"), entry["evidence"], entry.get("commentary", ""))


def _minimum(entry: Mapping[str, Any]) -> Iterator[Case]:
    yield Case("minimum", entry["name"], partial(_said_enough, _told(entry), entry))


def _said_enough(told: Told, wanted: Mapping[str, Any], ask: Judge) -> str:
    (said,) = ask((told,))
    problems = [f"lacks {flag}" for flag in wanted.get("has", ()) if flag not in said.flags]
    problems += [f"has {flag}" for flag in wanted.get("lacks", ()) if flag in said.flags]
    for grade in ("relevance", "specificity", "tier"):
        low, high = wanted.get(grade, (0, 3))
        value = getattr(said, grade)
        problems += [f"{grade} is {value}, not {low} to {high}"] * (not low <= value <= high)
    return "; ".join(problems)


# Changes of a text that may move neither flags nor tier.
CHANGES: Mapping[str, Callable[[str], str]] = {
    "landlord": lambda text: text.replace(LANDLORD, OTHER_LANDLORD),
    "quotes": lambda text: text.replace("'", "’").replace('"', "”"),
    "bullets": lambda text: "\n".join(f"• {line}" for line in text.split("\n") if line.strip()),
    "dashes for bullets": lambda text: "\n".join(f"- {line}" for line in text.split("\n") if line.strip()),
    "white space": lambda text: "  " + text.replace(" ", "  ").replace("\n", " \n\n") + " \n",
}


def _same(entry: Mapping[str, Any]) -> Iterator[Case]:
    told = _told(entry)
    for name, change in CHANGES.items():
        changed = Told(told.provision, told.answer, change(told.evidence), change(told.commentary))
        yield Case("same", f"{entry['name']}, {name}", partial(_unmoved, told, changed))
    located = Told(told.provision, told.answer, f"{told.evidence}\n{LOCATOR}".strip(), told.commentary)
    wanted = {"not_lower": ("specificity",)}
    yield Case("direction", f"{entry['name']}, locator added", partial(_moved, told, located, wanted))


def _unmoved(before: Told, after: Told, ask: Judge) -> str:
    (was,), (now,) = ask((before,)), ask((after,))
    problems = [f"{flag} {'gone' if flag in was.flags else 'new'}" for flag in sorted(was.flags ^ now.flags)]
    return "; ".join(problems + [f"tier from {was.tier} to {now.tier}"] * (was.tier != now.tier))


def _direction(entry: Mapping[str, Any]) -> Iterator[Case]:
    before = Told(entry["provision"], entry.get("answer", "Yes"), entry["before"])
    after = Told(entry["provision"], entry.get("answer_after", before.answer), entry.get("after", entry["before"]))
    yield Case("direction", entry["name"], partial(_moved, before, after, entry))


def _moved(before: Told, after: Told, wanted: Mapping[str, Any], ask: Judge) -> str:
    (was,), (now,) = ask((before,)), ask((after,))
    problems = [f"{flag} was not there" for flag in wanted.get("loses", ()) if flag not in was.flags]
    problems += [f"{flag} stays" for flag in wanted.get("loses", ()) if flag in now.flags]
    problems += [f"{flag} was there before" for flag in wanted.get("gains", ()) if flag in was.flags]
    problems += [f"{flag} does not come" for flag in wanted.get("gains", ()) if flag not in now.flags]
    for key, sign in (("not_lower", 1), ("not_higher", -1)):
        for grade in wanted.get(key, ()):
            old, new = getattr(was, grade), getattr(now, grade)
            problems += [f"{grade} from {old} to {new}"] * (sign * (new - old) < 0)
    return "; ".join(problems)


def _repeat(entry: Mapping[str, Any]) -> Iterator[Case]:
    for copies in (COPIES - 1, COPIES):
        yield Case("repeat", f"{entry['name']}, {copies} rows", partial(_copied, entry, copies))


def _copied(entry: Mapping[str, Any], copies: int, ask: Judge) -> str:
    texts = [f"{own} {entry['sentence']}" if place < copies else own for place, own in enumerate(entry["texts"])]
    said = ask(tuple(Told(number, "Yes", text) for number, text in zip(entry["provisions"], texts, strict=True)))
    expected = [copies >= COPIES and place < copies for place in range(len(texts))]
    marked = ["boilerplate" in outcome.flags for outcome in said]
    return "" if marked == expected else f"boilerplate on {marked}, not on {expected}"


if __name__ == "__main__":
    main()
