"""A part on its way into sums, of whatever shape its table is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.scoring.moments import BLANK
from ctimaturity.survey.columns import Role
from ctimaturity.survey.export import WORKBOOK_LIMITS, header_reader
from ctimaturity.survey.gathering import Gathering
from ctimaturity.survey.lookup import (
    STRANGE_SEGMENT,
    Lookup,
    Names,
    mark_readers,
    segment_lookup,
    survey_frames,
)
from ctimaturity.survey.part import PartResult, note

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.model.questionnaire import Item
    from ctimaturity.survey.block import Block
    from ctimaturity.survey.export import ExportPart
    from ctimaturity.survey.lookup import MarkReader
    from ctimaturity.survey.part import PartTask

_MOST_FINDINGS = 50
"""Rows of a part of which it is said one by one that they cannot be used."""

Statement = tuple[str, int]
"""A measurement and the number of a statement in it."""


@dataclass(frozen=True)
class Respondents:
    """Some respondents.

    Attributes:
        entity: Numbers of entities.
        segment: Numbers of segments; the one after the last stands for an unknown one.
        marks: By measurement, shape (respondents, statements).
        left_out: Who does not count.
    """

    entity: NDArray[np.int64]
    segment: NDArray[np.int64]
    marks: dict[str, NDArray[np.int8]]
    left_out: NDArray[np.bool_]


class PartReading(ABC):
    """Reads a part block by block into sums of all measurements, by entity and segment."""

    def __init__(self, task: PartTask, export: ExportPart) -> None:
        """Begin a part.

        Args:
            task: What is read.
            export: Its rows.
        """
        questionnaire, table = task.questionnaire, export.table
        self.task = task
        # Every field of a row is followed by one byte at least.
        size = task.bounds[1] - task.bounds[0] if task.bounds else 0
        most = max(WORKBOOK_LIMITS.rows, size // len(table.names))
        self.header = export.header
        self.result = PartResult(table.names, table.sheet)
        self.frames = survey_frames(questionnaire)
        self.readers = {name: mark_readers(questionnaire, frame) for name, frame in self.frames.items()}
        self.names = Names()
        self.entities = Lookup(self.names.number, np.int32)
        self._segments = segment_lookup(questionnaire)
        self._statements = [
            (name, number) for name, frame in self.frames.items() for number in range(frame.size)
        ]
        self._numbers = Lookup(self._number, np.int32)
        self._reader = header_reader(questionnaire)
        self.unknown = len(questionnaire.segments)
        self._table = table
        self._gatherings = {
            name: Gathering(frame, most, self._kept(name, ".rows")) for name, frame in self.frames.items()
        }

    def _kept(self, measurement: str, suffix: str) -> Path | None:
        """A file of the part for what would be too large; None for a small file."""
        task = self.task
        if task.folder is None or task.bounds is None:
            return None
        return task.folder / f"{task.bounds[0]}-{measurement}{suffix}"

    def statement(self, text: str) -> Statement | None:
        """The statement that a cell names; None for none."""
        number = self._numbers[text]
        return None if number < 0 else self._statements[number]

    def item(self, statement: Statement) -> Item:
        """The item that a statement is."""
        return self.frames[statement[0]].measurement.items[statement[1]]

    def reader(self, statement: Statement) -> MarkReader:
        """What reads the answers to a statement."""
        return self.readers[statement[0]][self.item(statement).scale]

    def _number(self, text: str) -> int:
        named = self._reader.statement(text)
        for number, statement in enumerate(self._statements if named else ()):
            if self.item(statement).id == named:
                return number
        return -1

    def column(self, block: Block, role: Role, lookup: Lookup) -> NDArray[np.int64]:
        """What the fields of the column of a role stand for; without one they are empty."""
        column = self.header.first(role)
        if column is None:
            return np.full(block.rows, lookup[""], dtype=np.int64)
        return block.numbers([column], lookup)[:, 0].astype(np.int64)

    def segments(self, block: Block) -> NDArray[np.int64]:
        """The numbers of the segments of a block; those that are not the questionnaire's are noted."""
        segments = self.column(block, Role.SEGMENT, self._segments)
        strange = np.flatnonzero(segments == STRANGE_SEGMENT)
        if len(strange):
            texts = self.header.texts(block, Role.SEGMENT)
            for row in strange.tolist():
                note(self.result.segments, ("", quoted(texts[row])), block.line(row))
        return segments

    def refuse(self, code: Code, line: int, value: str, item: str = "") -> None:
        """Say that a row cannot be used."""
        if len(self.result.diagnostics) < _MOST_FINDINGS:
            place, about = Location(line=line, item=item), {"item": item} if item else {}
            self.result.diagnostics.append(Diagnostic(code, place, about, quoted(value)))

    @abstractmethod
    def take(self, block: Block) -> None:
        """Take rows."""

    def count(self, people: Respondents) -> None:
        """Count respondents whose marks are known."""
        segment = np.where(people.segment < 0, self.unknown, people.segment)
        for name, marks in people.marks.items():
            answered = (marks >= 0).any(axis=1) & ~people.left_out
            if answered.all():
                self._gatherings[name].add(people.entity, segment, marks)
                continue
            silent = ~answered & ~people.left_out
            self.result.silent += int((marks[silent] != BLANK).any(axis=1).sum())
            self._gatherings[name].add(people.entity[answered], segment[answered], marks[answered])

    def finished(self) -> PartResult:
        """All that the part says."""
        result = self.result
        result.entities = self.names.texts
        result.sums = {name: gathering.sums() for name, gathering in self._gatherings.items()}
        result.aside = {name: gathering.aside for name, gathering in self._gatherings.items()}
        for name, sums in result.sums.items():
            kept = self._kept(name, ".npy")
            if kept is not None:
                sums.keep(kept)
        result.lines = self._table.lines
        result.diagnostics += self._table.diagnostics
        return result
