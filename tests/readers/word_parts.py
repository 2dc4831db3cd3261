"""A small form and the parts of a Word file around it (lists, styles, notes, a header), for tests of shapes."""

from __future__ import annotations

from word_builder import level, lists, p, tbl, tr

HEAD = tr("Code provision", "Code requirement", "Comply", "Evidence", "Commentary")
ONE = ("1.2", "Landlords must use the agreed meaning.", "Yes", "Policy, clause 3.", "")
TWO = ("1.3", "Nobody must say a magic word.", "No", "Guide, page 4.", "Due in May.")
DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"
TICK = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
PLACEHOLDER = "<w:showingPlcHdr/>"
TICKED = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
BARE = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'


def form(*rows: str) -> str:
    """Return a table of rows under the usual headings."""
    return tbl(HEAD, *rows)


def tracked(kind: str, inside: str) -> str:
    """Return runs inside a tracked change."""
    return f'<w:{kind} w:id="1" w:author="a">{inside}</w:{kind}>'


def deleted(text: str) -> str:
    """Return a tracked deletion."""
    return tracked("del", f"<w:r><w:delText>{text}</w:delText></w:r>")


PARTS = {
    "numbering": lists(
        [level(0, "decimal", "%1"), level(1, "decimal", "%1.%2")],
        [level(0, "lowerLetter", "%1.", '<w:pStyle w:val="Item"/>'),
         level(1, "lowerRoman", "(%2)", '<w:pStyle w:val="SubItem"/>')],
        [level(0, "bullet", "\uf0b7")],
        more='<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        '</w:lvlOverride><w:lvlOverride w:ilvl="1"><w:startOverride w:val="9"/></w:lvlOverride></w:num>',
    ),
    "styles": '<w:style w:type="character" w:styleId="Draft"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Aside"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Item"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="SubItem"><w:basedOn w:val="Item"/><w:pPr><w:numPr><w:ilvl w:val="1"/>'
    "<w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>",
    "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
    + p("Clause 4.2 of May 2024.") + '</w:footnote><w:footnote w:id="5">' + p("Nobody points here.") + "</w:footnote>",
    "endnotes": '<w:endnote w:id="3">' + p("Kept by the clerk.") + "</w:endnote>",
    "header": p("Marrow Lane, draft 2"),
    "comments": '<w:comment w:id="0" w:author="P">' + p("Is this right?") + "</w:comment>",
}  # fmt: skip
LINKS = {"rId9": "https://m.example/p"}
