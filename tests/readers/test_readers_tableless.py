"""Forms that stand in no table: one way of laying out a provision each, as text and as pages have them."""

from __future__ import annotations

import pytest

from evidencereview.errors import FormError
from evidencereview.readers import read_form

ONE = ("1.2", "A complaint must be heard.", "Yes", "Policy 3.1.", "Since May.")
TWO = ("1.3", "Nobody must be turned away.", "No", "Log of calls.", "Due in June.")
HEADS = ("Code provision", "Code requirement", "Comply: Yes / No", "Evidence", "Commentary")


@pytest.fixture
def read(write_text):
    return lambda text, name="form.txt": read_form(write_text(text, name))


def cells(form):
    return [(r.number, r.requirement, r.answer_raw, r.evidence, r.commentary) for r in form.rows]


def labelled(row, separator="\n", colon=":"):
    number, requirement, answer, evidence, commentary = row
    lines = [
        f"{number} {requirement}",
        f"Comply{colon} {answer}",
        f"Evidence{colon} {evidence}",
        f"Comments{colon} {commentary}",
    ]
    return separator.join(lines)


@pytest.mark.parametrize(
    "text",
    [
        labelled(ONE) + "\n" + labelled(TWO),
        labelled(ONE, "\n\n") + "\n\n" + labelled(TWO, "\n\n"),
        labelled(ONE, "\n", ":\n") + "\n" + labelled(TWO, "\n", ":\n"),
        labelled(ONE, "\n", " :") + "\n\n\n" + labelled(TWO, "\n", "?"),
        "Section 1: Meaning\n\n" + labelled(ONE) + "\n\n" + labelled(TWO) + "\n\nSection 2: Access\n",
        "\n".join(f"{head}\n{cell}" for row in (ONE, TWO) for head, cell in zip(HEADS, row, strict=True)),
        "\n".join([*HEADS, *ONE, *TWO]),
        "\n".join(["Our form", "", *HEADS, *ONE, *HEADS, *TWO]),
        "\n\n".join([*HEADS, *ONE, *TWO]),
        "".join(HEADS) + "\n" + "".join(ONE) + "\n" + "".join(TWO),
        "".join(HEADS) + "\n" + "".join(ONE) + "".join(TWO),
        "Provision 1.2\n" + "\n".join(ONE[1:4]) + "\nComments: Since May.\nProvision 1.3\n" + "\n".join(TWO[1:4])
        + "\nComments: Due in June.",
    ],
    ids=range(12),
)  # fmt: skip
def test_layouts(read, text):
    form = read(text)
    assert cells(form) == [ONE, TWO]
    assert [note.text for note in form.notes if note.kind == "no-table"]


def test_blank_cells_that_are_blank_lines(read):
    rows = [ONE, ("1.3", "Nobody must be turned away.", "No", "", "Due."), ("1.4", "All must be told.", "", "", "")]
    assert cells(read("\n".join(["\n".join(HEADS), *("\n".join(row) for row in rows), ""]))) == rows


def test_blank_cells_behind_labels(read):
    rows = [ONE, ("1.3", "Nobody must be turned away.", "", "-", ""), ("1.4", "All must be told.", "No", "", "N/A")]
    assert cells(read("\n".join(map(labelled, rows)))) == rows


def test_lines_that_go_on_and_lists(read):
    text = (
        labelled(ONE).replace("Policy 3.1.", "Policy 3.1 and the\nscript of May:\n• calls\n• letters")
        + "\n"
        + labelled(TWO).replace("Log of calls.", "Log of calls.\nIt is new.")
    )
    first, second = read(text).rows
    assert first.evidence == "Policy 3.1 and the script of May:\n• calls\n• letters"
    assert second.evidence == "Log of calls.\nIt is new."


def test_numbers_inside_the_evidence_open_no_row(read):
    text = labelled(ONE).replace("Policy 3.1.", "See\n3.1 of our policy and\n7.4 Scope.") + "\n" + labelled(TWO)
    assert [row.number for row in read(text).rows] == ["1.2", "1.3"]


