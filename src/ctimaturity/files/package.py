"""A workbook as a package: what kind it is, and which part is related to which."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.limits import Refusal
from ctimaturity.files.xml import tree

if TYPE_CHECKING:
    from ctimaturity.files.archive import Archive
    from ctimaturity.files.limits import Limits

_CONTENT_TYPES = "[Content_Types].xml"
_OPENDOCUMENT = b"application/vnd.oasis.opendocument"
_BASIC = ("Basic/", "Scripts/")
_OTHER_MAIN_TYPES = ("wordprocessingml.", "presentationml.")
_UNNEEDED = (
    "externallink",
    "connection",
    "embedding",
    "activex",
    "ctrlprop",
    "customxml",
    "webextension",
    "model/",
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One part's relation to another.

    Attributes:
        id: What the part calls it.
        kind: The last word of its type, such as `worksheet`; the same in both vocabularies.
        target: The name of the other part in the archive; empty where it lies outside.
    """

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook in an archive that has been looked over."""

    def __init__(self, archive: Archive, limits: Limits, opened: tuple[Diagnostic, ...] = ()) -> None:
        self._archive = archive
        self._limits = limits
        self._opened = opened

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name in self._archive

    def part(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            Refusal: The workbook does not have it, or it does not unpack.
        """
        if name not in self._archive:
            raise Refusal(codes.PART_MISSING, part=quoted(name))
        return self._archive.read(name)

    def relations(self, name: str = "") -> tuple[Relation, ...]:
        """The relations of a part, or of the whole package; none where it has no list of them.

        Raises:
            Refusal: The list cannot be read.
        """
        folder, file = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{file}.rels")
        if part not in self._archive:
            return ()
        found = []
        for element in tree(self._archive.read(part), part, self._limits).walk():
            if element.local == "Relationship":
                outside = element.attribute("TargetMode").lower() == "external"
                target = "" if outside else _resolved(folder, element.attribute("Target"))
                kind = element.attribute("Type").rpartition("/")[2]
                found.append(Relation(element.attribute("Id"), kind, target))
        return tuple(found)

    def main_part(self) -> str:
        """The name of the workbook's own part.

        Raises:
            Refusal: The archive is another kind of document, or none.
        """
        types = self._main_types()
        if any("sheet.binary" in name for name in types):
            raise Refusal(codes.BINARY_WORKBOOK)
        if any(word in name for word in _OTHER_MAIN_TYPES for name in types):
            raise Refusal(codes.OTHER_DOCUMENT)
        main = next(
            (relation.target for relation in self.relations() if relation.kind == "officeDocument"), ""
        )
        if not main:
            raise self._what_it_is()
        return main

    def is_opendocument(self) -> bool:
        """Whether it is a workbook as LibreOffice saves it (.ods)."""
        return _CONTENT_TYPES not in self._archive and self._mimetype().startswith(
            _OPENDOCUMENT + b".spreadsheet"
        )

    def notes(self) -> tuple[Diagnostic, ...]:
        """How the workbook was opened, and what it carries that is not."""
        notes = [*self._opened]
        names = sorted(self._archive.names)
        if any(name.lower().endswith("vbaproject.bin") or name.startswith(_BASIC) for name in names):
            notes.append(Diagnostic(codes.MACROS_NOT_RUN))
        unneeded = [name for name in names if any(word in name.lower() for word in _UNNEEDED)]
        if unneeded:
            notes.append(
                Diagnostic(codes.PARTS_NOT_OPENED, parameters={"parts": quoted(", ".join(unneeded))})
            )
        return tuple(notes)

    def _main_types(self) -> tuple[str, ...]:
        if _CONTENT_TYPES not in self._archive:
            return ()
        types = tree(self._archive.read(_CONTENT_TYPES), _CONTENT_TYPES, self._limits)
        values = (element.attribute("ContentType").lower() for element in types.walk())
        return tuple(value for value in values if ".main" in value)

    def _mimetype(self) -> bytes:
        return self._archive.read("mimetype").strip() if "mimetype" in self._archive else b""

    def _what_it_is(self) -> Refusal:
        """An archive without a workbook in it, by the members it has."""
        names = self._archive.names
        if self._mimetype().startswith(_OPENDOCUMENT):
            return Refusal(codes.OTHER_DOCUMENT)
        if any(name.lower().endswith(".iwa") for name in names):
            return Refusal(codes.NUMBERS_DOCUMENT)
        return Refusal(codes.OTHER_ARCHIVE)


def _resolved(folder: str, target: str) -> str:
    """A relation's target as a name in the archive; one that leads out of it names nothing."""
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    return posixpath.normpath(joined) if joined else ""
