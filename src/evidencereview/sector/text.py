"""The survey as text, 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from evidencereview.report.harmless import one_line, visible
from evidencereview.report.wording import counted
from evidencereview.sector.compare import FormStanding, Sector

WIDTH = 80
_PROVISIONS, _SHARED, _BEST, _FORMS = 10, 10, 5, 10


def sector_text(sector: Sector, chosen: FormStanding | None = None) -> str:
    """Return the survey, or how one form stands."""
    lines = _one(chosen, sector) if chosen is not None else _all(sector)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _all(sector: Sector) -> Iterator[str]:
    yield from _head(sector)
    yield from _section("FORMS THAT NEED MOST WORK", "standing: percent of the other forms that need more")
    yield f"  {'form':40} {'standing':>8} {'score':>7}"
    for standing in sorted(sector.forms, key=lambda each: (each.overall, each.form.result))[:_FORMS]:
        yield f"  {_cut(standing.form.form, 40):40} {standing.overall:8.0f} {standing.score:7.3f}"
    yield from _section("PROVISIONS THAT NEED MOST WORK", "share of forms unsafe or weak, median of the score")
    yield f"  {'provision':16} {'unsafe':>7} {'weak':>6} {'median':>7}  most often"
    weak = sorted(sector.provisions, key=lambda each: (-each.unsafe - each.weak, -each.quartiles[1], each.provision))
    for each in weak[:_PROVISIONS]:
        name = f"{each.provision} ({each.edition})"
        yield f"  {name:16} {each.unsafe:7.0%} {each.weak:6.0%} {each.quartiles[1]:7.3f}  {each.flag}"
    yield from _section("FLAGS", "forms that have it, rows, quartiles of a form")
    for flag in sorted(sector.flags, key=lambda each: (-each.rows, each.flag)):
        low, middle, high = flag.quartiles
        yield f"  {flag.flag:22} {flag.forms:6} {flag.rows:7}   {low:g} / {middle:g} / {high:g}"
    yield from _section("SENTENCES OF SEVERAL LANDLORDS", "figures and case may differ")
    for shared in sector.shared[:_SHARED]:
        yield f"  {counted(len(shared.landlords), 'landlord')}, {', '.join(map(_cut, shared.provisions[:4]))}"
        yield from _words(shared.words)
    if not sector.shared:
        yield "  none"
    yield from _section("ROWS TO LEARN FROM", "the best-evidenced row of a provision, by score; all are in the workbook")
    for best in sector.best[:_BEST]:
        yield f"  {best.provision} ({best.edition}), {_cut(best.form.landlord, 50)}"
        yield from _words("\n".join(part for part in (best.evidence, best.commentary) if part.strip()))


def _one(chosen: FormStanding, sector: Sector) -> Iterator[str]:
    yield from _head(sector)
    yield ""
    yield f"{_cut(chosen.form.form, 60)} ({_cut(chosen.form.landlord, 40)}), edition {_cut(chosen.form.edition, 12)}"
    yield f"  stands better than {chosen.overall:.0f} percent of the other forms of its edition (score {chosen.score:.3f})"
    yield from _section("FLAGS", "rows with it, percent of the others that have more")
    for flag, rows in chosen.flag_rows.items():
        yield f"  {flag:22} {rows:6} {chosen.flags.get(flag, 50.0):8.0f}"
    yield from _section("PROVISIONS", "percent of the others whose row needs more work; the lowest first")
    for number, standing in sorted(chosen.provisions.items(), key=lambda entry: entry[1]):
        yield f"  {_cut(number, 20):22} {standing:6.0f}"


def _head(sector: Sector) -> Iterator[str]:
    forms = counted(len(sector.forms), "form")
    yield f"{forms} of {counted(sector.landlords, 'landlord')} (as far as the forms say)"
    if sector.copies:
        names = ", ".join(_cut(copy.form, 30) for copy in sector.copies[:5])
        yield f"{counted(len(sector.copies), 'copy', 'copies')} of a form counted once: {names}"


def _section(title: str, about: str) -> Iterator[str]:
    yield ""
    yield title
    yield f"  ({about})"


def _words(text: str) -> Iterator[str]:
    shown = textwrap.shorten(visible(text), 4 * WIDTH, placeholder=" …")
    yield from textwrap.wrap(shown, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _cut(text: str, width: int = 30) -> str:
    shown = one_line(text)
    return shown if len(shown) <= width else shown[: width - 1] + "…"
