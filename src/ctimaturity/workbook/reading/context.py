"""What all readers of answer sheets share: the workbook, its definition and lists, where findings go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import reference
from ctimaturity.files.sheet import SheetState
from ctimaturity.language.folding import folded
from ctimaturity.model.response import Source
from ctimaturity.workbook.answer import ChoiceReader, is_blank, read_in_range, read_remark
from ctimaturity.workbook.choice import REASONS, SEGMENTS, choice_lists, scale_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ctimaturity.files.cell import Cell
    from ctimaturity.files.sheet import Sheet
    from ctimaturity.files.xlsx import Workbook
    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.workbook.answer import CellReading, Problem, T
    from ctimaturity.workbook.choice import Choices
    from ctimaturity.workbook.reading.findings import Findings, Place
    from ctimaturity.workbook.reading.table import ItemLine, Word

_UNKNOWN = {REASONS: codes.REASON_UNKNOWN, SEGMENTS: codes.SEGMENT_UNREADABLE}


@dataclass(frozen=True)
class ReadingContext:
    """What all readers of answer sheets share.

    Attributes:
        workbook: The workbook.
        words_of: The texts of each sheet, by its name.
        questionnaire: The definition.
        issued: Name of each sheet in the template, by its marker.
        language: In which findings show answers: the workbook's.
        year: The year the answers are from, as the cover says; None when it does not.
        findings: Takes what is found.
    """

    workbook: Workbook
    words_of: Mapping[str, list[Word]]
    questionnaire: Questionnaire
    issued: Mapping[str, str]
    language: str
    year: int | None
    findings: Findings

    @cached_property
    def lists(self) -> dict[str, Choices]:
        """All lists of closed answers by name."""
        return choice_lists(self.questionnaire)

    @cached_property
    def drop_downs(self) -> list[frozenset[str]]:
        """The texts of each list of closed answers, as a template in any language has them, and its codes."""
        shown = [
            frozenset(folded(choice.shown(language)) for choice in choices)
            for choices in self.lists.values()
            for language in self.questionnaire.languages
        ]
        bare = [frozenset(folded(choice.code) for choice in choices) for choices in self.lists.values()]
        return [*shown, *bare]

    @cached_property
    def _readers(self) -> dict[str, ChoiceReader]:
        labels = frozenset(label for scale in self.questionnaire.scales.values() for label in scale.labels)
        return {
            name: ChoiceReader(choices, self.language, _UNKNOWN.get(name, codes.ANSWER_OUT_OF_SCALE), labels)
            for name, choices in self.lists.items()
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

    def settle(self, reading: CellReading[T], line: ItemLine, column: str, cell: Cell | None) -> T | None:
        """The value of an answer cell; what is wrong with it is a finding."""
        if reading.problem is not None:
            self.note(reading.problem, line, column, cell)
        return reading.value

    def note(self, problem: Problem, line: ItemLine, column: str, cell: Cell | None) -> None:
        """Say what is wrong with a cell of a line."""
        self.findings.answer(problem, line.table.sheet.name, line.place(column), line.item, cell)

    def note_hidden(self, sheet: Sheet, places: Iterable[Place]) -> None:
        """Note answers that nobody sees."""
        hidden = sheet.state is not SheetState.VISIBLE
        rows, columns = sheet.hidden_rows, sheet.hidden_columns
        count = sum(hidden or row in rows or column in columns for row, column in places)
        if count:
            self.findings.add(codes.HIDDEN_ANSWERS, sheet.name, count=count)

    def remark(self, line: ItemLine, column: str) -> str:
        """Free text beside an answer."""
        cell = line.cell(column)
        return "" if is_blank(cell) else self.settle(read_remark(cell), line, column, cell) or ""

    def source(self, line: ItemLine, column: str) -> Source:
        """Where an answer stands."""
        place = reference(*line.place(column))
        return Source(file=self.findings.file, sheet=line.table.sheet.name, cell=place)
