"""A row per respondent, a column per statement: block by block into sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.language.folding import folded
from ctimaturity.scoring.moments import BLANK, SurveyFrame
from ctimaturity.survey.columns import Role
from ctimaturity.survey.header import surveyed
from ctimaturity.survey.lookup import Lookup, Names
from ctimaturity.survey.marks import UNREADABLE, mark_readers
from ctimaturity.survey.part import Noted, PartResult, Respondents, note
from ctimaturity.survey.quality import Suspicion, straight_lines, too_fast
from ctimaturity.survey.source import header_reader
from ctimaturity.survey.sums import Gathering
from ctimaturity.survey.table import WORKBOOK_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Questionnaire
    from ctimaturity.survey.block import Block
    from ctimaturity.survey.part import PartTask
    from ctimaturity.survey.source import Source

_NO_SEGMENT, _STRANGE_SEGMENT = -1, -2


def segment_lookup(questionnaire: Questionnaire) -> Lookup:
    """The numbers of segments by id or label; -1 for none, -2 for one that is not the questionnaire's."""
    known = {"": _NO_SEGMENT}
    for number, segment in enumerate(questionnaire.segments):
        for text in (segment.id, *segment.label.values()):
            known[folded(text)] = number
    return Lookup(lambda text: known.get(folded(text), _STRANGE_SEGMENT), np.int32)


