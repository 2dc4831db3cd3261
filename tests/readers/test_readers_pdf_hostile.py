"""PDF files that are damaged, locked, scanned or made to harm: one plain line each, within their caps, and never silence."""

from __future__ import annotations

import io
import random
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_forms import HEADINGS, Look, by_reportlab
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from evidencereview import own_python
from evidencereview.config import Limits
from evidencereview.errors import EvidenceReviewError, LimitError, ReadError
from evidencereview.readers import read_form
from evidencereview.records import Form

TIGHT = Limits(seconds=20)
ROWS = [[f"5.{n}", f"We must do thing {n}.", "Yes", f"Log {n} of the depot.", ""] for n in range(1, 13)]
BLOCKS = ["Section 5", [HEADINGS, *ROWS]]
CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
END = b"\nstartxref\n9\n%%EOF\n"


def read(data: bytes, limits: Limits = TIGHT) -> Form:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.pdf")
        path.write_bytes(data)
        return read_form(path, limits)


def pages(*draws: Callable[[canvas.Canvas], object] | None, **options: object) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, **options)
    for draw in draws:
        if draw is not None:
            draw(sheet)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def scan(sheet: canvas.Canvas, *, white: bool = False) -> None:
    picture = Image.new("L", (600, 850), 255)
    if not white:
        ImageDraw.Draw(picture).text((80, 100), "5.1 We must do this. Yes. See the policy.", fill=0, font_size=20)
    sheet.drawImage(ImageReader(picture), 0, 0, 595, 842)


def form_page(sheet: canvas.Canvas) -> None:
    sheet.setFont("Helvetica", 9)
    for place, row in enumerate([HEADINGS, *ROWS[:3]]):
        for cell, x in zip(row, (40, 130, 270, 370, 460), strict=True):
            sheet.drawString(x, 760 - 40 * place, cell[:18])


