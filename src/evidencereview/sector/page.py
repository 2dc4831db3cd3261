"""The survey as a page with pictures."""

from __future__ import annotations

from evidencereview.batch.pages import bars, escaped, figure, page, paragraph, section, table
from evidencereview.report.wording import LIMITS_OF_THE_TOOL, counted
from evidencereview.sector.compare import FormStanding, ProvisionFigures, Sector

_SHARED, _FORMS = 60, 500
_LINE, _LEFT, _WIDE = 18, 110, 520
_UNSAFE, _WEAK, _SPREAD = "#b3261e", "#e0a030", "#9fc3d8"


def sector_page(sector: Sector, chosen: FormStanding | None = None) -> bytes:
    """Return the page; with a form, its standing stands first."""
    parts = [
        paragraph(
            f"{counted(len(sector.forms), 'form')} of {counted(sector.landlords, 'landlord')}, as far as the forms say. "
            "Standing is the percentage of the other forms of the same edition that need more work; 100 is the best."
        )
    ]
    if sector.copies:
        parts.append(paragraph(f"Copies, counted once: {', '.join(copy.result for copy in sector.copies)}"))
    if chosen is not None:
        parts.append(_one(chosen))
    for edition in dict.fromkeys(each.edition for each in sector.provisions):
        rows = [each for each in sector.provisions if each.edition == edition]
        parts.append(section(f"Provisions, edition {edition}", shares_picture(rows), spread_picture(rows, chosen)))
    found = sorted((each for each in sector.flags if each.rows), key=lambda each: -each.rows)
    words = [f"{each.rows} in {counted(each.forms, 'form')}" for each in found]
    parts.append(section("Flags", bars("Rows by flag", [(each.flag, each.rows) for each in found], shown=words)))
    parts += [_forms(sector), _shared(sector), _best(sector)]
    return page("A sector of forms", parts, LIMITS_OF_THE_TOOL)


def shares_picture(provisions: list[ProvisionFigures]) -> str:
    """Return, for each provision, a bar of the forms that are unsafe and, beside it, weak."""
    lines = []
    for place, each in enumerate(provisions):
        y = place * _LINE
        unsafe, weak = each.unsafe * _WIDE, each.weak * _WIDE
        lines.append(
            f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escaped(each.provision)}</text>'
            f'<rect x="{_LEFT}" y="{y + 2}" width="{unsafe:.1f}" height="{_LINE - 4}" fill="{_UNSAFE}"/>'
            f'<rect x="{_LEFT + unsafe:.1f}" y="{y + 2}" width="{weak:.1f}" height="{_LINE - 4}" fill="{_WEAK}"/>'
            f'<text x="{_LEFT + unsafe + weak + 6:.1f}" y="{y + 13}">{each.unsafe:.0%} + {each.weak:.0%}</text>'
        )
    caption = "Share of forms whose row is unsafe (dark, first figure) and weak (light, second figure)"
    return figure(caption, _LEFT + _WIDE + 110, len(provisions) * _LINE or _LINE, "\n".join(lines))


def spread_picture(provisions: list[ProvisionFigures], chosen: FormStanding | None) -> str:
    """Return, for each provision, the quartiles of the score, and a dot where the chosen form stands."""
    own = {row.provision: row.score for row in chosen.form.rows} if chosen is not None else {}
    lines = []
    for place, each in enumerate(provisions):
        y = place * _LINE
        low, middle, high = (_LEFT + value * _WIDE for value in each.quartiles)
        lines.append(
            f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escaped(each.provision)}</text>'
            f'<rect x="{low:.1f}" y="{y + 3}" width="{max(1.0, high - low):.1f}" height="{_LINE - 6}" fill="{_SPREAD}"/>'
            f'<rect x="{middle - 1:.1f}" y="{y + 1}" width="3" height="{_LINE - 2}" fill="#1f3a4d"/>'
        )
        if chosen is not None and each.edition == chosen.form.edition and each.provision in own:
            x = _LEFT + own[each.provision] * _WIDE
            lines.append(f'<circle cx="{x:.1f}" cy="{y + _LINE / 2}" r="4" fill="{_UNSAFE}"/>')
    dot = ", dot: the chosen form" if chosen is not None else ""
    caption = f"Score from 0 (nothing left to do) to 1, middle half of the forms and median{dot}"
    return figure(caption, _LEFT + _WIDE + 20, len(provisions) * _LINE or _LINE, "\n".join(lines))


def _one(chosen: FormStanding) -> str:
    provisions = sorted(chosen.provisions.items(), key=lambda entry: entry[1])
    return section(
        f"{chosen.form.form} among the others",
        paragraph(f"It stands better than {chosen.overall:.0f} percent of the other forms (score {chosen.score:.3f})."),
        table(("flag", "rows", "standing"), [(flag, rows, chosen.flags[flag]) for flag, rows in chosen.flag_rows.items()]),
        bars("Standing by provision, the lowest first", provisions[:25]),
    )


def _forms(sector: Sector) -> str:
    ranked = sorted(sector.forms, key=lambda each: (each.overall, each.form.result))
    rows = [(each.form.form, each.form.landlord, each.form.edition, each.overall, each.score) for each in ranked[:_FORMS]]
    more = f"The first {_FORMS} of {len(ranked)}; all are in the workbook." if len(ranked) > _FORMS else ""
    return section(
        "Forms, the one that needs most work first",
        paragraph(more) if more else "",
        table(("form", "landlord", "edition", "standing", "mean score"), rows),
    )


def _shared(sector: Sector) -> str:
    rows = [
        (len(each.landlords), each.words, ", ".join(each.provisions[:6]), "; ".join(each.landlords[:8]))
        for each in sector.shared[:_SHARED]
    ]
    if not rows:
        return section("Sentences of several landlords", paragraph("There are none."))
    return section("Sentences of several landlords", table(("landlords", "words", "provisions", "who"), rows))


def _best(sector: Sector) -> str:
    rows = [(each.edition, each.provision, each.form.landlord, each.evidence, each.commentary) for each in sector.best]
    return section(
        "Rows to learn from",
        paragraph("The best-evidenced row of each provision, by score: read it as an example, not as a verdict."),
        table(("edition", "provision", "landlord", "evidence", "commentary"), rows),
    )
