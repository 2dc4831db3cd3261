"""Scanned forms: columns interleaved line by line, numbers and words damaged; our own form put through a scrambler."""

from __future__ import annotations

import difflib
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interleaver import Scan, interleave

import evidencereview
from evidencereview.config import Limits
from evidencereview.errors import EditionError, EvidenceReviewError, FormError, LimitError
from evidencereview.readers import read_form
from evidencereview.readers.balance import balance_of

SAMPLE = Path(evidencereview.__file__).parent / "samples" / "rosewood-2024.txt"
ROWS = read_form(SAMPLE).rows
QUICK = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", " ", text.lower()).split()


def likeness(left: str, right: str) -> float:
    return difflib.SequenceMatcher(None, words(left), words(right), autojunk=False).ratio()


def measured(form, gold) -> tuple[int, float, float]:
    """Provisions found, share of their answers that are right, mean likeness of evidence and commentary."""
    read = {row.number: row for row in form.rows}
    found = [row for row in gold if row[0] in read]
    right = sum(read[number].answer == answer for number, answer, _ in found)
    alike = sum(likeness(read[number].text, text) for number, _, text in found)
    return len(found), right / max(1, len(found)), alike / max(1, len(gold))


GOLD = [(row.number, row.answer, row.text) for row in ROWS]

# layout and damage, least provisions, answers, likeness alone, likeness with the wording lent
SCANS = [
    (Scan(), 71, 0.98, 0.84, 0.98),
    (Scan(centred=False), 71, 0.97, 0.80, 0.98),
    (Scan(left=40, right=40), 71, 0.98, 0.84, 0.97),
    (Scan(left=70, right=30), 71, 0.98, 0.82, 0.97),
    (Scan(left=30, right=60, centred=False), 71, 0.95, 0.84, 0.95),
    (Scan(left=45, right=60, headings=False), 71, 0.98, 0.84, 0.97),
    (Scan(blocks=0.3), 71, 0.97, 0.72, 0.95),
    (Scan(noise=0.02, damaged=0.3, smudged=0.1), 70, 0.95, 0.80, 0.90),
    (Scan(left=50, right=50, noise=0.03, damaged=0.3, blocks=0.1, smudged=0.1), 69, 0.93, 0.72, 0.86),
]


@pytest.mark.parametrize(("scan", "provisions", "answers", "alone", "lent"), SCANS, ids=str)
def test_scanned_sample(write_text, scan, provisions, answers, alone, lent):
    path = write_text(interleave(ROWS, scan, seed=5))
    for requirements, least in ((None, alone), (SAMPLE, lent)):
        form = read_form(path, requirements=requirements)
        found, right, alike = measured(form, GOLD)
        assert found >= provisions
        assert right >= answers
        assert alike >= least
        assert balance_of(form).unaccounted == 0
        assert len({row.number for row in form.rows}) == len(form.rows)


@pytest.fixture
def westminster(corpus, gold):
    keys = ("provision_inferred", "provision", "answer", "evidence", "commentary")
    rows = [[row[key] for key in keys] for row in gold("westminster-2022")]
    return corpus / "westminster-2022.txt", [(a or b, answer, f"{e} {c}") for a, b, answer, e, c in rows]


def test_published_scan_alone(westminster):
    path, gold = westminster
    form = read_form(path)
    found, right, alike = measured(form, gold)
    assert found >= 70
    assert right >= 0.95
    assert alike >= 0.75
    assert balance_of(form).unaccounted == 0
    assert "--requirements" in next(note.text for note in form.notes if note.kind == "interleaved")


def test_published_scan_with_wording_lent(westminster, corpus, gold):
    path, rows = westminster
    for lender in ("thurrock-2022.rows.jsonl", "thurrock-2022.txt"):
        form = read_form(path, requirements=corpus / lender)
        found, right, alike = measured(form, rows)
        assert found >= 71
        assert right >= 0.97
        assert alike >= 0.93
        assert balance_of(form).unaccounted == 0
        printed = {r["provision_inferred"] or r["provision"]: r["requirement"] for r in gold("westminster-2022")}
        asked = [likeness(row.requirement, str(printed[row.number])) for row in form.rows]
        assert sum(asked) / len(asked) >= 0.97
    mandatory = {r["provision_inferred"] or r["provision"]: r["mandatory"] for r in gold("westminster-2022")}
    assert all(row.mandatory == mandatory[row.number] for row in form.rows)


