"""Which edition a form follows: published forms, the sample, excerpts, renumbered and foreign forms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import evidencereview
from evidencereview.errors import EditionError
from evidencereview.provisions import choose_pack, load_pack
from evidencereview.provisions.detect import LEAST_AGREEMENT, agreement
from evidencereview.readers import read_form
from evidencereview.records import Answer, Form, Modality, Row

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
CLEAN = ("alliance-2024", "onward-2024", "southwark-2024", "thurrock-2022")
# The text of the fifth form was recognised from a scan; its rows are what a person could rebuild.
PUBLISHED = (*(f"{name}.txt" for name in CLEAN), *(f"{name}.rows.jsonl" for name in (*CLEAN, "westminster-2022")))


def row(number: str, requirement: str, order: int = 1, *, mandatory: bool = True) -> Row:
    section = int(number.partition(".")[0])
    return Row("elm", order, section, number, number, requirement, "Yes", Answer.YES, "Policy.", "", mandatory)


def form(*rows: Row) -> Form:
    return Form("elm", "text", "0" * 64, rows)


def told(edition: str, numbers: slice = slice(None)) -> Form:
    """A form that asks for what an edition asks for, in the words of our summaries."""
    chosen = load_pack(edition).provisions[numbers]
    return form(
        *(row(p.number, p.summary, order, mandatory=p.modality is Modality.MUST) for order, p in enumerate(chosen, 1))
    )


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_forms(shared: Path, name: str) -> None:
    read = read_form(shared / "corpus" / name)
    assert choose_pack(read).edition == name.partition(".")[0][-4:]


def test_the_sample() -> None:
    assert choose_pack(read_form(SAMPLE)).edition == "2024"


@pytest.mark.parametrize("edition", ["2022", "2024"])
@pytest.mark.parametrize("numbers", [slice(None), slice(0, 6), slice(30, 40), slice(71, 72)])
def test_a_form_and_an_excerpt_of_each_edition(edition: str, numbers: slice) -> None:
    assert choose_pack(told(edition, numbers)).edition == edition


@pytest.mark.parametrize("edition", ["2022", "2024"])
def test_a_form_that_prints_no_requirements(edition: str) -> None:
    # Numbers and must or should are all that is left; they still tell the editions apart.
    bare = told(edition)
    bare = replace(bare, rows=tuple(replace(each, requirement="") for each in bare.rows))
    assert choose_pack(bare).edition == edition


@pytest.mark.parametrize(
    "foreign",
    [
        form(row("1.2", "Boilers get serviced by qualified engineers."), row("1.3", "Lifts undergo inspection.", 2)),
        form(*(row(f"14.{n}", "A landlord must answer complaints within ten working days.", n) for n in range(1, 9))),
        form(),
    ],
    ids=["same numbers, other matter", "other numbers", "no rows"],
)
def test_a_form_of_something_else(foreign: Form) -> None:
    with pytest.raises(EditionError, match=r"elm: follows no known edition of the Code \(2022, 2024\)") as error:
        choose_pack(foreign)
    assert "--edition" in error.value.remedy and "--provisions" in error.value.remedy


def test_what_is_asked_for_overrules() -> None:
    assert choose_pack(told("2024"), "2022").edition == "2022"
    with pytest.raises(EditionError, match="edition '2019' is not known"):
        choose_pack(told("2024"), "2019")


def test_a_file_overrules_the_edition(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    source = Path(evidencereview.__file__).parent / "provisions" / "2022.toml"
    path.write_text(source.read_text(encoding="utf-8").replace('edition = "2022"', 'edition = "own"', 1), "utf-8")
    assert choose_pack(told("2024"), "2024", path).edition == "own"
    with pytest.raises(EditionError):
        choose_pack(told("2024"), "2024", tmp_path / "none.toml")


@pytest.mark.parametrize("edition", ["2022", "2024"])
def test_agreement_is_a_share(edition: str) -> None:
    other = "2022" if edition == "2024" else "2024"
    own, wrong = agreement(told(edition), load_pack(edition)), agreement(told(edition), load_pack(other))
    assert own == pytest.approx(1.0)
    assert 0.0 <= wrong < LEAST_AGREEMENT
    assert agreement(form(), load_pack(edition)) == 0.0
