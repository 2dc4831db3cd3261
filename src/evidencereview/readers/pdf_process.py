"""Has a PDF opened in a process of its own, so that no file can hang, crash or fill this one."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

from evidencereview.errors import ReadError
from evidencereview.own_python import own_python
from evidencereview.readers.grid import Meter, over_limit
from evidencereview.readers.pdf_file import page_objects
from evidencereview.readers.pdf_page import Page, page_from

_AGAIN = "open it in a PDF program, print or save it as a new PDF, and try again"
_UNLOCK = "open it with its password, save it without one, and try again"


def pages_of(data: bytes, name: str, meter: Meter) -> tuple[list[Page], int]:
    """Return the pages of a PDF and how many files are attached to it.

    Raises:
        ReadError: it cannot be opened; the message says why.
        LimitError: over the caps on pages, characters and shapes of a page, or seconds.
    """
    meter.tick()
    pages: list[Page] = []
    attachments, end = 0, None
    for record in _records(data, name, meter):
        if "refused" in record:
            # The library gives no reason for a file without a page.
            empty = record["refused"] == "damaged" and _has_no_page(data)
            raise _refusal({"refused": "no pages"} if empty else record, name, meter)
        if "number" in record:
            pages.append(page_from(record))
        attachments += record.get("attachments", 0)
        end = record.get("end", end)
    if end != len(pages):
        raise ReadError(f"{name}: reading stopped after page {len(pages)}", _AGAIN)
    return pages, attachments


def _records(data: bytes, name: str, meter: Meter) -> Iterator[dict[str, Any]]:
    caps = (meter.limits.pages, meter.limits.page_objects)
    command = own_python("readers.pdf_worker", *map(str, caps))
    if command is None:
        from evidencereview.readers.pdf_worker import records

        return records(data, *caps)
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=meter.left)
    except subprocess.TimeoutExpired:
        raise over_limit("seconds", meter.limits.seconds, f"{name}: reading takes too long") from None
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ReadError(f"{name}: is damaged and cannot be read ({last[:100] or 'the reader of PDFs broke off'})", _AGAIN)
    return (json.loads(line) for line in done.stdout.splitlines())


def _has_no_page(data: bytes) -> bool:
    return b"/Pages" in data and b"/ObjStm" not in data and not page_objects(data)


def _refusal(record: dict[str, Any], name: str, meter: Meter) -> ReadError:
    why, count, limits = record["refused"], record.get("count", 0), meter.limits
    if why == "pages":
        return over_limit("pages", limits.pages, f"{name}: {count} pages")
    if why == "objects":
        what = f"{name}: page {record['page']} holds {count} or more characters and shapes"
        return over_limit("page_objects", limits.page_objects, what)
    said = {
        "password": ("is protected with a password", _UNLOCK),
        "security": ("is protected in a way that is not known here", _UNLOCK),
        "no pages": ("is a PDF without a page", "get the file again, or make the PDF anew"),
        "page": (f"page {count} is damaged and cannot be read", _AGAIN),
        "damaged": ("is a damaged or truncated PDF that cannot be opened", _AGAIN),
    }
    what, remedy = said[why]
    return ReadError(f"{name}: {what}", remedy)
