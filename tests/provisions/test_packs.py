"""The packs that travel with the package: every provision is complete, and what is linked is linked both ways."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import evidencereview
from evidencereview.errors import EditionError, SettingsError
from evidencereview.provisions import Pack, Provision, known_editions, load_pack, read_pack
from evidencereview.records import Modality

EDITIONS = ("2022", "2024")
FOLDER = Path(evidencereview.__file__).parent / "provisions"
ALL = [(load_pack(edition), provision) for edition in EDITIONS for provision in load_pack(edition).provisions]
EACH = pytest.mark.parametrize(
    ("pack", "provision"), ALL, ids=[f"{pack.edition}-{provision.number}" for pack, provision in ALL]
)
# How many provisions each section of the printed forms has.
SECTIONS = {
    "2022": {1: 8, 2: 8, 3: 3, 4: 19, 5: 20, 6: 6, 7: 5, 8: 3},
    "2024": {1: 5, 2: 5, 3: 7, 4: 3, 5: 15, 6: 20, 7: 4, 8: 5, 9: 8},
}
# The numbers that the Code fixes: provision, value, unit, whether it is an extension.
LIMITS = {
    "2022": [
        ("1.8", 6, "months", False),
        ("4.1", 5, "working days", False),
        ("5.1", 10, "working days", False),
        ("5.1", 10, "working days", True),
        ("5.2", 20, "working days", False),
        ("5.13", 20, "working days", False),
        ("5.13", 10, "working days", True),
        ("5.14", 10, "working days", True),
        ("5.14", 30, "working days", False),
        ("5.17", 3, "stages", False),
        ("5.18", 20, "working days", False),
        ("7.2", 1, "times a year", False),
        ("7.4", 1, "times a year", False),
        ("8.1", 1, "times a year", False),
    ],
    "2024": [
        ("2.2", 12, "months", False),
        ("2.3", 12, "months", False),
        ("3.4", 2, "stages", False),
        ("5.3", 2, "stages", False),
        ("5.4", 2, "stages", False),
        ("6.2", 5, "working days", False),
        ("6.3", 10, "working days", False),
        ("6.4", 10, "working days", True),
        ("6.11", 5, "working days", False),
        ("6.14", 20, "working days", False),
        ("6.15", 20, "working days", True),
        ("8.1", 1, "times a year", False),
        ("8.2", 1, "times a year", False),
        ("9.7", 1, "times a year", False),
    ],
}
UNITS = {"working days", "months", "stages", "times a year"}
SMALL = """
edition = "water-2025"
title = "An invented code of another regulator"
[[provision]]
number = "1.1"
modality = "should"
topic = "meters"
summary = "Meters are read."
[[provision.duty]]
id = "read"
text = "reads each meter"
ask = "the list of readings"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "water.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_editions_that_travel_with_the_package() -> None:
    assert known_editions() == EDITIONS


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_pack_has_the_72_provisions_of_its_form(edition: str) -> None:
    pack = load_pack(edition)
    assert pack.edition == edition and len(pack.numbers) == len(set(pack.numbers)) == 72
    assert Counter(provision.section for provision in pack.provisions) == SECTIONS[edition]
    assert set(pack.sections) == set(SECTIONS[edition])
    assert pack.title and pack.in_force and pack.regulator and pack.exclusions


