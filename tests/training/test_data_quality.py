"""The training text keeps what was promised of it: valid, plentiful, and without look-alikes across landlords."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from evidencereview.errors import LabelError
from evidencereview.language.features import ROW_FLAGS
from evidencereview.provisions import load_pack
from evidencereview.records import Answer, Form, Row
from evidencereview.training.counts import FlagCount, Runs, count_flags, five_word_runs, is_whole, marked_sentences
from evidencereview.training.data import (
    LABEL_KEYS,
    ROW_KEYS,
    TrainingForm,
    TrainingSentence,
    load_training_forms,
    load_training_sentences,
)
from evidencereview.training.duplicates import Text, near_duplicates, texts_of
from evidencereview.training.labels import FLAGS, Label
from evidencereview.training.validity import form_problems, sentence_problems

from .invented import a_label, a_row

DATA = Path(__file__).parents[2] / "training_data"
ROWS, WHOLE_FORMS, SENTENCES, EACH = 1500, 20, 3000, 100
MOST_REPEATED = 0.02
FORMS = load_training_forms(DATA)
SINGLES = load_training_sentences(DATA)
COUNTS = {each.flag: each for each in count_flags(FORMS, SINGLES)}
SENTENCE_KEYS = {"group", "provision", "edition", "answer", "text", "flags", "near"}


def lines(folder: str) -> list[tuple[str, dict[str, object]]]:
    return [
        (f"{path.name}, line {number}", json.loads(line))
        for path in sorted((DATA / folder).glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


@pytest.mark.parametrize(
    ("folder", "keys"), [("rows", {*ROW_KEYS, *LABEL_KEYS, "near"}), ("sentences", SENTENCE_KEYS)], ids=["rows", "sentences"]
)
def test_every_line_has_its_keys_and_no_other(folder: str, keys: set[str]) -> None:
    assert [(where, sorted(set(entry) ^ keys)) for where, entry in lines(folder) if set(entry) != keys] == []


def test_a_file_holds_one_landlord_and_no_landlord_stands_in_two() -> None:
    pairs = {(where.partition(",")[0], str(entry["form"])) for where, entry in lines("rows")}
    assert len(pairs) == len({file for file, _ in pairs}) == len({form for _, form in pairs})


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form.name)
def test_rows_keep_the_invariants_and_spans_lie_in_one_cell(form: TrainingForm) -> None:
    assert form_problems(form) == ()


def test_single_sentences_are_valid_and_stand_once() -> None:
    assert [problem for sentence in SINGLES for problem in sentence_problems(sentence)] == []
    assert [text for text, count in Counter(sentence.text for sentence in SINGLES).items() if count > 1] == []


def test_no_text_of_one_landlord_is_all_but_that_of_another() -> None:
    found = near_duplicates(texts_of(FORMS, SINGLES))
    assert not found, "\n".join(f"{d.alike:.2f} {d.first.where} / {d.second.where}: {d.second.text[:80]}" for d in found)


def test_there_is_as_much_as_was_promised() -> None:
    rows = sum(len(form.labels) for form in FORMS)
    whole = sum(map(is_whole, FORMS))
    sentences = len(SINGLES) + marked_sentences(FORMS)
    assert (rows >= ROWS, whole >= WHOLE_FORMS, sentences >= SENTENCES) == (True,) * 3, (rows, whole, sentences)


@pytest.mark.parametrize("flag", ROW_FLAGS)
def test_every_learned_flag_has_its_positives_and_near_misses(flag: str) -> None:
    count = COUNTS[flag]
    assert (count.positives >= EACH, count.near >= EACH) == (True, True), count


def test_both_editions_all_sections_all_answers_and_both_layouts_are_there() -> None:
    rows = [row for form in FORMS for row in form.form.rows]
    assert {form.edition for form in FORMS if is_whole(form)} == {"2022", "2024"}
    assert {row.section for row in rows} == set(range(1, 10))
    assert {row.answer for row in rows} == set(Answer)
    with_commentary = {form.form.name for form in FORMS if any(row.commentary.strip() for row in form.form.rows)}
    assert 0 < len(with_commentary) < len(FORMS)


def test_words_seldom_return() -> None:
    runs = five_word_runs(row for form in FORMS for row in form.form.rows)
    assert runs.share <= MOST_REPEATED, f"{runs.share:.2%} of the runs of five words stand in three rows or more"


# What the checks above must be able to find.


def a_form(row: Row, label: Label, near: tuple[str, ...] = ()) -> TrainingForm:
    return TrainingForm(Form("elmfold", "jsonl", "", (row,)), (label,), (near,), "2024", False, ({},))


ROW = replace(a_row("5.1", "Our policy covers it."), order=1)
GOOD = a_label("5.1", "generic-reference", tier=2, spans={"generic-reference": "Our policy"})


@pytest.mark.parametrize(
    ("row", "label", "near", "problem"),
    [
        (ROW, replace(GOOD, spans={"generic-reference": "our policies"}), (), "stand in no single cell"),
        (ROW, replace(GOOD, spans={"generic-reference": ""}), (), "shows no words"),
        (ROW, replace(GOOD, spans={}), (), "flags and spans differ"),
        (ROW, replace(GOOD, flags=("nonsense",)), (), "unknown flag 'nonsense'"),
        (ROW, replace(GOOD, flags=("boilerplate",)), (), "never written"),
        (ROW, replace(GOOD, tier=4), (), "a grade outside 0 to 3"),
        (ROW, replace(GOOD, relevance=1), (), "off-topic goes with relevance"),
        (ROW, replace(GOOD, linked=("5.5",)), (), "a contradiction names"),
        (ROW, GOOD, ("generic-reference",), "near miss"),
        (replace(ROW, section=6), GOOD, (), "section"),
        (replace(ROW, provision="5.99"), GOOD, (), "no such provision"),
        (replace(ROW, answer=Answer.BLANK), GOOD, (), "missing-answer goes with"),
        (ROW, a_label("5.1", "partial-coverage", relevance=3), (), "partial-coverage leaves"),
        (ROW, a_label("5.1", "bare-assertion", tier=1), (), "bare-assertion leaves"),
        (ROW, a_label("5.1", "restated-requirement", specificity=2), (), "restated-requirement leaves"),
        (ROW, a_label("5.1", "hedged-practice", tier=1), (), "hedged-practice leaves"),
        (ROW, a_label("5.1", "admitted-gap", tier=2), (), "unsafe answer"),
        (replace(ROW, answer=Answer.NO), a_label("5.1", "future-commitment", tier=3), (), "promises and admitted gaps"),
        (ROW, a_label("5.1", "missing-evidence", tier=3), (), "without text"),
        (ROW, a_label("5.1", "unexplained-no", tier=3), (), "unexplained-no needs"),
        (replace(ROW, order=2), GOOD, (), "orders are not"),
        (ROW, a_label("5.1", "contradiction", tier=3, linked=("6.1",)), (), "not the other way round"),
    ],
)
def test_a_broken_row_is_found(row: Row, label: Label, near: tuple[str, ...], problem: str) -> None:
    assert form_problems(a_form(ROW, GOOD)) == ()
    assert any(problem in each for each in form_problems(a_form(row, label, near)))


SENTENCE = TrainingSentence(
    "elmfold", "5.1", "2024", Answer.YES, "See the policy.", frozenset(["generic-reference"]), frozenset()
)


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        (replace(SENTENCE, text=" "), "no words"),
        (replace(SENTENCE, edition="2019"), "edition"),
        (replace(SENTENCE, provision="5.99"), "no provision"),
        (replace(SENTENCE, flags=frozenset(["off-topic"])), "no sentence shows"),
        (replace(SENTENCE, near=SENTENCE.flags), "its own near miss"),
        (replace(SENTENCE, answer=Answer.NO, flags=frozenset(["admitted-gap"])), "under a No"),
    ],
)
def test_a_broken_sentence_is_found(sentence: TrainingSentence, problem: str) -> None:
    assert sentence_problems(SENTENCE) == ()
    assert any(problem in each for each in sentence_problems(sentence))


LONG = "Every morning the duty clerk reads the overnight messages and opens a file for each grumble she finds there"


@pytest.mark.parametrize(
    ("other", "group", "found"),
    [
        (LONG.upper() + "!", "withy", 1),
        (LONG + " again", "withy", 1),
        (LONG, "elmfold", 0),
        ("The evening porter opens a file for each grumble that he hears about on his rounds", "withy", 0),
    ],
)
def test_look_alikes_of_two_landlords_are_found(other: str, group: str, found: int) -> None:
    assert len(near_duplicates((Text("elmfold", "a", LONG), Text(group, "b", other)))) == found


def test_short_texts_may_be_the_same() -> None:
    assert near_duplicates((Text("elmfold", "a", "As above."), Text("withy", "b", "As above."))) == ()


def test_runs_are_counted_by_row() -> None:
    rows = [a_row(number, "one two three four five") for number in ("1.2", "1.3", "1.4")]
    assert five_word_runs(rows) == Runs(1, 1)
    assert five_word_runs(rows[:2]) == Runs(1, 0)
    assert Runs(0, 0).share == 0


def test_flags_are_counted_in_rows_and_sentences() -> None:
    counts = count_flags([a_form(ROW, GOOD, ("hedged-practice",))], [SENTENCE])
    assert counts[FLAGS.index("generic-reference")] == FlagCount("generic-reference", 1, 0, 1, 0)
    assert counts[FLAGS.index("hedged-practice")].near == 1


def test_sentences_count_where_a_span_marks_most_of_them() -> None:
    row = replace(ROW, evidence="Our policy covers it. The clerk keeps a ledger of complaints by street.")
    assert marked_sentences([a_form(row, replace(GOOD, spans={"generic-reference": "Our policy covers it."}))]) == 1
    assert marked_sentences([a_form(row, a_label("5.1"))]) == 0


def test_every_mark_of_a_duty_names_all_duties_of_its_provision_and_nothing_else() -> None:
    wrong = []
    for form in FORMS:
        known = load_pack(form.edition).by_number
        for row, marks in zip(form.form.rows, form.spoken, strict=True):
            wanted = {duty.id for duty in known[row.number].duties if duty.substantial}
            if marks and marks.keys() != wanted:
                wrong.append((form.form.name, row.order, sorted(marks.keys() ^ wanted)))
    assert wrong == []


def test_marks_are_plentiful_and_go_both_ways() -> None:
    marks = [spoken for form in FORMS for row in form.spoken for spoken in row.values()]
    assert min(sum(marks), len(marks) - sum(marks)) >= 1500


def test_marks_and_labels_agree_on_what_is_partial() -> None:
    """A row that leaves a duty out and speaks to another is partial; two readers saw to the two, so some differ."""
    pairs = [
        ("partial-coverage" in label.flags, any(marks.values()) and not all(marks.values()))
        for form in FORMS
        for label, marks in zip(form.labels, form.spoken, strict=True)
        if marks
    ]
    assert sum(a == b for a, b in pairs) / len(pairs) > 0.85


def test_a_mark_without_its_row_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    (tmp_path / "duties").mkdir()
    name = FORMS[0].form.name
    first = (DATA / "rows" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "rows" / f"{name}.jsonl").write_text(first + "\n", encoding="utf-8")
    mark = {"form": name, "order": 9, "provision": "1.2", "spoken": {"definition": True}, "doubtful": []}
    (tmp_path / "duties" / f"{name}.jsonl").write_text(json.dumps(mark) + "\n", encoding="utf-8")
    with pytest.raises(LabelError, match="marks row 9"):
        load_training_forms(tmp_path)
