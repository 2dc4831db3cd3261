"""A saved workbook without the moments at which it was written, so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can name
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def timeless(data: bytes, day: str = "1980-01-01") -> bytes:
    """Return the archive of a workbook as if it had been made at the start of a day."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _WRITTEN.sub(rb"\g<1>" + day.encode() + b"T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return target.getvalue()
