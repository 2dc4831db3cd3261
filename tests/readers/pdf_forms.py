"""Builders of forms as PDF, by reportlab and by LibreOffice, from blocks: a text is a paragraph, a list of rows a table."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Cm, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Block = str | list[list[str]]
HEADINGS = ["Code provision", "Requirement", "Comply: Yes / No", "Evidence", "Comments"]
SHARES = {5: (0.09, 0.33, 0.1, 0.27, 0.21), 4: (0.1, 0.38, 0.12, 0.4)}
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@dataclass(frozen=True)
class Look:
    """How a form is set: `rules` are "grid", "rows", "columns" or "none"; `running` puts a header and a footer on pages."""

    rules: str = "grid"
    wide: bool = False
    valign: str = "TOP"
    size: float = 8.5
    padding: float = 3
    repeat: bool = True
    split: bool = True
    running: bool = True
    justified: bool = False

    @property
    def name(self) -> str:
        return f"{self.rules}-{'landscape' if self.wide else 'portrait'}-{self.valign.lower()}"


def blocks_of_text(text: str) -> list[Block]:
    """Take a form as text apart: tab-separated lines are rows, other lines paragraphs."""
    blocks: list[Block] = []
    for line in filter(str.strip, text.splitlines()):
        if "\t" not in line:
            blocks.append(line.strip())
        elif blocks and isinstance(blocks[-1], list):
            blocks[-1].append(line.split("\t"))
        else:
            blocks.append([line.split("\t")])
    return blocks


def blocks_of_rows(rows: Sequence[dict[str, object]]) -> list[Block]:
    """Make blocks of the rows of a form: a title and a table for each section."""
    keys = ["provision", "requirement", "answer_raw", "evidence", "commentary"]
    width = 5 if any(row["commentary"] for row in rows) else 4
    blocks: list[Block] = ["Self-assessment against the Complaint Handling Code"]
    for section in sorted({int(str(row["section"])) for row in rows}):
        blocks.append(f"Section {section}: Handling of complaints, part {section}")
        cells = [[str(row[key] or "") for key in keys[:width]] for row in rows if row["section"] == section]
        blocks.append([HEADINGS[:width], *cells])
    return blocks


def by_reportlab(blocks: Sequence[Block], look: Look = Look()) -> bytes:
    """Return the blocks as a PDF."""
    if DEJAVU.is_file() and "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", str(DEJAVU)))
    font = "DejaVu" if DEJAVU.is_file() and not _is_latin(blocks) else "Helvetica"
    out, size, sheet = io.BytesIO(), landscape(A4) if look.wide else A4, getSampleStyleSheet()
    cell = ParagraphStyle("cell", fontName=font, fontSize=look.size, leading=look.size * 1.2, alignment=4 * look.justified)
    flow: list[object] = []
    for block in blocks:
        if isinstance(block, str):
            flow += [Paragraph(escape(block), sheet["Heading2" if len(block) < 60 else "BodyText"]), Spacer(1, 4)]
            continue
        widths = [(size[0] - 72) * share for share in SHARES[len(block[0])]]
        cells = [[Paragraph(escape(text), cell) for text in row] for row in block]
        table = Table(cells, widths, repeatRows=int(look.repeat), splitInRow=int(look.split))
        table.setStyle(TableStyle(_style(look)))
        flow.append(table)
    document = SimpleDocTemplate(out, pagesize=size, leftMargin=36, rightMargin=36, topMargin=54, bottomMargin=54)

    def running(canvas, _) -> None:
        if look.running:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(36, size[1] - 30, "Rosewood Homes - complaints self-assessment")
            canvas.drawRightString(size[0] - 36, 24, f"Page {canvas.getPageNumber()}")

    document.build(flow, onFirstPage=running, onLaterPages=running)
    return out.getvalue()


def _style(look: Look) -> list[tuple[object, ...]]:
    whole = ((0, 0), (-1, -1))
    drawn = {
        "grid": [("GRID", *whole, 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)],
        "rows": [("LINEBELOW", *whole, 0.5, colors.black)],
        "columns": [("BOX", *whole, 0.5, colors.black), ("LINEBEFORE", *whole, 0.5, colors.black)],
        "none": [],
    }[look.rules]
    padding = [(f"{side}PADDING", *whole, look.padding) for side in ("TOP", "BOTTOM")]
    return [("VALIGN", *whole, look.valign), *padding, *drawn]


def _is_latin(blocks: Sequence[Block]) -> bool:
    try:
        str(blocks).encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def as_docx(blocks: Sequence[Block], path: Path, look: Look = Look()) -> Path:
    """Save the blocks as a Word file."""
    document = docx.Document()
    section = document.sections[0]
    long, short = Cm(29.7), Cm(21)
    section.page_width, section.page_height = (long, short) if look.wide else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if look.wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(1.5)
    if look.running:
        section.header.paragraphs[0].text = "Rosewood Homes - complaints self-assessment"
        section.footer.paragraphs[0].text = "For the board"
    room = section.page_width - Cm(3)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(0, len(block[0]), style="Table Grid" if look.rules == "grid" else None)
        table.autofit = False
        for column, share in zip(table.columns, SHARES[len(block[0])], strict=True):
            column.width = int(room * share)
        for texts in block:
            row = table.add_row()
            for cell, text, share in zip(row.cells, texts, SHARES[len(block[0])], strict=True):
                cell.width = int(room * share)
                cell.paragraphs[0].add_run(text).font.size = Pt(look.size)
        if look.repeat:
            mark = '<w:tblHeader xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
            table.rows[0]._tr.get_or_add_trPr().append(parse_xml(mark))
    document.save(str(path))
    return path


def by_libreoffice(sources: Sequence[Path], folder: Path) -> list[Path]:
    """Convert files to PDF into a folder; one start of the office suite for all of them."""
    command = [str(shutil.which("soffice")), f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=500)
    return [folder / f"{source.stem}.pdf" for source in sources]
