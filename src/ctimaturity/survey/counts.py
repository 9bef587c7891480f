"""Tabulated counts: how many chose each option, as a polling firm or an earlier import delivers them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.location import Location
from ctimaturity.diagnostics.quoting import quoted
from ctimaturity.language.folding import folded
from ctimaturity.language.written import Doubt, Manner, written_number
from ctimaturity.model.number import Expected
from ctimaturity.scoring.moments import Moments
from ctimaturity.survey.columns import COUNTED, Role
from ctimaturity.survey.header import Shape
from ctimaturity.survey.marks import UNREADABLE, mark_readers
from ctimaturity.survey.sums import packed
from ctimaturity.survey.wide import Gatherer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.survey.block import Block
    from ctimaturity.survey.part import PartResult, PartTask
    from ctimaturity.survey.runs import Group
    from ctimaturity.survey.source import Source

_MOST_FINDINGS = 50
_PEOPLE = Expected(Decimal(0), Decimal(10**9), whole=True)
_Counts = dict[tuple[str, int, int], int]
"""By measurement, statement and option."""


def read_counts(task: PartTask, source: Source) -> PartResult:
    """Read a table of counts.

    The respondents of a segment are the largest total of its statements; what another statement lacks
    is blank.

    Raises:
        Refusal: It cannot be read to its end.
    """
    reading = _CountReading(task, source)
    for block in source.blocks():
        reading.take(block)
    return reading.finished()


class _CountReading:
    def __init__(self, task: PartTask, source: Source) -> None:
        self._gatherer = Gatherer(task, source)
        self._header = source.header
        self._segments = len(task.questionnaire.segments)
        self._readers = {
            name: mark_readers(task.questionnaire, frame) for name, frame in self._gatherer.frames.items()
        }
        self._counts: dict[Group, _Counts] = {}

    def take(self, block: Block) -> None:
        """Take rows."""
        header, gatherer = self._header, self._gatherer
        columns = {role: header.first(role) for role in (Role.ENTITY, Role.SEGMENT, Role.ITEM)}
        nothing = [""] * block.rows
        texts = {role: nothing if at is None else block.texts(at) for role, at in columns.items()}
        numbers = np.array([gatherer.segments[text] for text in texts[Role.SEGMENT]], dtype=np.int64)
        gatherer.note_segments(block, numbers, columns[Role.SEGMENT])
        for row, option, text in self._fields(block):
            segment = int(numbers[row])
            group = (gatherer.entities[texts[Role.ENTITY][row]], self._segments if segment < 0 else segment)
            self._add(group, texts[Role.ITEM][row], option, text, block.line(row))

    def _fields(self, block: Block) -> Iterator[tuple[int, str, str]]:
        """Row, option and count as written."""
        header = self._header
        if header.shape is Shape.COUNT_TABLE:
            for at in header.all(Role.OPTION):
                option = header.columns[at].item
                yield from ((row, option, text) for row, text in enumerate(block.texts(at)) if text.strip())
            return
        answer, count = header.first(Role.ANSWER), header.first(Role.COUNT)
        if answer is not None and count is not None:
            pairs = zip(block.texts(answer), block.texts(count), strict=True)
            yield from ((row, option, text) for row, (option, text) in enumerate(pairs))

    def _add(self, group: Group, statement: str, option: str, text: str, line: int) -> None:
        place = self._gatherer.place(statement)
        number = None if place is None else self._option(place, option)
        if place is None or number is None:
            if place is not None and _whole(text) == 0 and option in self._gatherer.frames[place[0]].options:
                return  # a column of the table that only statements on another scale have
            self._refuse(codes.SURVEY_ROWS_UNUSABLE, line, f"{statement} {option}")
            return
        count = _whole(text)
        if count is None:
            self._refuse(codes.COUNT_UNREADABLE, line, text, item=statement.strip())
            return
        of_group = self._counts.setdefault(group, {})
        if (*place, number) in of_group:
            self._refuse(codes.SURVEY_ROWS_UNUSABLE, line, f"{statement} {option}")
        else:
            of_group[*place, number] = count

    def _option(self, place: tuple[str, int], text: str) -> int | None:
        """The column of the counts that an option of a statement has."""
        frame = self._gatherer.frames[place[0]]
        if folded(text) in COUNTED:
            return frame.options.index(COUNTED[folded(text)])
        mark = self._readers[place[0]][frame.measurement.items[place[1]].scale].read(text)
        # The last two columns are those of the marks -2 and -1, the other way round.
        return None if mark == UNREADABLE else mark if mark >= 0 else len(frame.options) - 3 - mark

    def _refuse(self, code: Code, line: int, value: str, item: str = "") -> None:
        found = self._gatherer.result.diagnostics
        if len(found) < _MOST_FINDINGS:
            parameters = {"item": item} if item else {}
            found.append(Diagnostic(code, Location(line=line, item=item), parameters, quoted(value)))

    def finished(self) -> PartResult:
        """All that the file says."""
        result = self._gatherer.finished()
        result.joint = False
        result.rows = len(self._counts)
        for name, frame in self._gatherer.frames.items():
            by_group: dict[Group, Moments] = {}
            for group, counts in sorted(self._counts.items()):
                table = np.zeros((frame.size, len(frame.options)), dtype=np.int64)
                for (measurement, item, option), count in counts.items():
                    if measurement == name:
                        table[item, option] = count
                respondents = int(table.sum(axis=1).max())
                short = respondents - table.sum(axis=1)
                if (short > 0).any() and respondents:
                    parameters = {"count": int((short > 0).sum()), "respondents": respondents}
                    result.diagnostics.append(Diagnostic(codes.COUNTS_FALL_SHORT, Location(), parameters))
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
    if isinstance(number, Doubt) or number.manner not in {Manner.PLAIN, Manner.EXPONENT}:
        return None
    return int(number.number) if _PEOPLE.admits(number.number) else None
