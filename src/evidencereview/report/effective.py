"""What is in force: each check as the settings have it, ignored provisions, and whatever else differs from the usual."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from datetime import date

from evidencereview.checks.registry import CheckInfo, all_checks, by_flag, selected
from evidencereview.config import Limits, Settings
from evidencereview.report.check_page import WIDTH
from evidencereview.report.harmless import one_line
from evidencereview.report.wording import day_words

_INDENT = " " * 9


def effective_page(settings: Settings, source: str, today: date) -> str:
    """Return what is in force as text of 80 columns.

    Args:
        settings: as the file and the options make them.
        source: where they come from, in words.
        today: the day by which a reason to ignore a provision may have ended.

    Raises:
        SettingsError: the settings name no check.
    """
    wishes = by_flag(settings)
    on = {info.id for info in selected(settings.only, settings.skip)}
    lines = [f"settings: {one_line(source)}", ""]
    for info in all_checks():
        lines += _check(info, wishes, info.id in on)
    lines += ["", *_ignored(settings, today), *_others(settings)]
    return "\n".join(lines) + "\n"


def _check(info: CheckInfo, settings: Settings, on: bool) -> list[str]:
    severity = settings.severities.get(info.flag, info.severity)
    told = [severity.value if on else "off"]
    if on and severity is not info.severity:
        told.append(f"usually {info.severity.value}")
    least = settings.thresholds.get(info.flag)
    if on and least is not None:
        told.append(f"shown when at least {least:.0%} sure")
    lines = [f"  {info.id}  {info.flag:<22} {', '.join(told)}"]
    if on and info.flag in settings.asks:
        lines += _wrapped(f"ask: {settings.asks[info.flag]}")
    return lines


def _ignored(settings: Settings, today: date) -> list[str]:
    lines: list[str] = []
    for wish in settings.ignore:
        until = f" until {day_words(wish.until)}" if wish.until else ""
        if wish.until and wish.until < today:
            until = f": no more, it ended on {day_words(wish.until)}"
        lines += [f"  ignored {one_line(wish.provision)}{until}", *_wrapped(f"because {wish.reason}")]
    return ["IGNORED PROVISIONS (their findings stay listed and do not count)", *lines, ""] if lines else []


def _others(settings: Settings) -> list[str]:
    usual = asdict(Limits())
    limits = [
        f"  limits.{name} {value:_}{'' if value == usual[name] else f', usually {usual[name]:_}'}"
        for name, value in asdict(settings.limits).items()
    ]
    return [
        "OTHER",
        f"  edition {one_line(settings.edition) or 'as detected'}",
        f"  dates as of {day_words(settings.as_of) if settings.as_of else 'the day that the form states'}",
        f"  missing provisions {'are no error' if settings.partial else 'are an error when more than half are missing'}",
        *limits,
    ]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(one_line(text), WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
