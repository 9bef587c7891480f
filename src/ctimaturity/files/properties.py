"""What a document says of itself: its properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.files.xml import Element, tree

if TYPE_CHECKING:
    from ctimaturity.files.limits import Limits
    from ctimaturity.files.package import Package

_ROOMS = {"core-properties": "core", "extended-properties": "app", "custom-properties": "custom"}


def read_properties(package: Package, limits: Limits) -> dict[str, str]:
    """The properties as text, by `core:`, `app:` or `custom:` and their name.

    Raises:
        Refusal: A part of them cannot be read or breaks a limit.
    """
    found: dict[str, str] = {}
    for relation in package.relations():
        room = _ROOMS.get(relation.kind)
        if room is None or not package.has(relation.target):
            continue
        for element in tree(package.part(relation.target), relation.target, limits).children:
            name = element.attribute("name") if room == "custom" else element.local
            value = _text(element)
            if name and value:
                found[f"{room}:{name}"] = value
    return found


def _text(element: Element) -> str:
    return "".join(part.text for part in element.walk()).strip()
