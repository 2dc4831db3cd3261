"""A Word file as the parts of its zip archive: two or three of them change, every other one is handed on byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from evidencereview.errors import WriteError

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_NS}}}"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PLAIN = f"{_WORD}.document.main+xml"
_TYPES, _TOP_RELS = "[Content_Types].xml", "_rels/.rels"
# Zip archives carry times; a fixed one makes the same review the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class WordPackage:
    """The parts of one Word file: `document` and `comments` are trees that may be changed in place.

    A file with macros (.docm) becomes one without: what is handed back to its author needs none.

    Raises:
        WriteError: the file is not a Word file that can be copied.
    """

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._parts = {member.filename: archive.read(member) for member in archive.infolist()}
            self._types = _parse(self._parts[_TYPES])
            self._document_name = self._main_part()
            self.document = _parse(self._parts[self._document_name])
            self._rels_name = _rels_of(self._document_name)
            self._rels = _parse(self._parts.get(self._rels_name, f'<Relationships xmlns="{_RELS}"/>'.encode()))
            self._drop_macros()
            self._comments_name, self.comments = self._comments_part()
        except (zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, StopIteration) as error:
            raise WriteError(
                f"the Word file cannot be copied ({type(error).__name__})", "save it anew in Word, or use --format html"
            ) from error

    @property
    def body(self) -> Any:
        """The body of the document.

        Raises:
            WriteError: it has none.
        """
        found = self.document.find(f"{W}body")
        if found is None:
            raise WriteError("the Word file has no body", "save it anew in Word, or use --format html")
        return found

    def to_bytes(self) -> bytes:
        """Return the file; parts that were not changed are as they were."""
        changed = {
            self._document_name: self.document,
            self._comments_name: self.comments,
            self._rels_name: self._rels,
            _TYPES: self._types,
        }
        self._parts.update({name: _serialised(root) for name, root in changed.items()})
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._parts.items():
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _main_part(self) -> str:
        top = _parse(self._parts[_TOP_RELS])
        target = next(rel.get("Target", "") for rel in top if rel.get("Type", "") == f"{_OFFICE}/officeDocument")
        return posixpath.normpath(str(target).lstrip("/"))

    def _comments_part(self) -> tuple[str, Any]:
        """Return the part for comments: the form's own with what is in it, or a new one."""
        folder = posixpath.dirname(self._document_name)
        for rel in self._rels:
            if rel.get("Type") == f"{_OFFICE}/comments":
                target = str(rel.get("Target", ""))
                name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                return name, _parse(self._parts[name])
        name = next(n for n in _names(posixpath.join(folder, "comments")) if n not in self._parts)
        used = {rel.get("Id") for rel in self._rels}
        free = next(f"rId{number}" for number in range(1, len(used) + 2) if f"rId{number}" not in used)
        etree.SubElement(
            self._rels, f"{{{_RELS}}}Relationship", Id=free, Type=f"{_OFFICE}/comments", Target=posixpath.basename(name)
        )
        etree.SubElement(self._types, f"{{{_TYPES_NS}}}Override", PartName=f"/{name}", ContentType=f"{_WORD}.comments+xml")
        return name, etree.Element(f"{W}comments", nsmap={"w": W_NS})

    def _drop_macros(self) -> None:
        for entry in self._types:
            if entry.get("PartName") == f"/{self._document_name}":
                entry.set("ContentType", _PLAIN)
        for rel in [rel for rel in self._rels if str(rel.get("Type", "")).endswith("/vbaProject")]:
            self._rels.remove(rel)
        gone = [name for name in self._parts if posixpath.basename(name).startswith(("vbaProject", "vbaData"))]
        for name in gone:
            del self._parts[name]
        for entry in [entry for entry in self._types if str(entry.get("PartName", "")).lstrip("/") in gone]:
            self._types.remove(entry)


def _names(stem: str) -> Any:
    yield f"{stem}.xml"
    yield from (f"{stem}{number}.xml" for number in range(1, 1000))


def _rels_of(name: str) -> str:
    return posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")


def _parse(data: bytes) -> Any:
    # Entities stay unread and nothing is fetched, whatever a part says.
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _serialised(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