def test_answer_that_is_missing_is_blank_and_what_follows_is_evidence(read):
    form = read("1.2\nA complaint must be heard.\nPolicy 3.1.\n1.3\nNobody must be.\nNo\nLog.\n1.4\nAll must.\nYes\nBook.\n")
    assert cells(form)[0] == ("1.2", "A complaint must be heard.", "", "Policy 3.1.", "")


@pytest.mark.parametrize(
    "text",
    [
        "1.1 Scope\nThis policy covers all.\n1.2 Aims\nWe answer in time.\n1.3 Roles\nThe officer signs.\n",
        "1.2\n1.3\n1.4\n",
        "Evidence: x\nComply: Yes\n",
        "Yes\nNo\nYes\n",
    ],
)
def test_text_that_is_no_form(read, text):
    with pytest.raises(FormError, match="no self-assessment table"):
        read(text)


@pytest.mark.parametrize(
    "table",
    [
        "| Ref | Requirement | Comply | Evidence |\n|---|:-:|--:|---|\n"
        "| 1.2 | A must be. | **Yes** | [Policy](https://x.example/p) |\n"
        "| 1.3 | B \\| C must be. | _No_ | a<br>b |\n",
        "Ref | Requirement | Comply | Evidence\n---|---|---|---\n1.2 | A must be. | Yes | [Policy](<https://x.example/p>)\n"
        "1.3 | B \\| C must be. | No | a<br>b\n\nThanks.\n",
        "+-----+--------------+-----+-----------------+\n| Ref | Requirement  | Ok? | Evidence        |\n"
        "+=====+==============+=====+=================+\n| 1.2 | A must       | Yes | [Policy](https://x.example/p) |\n"
        "|     | be.          |     |                 |\n+-----+--------------+-----+-----------------+\n"
        "| 1.3 | B \\| C must  | No  | a               |\n|     | be.          |     |                 |\n"
        "|     |              |     | b               |\n+-----+--------------+-----+-----------------+\n",
    ],
    ids=["bars", "bars between", "grid"],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_tables_of_markdown(read, table, end):
    form = read(("# Our form\n\nSome *words*.\n\n" + table).replace("\n", end), "form.md")
    assert cells(form) == [
        ("1.2", "A must be.", "Yes", "Policy (https://x.example/p)", ""),
        ("1.3", "B | C must be.", "No", "a\nb", ""),
    ]
    assert not [note for note in form.notes if note.kind == "name-disagrees"]


def test_marks_of_markdown_stay_where_the_file_is_none(read):
    form = read("Ref\tRequirement\tComply\tEvidence\n1.2\tA must be.\tYes\tThe **rota** of [May](x) and a_b_c.\n")
    assert form.rows[0].evidence == "The **rota** of [May](x) and a_b_c."


def test_numbers_that_go_back_within_their_section(read):
    """Forms of 2022 print all that must be before what should be."""
    numbers = ("1.2", "1.6", "1.7", "1.4", "1.5", "2.3", "2.2")
    rows = [(number, ONE[1], "Yes", f"Policy, clause {n}.", f"Since {n} May.") for n, number in enumerate(numbers, 1)]
    assert cells(read("\n".join(map(labelled, rows)))) == rows


def test_number_that_is_lost_behind_its_label(read):
    rows = [("1.2", *ONE[1:]), ("", *TWO[1:]), ("1.4", *ONE[1:])]
    form = read("\n".join(f"{head}\n{cell}" for row in rows for head, cell in zip(HEADS, row, strict=True)))
    assert [(row.provision, row.number, row.evidence) for row in form.rows] == [
        ("1.2", "1.2", ONE[3]), (None, "1.3", TWO[3]), ("1.4", "1.4", ONE[3]),
    ]  # fmt: skip


def test_heading_that_goes_on_in_small_letters(write_text):
    page = "".join(f"<h3>{n} landlords must listen</h3><p>Comply: Yes</p><p>Evidence: Log {n}.</p>" for n in ("1.2", "1.3"))
    assert [row.number for row in read_form(write_text(f"<html>{page}", "form.html")).rows] == ["1.2", "1.3"]
