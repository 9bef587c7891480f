"""Styles of an OpenDocument workbook: which hide a sheet, which cross out a cell or a part of its text."""

from __future__ import annotations

_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_DISPLAY = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 display"
_LINES_THROUGH = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")


class Styles:
    """What the styles before the sheets say.

    Attributes:
        unseen: Styles of sheets that are hidden.
        struck: Styles of cells and of runs of text that are crossed out.
    """

    def __init__(self) -> None:
        self.unseen: set[str] = set()
        self.struck: set[str] = set()
        self._name = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins, of a style or of anything else outside the sheets."""
        if name == f"{_STYLE}style":
            self._name = attributes.get(f"{_STYLE}name", "")
            if attributes.get(f"{_STYLE}parent-style-name") in self.struck:
                self.struck.add(self._name)
        elif name == f"{_STYLE}table-properties" and attributes.get(_DISPLAY) == "false":
            self.unseen.add(self._name)
        elif name == f"{_STYLE}text-properties":
            said = [attributes[line] for line in _LINES_THROUGH if line in attributes]
            if any(line != "none" for line in said):
                self.struck.add(self._name)
            elif said:  # unlike its parent
                self.struck.discard(self._name)