class Gatherer:
    """Sums of all measurements, by entity and segment."""

    def __init__(self, task: PartTask, source: Source) -> None:
        """Begin a part.

        Args:
            task: What is read.
            source: Its rows.
        """
        questionnaire = task.questionnaire
        # Every field of a row is followed by one byte at least.
        size = task.bounds[1] - task.bounds[0] if task.bounds else 0
        most = max(WORKBOOK_LIMITS.rows, size // len(source.names))
        self.result = PartResult(source.names, source.sheet)
        self.frames = {each.id: SurveyFrame.of(questionnaire, each) for each in surveyed(questionnaire)}
        self.names = Names()
        self.entities = Lookup(self.names.number, np.int32)
        self.segments = segment_lookup(questionnaire)
        self._statements = [
            (name, number) for name, frame in self.frames.items() for number in range(frame.size)
        ]
        self._numbers = Lookup(self._number, np.int32)
        self._reader = header_reader(questionnaire)
        self._unknown = len(questionnaire.segments)
        self._task = task
        self._source = source
        self._gatherings = {
            name: Gathering(frame, most, self._shelved(name, ".rows")) for name, frame in self.frames.items()
        }

    def _shelved(self, measurement: str, suffix: str) -> Path | None:
        """A file of the part for what would be too large; None for a small file."""
        task = self._task
        if task.shelf is None or task.bounds is None:
            return None
        return task.shelf / f"{task.bounds[0]}-{measurement}{suffix}"

    def place(self, text: str) -> tuple[str, int] | None:
        """The measurement and the number of the statement that a cell names; None for none."""
        number = self._numbers[text]
        return None if number < 0 else self._statements[number]

    def _number(self, text: str) -> int:
        named = self._reader.statement(text)
        for number, (name, at) in enumerate(self._statements if named else ()):
            if self.frames[name].measurement.items[at].id == named:
                return number
        return -1

    def take(self, people: Respondents) -> None:
        """Take respondents whose marks are known."""
        segment = np.where(people.segment < 0, self._unknown, people.segment)
        for name, marks in people.marks.items():
            answered = (marks >= 0).any(axis=1) & ~people.left_out
            if answered.all():
                self._gatherings[name].add(people.entity, segment, marks)
                continue
            silent = ~answered & ~people.left_out
            self.result.silent += int((marks[silent] != BLANK).any(axis=1).sum())
            self._gatherings[name].add(people.entity[answered], segment[answered], marks[answered])

    def note_segments(self, block: Block, segment: NDArray[np.int64], column: int | None) -> None:
        """Note segments that are not the questionnaire's."""
        strange = np.flatnonzero(segment == _STRANGE_SEGMENT)
        if column is not None and len(strange):
            texts = block.texts(column)
            for row in strange.tolist():
                note(self.result.segments, ("", quoted(texts[row])), block.line(row))

    def finished(self) -> PartResult:
        """All that the part says."""
        result = self.result
        result.entities = self.names.texts
        result.sums = {name: gathering.sums() for name, gathering in self._gatherings.items()}
        result.runs = {name: gathering.runs for name, gathering in self._gatherings.items()}
        for name, sums in result.sums.items():
            shelved = self._shelved(name, ".npy")
            if shelved is not None:
                sums.keep(shelved)
        result.lines = self._source.lines
        result.diagnostics += self._source.diagnostics
        return result


def read_wide(task: PartTask, source: Source) -> PartResult:
    """Read a part.

    Raises:
        Refusal: It cannot be read to its end.
    """
    reading = _WideReading(task, source)
    for block in source.blocks():
        reading.take(block)
    return reading.gatherer.finished()


class _WideReading:
    def __init__(self, task: PartTask, source: Source) -> None:
        self.gatherer = Gatherer(task, source)
        self._task = task
        self._header = source.header
        self._result = self.gatherer.result
        self._marks = {
            name: {
                scale: Lookup(reader.read)
                for scale, reader in mark_readers(task.questionnaire, frame).items()
            }
            for name, frame in self.gatherer.frames.items()
        }

    def take(self, block: Block) -> None:
        gatherer, header = self.gatherer, self._header
        marks = {name: self._marks_of(name, block) for name in gatherer.frames}
        entity = _column(block, header.first(Role.ENTITY), gatherer.entities)
        segment = _column(block, header.first(Role.SEGMENT), gatherer.segments)
        gatherer.note_segments(block, segment, header.first(Role.SEGMENT))
        said = header.first(Role.DEFINITION)
        if said is not None:
            self._result.definitions.update(filter(None, map(str.strip, block.texts(said))))
        left_out = np.zeros(block.rows, dtype=np.bool_)
        for kind, which in self._suspicions(block, marks):
            self._note_suspicion(kind, which, entity, block)
            if kind in self._task.rules.exclude:
                self._result.excluded[kind] += int((which & ~left_out).sum())
                left_out |= which
        self._result.rows += block.rows
        gatherer.take(Respondents(entity, segment, marks, left_out))

    def _marks_of(self, measurement: str, block: Block) -> NDArray[np.int8]:
        """The marks of the statements that have a column; the others are blank."""
        columns = self._header.items
        items = self.gatherer.frames[measurement].measurement.items
        marks = np.full((block.rows, len(items)), BLANK, dtype=np.int8)
        for scale, lookup in self._marks[measurement].items():
            have = [
                (number, item.id, columns[item.id])
                for number, item in enumerate(items)
                if item.scale == scale and item.id in columns
            ]
            if not have:
                continue
            found = block.numbers([column for _, _, column in have], lookup)
            self._set_aside(block, found, [(item, column) for _, item, column in have])
            if len(have) == len(items):
                return found.astype(np.int8, copy=False)
            marks[:, [number for number, _, _ in have]] = found
        return marks

    def _set_aside(
        self, block: Block, found: NDArray[np.signedinteger], columns: list[tuple[str, int]]
    ) -> None:
        """Note answers that are not on the scale, and make them blank."""
        strange = found == UNREADABLE
        if not strange.any():
            return
        rows, places = np.nonzero(strange)
        found[rows, places] = BLANK
        for place in np.unique(places).tolist():
            item, column = columns[place]
            texts = block.texts(column)
            for row in rows[places == place].tolist():
                note(self._result.unreadable, (item, quoted(texts[row])), block.line(row))

    def _suspicions(
        self, block: Block, marks: dict[str, NDArray[np.int8]]
    ) -> Iterator[tuple[Suspicion, NDArray[np.bool_]]]:
        """Who stands out, kind by kind."""
        first = self._result.rows
        for kind, repeated in self._task.repeated.items():
            which = np.zeros(block.rows, dtype=np.bool_)
            which[repeated[(repeated >= first) & (repeated < first + block.rows)] - first] = True
            yield kind, which
        every = next(iter(marks.values())) if len(marks) == 1 else np.hstack(list(marks.values()))
        yield Suspicion.STRAIGHT, straight_lines(every, self._task.rules)
        start, end = self._header.first(Role.START), self._header.first(Role.END)
        if start is not None and end is not None:
            answered = (every >= 0).sum(axis=1)
            times = block.texts(start), block.texts(end)
            yield Suspicion.FAST, too_fast(*times, answered, self._task.rules)

    def _note_suspicion(
        self, kind: Suspicion, which: NDArray[np.bool_], entity: NDArray[np.int64], block: Block
    ) -> None:
        rows = np.flatnonzero(which)
        numbers, first, counts = np.unique(entity[rows], return_index=True, return_counts=True)
        for number, at, count in zip(numbers.tolist(), first.tolist(), counts.tolist(), strict=True):
            noted = self._result.suspicious.setdefault((kind, number), Noted())
            noted.add(count, block.line(int(rows[at])))


def _column(block: Block, column: int | None, lookup: Lookup) -> NDArray[np.int64]:
    if column is None:
        return np.full(block.rows, lookup[""], dtype=np.int64)
    return block.numbers([column], lookup)[:, 0].astype(np.int64)
