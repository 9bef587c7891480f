"""A row per answer: respondents are put together before they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.refusal import Refusal
from ctimaturity.scoring.moments import BLANK
from ctimaturity.survey.columns import Role
from ctimaturity.survey.marks import UNREADABLE, mark_readers
from ctimaturity.survey.part import Respondents, note
from ctimaturity.survey.wide import Gatherer

if TYPE_CHECKING:
    from ctimaturity.survey.block import Block
    from ctimaturity.survey.marks import MarkReader
    from ctimaturity.survey.part import PartResult, PartTask
    from ctimaturity.survey.source import Source

_MOST = 500_000
_MOST_FINDINGS = 50

_Person = tuple[int, str]
"""Number of the entity, and who."""


def read_long(task: PartTask, source: Source) -> PartResult:
    """Read a table with a row per answer.

    Raises:
        Refusal: It cannot be read to its end, or there are too many respondents.
    """
    reading = _LongReading(task, source)
    for block in source.blocks():
        reading.take(block)
    return reading.finished()


class _LongReading:
    def __init__(self, task: PartTask, source: Source) -> None:
        self._gatherer = Gatherer(task, source)
        self._header = source.header
        self._readers: dict[tuple[str, int], MarkReader] = {}
        for name, frame in self._gatherer.frames.items():
            readers = mark_readers(task.questionnaire, frame)
            items = frame.measurement.items
            self._readers |= {(name, number): readers[item.scale] for number, item in enumerate(items)}
        self._marks: dict[_Person, dict[tuple[str, int], int]] = {}
        self._segments: dict[_Person, int] = {}

    def take(self, block: Block) -> None:
        """Take rows; those of one respondent may stand anywhere."""
        header, gatherer = self._header, self._gatherer
        who = header.first(Role.SUBMISSION)
        who = header.first(Role.RESPONDENT) if who is None else who
        asked, answer = header.first(Role.ITEM), header.first(Role.ANSWER)
        if who is None or asked is None or answer is None:
            return
        segment_at, entity_at = header.first(Role.SEGMENT), header.first(Role.ENTITY)
        nothing = [""] * block.rows
        entities = nothing if entity_at is None else block.texts(entity_at)
        segments = nothing if segment_at is None else block.texts(segment_at)
        numbers = np.array([gatherer.segments[text] for text in segments], dtype=np.int64)
        gatherer.note_segments(block, numbers, segment_at)
        rows = zip(
            block.texts(who), block.texts(asked), block.texts(answer), entities, numbers.tolist(), strict=True
        )
        for row, (person, statement, text, entity, segment) in enumerate(rows):
            key = (gatherer.entities[entity], person.strip())
            place = gatherer.place(statement)
            marks = self._marks.setdefault(key, {})
            if place is None and statement.strip():
                note(gatherer.result.strangers, ("", quoted(statement)), block.line(row))
                continue
            if place is None or not key[1] or place in marks:
                self._refuse(block.line(row), statement)
                continue
            mark = self._readers[place].read(text)
            if mark == UNREADABLE:
                item = gatherer.frames[place[0]].measurement.items[place[1]].id
                note(gatherer.result.unreadable, (item, quoted(text)), block.line(row))
                mark = BLANK
            marks[place] = mark
            if segment >= 0 or key not in self._segments:
                self._segments[key] = segment
        if len(self._marks) > _MOST:
            raise Refusal(codes.SURVEY_LONG_TOO_LARGE, limit=_MOST)

    def _refuse(self, line: int, statement: str) -> None:
        found = self._gatherer.result.diagnostics
        if len(found) < _MOST_FINDINGS:
            found.append(Diagnostic(codes.SURVEY_ROWS_UNUSABLE, Location(line=line), value=quoted(statement)))

    def finished(self) -> PartResult:
        """All that the file says."""
        people = sorted(self._segments)
        marks = {
            name: np.full((len(people), frame.size), BLANK, dtype=np.int8)
            for name, frame in self._gatherer.frames.items()
        }
        for row, person in enumerate(people):
            for (name, number), mark in self._marks[person].items():
                marks[name][row, number] = mark
        everyone = Respondents(
            entity=np.array([entity for entity, _ in people], dtype=np.int64),
            segment=np.array([self._segments[person] for person in people], dtype=np.int64),
            marks=marks,
            left_out=np.zeros(len(people), dtype=np.bool_),
        )
        self._gatherer.result.rows = len(people)
        self._gatherer.take(everyone)
        return self._gatherer.finished()
