"""The settings file and its schema say what the program reads: what one takes, the other takes."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from command_line import REAL, run
from evidencereview.checks.registry import all_checks
from evidencereview.checks.settings_file import settings_file, settings_schema
from evidencereview.config import Limits, Settings, settings_from
from evidencereview.errors import SettingsError
from evidencereview.report.effective import effective_page
from test_config import FULL, WRONG

SCHEMA = settings_schema()


def plain(value: Any) -> Any:
    """What an editor hands to a schema: JSON, in which days are texts."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat() if isinstance(day, date) else str(day)))


def valid(table: dict[str, Any]) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(plain(table))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_takes_what_the_program_takes() -> None:
    assert valid({})
    assert valid(tomllib.loads(FULL))
    assert valid({key: value for key, value in plain(Settings().to_dict()).items() if value is not None})
    assert all(valid({"severities": {name: "low"}}) for info in all_checks() for name in (info.id, info.flag))


# JSON has no NaN.
@pytest.mark.parametrize(("key", "value", "said"), [case for case in WRONG if "nan" not in repr(case[1])])
def test_the_schema_refuses_what_the_program_refuses(key: str, value: object, said: str) -> None:
    assert not valid({key: value})


@pytest.mark.parametrize("table", [{"skipp": []}, {"severities": {"boilerplat": "low"}}, {"only": ["ER999"]}])
def test_the_schema_knows_the_names(table: dict[str, Any]) -> None:
    assert not valid(table)


def test_the_file_changes_nothing_as_it_stands() -> None:
    assert settings_from(tomllib.loads(settings_file()), "init") == Settings()


def uncommented() -> str:
    """The file with every setting in it taken into force."""
    return re.sub(r"^# (?=\[|[a-z_-]+ = )", "", settings_file(), flags=re.MULTILINE)


def test_every_line_of_the_file_can_be_uncommented() -> None:
    table = tomllib.loads(uncommented())
    assert set(table) == set(asdict(Settings()))
    assert valid(table)
    settings = settings_from(table, "init")
    assert settings.limits == Limits() and settings.ignore[0].reason
    assert effective_page(settings, "init", date(2026, 11, 22))


def test_the_file_names_every_check() -> None:
    for info in all_checks():
        assert f"{info.id}  {info.flag}" in settings_file()


def test_init_writes_it_once(tmp_path: Path) -> None:
    done = run("init", folder=tmp_path, program=REAL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "evidencereview: saved evidencereview.toml\n")
    target = tmp_path / "evidencereview.toml"
    assert target.read_text(encoding="utf-8") == settings_file()
    target.write_text("partial = true\n")
    again = run("init", folder=tmp_path, program=REAL)
    assert again.returncode == 2 and "evidencereview.toml exists; add --force" in again.stderr
    assert target.read_text() == "partial = true\n"
    assert run("init", "--force", folder=tmp_path, program=REAL).returncode == 0
    assert json.loads(run("init", "--schema", folder=tmp_path, program=REAL).stdout) == SCHEMA


IN_FORCE = """
skip = ["ER205"]
partial = true
[severities]
ER201 = "low"
[thresholds]
off-topic = 0.7
[asks]
stale-date = "Which version is in force?"
[[ignore]]
provision = "8.3"
reason = "no merger this year"
until = 2026-01-31
[[ignore]]
provision = "8.4"
reason = "no request"
[limits]
rows = 100
"""


def test_checks_show_what_is_in_force(tmp_path: Path) -> None:
    (tmp_path / "evidencereview.toml").write_text(IN_FORCE)
    done = run("checks", "--effective", "--skip", "ER501", folder=tmp_path, program=REAL)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines()[1:])) <= 80
    shown = " ".join(done.stdout.split())
    for told in (
        "ER501 contradiction off",
        "ER205 boilerplate low",
        "ER201 generic-reference low, usually medium",
        "ER401 off-topic medium, shown when at least 70% sure",
        "ask: Which version is in force?",
        "ignored 8.3: no more, it ended on 31 January 2026 because no merger this year",
        "ignored 8.4 because no request",
        "missing provisions are no error",
        "limits.rows 100, usually 5_000",
    ):
        assert told in shown


def test_checks_refuse_settings_that_name_no_check(tmp_path: Path) -> None:
    (tmp_path / "evidencereview.toml").write_text('[asks]\nstale-dat = "x"\n')
    done = run("checks", "--effective", folder=tmp_path, program=REAL)
    assert done.returncode == 2 and "there is no check 'stale-dat'; did you mean 'stale-date'?" in done.stderr
    with pytest.raises(SettingsError):
        effective_page(Settings(thresholds={"x": 0.5}), "here", date(2026, 11, 22))
