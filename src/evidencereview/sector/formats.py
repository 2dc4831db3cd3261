"""The formats of a survey."""

from __future__ import annotations

import difflib
from pathlib import Path

from evidencereview.errors import SettingsError
from evidencereview.sector.compare import FormStanding, Sector

FORMATS = ("text", "xlsx", "html")
_ENDINGS = {".xlsx": "xlsx", ".html": "html", ".htm": "html"}


def format_for_survey(name: str, output: Path | None) -> str:
    """Return the format that is asked for by name, or by the name of the file.

    Raises:
        SettingsError: there is no such format, or a workbook has no file to go to.
    """
    chosen = name or (_ENDINGS.get(output.suffix.lower(), "text") if output else "text")
    if chosen not in FORMATS:
        raise SettingsError(f"there is no format '{chosen}' for a survey", f"choose one of {', '.join(FORMATS)}")
    if chosen == "xlsx" and output is None:
        raise SettingsError("a workbook cannot be printed", "name a file with -o")
    return chosen


def render_survey(sector: Sector, format: str, form: str = "") -> bytes:
    """Return a survey as a file's content.

    Raises:
        SettingsError: `form` names none of its forms.
    """
    chosen = find_form(sector, form) if form else None
    if format == "xlsx":
        from evidencereview.sector.workbook import sector_workbook

        return sector_workbook(sector)
    if format == "html":
        from evidencereview.sector.page import sector_page

        return sector_page(sector, chosen)
    from evidencereview.sector.text import sector_text

    return sector_text(sector, chosen).encode("utf-8", "backslashreplace")


def find_form(sector: Sector, name: str) -> FormStanding:
    """Return the form with this name, or with this file of results.

    Raises:
        SettingsError: there is none, or several have the name.
    """
    for standing in sector.forms:
        if name in (standing.form.result, standing.form.result.removesuffix(".json")):
            return standing
    found = [standing for standing in sector.forms if standing.form.form == name]
    if len(found) == 1:
        return found[0]
    if found:
        results = ", ".join(standing.form.result for standing in found[:5])
        raise SettingsError(f"{len(found)} forms are called '{name}'", f"name the result of one: {results}")
    near = difflib.get_close_matches(name, [standing.form.form for standing in sector.forms], n=1)
    hint = f"did you mean '{near[0]}'?" if near else "summary.csv lists the forms"
    raise SettingsError(f"there is no form '{name}' among the results", hint)
