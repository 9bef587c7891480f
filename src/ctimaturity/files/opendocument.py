"""OpenDocument workbooks (.ods), read into the same cells as those of Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.content import Contents
from ctimaturity.files.limits import Refusal
from ctimaturity.files.opendocument_parser import CONTENT, FORMATS, parse_content
from ctimaturity.files.xml import tree

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits
    from ctimaturity.files.package import Package
    from ctimaturity.files.sheet import Sheet

_MANIFEST = "META-INF/manifest.xml"
_META = "meta.xml"
_PROPERTIES = {
    "title": "core:title",
    "subject": "core:subject",
    "description": "core:description",
    "creator": "core:creator",
    "generator": "app:Application",
}


def read_opendocument(package: Package, limits: Limits) -> tuple[tuple[Sheet, ...], dict[str, str]]:
    """The sheets of a workbook in their order, and its properties by the names that Excel has for them.

    Raises:
        Refusal: It is encrypted, a part cannot be read, or it breaks a limit.
    """
    _require_plain(package, limits)
    contents = Contents([], list(FORMATS), limits, date1904=False)
    found = parse_content(package.part(CONTENT), contents, limits)
    if not found:
        raise Refusal(codes.PART_STRANGE, part=CONTENT)
    return found, _properties(package, limits)


def _require_plain(package: Package, limits: Limits) -> None:
    """Say of a workbook saved with a password that it is one: its parts are no XML then."""
    if not package.has(_MANIFEST):
        return
    entries = tree(package.part(_MANIFEST), _MANIFEST, limits).walk()
    if any(element.local == "encryption-data" for element in entries):
        raise Refusal(codes.PASSWORD_PROTECTED)


def _properties(package: Package, limits: Limits) -> dict[str, str]:
    if not package.has(_META):
        return {}
    found: dict[str, str] = {}
    keywords = []
    for element in tree(package.part(_META), _META, limits).walk():
        text = element.text.strip()
        if element.local == "user-defined":
            name = element.attribute("name", ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0",))
            if name and text:
                found[f"custom:{name}"] = text
        elif element.local == "keyword":
            keywords.append(text)
        elif element.local in _PROPERTIES and text:
            found[_PROPERTIES[element.local]] = text
    if keywords:
        found["core:keywords"] = "; ".join(keywords)
    return found
