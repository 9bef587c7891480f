"""A row per answer: of one respondent, or with how many chose it, as polling firms deliver it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.files.limits import Refusal
from ctimaturity.language.folding import folded
from ctimaturity.language.written import NumberDoubt, Spelling, written_number
from ctimaturity.model.number import Expected
from ctimaturity.scoring.moments import BLANK, Moments
from ctimaturity.survey.columns import COUNTED, Role
from ctimaturity.survey.header import Shape
from ctimaturity.survey.lookup import UNREADABLE
from ctimaturity.survey.part import note
from ctimaturity.survey.part_reading import PartReading, Respondents
from ctimaturity.survey.sums import packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.survey.block import Block
    from ctimaturity.survey.export import ExportPart
    from ctimaturity.survey.part import PartResult, PartTask
    from ctimaturity.survey.part_reading import Statement
    from ctimaturity.survey.sums import Group

_MOST_PEOPLE = 500_000
"""Respondents whose answers may stand anywhere in the file, so that all are kept till its end."""
_PEOPLE = Expected(Decimal(0), Decimal(10**9), whole=True)

_Person = tuple[int, str]
"""Number of the entity, and who."""


class LongReading(PartReading):
    """Reads a row per answer: respondents are put together before they are counted."""

    def __init__(self, task: PartTask, export: ExportPart) -> None:
        """Begin a part.

        Args:
            task: What is read.
            export: Its rows.
        """
        super().__init__(task, export)
        submission = self.header.first(Role.SUBMISSION)
        self._who = Role.RESPONDENT if submission is None else Role.SUBMISSION
        self._marks: dict[_Person, dict[Statement, int]] = {}
        self._segment_of: dict[_Person, int] = {}

    def take(self, block: Block) -> None:
        """Take rows; those of one respondent may stand anywhere.

        Raises:
            Refusal: There are too many respondents.
        """
        segments = self.segments(block).tolist()
        roles = (Role.ENTITY, self._who, Role.ITEM, Role.ANSWER)
        rows = zip(segments, *(self.header.texts(block, role) for role in roles), strict=True)
        for row, (segment, entity, person, asked, text) in enumerate(rows):
            key = (self.entities[entity], person.strip())
            statement = self.statement(asked)
            marks = self._marks.setdefault(key, {})
            if statement is None and asked.strip():
                note(self.result.strangers, ("", quoted(asked)), block.line(row))
                continue
            if statement is None or not key[1] or statement in marks:
                self.refuse(codes.SURVEY_ROWS_UNUSABLE, block.line(row), asked)
                continue
            mark = self.reader(statement).read(text)
            if mark == UNREADABLE:
                note(self.result.unreadable, (self.item(statement).id, quoted(text)), block.line(row))
                mark = BLANK
            marks[statement] = mark
            if segment >= 0 or key not in self._segment_of:
                self._segment_of[key] = segment
        if len(self._marks) > _MOST_PEOPLE:
            raise Refusal(codes.SURVEY_LONG_TOO_LARGE, limit=_MOST_PEOPLE)

    def finished(self) -> PartResult:
        """All that the file says."""
        people = sorted(self._segment_of)
        marks = {
            name: np.full((len(people), frame.size), BLANK, dtype=np.int8)
            for name, frame in self.frames.items()
        }
        for row, person in enumerate(people):
            for (name, number), mark in self._marks[person].items():
                marks[name][row, number] = mark
        everyone = Respondents(
            entity=np.array([entity for entity, _ in people], dtype=np.int64),
            segment=np.array([self._segment_of[person] for person in people], dtype=np.int64),
            marks=marks,
            left_out=np.zeros(len(people), dtype=np.bool_),
        )
        self.result.rows = len(people)
        self.count(everyone)
        return super().finished()


class CountReading(PartReading):
    """Reads a table of counts.

    The respondents of a segment are the largest total of its statements; what another statement lacks
    is blank.
    """

    def __init__(self, task: PartTask, export: ExportPart) -> None:
        """Begin a part.

        Args:
            task: What is read.
            export: Its rows.
        """
        super().__init__(task, export)
        self._counts: dict[Group, dict[tuple[Statement, int], int]] = {}

    def take(self, block: Block) -> None:
        """Take rows."""
        entities, asked = self.header.texts(block, Role.ENTITY), self.header.texts(block, Role.ITEM)
        segments = self.segments(block).tolist()
        for row, option, text in self._fields(block):
            segment = segments[row]
            group = (self.entities[entities[row]], self.unknown if segment < 0 else segment)
            self._add(group, asked[row], option, text, block.line(row))

    def _fields(self, block: Block) -> Iterator[tuple[int, str, str]]:
        """Row, option and count as written."""
        if self.header.shape is Shape.COUNT_TABLE:
            for at in self.header.all(Role.OPTION):
                option = self.header.columns[at].item
                yield from ((row, option, text) for row, text in enumerate(block.texts(at)) if text.strip())
            return
        columns = self.header.texts(block, Role.ANSWER), self.header.texts(block, Role.COUNT)
        yield from ((row, option, text) for row, (option, text) in enumerate(zip(*columns, strict=True)))

    def _add(self, group: Group, asked: str, option: str, text: str, line: int) -> None:
        statement = self.statement(asked)
        number = None if statement is None else self._option(statement, option)
        if statement is None or number is None:
            if statement is not None and _whole(text) == 0 and option in self.frames[statement[0]].options:
                return  # a column of the table that only statements on another scale have
            self.refuse(codes.SURVEY_ROWS_UNUSABLE, line, f"{asked} {option}")
            return
        count = _whole(text)
        if count is None:
            self.refuse(codes.COUNT_UNREADABLE, line, text, item=asked.strip())
            return
        of_group = self._counts.setdefault(group, {})
        if (statement, number) in of_group:
            self.refuse(codes.SURVEY_ROWS_UNUSABLE, line, f"{asked} {option}")
        else:
            of_group[statement, number] = count

    def _option(self, statement: Statement, text: str) -> int | None:
        """The column of the counts that an option of a statement has."""
        options = self.frames[statement[0]].options
        if folded(text) in COUNTED:
            return options.index(COUNTED[folded(text)])
        mark = self.reader(statement).read(text)
        # The last two columns are those of the marks -2 and -1, the other way round.
        return None if mark == UNREADABLE else mark if mark >= 0 else len(options) - 3 - mark

    def finished(self) -> PartResult:
        """All that the file says."""
        result = super().finished()
        result.joint = False
        result.rows = len(self._counts)
        for name, frame in self.frames.items():
            by_group: dict[Group, Moments] = {}
            for group, counts in sorted(self._counts.items()):
                table = np.zeros((frame.size, len(frame.options)), dtype=np.int64)
                for ((measurement, number), option), count in counts.items():
                    if measurement == name:
                        table[number, option] = count
                respondents = int(table.sum(axis=1).max())
                short = respondents - table.sum(axis=1)
                if (short > 0).any() and respondents:
                    about = {"count": int((short > 0).sum()), "respondents": respondents}
                    result.diagnostics.append(Diagnostic(codes.COUNTS_FALL_SHORT, parameters=about))
                table[:, -2] += short
                if respondents:
                    by_group[group] = Moments.of_counts(frame, table, respondents)
            result.sums[name] = packed(frame, by_group)
        return result


def _whole(text: str) -> int | None:
    """A count; None for anything that is not a whole number of people."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) <= len(str(_PEOPLE.maximum)) else None
    number = written_number(plain, expected=_PEOPLE)
    # there is no finding here for a count with marks for thousands: it is refused
    if isinstance(number, NumberDoubt) or number.spelling not in {Spelling.PLAIN, Spelling.EXPONENT}:
        return None
    return int(number.number) if _PEOPLE.admits(number.number) else None
