"""How the workbook looks: one accent colour, quiet fills, room to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

FONT: Mapping[str, str | int] = {"font_name": "Arial", "font_size": 10}
"""The default of the workbook; column widths are counted in its digits."""

ACCENT = "#1D4464"
TINT = "#E3EBF2"
FAINT = "#F4F7FA"
INK = "#1E2933"
QUIET = "#6B7884"
LINE = "#C3CDD6"
MISSING = "#FFF6DC"
MISSING_LINE = "#F0DCA0"
WRONG = "#F8D9D5"
WRONG_INK = "#8C1D14"

Looks = dict[str, str | float | bool]
"""Properties of XlsxWriter."""

_READ: Looks = {"font_color": INK, "valign": "vcenter", "text_wrap": True}
_CELL: Looks = {**_READ, "border": 1, "border_color": LINE}
_ENTRY: Looks = {**_CELL, "locked": False, "border_color": "#8FA3B5"}
_HEAD: Looks = {**_CELL, "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "border_color": ACCENT}
_LOCKED: Looks = {**_CELL, "bg_color": FAINT, "text_wrap": False}
_CENTRED: Looks = {"align": "center"}
_INDENTED: Looks = {"align": "left", "indent": 1}
_BOLD: Looks = {"bold": True, "font_color": ACCENT, "valign": "vcenter"}
_RULED: Looks = {"bottom": 1, "bottom_color": LINE}
_KEY: Looks = {"font_size": 6, "font_color": "#A9B4BE", "valign": "vcenter"}

_STYLES: dict[str, Looks] = {
    "bold": {"bold": True, "font_color": INK},
    "italic": {"italic": True, "font_color": QUIET},
    "plain": {"font_color": INK, "valign": "vcenter"},
    "key": _KEY,
    "key-turned": {**_KEY, **_CENTRED, "rotation": 90},
    "title": {**_BOLD, "font_size": 18},
    "stripe": {"bg_color": ACCENT},
    "cover-title": {**_BOLD, "font_size": 20},
    "subtitle": {"font_size": 11, "font_color": QUIET, "valign": "vcenter"},
    "lead": {"font_color": INK, "valign": "vcenter"},
    "paragraph": _READ,
    "number": {**_BOLD, "align": "right"},
    "section": {**_BOLD, "font_size": 12, "valign": "bottom", "bottom": 2, "bottom_color": ACCENT},
    "label": {**_READ, **_RULED, "indent": 1},
    "bar": {"font_size": 9, "font_color": ACCENT, "valign": "vcenter", "indent": 1},
    "note": {**_READ, "font_size": 9, "font_color": QUIET, "indent": 1},
    "given": {**_READ, **_RULED, "bold": True, "bg_color": FAINT, "indent": 1},
    "field": {**_ENTRY, **_INDENTED},
    "field-text": {**_ENTRY, **_INDENTED, "num_format": "@"},
    "field-date": {**_ENTRY, **_INDENTED, "num_format": "yyyy-mm-dd"},
    "head": {**_HEAD, **_INDENTED},
    "head-centred": {**_HEAD, **_CENTRED},
    "head-turned": {**_HEAD, **_CENTRED, "rotation": 90, "font_size": 9},
    "band": {**_BOLD, "font_size": 12, "bg_color": TINT, "top": 1, "top_color": ACCENT},
    "band-inner": {**_BOLD, **_RULED, "font_color": INK, "bg_color": FAINT},
    "band-question": {**_READ, **_RULED, "bg_color": FAINT},
    "block": {**_BOLD, "font_size": 9, "left": 2, "left_color": ACCENT},
    "id": {**_LOCKED, **_INDENTED, "font_size": 8, "font_color": QUIET},
    "text": {**_CELL, "indent": 1},
    "strong": {**_CELL, "bold": True, "indent": 1},
    "context": {**_CELL, "font_size": 9, "font_color": QUIET, "indent": 1},
    "previous": {**_CELL, "font_size": 9, "font_color": "#4A5560", "bg_color": "#E4E6E8", "indent": 1},
    "status": {**_LOCKED, **_CENTRED, "font_size": 12, "font_color": ACCENT},
    "computed": {**_LOCKED, **_CENTRED},
    "off": {**_CELL, "bg_color": TINT, "pattern": 14, "fg_color": LINE},
    "choice": {**_ENTRY, **_INDENTED},
    "mark": {**_ENTRY, **_INDENTED, "font_size": 9},
    "bare": {**_ENTRY, **_CENTRED, "text_wrap": False},
    "figure": {**_ENTRY, "align": "right", "indent": 1, "text_wrap": False},
    "year": {**_ENTRY, **_CENTRED, "num_format": "0", "text_wrap": False},
    "prose": {**_ENTRY, **_INDENTED},
}

_CONDITIONS: dict[str, Looks] = {
    "missing": {"pattern": 14, "bg_color": MISSING, "fg_color": MISSING_LINE},
    "wrong": {"bg_color": WRONG, "font_color": WRONG_INK, "bold": True, "underline": 1},
}


class CellStyles:
    """The formats of one workbook by name, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._made:
            self._made[name] = self._book.add_format(dict(_STYLES.get(name) or _CONDITIONS[name]))
        return self._made[name]

    def counted(self, text: str) -> Format:
        """A number that reads as a phrase: `0` and the text behind it."""
        name = f"counted:{text}"
        if name not in self._made:
            quoted_text = text.replace('"', "''")
            looks = {**_STYLES["given"], "num_format": f'0" {quoted_text}"', "align": "left"}
            self._made[name] = self._book.add_format(looks)
        return self._made[name]
