"""What a check is, and the list of all of them: the modules of this folder are walked once.

Importing this module is cheap (no spaCy, numpy or pandas), so that `--help`, `checks` and `explain` answer at once.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from evidencereview.config import Settings
from evidencereview.errors import SettingsError
from evidencereview.records import Finding, Severity

if TYPE_CHECKING:
    from evidencereview.language.view import FormView

T = TypeVar("T")
Function = Callable[["FormView"], Iterable[Finding]]

FAMILIES = {1: "completeness", 2: "sourcing", 3: "commitment", 4: "substance", 5: "consistency"}
HEADINGS = ("What it finds", "Why it matters", "Example", "What to ask", "Known limits")


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """One check: its name, its default severity, its page, and the function that finds."""

    id: str
    flag: str
    severity: Severity
    since: str
    page: str
    function: Function
    ask: str

    @property
    def family(self) -> str:
        """The family that the id's hundreds name."""
        return FAMILIES[int(self.id[2])]

    @property
    def summary(self) -> str:
        """The page's first line."""
        return self.page.partition("\n")[0]


_REGISTERED: dict[str, CheckInfo] = {}


def check(id: str, flag: str, severity: Severity, since: str, ask: str) -> Callable[[Function], Function]:
    """Register a check; its page is the docstring of the module in which it stands.

    Args:
        id: "ER" and three digits; the first is the family.
        flag: the name that LABELS gives the fault.
        severity: harm if true, unless the settings say otherwise.
        since: version that brought it.
        ask: what to ask the author where the row itself gives nothing more exact.
    """

    def register(function: Function) -> Function:
        page = inspect.cleandoc(inspect.getmodule(function).__doc__ or "")
        _REGISTERED[flag] = CheckInfo(id, flag, severity, since, page, function, ask)
        return function

    return register


@cache
def all_checks() -> tuple[CheckInfo, ...]:
    """Return all checks in the order of their ids."""
    package = importlib.import_module("evidencereview.checks")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"evidencereview.checks.{module.name}")
    return tuple(sorted(_REGISTERED.values(), key=lambda info: info.id))


def find_check(name: str) -> CheckInfo:
    """Return the check with an id or flag.

    Raises:
        SettingsError: there is none; the message names the nearest.
    """
    names = {key.lower(): info for info in all_checks() for key in (info.id, info.flag)}
    if name.lower() in names:
        return names[name.lower()]
    near = difflib.get_close_matches(name.lower(), names, n=1)
    hint = f"did you mean '{near[0]}'?" if near else "see 'evidencereview checks'"
    raise SettingsError(f"there is no check '{name}'", hint)


def by_flag(settings: Settings) -> Settings:
    """Return the settings with the checks' flags as keys, whether they were named by flag or by id.

    Raises:
        SettingsError: a name is not known; the message names the nearest.
    """
    return replace(
        settings,
        severities=_by_flag(settings.severities),
        thresholds=_by_flag(settings.thresholds),
        asks=_by_flag(settings.asks),
    )


def _by_flag(wishes: Mapping[str, T]) -> dict[str, T]:
    return {find_check(name).flag: wish for name, wish in wishes.items()}


def selected(only: Sequence[str], skip: Sequence[str]) -> Iterator[CheckInfo]:
    """Yield the checks that `only` and `skip` leave.

    Raises:
        SettingsError: a name is not known.
    """
    wanted = {find_check(name).id for name in only}
    barred = {find_check(name).id for name in skip}
    return (info for info in all_checks() if info.id not in barred and (not wanted or info.id in wanted))
