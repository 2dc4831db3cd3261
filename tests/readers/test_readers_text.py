"""Text forms: one trap of published forms each, in our own words."""

from __future__ import annotations

import pytest

from evidencereview.errors import FormError
from evidencereview.readers import read_form
from evidencereview.records import Answer

HEAD = "Code provision\tCode requirement\tComply: Yes / No\tEvidence\tCommentary\n"
FOUR = "Code section\tCode requirement\tComply?\tEvidence, commentary and explanations\n"


@pytest.fixture
def read(write_text):
    return lambda text: read_form(write_text(text))


def cells(form):
    return [(r.number, r.requirement, r.answer_raw, r.evidence, r.commentary) for r in form.rows]


def kinds(form):
    return {note.kind for note in form.notes}


def test_five_columns(read):
    form = read(HEAD + "1.2\tWe must listen.\tYes\tOur rota.\tSince May.\n")
    assert cells(form) == [("1.2", "We must listen.", "Yes", "Our rota.", "Since May.")]
    assert (form.name, form.format, len(form.sha256)) == ("marrow-lane", "text", 64)


def test_four_columns_put_everything_in_evidence(read):
    form = read(FOUR + "1.2\tWe must listen.\tYes\tOur rota.\n")
    assert cells(form) == [("1.2", "We must listen.", "Yes", "Our rota.", "")]


def test_continued_row_over_a_page_break_with_running_title(read):
    page = "\nMARROW LANE HOMES\n\n"
    form = read(
        HEAD + "1.2\tWe must listen to\tYes\tOur rota is\t\n" + page + "\tevery caller.\t\tkept by the clerk.\t\n"
        "1.3\tWe must answer.\tNo\tNot so far.\t\n" + page + "2.1\tWe must act.\tYes\tLog.\t\n" + page
    )
    assert cells(form)[0] == ("1.2", "We must listen to every caller.", "Yes", "Our rota is kept by the clerk.", "")
    assert len(form.rows) == 3
    assert [n.text for n in form.notes if n.kind == "running-title"] == ["3 pieces: MARROW LANE HOMES"]


def test_continued_sentence_that_begins_with_a_capital_stays_with_its_row(read):
    form = read(
        FOUR + "1.2\tWe must listen.\tYes\tThe rota is full.\n\n\t\t\tCallers are rung back.\n1.3\tX must be.\tYes\tB.\n"
    )
    assert cells(form)[0][3] == "The rota is full. Callers are rung back."


def test_half_row_that_belongs_to_the_next_one(read):
    form = read(
        HEAD + "7.1\tWe must own faults.\tYes\tLetters.\tChecked.\n\n\tA remedy must fit the\t\t\tThe plan was drawn up in\n"
        "7.2\tharm that was done.\tyes\tScale of payments.\tresponse to the audit.\n"
    )
    assert cells(form)[1] == (
        "7.2", "A remedy must fit the harm that was done.", "yes", "Scale of payments.",
        "The plan was drawn up in response to the audit.",
    )  # fmt: skip
    assert cells(form)[0][4] == "Checked."
    assert "half-row" in kinds(form)


def test_lost_number_in_a_row_that_lost_its_cell(read):
    form = read(
        HEAD + "7.4\tWe must look at guidance.\tYes\tFolder.\t\n\nSection 8: Reports\n\n"
        "We must write a report.\tYes\tReport of 2023.\tBoard, 4 May.\n--\t-----\t---\t--\n\n"
        "8.2\tIt must be public.\tYes\tSite.\t\n"
    )
    row = form.rows[1]
    assert (row.provision, row.provision_inferred, row.section) == (None, "8.1", 8)
    assert (row.requirement, row.answer, row.evidence, row.commentary) == (
        "We must write a report.", Answer.YES, "Report of 2023.", "Board, 4 May.",
    )  # fmt: skip
    assert "inferred-number" in kinds(form)


def test_lost_number_and_blank_answer(read):
    form = read(FOUR + "9.6\tA must be.\tYes\tOne.\n\tB must be done.\t\tTwo is here.\n9.8\tC must be.\tYes\tThree.\n")
    assert [(r.number, r.answer) for r in form.rows] == [("9.6", "yes"), ("9.7", "blank"), ("9.8", "yes")]


@pytest.mark.parametrize(
    ("raw", "number"), [("6. 14", "6.14"), ("6.l4", "6.14"), ("6.14.", "6.14"), ("Section 6.14", "6.14")]
)
def test_damaged_number_is_kept_as_printed_and_mended_beside(read, raw, number):
    row = read(FOUR + f"{raw}\tWe must listen.\tYes\tRota.\n").rows[0]
    assert (row.provision, row.provision_inferred, row.number) == (raw, number, number)


