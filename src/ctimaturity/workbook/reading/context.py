"""What all readers of answer sheets share: the definition, its lists, where findings go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import reference
from ctimaturity.model.response import Source
from ctimaturity.workbook.answer import ChoiceReader, is_blank, read_in_range, read_remark
from ctimaturity.workbook.choice import REASONS, SEGMENTS, choice_lists, scale_list

if TYPE_CHECKING:
    from ctimaturity.files.cell import Cell
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.answer import Reading, T
    from ctimaturity.workbook.reading.lines import Line
    from ctimaturity.workbook.reading.report import Report

_UNKNOWN = {REASONS: codes.REASON_UNKNOWN, SEGMENTS: codes.SEGMENT_UNREADABLE}


@dataclass(frozen=True)
class Context:
    """What all readers of answer sheets share.

    Attributes:
        questionnaire: The definition.
        language: In which findings show answers: the workbook's.
        year: The year the answers are from, as the cover says; None when it does not.
        report: Takes the findings.
    """

    questionnaire: Questionnaire
    language: str
    year: int | None
    report: Report

    @cached_property
    def _readers(self) -> dict[str, ChoiceReader]:
        labels = frozenset(label for scale in self.questionnaire.scales.values() for label in scale.labels)
        return {
            name: ChoiceReader(choices, self.language, _UNKNOWN.get(name, codes.ANSWER_OUT_OF_SCALE), labels)
            for name, choices in choice_lists(self.questionnaire).items()
        }

    def choices(self, name: str) -> ChoiceReader:
        """The reader of a list of closed answers."""
        return self._readers[name]

    def scale(self, name: str) -> ChoiceReader:
        """The reader of a scale with options."""
        return self._readers[scale_list(name)]

    def is_answer(self, scale: str, cell: Cell, *, plainly: bool = False) -> bool:
        """Whether a cell could be an answer on a scale, with options or a range of numbers.

        Args:
            scale: The scale.
            cell: The cell.
            plainly: Only by a code or label of the scale itself, not by what else would be taken for one.
        """
        allowed = self.questionnaire.scales[scale].range
        if allowed is not None:
            return read_in_range(cell, allowed).value is not None
        reading = self.scale(scale).read(cell)
        taken = reading.problem is not None and reading.problem.code is codes.ANSWER_TAKEN_AS
        return reading.value is not None and not (plainly and taken)

    def settle(self, reading: Reading[T], line: Line, column: str, item: str, cell: Cell | None) -> T | None:
        """The value of an answer cell; what is wrong with it goes to the report."""
        if reading.problem is not None:
            place = line.table.place(line.row, column)
            self.report.answer(reading.problem, line.table.sheet, place, item, cell)
        return reading.value

    def remark(self, line: Line, column: str, item: str) -> str:
        """Free text beside an answer."""
        cell = line.table.cell(line.row, column)
        if is_blank(cell):
            return ""
        return self.settle(read_remark(cell), line, column, item, cell) or ""

    def source(self, line: Line, column: str) -> Source:
        """Where an answer stands."""
        place = reference(*line.table.place(line.row, column))
        return Source(file=self.report.file, sheet=line.table.sheet.name, cell=place)