def outlines(sheet: canvas.Canvas) -> None:
    for n in range(60):
        sheet.circle(60 + 8 * (n % 20), 700 - 20 * (n // 20), 3)


def bomb(filters: bytes = b"/FlateDecode", size: int = 60_000_000) -> bytes:
    packed = zlib.compress(b" " * size, 9)
    return (
        b"%%PDF-1.7\n1 0 obj\n<</Length %d/Filter %s>>\nstream\n%s\nendstream\nendobj" % (len(packed), filters, packed) + END
    )


def nested_forms(depth: int = 12, width: int = 12) -> bytes:
    """A page that draws a form that draws a form…: 12 to the power of 12 drawings in two kilobytes."""
    parts = [CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    parts.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>")
    parts.append(b"<</Length 5>>\nstream\n/X Do\nendstream")
    for level in range(depth):
        draw = b"/X Do " * width if level + 1 < depth else b"0 0 m 9 9 l S "
        to = b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + level) if level + 1 < depth else b""
        head = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]%s/Length %d>>" % (to, len(draw))
        parts.append(head + b"\nstream\n" + draw + b"\nendstream")
    return whole(parts)


def whole(parts: list[bytes]) -> bytes:
    """Return a PDF of numbered parts, the first of them its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>" % (len(parts) + 1, table, len(parts) + 1)
    return data + head + b"\nstartxref\n%d\n%%%%EOF\n" % len(data)


FORM = by_reportlab(BLOCKS)
HOSTILE: dict[str, tuple[Callable[[], bytes], type[EvidenceReviewError], str]] = {
    "nothing behind the mark": (lambda: b"%PDF-1.7\n%\xe2\xe3", ReadError, "breaks off before its end; get the file again"),
    "no PDF behind the mark": (lambda: b"%PDF-1.7\n" + b"hello " * 99 + END, ReadError, "damaged or truncated PDF"),
    "cut in half": (lambda: FORM[: len(FORM) // 2], ReadError, "breaks off before its end"),
    "locked": (lambda: pages(form_page, encrypt=StandardEncryption("owl", "owl")), ReadError, "protected with a password"),
    "no page": (lambda: whole([CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"]), ReadError, "without a page"),
    "a scan": (lambda: pages(scan), ReadError, r"page 1 is without a text layer .*OCR"),
    "scans among text": (lambda: pages(form_page, scan, form_page, scan), ReadError, "pages 2, 4 are without a text layer"),
    "letters drawn as shapes": (lambda: pages(form_page, outlines), ReadError, "page 2 is without a text layer"),
    "a bomb": (bomb, LimitError, r"inflated_bytes = 50000000\b"),
    "a bomb in a bomb": (lambda: bomb(b"[/FlateDecode /FlateDecode]", 9), ReadError, "packed several times over"),
    # Slow machines come to the end of the time, fast ones to that of the memory or the stack.
    "forms in forms": (nested_forms, EvidenceReviewError, r"seconds = 4\b|broke off"),
}  # fmt: skip
CAPS = Limits(seconds=4, inflated_bytes=50_000_000)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str) -> None:
    make, kind, message = HOSTILE[name]
    data, begun = make(), time.monotonic()
    with pytest.raises(kind, match=message) as error:
        read(data, CAPS)
    assert "\n" not in str(error.value)
    assert time.monotonic() - begun < 3 * CAPS.seconds


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(pages=2), r"3 pages: over the limit pages = 2\b"),
        (Limits(page_objects=50), r"page 1 holds \d+ or more characters and shapes: over the limit page_objects = 50\b"),
        (Limits(file_bytes=99), r"file_bytes = 99\b"),
        (Limits(rows=3), r"rows = 3\b"),
        (Limits(cell_characters=4), r"cell_characters = 4\b"),
        (Limits(seconds=-1), r"seconds = -1\b"),
    ],
)
def test_limits_name_cap_and_value(limits: Limits, message: str) -> None:
    with pytest.raises(LimitError, match=message) as error:
        read(pages(form_page, form_page, form_page), limits)
    assert "[limits]" in error.value.remedy


@pytest.mark.parametrize("extra", [None, lambda sheet: scan(sheet, white=True)], ids=["empty", "white scan"])
def test_a_blank_page_is_no_scan(extra: Callable[[canvas.Canvas], object] | None) -> None:
    form = read(pages(form_page, extra))
    assert [row.number for row in form.rows] == ["5.1", "5.2", "5.3"]
    assert ("blank-page", "page 2") in {(note.kind, note.where) for note in form.notes}


def test_a_scan_with_a_text_layer_is_read() -> None:
    def layered(sheet: canvas.Canvas) -> None:
        scan(sheet)
        form_page(sheet)

    assert len(read(pages(layered)).rows) == 3


def test_a_picture_beside_the_table_is_noted() -> None:
    def pictured(sheet: canvas.Canvas) -> None:
        form_page(sheet)
        sheet.drawImage(ImageReader(Image.new("L", (50, 50), 0)), 100, 100, 200, 200)

    assert "picture" in {note.kind for note in read(pages(pictured)).notes}


def test_a_password_for_changes_alone_does_not_lock_the_form() -> None:
    assert len(read(pages(form_page, encrypt=StandardEncryption("", "owl"))).rows) == 3


def test_scripts_and_attachments_stay_shut(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    script = b"<</S/JavaScript/JS(app.launchURL('file://%s');)>>" % str(trap).encode()
    data = pages(form_page).replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction %s" % script, 1)
    assert len(read(data).rows) == 3
    assert not trap.exists()


def test_a_crash_of_the_engine_is_one_plain_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_python, "_START", "import os; os.abort()")
    with pytest.raises(ReadError, match="is damaged and cannot be read"):
        read(FORM)


def told(data: bytes) -> Form | None:
    """Read what may be anything: a form, or an error of our family in one line."""
    try:
        return read(data)
    except EvidenceReviewError as error:
        assert "\n" not in str(error)
        return None


QUICK = settings(max_examples=6, suppress_health_check=list(HealthCheck))


@QUICK
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_behind_the_mark(data: bytes, ended: bool) -> None:
    told(b"%PDF-1.4\n" + data + (END if ended else b""))


words = st.text("abcdefg hij.", min_size=1, max_size=40).filter(str.strip)


@QUICK
@given(st.lists(st.tuples(words, words), min_size=1, max_size=6), st.sampled_from(["grid", "none"]), st.booleans())
def test_no_word_of_a_table_is_lost(pairs: list[tuple[str, str]], rules: str, wide: bool) -> None:
    rows = [[f"5.{n}", f"We must {a}.", "Yes", f"Log: {b}", "Seen."] for n, (a, b) in enumerate(pairs, 1)]
    form = read(by_reportlab(["Section 5", [HEADINGS, *rows]], Look(rules, wide)))
    assert [row.number for row in form.rows] == [row[0] for row in rows]
    for row, (_, asked, _, shown, _) in zip(form.rows, rows, strict=True):
        assert "".join(row.requirement.split()) == "".join(asked.split())
        assert "".join(row.evidence.split()) == "".join(shown.split())


def damaged(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        start = dice.randrange(len(changed))
        end = min(len(changed), start + dice.randint(1, 40))
        noise = bytes(dice.randrange(256) for _ in range(end - start))
        changed[start:end] = dice.choice([noise, b"", changed[start:end] * 2, b"\0" * (end - start)])
    return bytes(changed)


def check_damaged(data: bytes, whole_form: Form) -> None:
    form = told(data)
    if form is None or len(form.rows) >= len(whole_form.rows):
        return
    known = {(note.kind, note.text) for note in whole_form.notes}
    assert {(note.kind, note.text) for note in form.notes} - known, "rows are missing and nothing says so"


def test_damaged_files() -> None:
    dice, sound = random.Random(20261122), read(FORM)
    for _ in range(6):
        check_damaged(damaged(FORM, dice), sound)


@pytest.mark.slow
def test_three_hundred_damaged_files() -> None:
    dice, sound = random.Random(7), read(FORM)
    for _ in range(300):
        check_damaged(damaged(FORM, dice), sound)
