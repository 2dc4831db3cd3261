"""The survey as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidencereview.batch.sheets import add_bars, add_sheet, new_workbook, saved
from evidencereview.report.csv_format import Value
from evidencereview.report.wording import LIMITS_OF_THE_TOOL
from evidencereview.sector.compare import FormStanding, Sector, order_of

Row = Sequence[Value]


def sector_workbook(sector: Sector) -> bytes:
    """Return the workbook: forms, flags, provisions, standing by provision and by flag, shared sentences, best rows."""
    book = new_workbook("A sector of forms")
    ranked = sorted(sector.forms, key=lambda each: (each.overall, each.form.result))
    forms = (
        (each.form.form, each.form.landlord, each.form.edition, len(each.form.rows), each.overall, each.score)
        for each in ranked
    )
    add_sheet(book, "Forms", ("form", "landlord", "edition", "rows", "standing", "mean score"), forms, (32, 34, 9, 8))
    columns = (
        "edition",
        "provision",
        "forms",
        "unsafe",
        "weak",
        "score, lower quartile",
        "median",
        "upper quartile",
        "flag",
    )
    provisions = [
        (each.edition, each.provision, each.forms, each.unsafe, each.weak, *each.quartiles, each.flag)
        for each in sector.provisions
    ]
    add_sheet(book, "Provisions", columns, provisions, (9, 11, 8, 9, 9, 12, 10, 12, 26))
    flags = [(each.flag, each.forms, each.rows, *each.quartiles) for each in sector.flags]
    names = ("flag", "forms", "rows", "rows of a form, lower quartile", "median", "upper quartile")
    add_bars(add_sheet(book, "Flags", names, flags, (26, 9, 9, 16, 10, 14)), "Rows", len(flags), "H2", values=3)
    add_sheet(book, "Standing by provision", *_by_provision(sector), widths=(32, 34))
    add_sheet(book, "Standing by flag", *_by_flag(sector), widths=(32, 34))
    shared = (
        (len(each.landlords), each.forms, each.words, ", ".join(each.provisions), "; ".join(each.landlords))
        for each in sector.shared
    )
    add_sheet(book, "Shared sentences", ("landlords", "forms", "words", "provisions", "who"), shared, (11, 8, 90, 24, 60))
    best = (
        (each.edition, each.provision, each.form.landlord, each.form.form, each.evidence, each.commentary)
        for each in sector.best
    )
    add_sheet(
        book, "Best rows", ("edition", "provision", "landlord", "form", "evidence", "commentary"), best,
        (9, 11, 30, 28, 70, 70),
    )  # fmt: skip
    about = [
        ("Standing: percent of the other forms of the same edition that need more work; 100 is the best.",),
        ("Unsafe, weak: share of forms whose row is of tier 3, of tier 2.",),
        (LIMITS_OF_THE_TOOL,),
        *((f"Counted once, as a copy of {copy.copy_of}: {copy.result}",) for copy in sector.copies),
    ]
    add_sheet(book, "About", ("about",), about, (110,))
    return saved(book)


def _by_provision(sector: Sector) -> tuple[tuple[str, ...], Iterator[Row]]:
    numbers = sorted({number for each in sector.forms for number in each.provisions}, key=order_of)
    rows = (_line(each, [_or_blank(each, number) for number in numbers]) for each in sector.forms)
    return ("form", "landlord", *numbers), rows


def _line(standing: FormStanding, values: Sequence[Value]) -> Row:
    return (standing.form.form, standing.form.landlord, *values)


def _or_blank(standing: FormStanding, number: str) -> Value:
    return standing.provisions.get(number, "")


def _by_flag(sector: Sector) -> tuple[tuple[str, ...], Iterator[Row]]:
    names = [each.flag for each in sector.flags]
    rows = (_line(each, [each.flags[name] for name in names]) for each in sector.forms)
    return ("form", "landlord", *names), rows
