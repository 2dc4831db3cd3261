"""The balance of a form's text as a person reads it (`rows FILE --audit`)."""

from __future__ import annotations

from evidencereview.readers.balance import Balance
from evidencereview.records import Form
from evidencereview.report.harmless import one_line
from evidencereview.report.wording import counted

_NUMBER = 11  # columns for a number


def balance_page(form: Form, balance: Balance) -> str:
    """Return the balance as text, one line an entry, and in words what it comes to."""
    lines = [one_line(f"{form.name} ({form.format}): {counted(len(form.rows), 'row')}"), ""]
    if balance.visible is not None:
        lines.append(_entry(balance.visible, "visible characters in the file (white space and table lines apart)"))
    lines.append(_entry(balance.in_rows - balance.beyond, "in rows"))
    if balance.beyond:
        lines.append(f"{'':{_NUMBER}}    ({balance.beyond} more stand there: lent, or the same words in two cells)")
    lines.append(_entry(sum(count for _, count in balance.in_notes), "in notes"))
    lines += [f"{'':{_NUMBER}}{count:>{_NUMBER},}  {one_line(kind)}" for kind, count in balance.in_notes]
    lines.append(_entry(balance.unaccounted, "not accounted for"))
    return "\n".join([*lines, "", _verdict(balance), ""])


def _entry(number: int, what: str) -> str:
    return f"{number:>{_NUMBER},}  {what}"


def _verdict(balance: Balance) -> str:
    if balance.visible is None:
        return "The reader of this format does not count what the file shows, so nothing can be said of the rest."
    if balance.unaccounted > 0:
        return "Some text is in no row and no note: please report it, and compare the rows with the file."
    if balance.unaccounted < 0:
        return "Some text is told of twice: please report it."
    return "Every visible character is in a row or in a note."
