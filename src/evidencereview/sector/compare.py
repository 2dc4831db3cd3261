"""The survey of a sector: every figure that the text, the workbook and the page show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from evidencereview.checks.registry import all_checks
from evidencereview.errors import ReadError
from evidencereview.sector.figures import quartiles, standings
from evidencereview.sector.results import FormResult, RowResult, TextOfRow, read_results, read_texts
from evidencereview.sector.sharing import Shared, shared_sentences

__all__ = ["BestRow", "FlagFigures", "FormStanding", "ProvisionFigures", "Sector", "survey"]
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FormStanding:
    """How a form stands among the others of its edition: percentiles, 100 is the best.

    Attributes:
        form: the form.
        score: mean score of its rows (0 to 1; higher is more work left).
        overall: standing by that score.
        provisions: provision to standing by the score of its row.
        flags: flag to standing by its number of rows with the flag.
        flag_rows: flag to that number.
    """

    form: FormResult
    score: float
    overall: float
    provisions: Mapping[str, float]
    flags: Mapping[str, float]
    flag_rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ProvisionFigures:
    """One provision of an edition over all forms: quartiles of the score, shares of tiers, the commonest flag."""

    edition: str
    provision: str
    forms: int
    quartiles: tuple[float, float, float]
    unsafe: float
    weak: float
    flag: str


@dataclass(frozen=True, slots=True)
class FlagFigures:
    """One flag over all forms: how many have it, and quartiles of the rows of a form that do."""

    flag: str
    forms: int
    rows: int
    quartiles: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class BestRow:
    """The best-evidenced row of a provision, with its words."""

    edition: str
    provision: str
    form: FormResult
    row: RowResult
    evidence: str
    commentary: str


@dataclass(frozen=True, slots=True)
class Sector:
    """A survey of many forms; copies of a form are counted once and named in `copies`."""

    folder: Path
    forms: tuple[FormStanding, ...]
    provisions: tuple[ProvisionFigures, ...]
    flags: tuple[FlagFigures, ...]
    shared: tuple[Shared, ...]
    best: tuple[BestRow, ...]
    copies: tuple[FormResult, ...]

    @property
    def landlords(self) -> int:
        """How many landlords the forms seem to be of."""
        return len({standing.form.landlord for standing in self.forms})


def survey(folder: Path) -> Sector:
    """Survey the results of a batch.

    Raises:
        ReadError: the folder holds no results, or none of a form.
    """
    found = tuple(read_results(folder))
    forms = tuple(form for form in found if not form.copy_of)
    if not forms:
        raise ReadError(f"{folder}: holds no reviewed form", "review some with 'evidencereview batch'")
    by_edition: dict[str, list[FormResult]] = defaultdict(list)
    for form in forms:
        by_edition[form.edition].append(form)
    landlords = {form.result: form.landlord for form in forms}
    return Sector(
        folder=folder,
        forms=tuple(standing for group in by_edition.values() for standing in form_standings(group)),
        provisions=tuple(each for group in by_edition.values() for each in provision_figures(group)),
        flags=flag_figures(forms),
        shared=shared_sentences(lambda: read_texts(folder), landlords),
        best=best_rows(forms, read_texts(folder)),
        copies=tuple(form for form in found if form.copy_of),
    )


def form_standings(forms: Sequence[FormResult]) -> list[FormStanding]:
    """Return the standing of each form among these, in their order."""
    scores = [fmean(row.score for row in form.rows) if form.rows else 0.0 for form in forms]
    flag_rows = [_flag_rows(form) for form in forms]
    flags = {flag: standings([rows[flag] for rows in flag_rows]) for flag in _flags()}
    provisions: list[dict[str, float]] = [{} for _ in forms]
    for number, places in _by_provision(forms).items():
        for (index, _), standing in zip(places, standings([row.score for _, row in places]), strict=True):
            provisions[index][number] = round(float(standing), 1)
    overall = standings(scores)
    return [
        FormStanding(
            form=form,
            score=round(scores[i], 4),
            overall=round(float(overall[i]), 1),
            provisions=provisions[i],
            flags={flag: round(float(values[i]), 1) for flag, values in flags.items()},
            flag_rows=flag_rows[i],
        )
        for i, form in enumerate(forms)
    ]


def provision_figures(forms: Sequence[FormResult]) -> list[ProvisionFigures]:
    """Return the figures of each provision of one edition, in printed order."""
    told = []
    for number, places in _by_provision(forms).items():
        rows = [row for _, row in places]
        flags = [flag for row in rows for flag in row.flags]
        told.append(
            ProvisionFigures(
                edition=forms[0].edition,
                provision=number,
                forms=len(rows),
                quartiles=quartiles([row.score for row in rows]),
                unsafe=round(sum(row.tier == 3 for row in rows) / len(rows), 4),
                weak=round(sum(row.tier == 2 for row in rows) / len(rows), 4),
                flag=min(set(flags), key=lambda flag: (-flags.count(flag), flag), default=""),
            )
        )
    return told


def flag_figures(forms: Sequence[FormResult]) -> tuple[FlagFigures, ...]:
    """Return the figures of each flag, in the order of their ids."""
    counted = [_flag_rows(form) for form in forms]
    return tuple(
        FlagFigures(
            flag,
            sum(rows[flag] > 0 for rows in counted),
            sum(rows[flag] for rows in counted),
            quartiles([rows[flag] for rows in counted]),
        )
        for flag in _flags()
    )


def best_rows(forms: Sequence[FormResult], texts: Iterable[TextOfRow]) -> tuple[BestRow, ...]:
    """Return the best-evidenced row of each provision: no findings, good tier, most specific and relevant by score."""
    best: dict[Place, tuple[FormResult, RowResult]] = {}
    for form in forms:
        for row in form.rows:
            place = (form.edition, row.provision)
            if (
                row.provision
                and row.tier == 0
                and not row.flags
                and (place not in best or _worth(row) > _worth(best[place][1]))
            ):
                best[place] = (form, row)
    wanted = {(form.result, row.provision): place for place, (form, row) in best.items()}
    words = {wanted[key]: text for text in texts if (key := (text.result, text.provision)) in wanted}
    ordered = sorted(best, key=lambda place: (place[0], order_of(place[1])))
    return tuple(
        BestRow(*place, *best[place], words[place].evidence, words[place].commentary) for place in ordered if place in words
    )


def order_of(number: str) -> tuple[tuple[int, str], ...]:
    """Return a key that puts 5.10 after 5.9."""
    return tuple((int(part), "") if part.isdecimal() else (10**6, part) for part in number.split("."))


def _worth(row: RowResult) -> tuple[float, float]:
    return (row.specificity + row.relevance, -row.score)


def _flags() -> tuple[str, ...]:
    return tuple(info.flag for info in all_checks())


def _flag_rows(form: FormResult) -> dict[str, int]:
    counts = dict.fromkeys(_flags(), 0)
    for row in form.rows:
        for flag in row.flags:
            counts[flag] = counts.get(flag, 0) + 1
    return counts


def _by_provision(forms: Sequence[FormResult]) -> dict[str, list[tuple[int, RowResult]]]:
    found: dict[str, list[tuple[int, RowResult]]] = defaultdict(list)
    for index, form in enumerate(forms):
        seen: set[str] = set()
        for row in form.rows:
            # A number that a form gives twice counts once, at its worse place.
            if row.provision and row.provision not in seen:
                seen.add(row.provision)
                found[row.provision].append((index, row))
    return {number: found[number] for number in sorted(found, key=order_of)}
