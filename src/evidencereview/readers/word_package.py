"""Opens a Word file as its parts: the main part, the parts that it refers to, and the tree of each.

python-docx loads every part and refuses a file for one dangling picture, a template or a file with macros because of
their type; reading text needs only a few parts, and a missing one of those is no reason to refuse the rest.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from evidencereview.errors import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_USUAL = "word/document.xml"
# "Strict Open XML" is the same language under other names.
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One reference of a part: `target` is a part's name, or an address where `external`."""

    key: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of a Word file, each parsed when it is asked for."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        # Names of parts are alike in upper and lower case, and some writers set backslashes.
        self._names = {_plain(name): name for name in self._archive.namelist()}
        roots = [r.target for r in self.relations("") if r.kind == "officeDocument" and self.has(r.target)]
        self.main = roots[0] if roots else _USUAL

    def has(self, part: str) -> bool:
        """Tell whether there is a part of this name."""
        return _plain(part) in self._names

    def size(self, part: str) -> int:
        """Return how many bytes a part holds."""
        return self._archive.getinfo(self._names[_plain(part)]).file_size

    def tree(self, part: str) -> Element:
        """Parse a part.

        Raises:
            KeyError: there is no such part.
            lxml.etree.XMLSyntaxError: it is no XML.
            ReadError: it declares a document type.
        """
        data = self._archive.read(self._names[_plain(part)])
        if _STRICT in data:
            for strict, usual in _NAMES:
                data = data.replace(strict, usual)
        root = etree.fromstring(data, _parser())
        information: Any = root.getroottree().docinfo
        if information.doctype:
            remedy = "get the file again, or open it and save it anew"
            raise ReadError(f"part {part} declares a document type, which Office never does", remedy)
        return root

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what a part refers to ("" for the package itself)."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        return tuple(_relations(self.tree(rels), folder)) if self.has(rels) else ()

    def related(self, *kinds: str) -> list[tuple[str, str]]:
        """Return kind and name of each part of these kinds that the main part refers to and that is there."""
        found = [(r.kind, r.target) for r in self.relations(self.main) if r.kind in kinds and not r.external]
        return [(kind, target) for kind, target in dict.fromkeys(found) if self.has(target)]

    def related_tree(self, kind: str) -> Element | None:
        """Return the tree of the one part of a kind (styles, numbering); None where there is none or it is damaged."""
        names = self.related(kind)
        try:
            return self.tree(names[0][1]) if names else None
        except etree.XMLSyntaxError:
            return None


def _parser() -> etree.XMLParser:
    # Entities, document types and addresses are never followed; libxml2's own caps on depth and length stay on.
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _relations(root: Element, folder: str) -> Iterator[Relation]:
    for entry in root.iter(_RELATION):
        kind = (entry.get("Type") or "").rpartition("/")[2]
        target, external = entry.get("Target") or "", entry.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        yield Relation(entry.get("Id") or "", kind, target, external)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
