"""How Word forms are laid out, each shape read to the letter and weighed: what the file shows is in rows or notes."""

from __future__ import annotations

import pytest
from word_builder import listed, p, r, sdt, tbl, tc, tr
from word_parts import BARE, DOWN, HEAD, ON, ONE, TICK, TICKED, TWO, deleted, form


def rows_of(found):
    return [(row.number, row.requirement, row.answer_raw, row.evidence, row.commentary) for row in found.rows]


AUTO = [tr(tc(p("", listed(1, 1))), *ONE[1:]), tr(tc(p("", listed(1, 1))), *TWO[1:])]
WIDE = '<w:gridSpan w:val="{}"/>'
FORMS = {
    "plain": (form(tr(*ONE), tr(*TWO)), [ONE, TWO]),
    "headings again": (form(tr(*ONE), HEAD, tr(*TWO)), [ONE, TWO]),
    "two tables": (form(tr(*ONE)) + p("Section 1") + form(tr(*TWO)), [ONE, TWO]),
    "a second table without headings": (form(tr(*ONE)) + p() + tbl(tr(*TWO)), [ONE, TWO]),
    "a title over all columns": (form(tr(*ONE), tr(tc("Section 2: Exclusions", WIDE.format(5))), tr(*TWO)), [ONE, TWO]),
    "a row in a control": (form(sdt(tr(*ONE)), tr(*TWO)), [ONE, TWO]),
    "a table in a control": (sdt(form(tr(*ONE), tr(*TWO))), [ONE, TWO]),
    "cells in controls": (form(tr(*(sdt(tc(text)) for text in ONE)), tr(*TWO)), [ONE, TWO]),
    "repeating rows in controls": (form(sdt(sdt(tr(*ONE)) + sdt(tr(*TWO)))), [ONE, TWO]),
    "an inserted and a deleted row": (
        form(tr(*ONE, look='<w:ins w:id="1" w:author="a"/>'), tr("1.2", "Old.", "No", "x", "", look='<w:del w:id="2"/>'),
             tr(*TWO)),
        [ONE, TWO],
    ),
    "a deleted cell keeps its column": (
        form(tr("1.2", ONE[1], "Yes", tc(p(deleted("old")), '<w:cellDel w:id="1"/>'), "Log."), tr(*TWO)),
        [("1.2", ONE[1], "Yes", "", "Log."), TWO],
    ),
    "a hidden row": (form(tr(*ONE), tr("1.9", "Not meant.", "No", "x", "", look="<w:hidden/>"), tr(*TWO)), [ONE, TWO]),
    "evidence over two columns": (
        tbl(tr("Code provision", "Code requirement", "Comply", tc("Evidence", WIDE.format(2)), "Commentary"),
            tr(*ONE[:4], "Rota.", ""), tr(*TWO[:3], tc(TWO[3], WIDE.format(2)), TWO[4])),
        [(*ONE[:3], "Policy, clause 3.\nRota.", ""), TWO],
    ),
    "evidence split over two rows": (
        form(tr(*(tc(text, DOWN) for text in ONE[:3]), "Policy, clause 3.", tc("", DOWN)),
             tr(*(tc("", ON) for _ in range(3)), "Rota of May.", tc("", ON)), tr(*TWO)),
        [(*ONE[:3], "Policy, clause 3. Rota of May.", ""), TWO],
    ),
    "evidence for two provisions": (
        form(tr(*ONE[:3], tc("Policy, clause 3.", DOWN), ""), tr(*TWO[:3], tc("", ON), TWO[4])),
        [ONE, (*TWO[:3], "Policy, clause 3.", TWO[4])],
    ),
    "answer for two provisions": (
        form(tr(*ONE[:2], tc("Yes", DOWN), *ONE[3:]), tr(*TWO[:2], tc("", ON), *TWO[3:])),
        [ONE, (*TWO[:2], "Yes", *TWO[3:])],
    ),
    "one number over lettered duties": (
        form(tr(tc("1.2", DOWN), "Landlords must:", "", "", ""), tr(tc("", ON), "a. listen", "Yes", "Log.", ""),
             tr(tc("", ON), "b. answer", "Yes", "Rota.", ""), tr(*TWO)),
        [("1.2", "Landlords must:\na. listen\nb. answer", "Yes", "Log. Rota.", ""), TWO],
    ),
    "a column of sections": (
        tbl(tr("Code section", "Code provision", "Code requirement", "Comply", "Evidence"),
            tr(tc("Section 1", DOWN), *ONE[:4]), tr(tc("", ON), *TWO[:4])),
        [(*ONE[:4], "Code section: Section 1"), (*TWO[:4], "")],
    ),
    "a row broken over pages": (
        form(tr("1.2", "Landlords must use", "Yes", "Policy,", "")) + p('<w:r><w:br w:type="page"/></w:r>')
        + tbl(tr("", "the agreed meaning.", "", "clause 3.", ""), tr(*TWO)),
        [ONE, TWO],
    ),
    "a frame of one cell": (tbl(tr(tc(form(tr(*ONE), tr(*TWO)) + p()))), [ONE, TWO]),
    "a frame with a cell a section": (
        tbl(tr(tc(p("Section 1")), tc(form(tr(*ONE)) + p())), tr(tc(p("Section 1 (cont.)")), tc(form(tr(*TWO)) + p()))),
        [ONE, TWO],
    ),
    "columns to tick": (
        tbl(tr("Code provision", "Code requirement", "Yes", "No", "Evidence"), tr("1.2", ONE[1], "✓", "", "Log."),
            tr("1.3", TWO[1], "", "X", "Rota.")),
        [("1.2", ONE[1], "✓ Yes", "Log.", ""), ("1.3", TWO[1], "[X] No", "Rota.", "")],
    ),
    "columns to tick under one heading": (
        tbl(tr("Code provision", "Code requirement", tc("Comply", WIDE.format(3)), "Evidence"),
            tr("", "", "Yes", "No", "Partially", ""),
            tr("1.2", ONE[1], tc(p(sdt(r("☒"), TICKED))), tc(p(sdt(r("☐"), BARE))), "", "Log."),
            tr("1.3", TWO[1], "", "", tc(p(TICK)), "Rota.")),
        [("1.2", ONE[1], "☒ Yes ☐ No", "Log.", ""), ("1.3", TWO[1], "✓ Partially", "Rota.", "")],
    ),
    "counted provisions": (
        p("Scope", listed(1, 0)) + p("Definitions", listed(1, 0)) + p("Access", listed(1, 0)) + form(*AUTO),
        [("3.1", *ONE[1:]), ("3.2", *TWO[1:])],
    ),
    "counted provisions from a given start": (
        p("Responding", listed(4, 0)) + form(tr(tc(p("", listed(4, 1))), *ONE[1:]), tr(tc(p("", listed(4, 1))), *TWO[1:])),
        [("5.9", *ONE[1:]), ("5.10", *TWO[1:])],
    ),
    "counted number before the requirement": (
        p("Scope", listed(1, 0)) + tbl(tr("Requirement", "Comply", "Evidence"), tr(tc(p(ONE[1], listed(1, 1))), *ONE[2:4]),
                                       tr(tc(p(TWO[1], listed(1, 1))), *TWO[2:4])),
        [("1.1", *ONE[1:4], ""), ("1.2", *TWO[1:4], "")],
    ),
    "a counted list with typed numbers": (form(tr(tc(p("1.2", listed(2))), *ONE[1:]), tr(tc(p("1.3", listed(2))), *TWO[1:])),
                                          [ONE, TWO]),
    "deleted items are not counted": (
        p("Scope", listed(1, 0)) + form(
            tr(tc(p("", listed(1, 1))), "Old.", "No", "x", "", look='<w:del w:id="2"/>'), *AUTO),
        [("1.1", *ONE[1:]), ("1.2", *TWO[1:])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", FORMS)
def test_how_a_form_is_laid_out(read_body, shape):
    body, expected = FORMS[shape]
    assert rows_of(read_body(body)) == [tuple(row) for row in expected]
