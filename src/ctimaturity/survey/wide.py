"""A row per respondent, a column per statement: block by block into sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.scoring.moments import BLANK
from ctimaturity.survey.columns import Role
from ctimaturity.survey.lookup import UNREADABLE, Lookup
from ctimaturity.survey.part import Noted, note
from ctimaturity.survey.part_reading import PartReading, Respondents
from ctimaturity.survey.quality import Suspicion, straight_lines, too_fast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ctimaturity.survey.block import Block
    from ctimaturity.survey.export import ExportPart
    from ctimaturity.survey.part import PartTask


class WideReading(PartReading):
    """Reads a row per respondent, a column per statement."""

    def __init__(self, task: PartTask, export: ExportPart) -> None:
        """Begin a part.

        Args:
            task: What is read.
            export: Its rows.
        """
        super().__init__(task, export)
        self._lookups = {
            name: {scale: Lookup(reader.read) for scale, reader in readers.items()}
            for name, readers in self.readers.items()
        }

    def take(self, block: Block) -> None:
        """Take rows."""
        marks = {name: self._marks_of(name, block) for name in self.frames}
        entity = self.column(block, Role.ENTITY, self.entities)
        segment = self.segments(block)
        said = self.header.first(Role.DEFINITION)
        if said is not None:
            self.result.definitions.update(filter(None, map(str.strip, block.texts(said))))
        left_out = np.zeros(block.rows, dtype=np.bool_)
        for kind, which in self._suspicions(block, marks):
            self._note_suspicion(kind, which, entity, block)
            if kind in self.task.rules.exclude:
                self.result.excluded[kind] += int((which & ~left_out).sum())
                left_out |= which
        self.result.rows += block.rows
        self.count(Respondents(entity, segment, marks, left_out))

    def _marks_of(self, measurement: str, block: Block) -> NDArray[np.int8]:
        """The marks of the statements that have a column; the others are blank."""
        columns = self.header.items
        items = self.frames[measurement].measurement.items
        marks = np.full((block.rows, len(items)), BLANK, dtype=np.int8)
        for scale, lookup in self._lookups[measurement].items():
            have = [
                (number, item.id, columns[item.id])
                for number, item in enumerate(items)
                if item.scale == scale and item.id in columns
            ]
            if not have:
                continue
            read = block.numbers([column for _, _, column in have], lookup)
            self._set_aside(block, read, [(item, column) for _, item, column in have])
            if len(have) == len(items):
                return read.astype(np.int8, copy=False)
            marks[:, [number for number, _, _ in have]] = read
        return marks

    def _set_aside(
        self, block: Block, marks: NDArray[np.signedinteger], columns: list[tuple[str, int]]
    ) -> None:
        """Note answers that are not on the scale, and make them blank."""
        strange = marks == UNREADABLE
        if not strange.any():
            return
        rows, statements = np.nonzero(strange)
        marks[rows, statements] = BLANK
        for statement in np.unique(statements).tolist():
            item, column = columns[statement]
            texts = block.texts(column)
            for row in rows[statements == statement].tolist():
                note(self.result.unreadable, (item, quoted(texts[row])), block.line(row))

    def _suspicions(
        self, block: Block, marks: dict[str, NDArray[np.int8]]
    ) -> Iterator[tuple[Suspicion, NDArray[np.bool_]]]:
        """Who stands out, kind by kind."""
        first = self.result.rows
        for kind, repeated in self.task.repeated.items():
            which = np.zeros(block.rows, dtype=np.bool_)
            which[repeated[(repeated >= first) & (repeated < first + block.rows)] - first] = True
            yield kind, which
        every = next(iter(marks.values())) if len(marks) == 1 else np.hstack(list(marks.values()))
        yield Suspicion.STRAIGHT, straight_lines(every, self.task.rules)
        start, end = self.header.first(Role.START), self.header.first(Role.END)
        if start is not None and end is not None:
            answered = (every >= 0).sum(axis=1)
            times = block.texts(start), block.texts(end)
            yield Suspicion.FAST, too_fast(*times, answered, self.task.rules)

    def _note_suspicion(
        self, kind: Suspicion, which: NDArray[np.bool_], entity: NDArray[np.int64], block: Block
    ) -> None:
        rows = np.flatnonzero(which)
        numbers, first, counts = np.unique(entity[rows], return_index=True, return_counts=True)
        for number, at, count in zip(numbers.tolist(), first.tolist(), counts.tolist(), strict=True):
            noted = self.result.suspicious.setdefault((kind, number), Noted())
            noted.add(count, block.line(int(rows[at])))