def test_altered_requirement_stays_as_the_form_prints_it(westminster, corpus):
    """The two 2022 forms print different limits at 5.14; what is legible is never replaced by the lent text."""
    form = read_form(westminster[0], requirements=corpus / "thurrock-2022.rows.jsonl")
    row = next(row for row in form.rows if row.number == "5.14")
    assert "beyond 10 working days" in row.requirement


def test_scan_of_another_edition_than_the_lent_wording(westminster, corpus):
    with pytest.raises(EditionError, match=r"2022.*southwark-2024.txt lends the wording of 2024") as error:
        read_form(westminster[0], requirements=corpus / "southwark-2024.txt")
    assert "same edition" in error.value.remedy


def test_every_row_in_doubt_has_a_note_of_its_own(write_text):
    text = interleave(ROWS, Scan(damaged=1.0), seed=2)
    form = read_form(write_text(text))
    damaged = {row.number for row in form.rows if row.provision != row.number}
    assert len(damaged) > 50
    assert damaged <= in_doubt(form)


def in_doubt(form) -> set[str]:
    return {note.where.rpartition(" ")[2] for note in form.notes if note.kind == "row-in-doubt"}


def test_rows_that_came_out_wrong_are_in_doubt(westminster, corpus):
    """Alone every row is; with the wording lent, every row of which less than nine tenths came out as it should."""
    path, gold = westminster
    alone = read_form(path)
    assert in_doubt(alone) == {row.number for row in alone.rows}
    lent = read_form(path, requirements=corpus / "thurrock-2022.rows.jsonl")
    read = {row.number: row.text for row in lent.rows}
    wrong = {number for number, _, text in gold if likeness(read.get(number, ""), text) < 0.9}
    assert wrong <= in_doubt(lent)
    assert len(in_doubt(lent)) < 55


def test_hardly_legible_evidence_is_in_doubt(write_text):
    rows = [
        replace(row, evidence="It is kep?t in the regi_ster of p%eople.") if row.number == "5.7" else row for row in ROWS
    ]
    form = read_form(write_text(interleave(rows, Scan(), seed=1)), requirements=SAMPLE)
    told = [note.text for note in form.notes if note.kind == "row-in-doubt" and note.where.endswith("provision 5.7")]
    assert len(told) == 1
    assert "3 words of its evidence are hardly legible, such as 'kep?t'" in told[0]


def test_damaged_requirement_is_lent_with_a_note(write_text):
    form = read_form(write_text(interleave(ROWS, Scan(noise=0.12), seed=3)), requirements=SAMPLE)
    lent = {note.where.rpartition(" ")[2] for note in form.notes if note.kind == "requirement-lent"}
    official = {row.number: row.requirement for row in ROWS}
    assert len(lent) > 20
    for row in form.rows:
        if row.number in lent and row.requirement == official[row.number]:
            continue
        assert row.number not in lent or row.requirement != official[row.number]
    assert any(row.requirement == official[row.number] for row in form.rows if row.number in lent)
    assert balance_of(form).unaccounted == 0


def test_number_between_its_neighbours(write_text):
    """What a number must be follows from those around it; a page number is no provision."""
    text = interleave(ROWS, Scan(), seed=1)
    changed = text.replace("\n3.6 ", "\n36 ", 1).replace("\n5.7 ", "\nS7 ", 1).replace("\n6.4 ", "\n6,A ", 1)
    form = read_form(write_text(changed.replace("Section 6 -", "17\nSection 6 -")))
    read = {row.number: row.provision for row in form.rows}
    assert (read["3.6"], read["5.7"], read["6.4"]) == ("36", "S7", "6,A")
    assert len(read) == 72
    assert balance_of(form).unaccounted == 0


def test_lost_numbers_are_found_by_the_words(write_text):
    text = interleave(ROWS, Scan(centred=False), seed=1)
    for number in ("3.4", "6.11", "9.2"):
        text = text.replace(f"\n{number} ", "\n", 1)
    form = read_form(write_text(text), requirements=SAMPLE)
    found, right, _ = measured(form, GOLD)
    assert found >= 71
    assert right >= 0.95
    notes = [note for note in form.notes if note.kind == "row-in-doubt" and "no number was found" in note.text]
    assert len(notes) >= 3


