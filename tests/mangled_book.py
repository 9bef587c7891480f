"""A workbook taken apart into cells that can be moved and changed, and written again in any way there is."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import openpyxl

import raw_workbooks as raw
from ctimaturity.files.cell import reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STYLES = raw.styles([0, 9, 14, 0, 165, 166], {165: '"0 - No cumple"', 166: ";;;"}, struck={3})
PERCENT, DATE, STRUCK, WORDED, UNSEEN = 1, 2, 3, 4, 5


@dataclass(eq=False)
class Box:
    """What stands in a cell, wherever it is moved.

    Attributes:
        value: Text, number or truth; None with a formula for one without a result.
        style: Number of its cell format.
        formula: Its formula; empty without one.
        error: Whether the value is the name of a spreadsheet error.
        listed: Whether it is of the hidden lists of the drop-downs.
    """

    value: str | float | bool | None
    style: int = 0
    formula: str = ""
    error: bool = False
    listed: bool = False


Place = tuple[int, int]


@dataclass(eq=False)
class Leaf:
    """One sheet."""

    name: str
    state: str
    boxes: dict[Place, Box]
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    marker: str = ""
    """What the template made the sheet for, whatever became of the cell that says so."""

    def place(self, box: Box) -> Place:
        return next(place for place, other in self.boxes.items() if other is box)

    def move(self, to: Callable[[int, int], Place | None]) -> None:
        """Move every cell; those that go nowhere are deleted."""
        moved = [(to(*place), box) for place, box in self.boxes.items()]
        self.boxes = {place: box for place, box in moved if place is not None}


@dataclass
class Dialect:
    """How a workbook is written: all of these are the same to a reader."""

    prefix: str = ""
    strict: bool = False
    encoding: str = "utf-8"
    texts: str = "shared"
    references: bool = True
    gap: str = ""
    date1904: bool = False


@dataclass
class Book:
    """A workbook."""

    leaves: list[Leaf]
    keywords: str
    dialect: Dialect = field(default_factory=Dialect)

    @classmethod
    def of(cls, data: bytes) -> Book:
        """Take a workbook apart; formulas lose their results."""
        opened = openpyxl.load_workbook(io.BytesIO(data))
        leaves = [_leaf(sheet) for sheet in opened.worksheets]
        return cls(leaves, opened.properties.keywords or "")

    def copy(self, *, deep: bool = False) -> Book:
        """Another that may be changed; what stands in the cells is shared, unless it is a deep one."""
        leaves = [
            replace(
                leaf,
                boxes={place: replace(box) if deep else box for place, box in leaf.boxes.items()},
                merged=list(leaf.merged),
                hidden_rows=set(leaf.hidden_rows),
                hidden_columns=set(leaf.hidden_columns),
            )
            for leaf in self.leaves
        ]
        return Book(leaves, self.keywords)

    def leaf(self, mark: str) -> Leaf:
        """The first sheet on which a text stands."""
        return next(leaf for leaf in self.leaves if any(box.value == mark for box in leaf.boxes.values()))

    def written(self) -> bytes:
        """The file."""
        return _Writer(self).data()


def _leaf(sheet: Worksheet) -> Leaf:
    hidden = {
        at for one in sheet.column_dimensions.values() if one.hidden for at in range(one.min, one.max + 1)
    }
    boxes = {
        (cell.row, cell.column): replace(_box(cell.value), listed=cell.column in hidden and cell.column > 1)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    marker = next((str(box.value) for box in boxes.values() if str(box.value).startswith("cti:")), "")
    return Leaf(sheet.title, sheet.sheet_state, boxes, hidden_columns=hidden, marker=marker)


def _box(value: object) -> Box:
    if isinstance(value, str) and value.startswith("="):
        return Box(None, formula=value[1:])
    assert isinstance(value, str | int | float)
    return Box(value)


class _Writer:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.dialect = book.dialect
        self.texts: dict[str, int] = {}

    def data(self) -> bytes:
        core = f"<x><keywords>{escape(self.book.keywords)}</keywords></x>" if self.book.keywords else ""
        parts = raw.parts(
            *[self._sheet(leaf) for leaf in self.book.leaves],
            states=[leaf.state for leaf in self.book.leaves],
            shared="x",
            formats=STYLES,
            core=core,
            properties='<workbookPr date1904="1"/>' if self.dialect.date1904 else "",
        )
        parts["xl/sharedStrings.xml"] = raw.strings(
            *(f'<t xml:space="preserve">{escape(text)}</t>' for text in self.texts)
        )
        listed = str(parts["xl/workbook.xml"])
        for number, leaf in enumerate(self.book.leaves, 1):
            listed = listed.replace(f'name="S{number}"', f"name={quoteattr(leaf.name)}")
        parts["xl/workbook.xml"] = listed
        return raw.zipped({name: self._dressed(name, str(text)) for name, text in parts.items()})

    def _dressed(self, name: str, text: str) -> bytes:
        """A part in the dialect's vocabulary, prefix and encoding."""
        dialect = self.dialect
        if dialect.strict:
            text = text.replace(raw.MAIN, raw.STRICT).replace(raw.OFFICE, STRICT_OFFICE)
        if dialect.prefix and name.startswith("xl/worksheets/"):
            text = text.replace("xmlns=", f"xmlns:{dialect.prefix}=")
            text = (
                text.replace("</", "\0")
                .replace("<", f"<{dialect.prefix}:")
                .replace(f"<{dialect.prefix}:?", "<?")
            )
            text = text.replace("\0", f"</{dialect.prefix}:")
        if dialect.encoding != "utf-8" and name.startswith("xl/"):
            text = text.replace('encoding="UTF-8"', f'encoding="{dialect.encoding}"')
            if not text.startswith("<?xml"):
                text = f'<?xml version="1.0" encoding="{dialect.encoding}"?>{text}'
            return text.encode(dialect.encoding)
        return text.encode()

    def _sheet(self, leaf: Leaf) -> str:
        lines = {row for row, _ in leaf.boxes} | leaf.hidden_rows
        bottom = max(lines, default=0)
        rows = [
            self._row(leaf, row)
            for row in range(1, bottom + 1)
            if row in lines or not self.dialect.references
        ]
        columns = "".join(
            f'<col min="{number}" max="{number}" hidden="1"/>' for number in sorted(leaf.hidden_columns)
        )
        merged = "".join(f'<mergeCell ref="{one}"/>' for one in leaf.merged)
        around = (f"<cols>{columns}</cols>" if columns else "") + "{}"
        around += f"<mergeCells>{merged}</mergeCells>" if merged else ""
        return raw.sheet(self.dialect.gap.join(["", *rows, ""]), around)

    def _row(self, leaf: Leaf, row: int) -> str:
        columns = [column for at, column in leaf.boxes if at == row]
        last = max(columns, default=0)
        cells = [
            self._cell(row, column, leaf.boxes.get((row, column)))
            for column in range(1, last + 1)
            if column in columns or not self.dialect.references
        ]
        number = f' r="{row}"' if self.dialect.references else ""
        hidden = ' hidden="1"' if row in leaf.hidden_rows else ""
        return f"<row{number}{hidden}>{''.join(cells)}</row>"

    def _cell(self, row: int, column: int, box: Box | None) -> str:
        at = f' r="{reference(row, column)}"' if self.dialect.references else ""
        if box is None:
            return f"<c{at}/>"
        style = f' s="{box.style}"' if box.style else ""
        formula = f"<f>{escape(box.formula)}</f>" if box.formula else ""
        kind, value = self._content(box, inline=not formula)
        kind = f' t="{kind}"' if kind else ""
        return f"<c{at}{style}{kind}>{formula}{value}</c>"

    def _content(self, box: Box, *, inline: bool) -> tuple[str, str]:
        """A cell's type, and the element with its value."""
        value = box.value
        if value is None:
            return "", ""
        if isinstance(value, str) and not box.error:
            return self._text(value, inline=inline)
        kind = "e" if box.error else "b" if isinstance(value, bool) else ""
        shown = int(value) if isinstance(value, bool) else value
        return kind, f"<v>{shown}</v>"

    def _text(self, value: str, *, inline: bool) -> tuple[str, str]:
        if not inline or self.dialect.texts == "str":
            return "str", f"<v>{escape(value)}</v>"
        if self.dialect.texts == "inline":
            return "inlineStr", f"<is><t>{escape(value)}</t></is>"
        return "s", f"<v>{self.texts.setdefault(value, len(self.texts))}</v>"
