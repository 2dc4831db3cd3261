"""The list of checks, and the page of one check, as text for a screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from evidencereview.checks.registry import HEADINGS, CheckInfo

WIDTH = 80


def check_list(checks: Iterable[CheckInfo]) -> str:
    """Return one line a check (id, flag, severity), grouped by family, with what it finds on the line below."""
    lines: list[str] = []
    family = ""
    for info in checks:
        if info.family != family:
            family = info.family
            lines += ["", family.upper()] if lines else [family.upper()]
        lines += [
            f"  {info.id}  {info.flag:<22} {info.severity.value}",
            textwrap.fill(info.summary, WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9),
        ]
    return "\n".join(lines) + "\n"


def check_page(info: CheckInfo) -> str:
    """Return the page of one check under a line that names it, wrapped to 80 columns."""
    head = f"{info.id} {info.flag} ({info.family}, severity {info.severity.value}, since {info.since})"
    blocks = [_wrapped(block) for block in info.page.strip().split("\n\n")]
    return "\n\n".join([f"{head}\n{'=' * len(head)}", *blocks]) + "\n"


def _wrapped(block: str) -> str:
    """Wrap a paragraph anew; an underlined heading and entries of a list keep lines of their own."""
    lines: list[str] = []
    for line in block.split("\n"):
        begins = not lines or line.startswith(("- ", "--", " ")) or lines[-1].startswith("--")
        lines.append(line) if begins else lines.append(f"{lines.pop()} {line}")
    return "\n".join(textwrap.fill(line, WIDTH, break_on_hyphens=False) if line.strip() else line for line in lines)


def page_parts(info: CheckInfo) -> dict[str, str]:
    """Return the parts of a check's page by heading, each as running text."""
    found: dict[str, list[str]] = {heading: [] for heading in HEADINGS}
    part: list[str] = []
    for line in info.page.split("\n"):
        if line in found:
            part = found[line]
        elif not line.startswith("---"):
            part.append(line)
    return {heading: " ".join(" ".join(lines).split()) for heading, lines in found.items()}
