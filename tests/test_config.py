"""Settings: where they are found, what each key takes, and errors that say which key is wrong and what to do."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencereview.config import Ignored, Limits, Settings, find_settings_file, load_settings, parse_day, settings_from
from evidencereview.errors import SettingsError
from evidencereview.records import Severity

FULL = """
only = ["ER201", "boilerplate"]
skip = ["ER501"]
as_of = 2026-11-22
edition = "2022"
partial = true
[severities]
boilerplate = "medium"
[thresholds]
off-topic = 0.7
[asks]
stale-date = "Which version is in force?"
[[ignore]]
provision = "8.3"
reason = "the merger is over"
[[ignore]]
provision = "5.10"
reason = "being replaced"
until = 2027-03-31
[limits]
rows = 100
seconds = 5
"""
READ = Settings(
    only=("ER201", "boilerplate"),
    skip=("ER501",),
    severities={"boilerplate": Severity.MEDIUM},
    thresholds={"off-topic": 0.7},
    asks={"stale-date": "Which version is in force?"},
    ignore=(Ignored("8.3", "the merger is over"), Ignored("5.10", "being replaced", date(2027, 3, 31))),
    as_of=date(2026, 11, 22),
    edition="2022",
    partial=True,
    limits=Limits(rows=100, seconds=5),
)
# Key, a value that it does not take, and a part of what is said.
WRONG = [
    ("only", "ER201", "mine: only: must be a list of texts; write it as"),
    ("only", ["ER201", 3], "mine: only: must be a list of texts"),
    ("skip", {"ER201": True}, "mine: skip: must be a list of texts"),
    ("severities", "high", "mine: severities: must be a table of flags; write it under a [header]"),
    ("severities", {"boilerplate": "grave"}, "mine: severities.boilerplate: 'grave' is no severity; use high"),
    ("severities", {"boilerplate": 3}, "mine: severities.boilerplate: '3' is no severity"),
    ("thresholds", {"off-topic": 1.5}, "mine: thresholds.off-topic: must be a number from 0 to 1; write it as 0.6"),
    ("thresholds", {"off-topic": -0.1}, "must be a number from 0 to 1"),
    ("thresholds", {"off-topic": True}, "must be a number from 0 to 1"),
    ("thresholds", {"off-topic": "0.7"}, "must be a number from 0 to 1"),
    ("thresholds", {"off-topic": float("nan")}, "must be a number from 0 to 1"),
    ("thresholds", [0.7], "must be a table of flags"),
    ("asks", {"stale-date": 4}, "mine: asks.stale-date: must be a text; put it in quotes"),
    ("ignore", ["8.3"], "mine: ignore: must be tables; write each provision under [[ignore]]"),
    ("ignore", {"provision": "8.3"}, "mine: ignore: must be tables"),
    ("ignore", [{"provision": "8.3"}], "mine: ignore: needs a provision and a reason"),
    ("ignore", [{"provision": " ", "reason": "x"}], "needs a provision and a reason"),
    ("ignore", [{"provision": 8.3, "reason": "x"}], "mine: ignore.provision: must be a text"),
    ("ignore", [{"provision": "8.3", "reason": "x", "until": "soon"}], "mine: ignore.until: 'soon' is not a date"),
    ("ignore", [{"provision": "8.3", "why": "x"}], "mine: ignore: unknown key 'why'"),
    ("as_of", "soon", "mine: as_of: 'soon' is not a date; write it as 2026-11-22"),
    ("as_of", 2026, "mine: as_of: must be a text"),
    ("edition", 2024, "mine: edition: must be a text; put it in quotes"),
    ("partial", "yes", "mine: partial: must be true or false; write it without quotes"),
    ("partial", 1, "must be true or false"),
    ("limits", 5, "mine: limits: must be a table; write it under [limits]"),
    ("limits", {"rows": 0}, "mine: limits.rows"),
    ("limits", {"rows": "many"}, "mine: limits.rows"),
    ("limits", {"rows": True}, "mine: limits.rows"),
    ("limits", {"rows": 1.5}, "mine: limits.rows"),
    ("limits", {"row": 5}, "mine: limits: unknown key 'row'; did you mean 'rows'?"),
]


def test_a_file_with_every_key(tmp_path: Path) -> None:
    (tmp_path / "evidencereview.toml").write_text(FULL)
    assert load_settings(tmp_path / "evidencereview.toml") == READ


def test_the_section_of_a_pyproject(tmp_path: Path) -> None:
    sections = re.sub(r"^(\[+)", r"\1tool.evidencereview.", FULL, flags=re.MULTILINE)
    text = f'[project]\nname = "forms"\n[tool.other]\nonly = 1\n[tool.evidencereview]\n{sections}'
    (tmp_path / "pyproject.toml").write_text(text)
    assert load_settings(tmp_path / "pyproject.toml") == READ


def test_defaults() -> None:
    assert load_settings(None) == settings_from({}, "mine") == Settings()


@pytest.mark.parametrize(("key", "value", "said"), WRONG)
def test_a_value_that_a_key_does_not_take(key: str, value: object, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings_from({key: value}, "mine")
    assert said in str(error.value)
    assert error.value.exit_code == 2


def test_every_key_is_tried() -> None:
    assert {key for key, _, _ in WRONG} == {field.name for field in fields(Settings)}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("skipp", "mine: unknown key 'skipp'; did you mean 'skip'?"),
        ("as-of", "did you mean 'as_of'?"),
        ("Edition", "did you mean 'edition'?"),
        ("severity", "did you mean 'severities'?"),
        ("zzz", "known keys: as_of, asks, edition, ignore, limits, only, partial, severities, skip, thresholds"),
    ],
)
def test_an_unknown_key_names_the_nearest(key: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        settings_from({key: 1}, "mine")
    assert said in str(error.value)


@pytest.mark.parametrize("content", [b"only = [", b"\xff\xfe", b'only = "\xe9"'])
def test_a_file_that_is_no_toml(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "evidencereview.toml").write_bytes(content)
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load_settings(tmp_path / "evidencereview.toml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load_settings(tmp_path / "none.toml")


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "evidencereview.toml").write_text("")
    assert find_settings_file(inner) == tmp_path / "evidencereview.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find_settings_file(inner) == tmp_path / "evidencereview.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.evidencereview]\n")
    assert find_settings_file(inner) == tmp_path / "a" / "pyproject.toml"
    (tmp_path / "a" / "evidencereview.toml").write_text("")
    assert find_settings_file(inner) == tmp_path / "a" / "evidencereview.toml"


def test_a_broken_pyproject_on_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: cannot be read as TOML"):
        find_settings_file(tmp_path)


def test_settings_as_plain_values() -> None:
    plain = READ.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert set(plain) == {field.name for field in fields(Settings)}
    assert (plain["as_of"], plain["severities"], plain["only"]) == (
        "2026-11-22",
        {"boilerplate": "medium"},
        ["ER201", "boilerplate"],
    )
    assert Settings().to_dict()["as_of"] is None


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat(), "here") == day


@pytest.mark.parametrize("text", ["", "22/11/2026", "2026-13-01", "2026-02-30", "tomorrow"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(SettingsError, match=r"here: '.*' is not a date; write it as 2026-11-22"):
        parse_day(text, "here")


@given(st.dictionaries(st.text(max_size=12), st.none() | st.booleans() | st.integers() | st.text(max_size=5), max_size=3))
def test_whatever_stands_in_a_file_is_read_or_refused(table: dict[str, object]) -> None:
    try:
        assert isinstance(settings_from(table, "mine"), Settings)
    except SettingsError as error:
        assert error.what.startswith("mine: ") and error.remedy
