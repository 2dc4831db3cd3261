"""README says what the program does: the table of flags, commands, options, settings and Python all hold.

`pytest tests/test_readme.py --rewrite-golden` writes the parts that are generated (flags, demo) anew.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from jsonschema import Draft202012Validator

import evidencereview
from command_line import REAL, run
from evidencereview.checks.registry import CheckInfo, all_checks
from evidencereview.cli import entry
from evidencereview.cli.app import app
from evidencereview.config import Settings, settings_from
from evidencereview.report import built_formats
from toy_models import toys_in_place

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")
BOOKS = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PACKAGE = Path(evidencereview.__file__).parent
SAMPLE = PACKAGE / "samples" / "rosewood-2024.txt"
SCHEMA = PACKAGE / "report" / "evidencereview-1.schema.json"
# A line of a demo's report that is shown in README ends here.
SHOWN_ITEMS = 3


def part(name: str, text: str = TEXT) -> str:
    """What stands between two markers."""
    return text.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


def flag_table(checks: tuple[CheckInfo, ...]) -> str:
    """The table of flags as README shows it."""
    lines = ["| flag | id | harm | what it finds |", "|---|---|---|---|"]
    family = ""
    for info in checks:
        if info.family != family:
            family = info.family
            lines.append(f"| **{family}** | | | |")
        lines.append(f"| `{info.flag}` | {info.id} | {info.severity.value} | {info.summary} |")
    return "\n".join(lines) + "\n"


def replaced(name: str, new: str) -> None:
    """Write one part of README anew."""
    text = README.read_text(encoding="utf-8")
    old = f"<!-- {name} -->\n{part(name, text)}<!-- /{name} -->"
    assert old in text
    README.write_text(text.replace(old, f"<!-- {name} -->\n{new}<!-- /{name} -->"), encoding="utf-8")


def test_the_table_of_flags_is_that_of_the_registry(request: pytest.FixtureRequest) -> None:
    expected = flag_table(all_checks())
    if request.config.getoption("--rewrite-golden"):
        replaced("flags", expected)
    assert part("flags", README.read_text(encoding="utf-8")) == expected


@pytest.mark.models
def test_the_demo_begins_as_shown(request: pytest.FixtureRequest, shipped: None, tmp_path: Path) -> None:
    done = run("demo", folder=tmp_path, program=REAL)
    assert done.returncode == 0, done.stderr
    if request.config.getoption("--rewrite-golden"):
        shown = done.stdout.partition(f"\n {SHOWN_ITEMS + 1}. ")[0]
        replaced("demo", f"```text\n{shown.rstrip()}\n```\n")
    # Figures move with each training; what has to stay true is what the list looks like.
    told = part("demo", README.read_text(encoding="utf-8")).splitlines()
    assert told[0] == "```text" and told[1] == done.stdout.splitlines()[0]
    assert "FIRST TO LOOK AT" in told and any(line.startswith(" 1. ") for line in told)


def commands() -> Iterator[list[str]]:
    """Every call of the program and of make that the books show, in words."""
    for book in BOOKS:
        text = book.read_text(encoding="utf-8")
        shown = re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE) + re.findall(r"`([^`\n]+)`", text)
        for line in shown:
            first, *rest = line.partition("#")[0].split(maxsplit=1) or [""]
            name = first.replace("\\", "/").rpartition("/")[2]
            if name in ("evidencereview", "make") and rest:
                yield [name, *shlex.split(rest[0])]


COMMANDS = [words for words in dict.fromkeys(map(tuple, commands())) if not words[1].startswith(".")]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_exists(words: tuple[str, ...]) -> None:
    program, name, *rest = words
    if program == "make":
        assert re.search(rf"^{re.escape(name)}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE), name
        return
    assert entry.app is app
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert name in known, name
    options = {option for parameter in known[name].params for option in parameter.opts}
    assert {word for word in rest if word.startswith("-")} <= options


def test_enough_commands_are_looked_at() -> None:
    assert len(COMMANDS) >= 12
    assert {words[1] for words in COMMANDS} >= {"demo", "review", "rows", "batch", "explain", "checks", "evaluate"}


def test_the_formats_that_are_written() -> None:
    assert tuple(re.findall(r"^\| `(\w+)` \|", part("written"), re.MULTILINE)) == built_formats()


def test_the_settings_are_read_as_shown() -> None:
    (shown,) = blocks("toml")
    settings = settings_from(tomllib.loads(shown), "README.md")
    assert settings != Settings() and settings.skip == ("boilerplate",)


def test_the_json_keeps_the_schema() -> None:
    (shown,) = blocks("json")
    told = json.loads(shown.replace('"sha256": "…"', f'"sha256": "{"0" * 64}"'))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_the_python_runs(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = blocks("python")[number].replace('"FORM.docx"', repr(os.fspath(SAMPLE)))
    monkeypatch.chdir(tmp_path)
    if "read_decisions" in code:
        decided = 'provision,flag,words,decision,note\n6.7,generic-reference,"This is covered",disagree,known\n'
        (tmp_path / "list.xlsx").write_text(decided, encoding="utf-8")
    with toys_in_place():
        exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_links_and_paths_lead_somewhere(book: Path) -> None:
    text = book.read_text(encoding="utf-8")
    made_later = {"models/README.md"}  # by the training run
    links = set(re.findall(r"\]\((?!https?:|#)([^)]+)\)", text))
    paths = set(re.findall(r"`((?:src|tests|models|training_data|\.ci)/[\w./-]+)`", text))
    gone = sorted(name for name in (links | paths) - made_later if not (ROOT / name).exists())
    assert gone == []
