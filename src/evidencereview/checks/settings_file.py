"""The settings file: a commented one to begin with, and its JSON schema. Both follow the list of checks."""

from __future__ import annotations

from dataclasses import asdict, fields

from evidencereview.checks.registry import all_checks
from evidencereview.config import Ignored, Limits, Settings
from evidencereview.records import Severity

_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "a day, such as 2026-11-22"}
_ABOUT = {
    "only": "ids or flags of the checks to run; empty means all",
    "skip": "ids or flags of the checks not to run",
    "severities": "harm of a flag, where it is not the check's own",
    "thresholds": "how sure a check must be for a finding to be shown, 0 to 1",
    "asks": "own wording of what to ask for; {ask}, {words} and {provision} are filled in",
    "ignore": "provisions whose findings stay listed and do not count for --fail-on",
    "as_of": "the day against which dates are judged; otherwise the one that the form states",
    "edition": "overrules the detected edition",
    "partial": "an excerpt is meant: missing provisions are no error",
    "limits": "caps for reading",
}


def settings_schema() -> dict[str, object]:
    """Return the JSON schema (draft 2020-12) of the settings, for editors that check a TOML file as it is written."""
    names = [name for info in all_checks() for name in (info.id, info.flag)]
    name: dict[str, object] = {"enum": names}
    lists: dict[str, object] = {"type": "array", "items": name}
    shapes: dict[str, dict[str, object]] = {
        "only": lists,
        "skip": lists,
        "severities": _by_check(name, {"enum": [severity.value for severity in Severity]}),
        "thresholds": _by_check(name, {"type": "number", "minimum": 0, "maximum": 1}),
        "asks": _by_check(name, {"type": "string"}),
        "ignore": {"type": "array", "items": _ignored()},
        "as_of": dict(_DAY),
        "edition": {"type": "string"},
        "partial": {"type": "boolean"},
        "limits": _limits(),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "evidencereview-settings/1",
        "title": "Settings of evidencereview (evidencereview.toml, or [tool.evidencereview])",
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: {"description": _ABOUT[field.name], **shapes[field.name]} for field in fields(Settings)},
    }


def settings_file() -> str:
    """Return a settings file in which everything is explained and nothing is changed: each line waits to be uncommented."""
    flags = [f"#   {info.id}  {info.flag:<22} {info.severity.value:<7} {info.summary}" for info in all_checks()]
    limits = [f"# {name} = {value:_}" for name, value in asdict(Limits()).items()]
    lines = [
        "# Settings of evidencereview. It is found here and in every folder below; what is commented out is not in force.",
        "# 'evidencereview checks --effective' shows what is. Options on the command line come first.",
        "",
        f"# {_ABOUT['skip']} (only is the opposite)",
        '# skip = ["boilerplate"]',
        '# only = ["ER304", "stale-date"]',
        "",
        f"# {_ABOUT['as_of']}",
        "# as_of = 2026-11-22",
        "",
        f"# {_ABOUT['edition']}",
        '# edition = "2024"',
        "",
        f"# {_ABOUT['partial']}",
        "# partial = true",
        "",
        "# The checks: id, flag, harm, what it finds.",
        *flags,
        "",
        f"# {_ABOUT['severities']}: high, medium or low",
        "# [severities]",
        '# generic-reference = "low"',
        "",
        f"# {_ABOUT['thresholds']}",
        "# [thresholds]",
        "# off-topic = 0.7",
        "",
        f"# {_ABOUT['asks']}",
        "# [asks]",
        '# stale-date = "{ask} Which version is in force, and since when?"',
        "",
        f"# {_ABOUT['ignore']};",
        "# the reason is needed, the last day is not",
        "# [[ignore]]",
        '# provision = "8.3"',
        '# reason = "no merger this year"',
        "# until = 2027-03-31",
        "",
        f"# {_ABOUT['limits']}; a refusal names the one that was met",
        "# [limits]",
        *limits,
    ]
    return "\n".join(lines) + "\n"


def _by_check(name: dict[str, object], value: dict[str, object]) -> dict[str, object]:
    return {"type": "object", "propertyNames": name, "additionalProperties": value}


def _ignored() -> dict[str, object]:
    filled = {"type": "string", "pattern": r"\S"}
    shapes = {"provision": filled, "reason": filled, "until": dict(_DAY)}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["provision", "reason"],
        "properties": {field.name: shapes[field.name] for field in fields(Ignored)},
    }


def _limits() -> dict[str, object]:
    cap = {"type": "integer", "minimum": 1}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: cap for field in fields(Limits)},
    }