def test_number_in_front_of_the_requirement(read):
    form = read("Requirement\tComply\tEvidence\n1.2 We must listen.\tYes\tRota.\n1.3 We must act.\tNo\tLog.\n")
    assert [(r.number, r.requirement) for r in form.rows] == [("1.2", "We must listen."), ("1.3", "We must act.")]


def test_headings_over_two_lines_and_misread(read):
    form = read(
        "Code\tCodo requirement\tComply:\tEvidonoo\tCommentary\n"
        "provision\tCode requirement\tYes / No\tEvidence\tCommentary\n\n1.2\tWe must.\tYes\tA.\tB.\n"
        "\nCode section\tCode requirement\tComply:\tEvidence, commentary and any\n\t\tYes/No\texplanations\n\n"
        "1.3\tMust.\tYes\tC.\n"
    )
    assert [row[0] for row in cells(form)] == ["1.2", "1.3"]
    assert cells(form)[1][3] == "C."


def test_must_and_should_blocks(read):
    form = read(
        "Section 1 – Meaning\n\nMandatory 'must' requirements\n\n" + FOUR + "1.2\tA should be told.\tYes\tX.\n\n"
        "Best practice 'should' requirements\n\n" + FOUR + "1.4\tB must be told.\tYes\tX.\n\n"
        "Section 2 – Access\n\n" + FOUR + "2.1\tC is right.\tYes\tX.\n2.2\tD should be.\tYes\tX.\n"
    )  # fmt: skip
    assert [row.mandatory for row in form.rows] == [True, False, True, False]


@pytest.mark.parametrize("title", ["Section 2: Access\t\t\t", "\tSection 2: Access\t\t", "\tStage 2\t\t"])
def test_title_inside_the_table_is_nobodys_text(read, title):
    form = read(FOUR + f"1.2\tWe must.\tYes\tRota.\n{title}\n2.1\tWe must act.\tYes\tLog.\n")
    assert [(r.requirement, r.evidence) for r in form.rows] == [("We must.", "Rota."), ("We must act.", "Log.")]
    assert title.strip() in [n.text for n in form.notes if n.kind == "outside-table"]


def test_a_sentence_that_goes_on_with_a_section_is_no_title(read):
    form = read(FOUR + "1.2\tWe must heed what stands in\tYes\tRota.\n\n\tSection 2 of our guide.\t\t\n")
    assert form.rows[0].requirement == "We must heed what stands in Section 2 of our guide."


def test_wording_decides_where_no_block_does(read):
    form = read(FOUR + "1.2\tA should be.\tYes\tX.\n1.3\tB should and must be.\tYes\tX.\n1.4\tC is wrong.\tYes\tX.\n")
    assert [row.mandatory for row in form.rows] == [False, True, True]


def test_tags_entities_and_link_targets(read):
    form = read(
        FOUR
        + '<p>1.2</p>\t<p>We must:</p> <ul style="x"> • listen • act\t<p>Yes</p>\t<p>See <a href="https://marrow.example/a">'
        "our site</a> &amp; the <i>rota</i></p>\n"
    )
    row = form.rows[0]
    assert (row.number, row.answer_raw) == ("1.2", "Yes")
    assert row.requirement == "We must:\n• listen\n• act"
    assert row.evidence == "See our site (https://marrow.example/a) & the rota"
    assert "markup" in kinds(form)


def test_markup_like_text_stays(read):
    text = "Fewer than <5 calls, a <script>alert(1)</script>, [b]x[/b], =SUM(A1), {{ x }} and <b than c> stay."
    assert read(FOUR + f"1.2\tWe must.\tYes\t{text}\n").rows[0].evidence == text


def test_control_characters_go_with_a_note(read):
    form = read(FOUR + "1.2\tWe must.\tYes\tRota\x00 of\x1b[31m May\x07.\n\n" + "x" * 300)
    assert form.rows[0].evidence == "Rota of[31m May."
    assert "control-characters" in kinds(form)


def test_columns_in_any_order_and_wording(read):
    form = read(
        "How we meet it\tRef\tDo we comply?\tThe standard says\tNotes\nRota.\t1.2\tYes\tWe must listen.\tSince May.\n"
    )
    assert cells(form) == [("1.2", "We must listen.", "Yes", "Rota.", "Since May.")]


def test_columns_by_content_without_headings(read):
    form = read(
        "1.2\tWe must listen.\tYes\tRota.\tSince May.\n1.3\tWe must act.\tNo\tLog.\t\n1.4\tWe must care.\t\tBook.\t\n"
    )
    assert cells(form)[0] == ("1.2", "We must listen.", "Yes", "Rota.", "Since May.")
    assert [r.answer for r in form.rows] == ["yes", "no", "blank"]


