"""Rows of invented landlords, looked at as the checks see them."""

from __future__ import annotations

from evidencereview.language.nlp import row_sentences
from evidencereview.language.view import RowView
from evidencereview.records import Answer, Row


def view(evidence: str, commentary: str = "", number: str = "3.2", index: int = 0) -> RowView:
    row = Row(
        form="invented", order=index + 1, section=3, provision=number, provision_inferred=None, requirement="",
        answer_raw="Yes", answer=Answer.YES, evidence=evidence, commentary=commentary, mandatory=True,
    )  # fmt: skip
    return RowView(index, row, None, row_sentences(row))
