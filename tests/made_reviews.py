"""Reviews made by hand, of an invented landlord, and the table of nasty texts that every writer has to survive."""

from __future__ import annotations

from datetime import date

from evidencereview.decisions import apply_decisions, identity
from evidencereview.records import (
    Answer,
    Cell,
    Decision,
    DutyStanding,
    DutyState,
    Failure,
    Finding,
    Form,
    Item,
    Note,
    Reason,
    Review,
    Row,
    Scores,
    Severity,
    Span,
    Verdict,
)

# Name, text. Built with chr() where an editor would hide or garble the character.
NASTY = {
    "formula equals": '=HYPERLINK("http://example.invalid","click")',
    "formula plus": "+1+1",
    "formula minus": "-2+3",
    "formula at": "@SUM(A1:A9)",
    "formula after blank": "  =1+1",
    "formula after tab": "\t=1+1",
    "formula after newline": "\n@A1",
    "formula full width": "＝1+1",
    "formula after nul": "\x00=1+1",
    "end of script": "</script><script>alert(1)</script>",
    "attribute break": "\" onmouseover='alert(1)' x=\"",
    "markup end": "[/x] and [bold]not bold[/bold] and [section 2.1]",
    "escape codes": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m",
    "nul": "before\x00after",
    "byte-order mark": "\ufeffbegins so",
    "right to left": "answer \u202eoverturned\u202c and \u2066isolated\u2069",
    "very long": "word " * 8000,
    "very long without blanks": "x" * 40_000,
    "lone surrogates": "half \ud83d and \udc00 other half",
    "emoji": "done 👍🏽 by the 👨‍👩‍👧 team 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "Welsh": "Mae'r tîm yn ateb cwynion ŷ ŵ â ê",
    "Polish": "Zażółć gęślą jaźń",
    "line ends": "one\r\ntwo\rthree\u2028four\x0bfive",
    "quotes and commas": 'He said "no", twice; then\t"yes"',
    "blank": "",
    "percent and braces": "%s %(x)s {0} {x} $HOME `id`",
}


def made_row(number: str = "5.1", order: int = 1, **more: object) -> Row:
    """Return a row with plain contents; `more` overrides its fields."""
    values: dict[str, object] = {
        "form": "rosehill-2024",
        "order": order,
        "section": int(number.partition(".")[0] or 0),
        "provision": number,
        "provision_inferred": number,
        "requirement": "Landlords must answer in time.",
        "answer_raw": "Yes",
        "answer": Answer.YES,
        "evidence": "Our policy says so. We aim to answer where possible.",
        "commentary": "",
        "mandatory": True,
    }
    return Row(**{**values, **more})  # type: ignore[arg-type]


def made_finding(row: Row, flag: str, check: str, words: str = "", cell: Cell = Cell.EVIDENCE, **more: object) -> Finding:
    """Return a finding on the words of a cell (absent where there are none)."""
    start = row.cell(cell).index(words) if words else 0
    values: dict[str, object] = {
        "order": row.order,
        "provision": row.number,
        "check": check,
        "flag": flag,
        "severity": Severity.MEDIUM,
        "confidence": 0.8,
        "span": Span(cell, start, start + len(words)) if words else None,
        "words": words,
        "because": f"the reason for {flag}",
        "ask": f"the question about {flag}",
    }
    return Finding(**{**values, **more})  # type: ignore[arg-type]


def made_item(row: Row, rank: int = 1, tier: int = 2, findings: tuple[Finding, ...] = (), **more: object) -> Item:
    """Return an item of the list."""
    values: dict[str, object] = {
        "rank": rank,
        "row": row,
        "tier": tier,
        "score": round(tier / 4 + 0.1, 3),
        "breakdown": (Reason("tier", float(tier), "the findings set it"), Reason("must", 0.6, "the provision binds")),
        "scores": Scores(2, 1, 0.71, 0.4),
        "findings": findings,
        "ask": findings[0].ask if findings else "",
    }
    return Item(**{**values, **more})  # type: ignore[arg-type]


