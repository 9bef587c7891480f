"""The rows of a part, whatever the kind of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.survey.columns import Role
from ctimaturity.survey.header import Header, HeaderReader, Shape
from ctimaturity.survey.table import (
    WORKBOOK_LIMITS,
    SheetTable,
    TextPart,
    is_workbook,
    read_bytes,
    sheet_table,
    text_layout,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.diagnostics.diagnostic import Diagnostic
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.survey.block import Block
    from ctimaturity.survey.part import PartTask

_SIGNATURE = 16
_readers: dict[int, tuple[Questionnaire, HeaderReader]] = {}


def header_reader(questionnaire: Questionnaire) -> HeaderReader:
    """The reader of headers for a definition, made once in each process."""
    known = _readers.get(id(questionnaire))
    if known is None or known[0] is not questionnaire:
        known = _readers[id(questionnaire)] = (questionnaire, HeaderReader(questionnaire))
    return known[1]


class Source:
    """An opened part.

    Attributes:
        names: Of its columns.
        header: What they are.
        sheet: Its sheet, in a workbook.
    """

    def __init__(self, task: PartTask) -> None:
        """Open it.

        Args:
            task: Which part of which file.

        Raises:
            Refusal: It cannot be read.
        """
        reader = header_reader(task.questionnaire)
        head = read_bytes(task.path, None, _SIGNATURE)
        self._part: TextPart | None = None
        self._table: SheetTable | None = None
        self.sheet = ""
        if is_workbook(head):
            data = read_bytes(task.path, WORKBOOK_LIMITS.file_size)
            self._table = sheet_table(data, lambda names: _held(reader.read(names)))
            self.names, self.sheet = self._table.names, self._table.sheet
        else:
            layout = text_layout(task.path)
            self._part = TextPart(task.path, layout, task.bounds or (layout.start, task.path.stat().st_size))
            self.names = layout.names
        self.header = reader.read(self.names)

    def blocks(self) -> Iterator[Block]:
        """The rows.

        Raises:
            Refusal: They cannot be read to their end.
        """
        if self._part is not None:
            yield from self._part
        elif self._table is not None and self._table.block.rows:
            yield self._table.block

    @property
    def lines(self) -> int:
        """How many lines of a text were read so far."""
        return self._part.lines if self._part else 0

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was found on the way."""
        if self._part is not None:
            return self._part.diagnostics
        return list(self._table.diagnostics) if self._table else []


def _held(header: Header) -> int:
    """How much a header holds of what is looked for."""
    known = [column for column in header.columns if column.role not in {Role.UNKNOWN, Role.TECHNICAL}]
    return len(header.items) + (0 if header.shape is Shape.NONE else len(known))