@pytest.mark.parametrize("name", ["southwark-2024", "onward-2024", "thurrock-2022", "westminster-2022"])
def test_a_pack_has_the_numbers_and_blocks_that_forms_print(shared: Path, name: str) -> None:
    lines = (shared / "corpus" / f"{name}.rows.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    printed = [(row["provision_inferred"] or row["provision"], row["mandatory"]) for row in rows]
    told = [(p.number, p.modality is Modality.MUST) for p in load_pack(name[-4:]).provisions]
    assert told == printed


def test_only_the_edition_of_2022_recommends() -> None:
    should = {pack.edition: 0 for pack, _ in ALL}
    for pack, provision in ALL:
        should[pack.edition] += provision.modality is Modality.SHOULD
    assert should == {"2022": 27, "2024": 0}


@EACH
def test_a_provision_is_complete(pack: Pack, provision: Provision) -> None:
    assert re.fullmatch(r"[1-9]\.[1-9]\d?", provision.number)
    assert provision.topic.strip() and len(provision.summary.split()) >= 4 and provision.good.strip()
    assert any(duty.substantial for duty in provision.duties)
    ids = [duty.id for duty in provision.duties]
    assert len(set(ids)) == len(ids)
    for duty in provision.duties:
        assert duty.text.strip() and duty.ask.strip()
        assert duty.terms and all(term == term.strip().lower() and term for term in duty.terms), duty.id
        assert duty.answers and all(len(answer.split()) >= 3 for answer in duty.answers), duty.id
        assert len(set(duty.answers)) == len(duty.answers) and len(set(duty.terms)) == len(duty.terms), duty.id


@EACH
def test_a_condition_is_told_where_there_is_one(pack: Pack, provision: Provision) -> None:
    assert provision.conditional == bool(provision.condition.strip())


@EACH
def test_limits_are_numbers_with_a_unit_and_a_reason(pack: Pack, provision: Provision) -> None:
    for limit in provision.limits:
        assert limit.what.strip() and limit.value > 0 and limit.unit in UNITS


@EACH
def test_links_hold_both_ways(pack: Pack, provision: Provision) -> None:
    assert len(set(provision.twins)) == len(provision.twins)
    for number in provision.twins:
        assert number != provision.number
        assert provision.number in pack.by_number[number].twins
    ends = [(share.edition, share.number) for share in provision.shares]
    assert len(set(ends)) == len(ends)
    for share in provision.shares:
        assert (share.edition, share.number) != (pack.edition, provision.number) and share.why.strip()
        back = load_pack(share.edition).by_number[share.number].shares
        assert (pack.edition, provision.number) in {(other.edition, other.number) for other in back}


@EACH
def test_a_no_excludes_a_yes_within_its_own_edition_alone(pack: Pack, provision: Provision) -> None:
    assert all(share.edition == pack.edition for share in provision.shares if share.excludes)


def test_editions_are_linked_and_some_rows_exclude_others() -> None:
    for pack in map(load_pack, EDITIONS):
        shares = [share for provision in pack.provisions for share in provision.shares]
        assert {share.edition for share in shares} == set(EDITIONS)
        assert any(share.excludes for share in shares)
        assert any(provision.twins for provision in pack.provisions)


@EACH
def test_a_provision_has_the_limits_of_the_code_and_no_other(pack: Pack, provision: Provision) -> None:
    have = {(limit.value, limit.unit, limit.extension) for limit in provision.limits}
    assert have == {(value, unit, more) for number, value, unit, more in LIMITS[pack.edition] if number == provision.number}


@EACH
def test_the_things_that_a_provision_asks_for_have_names(pack: Pack, provision: Provision) -> None:
    for duty in provision.duties:
        # Two words at least, and not the duty itself once more.
        assert len(duty.ask.split()) >= 2 and duty.ask.lower() != duty.text.lower(), duty.id


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_two_duties_ask_the_same(edition: str) -> None:
    asks = Counter(duty.ask.lower() for provision in load_pack(edition).provisions for duty in provision.duties)
    assert [ask for ask, times in asks.items() if times > 1] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_two_provisions_have_one_topic_or_summary(edition: str) -> None:
    for field in ("topic", "summary"):
        told = Counter(getattr(provision, field).lower() for provision in load_pack(edition).provisions)
        assert [text for text, times in told.items() if times > 1] == []


def test_a_pack_is_frozen_and_loaded_once() -> None:
    pack = load_pack("2024")
    assert load_pack("2024") is pack
    with pytest.raises(FrozenInstanceError):
        pack.provisions[0].number = "9.9"  # type: ignore[misc]


@pytest.mark.parametrize("edition", ["2023", "", "2024.toml", "../2024"])
def test_an_edition_that_is_not_known(edition: str) -> None:
    with pytest.raises(EditionError, match="is not known; choose one of 2022, 2024"):
        load_pack(edition)


def test_a_pack_of_another_regulator(tmp_path: Path) -> None:
    pack = read_pack(write(tmp_path, SMALL))
    (provision,) = pack.provisions
    assert (pack.edition, pack.numbers, provision.modality) == ("water-2025", ("1.1",), Modality.SHOULD)
    assert (provision.section, provision.duties[0].id, provision.limits) == (1, "read", ())


def test_a_copy_of_a_pack_reads_the_same(tmp_path: Path) -> None:
    copy = write(tmp_path, (FOLDER / "2022.toml").read_text(encoding="utf-8"))
    assert read_pack(copy) == load_pack("2022")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title =", "tittle =", "unknown key 'tittle'; did you mean 'title'?"),
        ("topic =", "topik =", "unknown key 'topik'; did you mean 'topic'?"),
        ("ask =", "asks =", "unknown key 'asks'; did you mean 'ask'?"),
    ],
)
def test_an_unknown_key_names_the_nearest(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises((EditionError, SettingsError), match=re.escape(said)):
        read_pack(write(tmp_path, SMALL.replace(old, new)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml at all [",
        'edition = "x"\ntitle = "x"\n',
        SMALL.partition("[[provision.duty]]")[0],
        SMALL.replace('"should"', '"perhaps"'),
        SMALL.replace('text = "reads each meter"\n', ""),
        SMALL.replace('edition = "water-2025"\n', ""),
        SMALL.replace('number = "1.1"\n', ""),
    ],
    ids=["empty", "no TOML", "no provision", "no duty", "modality", "duty without text", "no edition", "no number"],
)
def test_a_file_that_is_no_pack(tmp_path: Path, text: str) -> None:
    with pytest.raises(EditionError, match=r"water\.toml.*(not a pack of provisions|cannot be read as a pack)"):
        read_pack(write(tmp_path, text))


def test_a_pack_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="cannot be read as a pack"):
        read_pack(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b'edition = "\xe9"')
    with pytest.raises(EditionError, match="cannot be read as a pack"):
        read_pack(tmp_path / "latin.toml")