@pytest.mark.parametrize("remains", ["es", "Ves", "yos"])
def test_what_is_left_of_an_answer(write_text, remains):
    scan = Scan(centred=True)
    form = read_form(write_text(interleave(ROWS, scan, seed=1).replace(" Yes ", f" {remains} ")), requirements=SAMPLE)
    assert sum(row.answer == "yes" for row in form.rows) > 30
    assert any("is taken for what is left of 'Yes'" in note.text for note in form.notes)
    assert balance_of(form).unaccounted == 0


PROSE = [
    "A letter about nothing in particular.\n" * 40,
    "\n".join(f"{n}.{m} of the minutes: it was agreed to meet again." for n in range(1, 9) for m in range(1, 9)),
    "\n".join(["1.2", "1.3", "1.4", "Yes", "No"]),
    "Yes\n" * 200,
    "1.2 " * 500,
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_form(write_text, text):
    with pytest.raises(FormError, match="no self-assessment table"):
        read_form(write_text(text))


def test_words_are_capped(write_text):
    path = write_text(interleave(ROWS, Scan(), seed=1))
    with pytest.raises(LimitError, match=r"marrow-lane.txt: \d+ words and no table: over the limit scan_words = 900\b"):
        read_form(path, Limits(scan_words=900))
    with pytest.raises(LimitError, match=r"seconds = -1\b"):
        read_form(path, Limits(seconds=-1))


def test_two_scans_in_one_file(write_text):
    text = interleave(ROWS, Scan(), seed=1) + interleave(ROWS, Scan(), seed=2)
    with pytest.raises(FormError, match=r"marrow-lane.txt: holds more than one form: 7[012] of 72 provisions"):
        read_form(write_text(text))


def test_row_of_many_lines_keeps_them_all(write_text):
    rows = [replace(row, evidence="Item of the log. " * 200) if row.number == "5.7" else row for row in ROWS]
    form = read_form(write_text(interleave(rows, Scan(left=40, right=20), seed=1)), requirements=SAMPLE)
    read = {row.number: row for row in form.rows}
    assert len(read) >= 71
    assert read["5.7"].text.count("Item of the log.") >= 198
    assert balance_of(form).unaccounted == 0


def test_text_of_a_scan_is_data(write_text):
    """Markup, formulas and control characters in a scan come out as text or go with a note."""
    text = interleave(ROWS, Scan(), seed=1)
    at = text.index("\n", text.index("3.3 "))
    nasty = text[:at] + ' =HYPERLINK("x") [/policy] <b>bold</b> \x00\x1b[31m ‮ ' + text[at:]
    form = read_form(write_text(nasty))
    said = "".join(row.requirement + row.text for row in form.rows)
    assert '=HYPERLINK("x")' in said
    assert "[/policy]" in said
    assert "<b>" not in said
    assert not set("\x00\x1b") & set(said)
    assert {"control-characters", "markup"} <= {note.kind for note in form.notes}
    assert balance_of(form).unaccounted == 0


def test_damaged_scans_leave_only_our_errors(write_text):
    """Seeded damage: pieces cut out, doubled, moved, replaced; what is read is accounted for to the letter."""
    whole, dice = interleave(ROWS[:30], Scan(), seed=1), random.Random(11)
    for _ in range(25):
        text = whole
        for _ in range(dice.randint(1, 8)):
            start = dice.randrange(len(text))
            end = min(len(text), start + dice.randint(1, 400))
            piece = text[start:end]
            text = text[:start] + dice.choice(["", piece * 2, piece[::-1], "\n\n", "5.6 Yes ", "٣.٢ ", "𝟓.𝟔 ²"]) + text[end:]
        try:
            form = read_form(write_text(text))
        except EvidenceReviewError:
            continue
        assert balance_of(form).unaccounted == 0


lines = st.lists(
    st.one_of(
        st.sampled_from([f"{n}.{m} Landlords must act Yes We do" for n in range(1, 6) for m in range(1, 6)]),
        st.sampled_from(
            ["Yes", "Section 5 - Stages", "es :", "Yes/No explanations", "5.1", "a7", "| No |", "Not yet", "1l"]
        ),
        st.text("15.lyYesNo/-| •must²①", max_size=30),
        st.text(max_size=30),
    ),
    max_size=60,
)


@QUICK
@given(lines)
def test_any_lines(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("any") / "scan.txt"
    path.write_bytes("\n".join(texts).encode("utf-8", "replace"))
    try:
        form = read_form(path, Limits(seconds=20))
    except EvidenceReviewError as error:
        assert "\n" not in str(error)
        return
    assert [row.order for row in form.rows] == list(range(1, len(form.rows) + 1))
    assert balance_of(form).unaccounted == 0