def test_heading_that_says_nothing_is_settled_by_content(read):
    form = read("Ref\tThe standard\tOur response\tEvidence\n1.2\tWe must listen.\tYes\tRota.\n1.3\tWe must act.\tNo\tLog.\n")
    assert [r.answer for r in form.rows] == ["yes", "no"]


def test_further_columns_stand_in_the_commentary(read):
    form = read("Ref\tRequirement\tComply\tEvidence\tLead officer\n1.2\tWe must listen.\tNo\tRota.\tPriya, by 3 May\n")
    assert form.rows[0].commentary == "Lead officer: Priya, by 3 May"
    assert "extra-column" in kinds(form)


def test_pipe_table(read):
    form = read("| Ref | Requirement | Comply | Evidence |\n|---|---|---|---|\n| 1.2 | We must listen. | Yes | Rota. |\n")
    assert cells(form) == [("1.2", "We must listen.", "Yes", "Rota.", "")]


def test_line_break_inside_the_last_cell(read):
    form = read(FOUR + "1.2\tWe must listen.\tYes\tRota of May,\nkept by the clerk.\n1.3\tMust.\tYes\tB.\n")
    assert form.rows[0].evidence == "Rota of May,\nkept by the clerk."
    assert [(n.text, n.where) for n in form.notes if n.kind == "joined-line"] == [("kept by the clerk.", "line 3")]


def test_number_printed_again_after_a_page_break(read):
    form = read(
        FOUR + "1.2\tWe must listen.\tYes\tThe rota is\n\n1.2\tWe must listen.\t\tkept by the clerk.\n1.3\tMust.\tYes\tB.\n"
    )
    assert cells(form)[0] == ("1.2", "We must listen.", "Yes", "The rota is kept by the clerk.", "")
    assert len(form.rows) == 2


def test_number_that_stands_twice_is_noted(read):
    form = read(FOUR + "1.2\tA must be.\tYes\tX.\n1.3\tB must be.\tYes\tY.\n1.2\tA must be.\tNo\tZ.\n")
    assert [r.number for r in form.rows] == ["1.2", "1.3", "1.2"]
    assert "number-twice" in kinds(form)


def test_answer_that_is_not_understood_is_kept_raw(read):
    form = read(FOUR + "1.2\tWe must.\tAsk Priya\tRota.\n1.3\tWe must.\tYes – see rota 3.1\tLog.\n")
    assert (form.rows[0].answer_raw, form.rows[0].answer) == ("Ask Priya", "blank")
    assert form.rows[1].evidence == "see rota 3.1\nLog."
    assert {"unknown-answer", "answer-text"} <= kinds(form)


def test_tables_that_are_no_form_are_noted_whole(read):
    form = read(
        "Version\tDate\tAuthor\tChange\n0.1\t3 May 2023\tPriya\tFirst\n\n" + FOUR + "1.2\tWe must.\tYes\tRota.\n\n"
        "Quarter\tCalls\tLetters\tVisits\nOne\t12\t13\t14\nTwo\t15\t16\t17\n\n\tRed\tAmber\tGreen\nOne\t2\t3\t4\nTwo\t5\t6\t7\n"
    )  # fmt: skip
    assert len(form.rows) == 1
    assert form.rows[0].evidence == "Rota."
    assert any(n.kind == "outside-table" and "Version" in n.text for n in form.notes)


def test_action_plan_after_the_form_is_not_glued_to_its_last_row(read):
    form = read(FOUR + "1.2\tWe must.\tYes\tRota.\n\nAction\tOwner\tBy when\tStatus\nCall people\tPriya\tMay\tOpen\n")
    assert cells(form) == [("1.2", "We must.", "Yes", "Rota.", "")]
    assert any("Call people" in n.text for n in form.notes)


def test_notes_stay_few_for_much_loose_text(read):
    form = read("".join(f"Paragraph {i} of the introduction.\n\n" for i in range(300)) + FOUR + "1.2\tWe must.\tYes\tX.\n")
    assert len(form.notes) < 6
    assert all(len(note.text) <= 200 for note in form.notes)


@pytest.mark.parametrize("text", ["Dear all,\n\nthe meeting is at noon.\n", "a\tb\tc\n1\t2\t3\n", "\t\t-\t\n", "1.2\n1.3\n"])
def test_text_without_a_form_is_an_error(read, text):
    with pytest.raises(FormError, match="no self-assessment table"):
        read(text)


def test_expected_numbers_help(write_text):
    path = write_text(FOUR + "1.3\tA must be.\tYes\tX.\n\tB must be.\tYes\tY.\n1.7\tC must be.\tYes\tZ.\n")
    assert [r.number for r in read_form(path, expected=("1.2", "1.3", "1.6", "1.7")).rows] == ["1.3", "1.6", "1.7"]
