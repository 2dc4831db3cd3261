"""The comments of a Word copy: what each says, and the part of the file that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from evidencereview.records import Finding, Item, Review
from evidencereview.report.docx_align import shown
from evidencereview.report.docx_package import W
from evidencereview.report.wording import (
    LIMITS_OF_THE_TOOL,
    TIERS,
    counted,
    flags_of,
    provision_name,
    provisions_line,
    tier_counts,
)

AUTHOR, INITIALS = "evidencereview", "er"
MOST = 5  # comments a row; a last one sums up the findings beyond them
_FIRST = 10
_LONGEST = 300  # characters of words that are quoted because their place was not found
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Remark:
    """The text of one comment: a bold title and lines below it. `finding` is None where it sums up."""

    title: str
    lines: tuple[str, ...]
    finding: Finding | None = None


def remarks(item: Item) -> tuple[Remark, ...]:
    """Return the comments on a row: one a finding up to MOST, then one that sums up the others."""
    tier = f"{TIERS[item.tier]}, tier {item.tier}"
    single = tuple(_remark(finding, tier) for finding in item.findings[:MOST])
    rest = item.findings[MOST:]
    if not rest:
        return single
    title = f"{counted(len(rest), 'further finding')} on {provision_name(item.row.number)} ({tier})"
    return (*single, Remark(title, tuple(f"{plain(f.flag)}: {_sentence(f.because)} {_asked(f)}".strip() for f in rest)))


def plain(flag: str) -> str:
    """Return a flag in plain words."""
    return flag.replace("-", " ").capitalize()


def _flags(item: Item) -> str:
    return ", ".join(plain(flag).lower() for flag in flags_of(item))


def quoted(remark: Remark, sure: bool) -> tuple[str, ...]:
    """Return the lines of a comment; where its words were not found in the file, it quotes them."""
    words = remark.finding.words if remark.finding else ""
    if sure or not words.strip():
        return remark.lines
    short = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
    return (f"On the words: »{short}«", *remark.lines)


def summary(review: Review, min_tier: int, unsure: int) -> Remark:
    """Return the comment at the top of the document; `unsure` is how many findings have no sure place in the file."""
    form = review.form
    tiers = tier_counts(review)
    first = [f"{provision_name(i.row.number)}: {_flags(i)}" for i in review.items if i.findings][:_FIRST]
    lines = [
        f"{counted(len(form.rows), 'row')} read, edition {form.edition or 'unknown'}, {provisions_line(form)}.",
        "; ".join(f"{count} {TIERS[tier]} (tier {tier})" for tier, count in tiers.items()) + ".",
    ]
    if first:
        lines += ["First to look at:", *first]
    if min_tier:
        lines.append(f"Rows below tier {min_tier} have no comments here.")
    if unsure:
        lines.append(f"{counted(unsure, 'comment')} could not be put on the very words and quote them instead.")
    notes = Counter(note.kind for note in form.notes)
    if notes:
        told = ", ".join(f"{kind} {count}" for kind, count in notes.items())
        lines.append(f"Not read, or read with doubt: {told}. 'evidencereview rows' shows these notes in full.")
    lines += [f"The check {failure.check} crashed; its findings are missing." for failure in review.failures]
    lines.append(LIMITS_OF_THE_TOOL)
    return Remark("Review of the evidence, by evidencereview", tuple(lines))


def first_free_number(part: Any) -> int:
    """Return the first number above those of all comments that a document has."""
    return 1 + max((int(value) for value in part.xpath("*/@*[local-name()='id']") if value.isdecimal()), default=-1)


def add_comment(part: Any, number: int, title: str, lines: Iterable[str]) -> None:
    """Add a comment to the comments of a document.

    It carries no date, so that the same review gives the same bytes.
    """
    comment = etree.SubElement(part, W + "comment")
    for name, value in (("id", str(number)), ("author", AUTHOR), ("initials", INITIALS)):
        comment.set(W + name, value)
    paragraphs = [(title, True), *((line, False) for text in lines for line in text.split("\n"))]
    for place, (text, bold) in enumerate(paragraphs):
        paragraph = etree.SubElement(comment, W + "p")
        if not place:
            etree.SubElement(_run(paragraph, reference=True), W + "annotationRef")
        _text(_run(paragraph, bold=bold), text)


def _remark(finding: Finding, tier: str) -> Remark:
    lines = [f"Why: {_sentence(finding.because)}"]
    if finding.linked:
        lines.append(f"See {', '.join(finding.linked)}.")
    if finding.ask:
        lines.append(f"To supply: {_sentence(finding.ask)}")
    return Remark(f"{plain(finding.flag)} ({tier})", tuple(lines), finding)


def _asked(finding: Finding) -> str:
    return f"To supply: {_sentence(finding.ask)}" if finding.ask else ""


def _sentence(text: str) -> str:
    """Return a reason or question with a full stop, where it has no mark of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".?!…" else f"{text}."


def _run(paragraph: Any, *, bold: bool = False, reference: bool = False) -> Any:
    run = etree.SubElement(paragraph, W + "r")
    properties = etree.SubElement(run, W + "rPr")
    if reference:
        etree.SubElement(properties, W + "rStyle").set(W + "val", "CommentReference")
        return run
    if bold:
        etree.SubElement(properties, W + "b")
    # The form's own style for plain text may be large; comments are small.
    etree.SubElement(properties, W + "sz").set(W + "val", "18")
    return run


def _text(run: Any, text: str) -> None:
    for place, piece in enumerate(shown(text).split("\t")):
        if place:
            etree.SubElement(run, W + "tab")
        element = etree.SubElement(run, W + "t")
        element.text = piece
        element.set(_XML_SPACE, "preserve")


def in_printed_order(items: Sequence[Item], min_tier: int) -> list[Item]:
    """Return the rows that get comments, as the form prints them."""
    return sorted((item for item in items if item.tier >= min_tier and item.findings), key=lambda item: item.row.order)