def made_review(items: tuple[Item, ...], name: str = "rosehill-2024", **more: object) -> Review:
    """Return a review of items, with one note of reading."""
    form: dict[str, object] = {
        "name": name,
        "format": "text",
        "sha256": "0" * 64,
        "rows": tuple(sorted((item.row for item in items), key=lambda row: row.order)),
        "notes": (Note("outside-table", "Adopted by the board.", "line 3"),),
        "edition": "2024",
        "missing_provisions": (),
    }
    form.update({key: more.pop(key) for key in tuple(more) if key in form})
    values: dict[str, object] = {
        "settings": {"only": [], "partial": False},
        "versions": {"evidencereview": "0.1.0", "edition": "2024"},
    }
    return Review(Form(**form), items, **{**values, **more})  # type: ignore[arg-type]


def sample_review() -> Review:
    """Return a review of fourteen rows of every tier, with a note, a missing provision and a crashed check."""
    texts = {
        "1.2": (
            "We will be reviewing the definition in the spring, once the board has approved it.",
            "will be reviewing",
        ),
        "8.1": ("", ""),
        "5.1": (
            "Complaints policy. The aim is to reply to each resident where possible within ten days.",
            "where possible",
        ),
        "6.2": ("See above.", "See above"),
    }
    items = [_told(rank, number, *texts[number]) for rank, number in enumerate(texts, 1)]
    for rank in range(5, 15):
        row = made_row(f"9.{rank}", rank, evidence=f"Report of {rank} May 2024, page {rank}, names the officer in charge.")
        found = (made_finding(row, "generic-reference", "ER201", "Report"),) if rank < 12 else ()
        items.append(made_item(row, rank, 1 if found else 0, found))
    return made_review(
        tuple(items), missing_provisions=("2.1", "7.4"), failures=(Failure("ER501", "ValueError: nothing to compare"),)
    )


def nasty_review() -> Review:
    """Every nasty text in every place of its own row, and in the notes."""
    items = []
    for rank, text in enumerate(NASTY.values(), 1):
        row = made_row(f"5.{rank}", rank, evidence=text, commentary=text, requirement=text, answer_raw=text)
        finding = made_finding(row, "generic-reference", "ER201", text, because=text, ask=text, linked=("5.1",))
        said = DutyStanding("said", text, DutyState.MET, Span(Cell.EVIDENCE, 0, len(text)), text)
        duties = (said, DutyStanding("unsaid", text, DutyState.UNMET))
        items.append(made_item(row, rank, rank % 4, (finding,), duties=duties, nearest=("5.1",)))
    notes = tuple(Note("dropped-text", text, text) for text in NASTY.values())
    return made_review(tuple(items), name="\x1b[31mform[/x]", notes=notes)


def decided_review() -> Review:
    """Return the sample with decisions of several kinds, one of them expired and one that fits nothing."""
    told = [
        ("1.2", "future-commitment", "will be reviewing", Verdict.ACCEPTED, date(2027, 3, 31)),
        ("8.1", "missing-evidence", "", Verdict.ACCEPTED, date(2026, 5, 1)),
        ("5.1", "hedged-practice", "where possible", Verdict.AGREE, None),
        ("9.5", "generic-reference", "Report", Verdict.UNDECIDED, None),
        ("3.4", "stale-date", "2019", Verdict.AGREE, None),
    ]
    keys = {f.provision: identity(f, item.row) for item in sample_review().items for f in item.findings}
    decisions = [
        Decision(number, flag, words, verdict, "A. Owner", due, "=known to the board", keys.get(number, ""), where)
        for line, (number, flag, words, verdict, due) in enumerate(told, 5)
        for where in [f"reviewed.csv, line {line}"]
    ]
    return apply_decisions(sample_review(), decisions, date(2026, 11, 22))


def _told(rank: int, number: str, evidence: str, words: str) -> Item:
    row = made_row(number, rank, evidence=evidence, commentary="The team leader reads every reply." if rank == 3 else "")
    flag, check = {
        "1.2": ("future-commitment", "ER301"),
        "5.1": ("hedged-practice", "ER302"),
        "6.2": ("cross-reference", "ER203"),
        "8.1": ("missing-evidence", "ER102"),
    }[number]
    finding = made_finding(row, flag, check, words, severity=Severity.HIGH if rank == 1 else Severity.MEDIUM)
    return made_item(row, rank, 3 if rank < 3 else 2, (finding,))
