"""The `counts` form: how many respondents of a segment gave each answer, a sheet per segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import column_letters, reference
from ctimaturity.model.response import Source, Tallies
from ctimaturity.workbook.answer import PEOPLE, Problem, Reading, is_blank, read_count, read_number
from ctimaturity.workbook.column import BLANK, DONT_KNOW, OPTION, TOTAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Measurement
    from ctimaturity.workbook.reading.context import Context
    from ctimaturity.workbook.reading.lines import Line, Lines
    from ctimaturity.workbook.reading.table import Table

_UNANSWERED = (BLANK, DONT_KNOW)


def read_counts(
    context: Context, measurement: Measurement, sheets: Mapping[str, tuple[Table, Lines]]
) -> Tallies | None:
    """The tallies of the sheets of counts.

    The respondents of a segment are its largest row total; what another row lacks is blank.

    Args:
        context: What all readers share.
        measurement: What is measured.
        sheets: The table and lines of each segment, by its id.

    Returns:
        The tallies, or None where nothing was counted.
    """
    import numpy as np

    from ctimaturity.scoring.tallies import option_columns

    options = option_columns(context.questionnaire, measurement)
    segments = [segment.id for segment in context.questionnaire.segments]
    counts = np.zeros((len(segments), len(measurement.items), len(options)), dtype=np.int64)
    for position, segment in enumerate(segments):
        if segment in sheets:
            table, lines = sheets[segment]
            counts[position] = _Segment(context, measurement, lines, options).counts()
            _fill_up(context, table, counts[position], options.index(BLANK))
    respondents = counts.sum(axis=2).max(axis=1)
    if not respondents.any():
        return None
    sheet = next(table.sheet.name for table, _ in sheets.values())
    return Tallies(
        measurement=measurement.id,
        segments=tuple(segments),
        items=tuple(item.id for item in measurement.items),
        options=options,
        counts=counts,
        respondents=respondents,
        source=Source(file=context.report.file, sheet=sheet),
    )


def _fill_up(context: Context, table: Table, counts: NDArray[np.int64], blank: int) -> None:
    """Count as blank what a statement lacks of the largest total."""
    totals = counts.sum(axis=1)
    respondents = int(totals.max())
    short = int((totals < respondents).sum())
    if short:
        name = table.sheet.name
        context.report.add(codes.COUNTS_FALL_SHORT, name, count=short, respondents=respondents)
        counts[:, blank] += respondents - totals


class _Segment:
    """The sheet of one segment being read."""

    def __init__(
        self, context: Context, measurement: Measurement, lines: Lines, options: Sequence[str]
    ) -> None:
        self.context = context
        self.measurement = measurement
        self.lines = lines
        self.columns = {
            option: option if option in _UNANSWERED else f"{OPTION}{option}" for option in options
        }

    def counts(self) -> NDArray[np.int64]:
        """Shape (statements, options)."""
        import numpy as np

        counts = np.zeros((len(self.measurement.items), len(self.columns)), dtype=np.int64)
        for position, item in enumerate(self.measurement.items):
            line = self.lines.by_item.get(item.id)
            if line is None:
                continue
            asked = self._asked(item.scale)
            counts[position] = [
                self._count(line, column, item.id, None if option in asked else asked) or 0
                for option, column in self.columns.items()
            ]
            self._check_total(line, item.id, int(counts[position].sum()))
        self._note_shifted()
        return counts

    def _note_shifted(self) -> None:
        """Find lines whose formula of the total stands in a column of counts, where cells were deleted.

        It would count everybody of the line once more.
        """
        for line in self.lines.by_item.values():
            if TOTAL not in line.table.columns or not is_blank(line.table.cell(line.row, TOTAL)):
                continue
            for column in self.columns.values():
                cell = line.table.cell(line.row, column)
                if cell is not None and cell.formula and not is_blank(cell):
                    place = line.table.place(line.row, column)
                    self.context.report.add(
                        codes.TOTAL_AMONG_COUNTS,
                        line.table.sheet.name,
                        reference(*place),
                        column=column_letters(place[1]),
                    )
                    return

    def _asked(self, scale: str) -> list[str]:
        """What one may have counted for a statement on a scale."""
        return [*(option.code for option in self.context.questionnaire.scales[scale].options), *_UNANSWERED]

    def _count(self, line: Line, column: str, item: str, instead: Sequence[str] | None) -> int | None:
        cell = self.lines.cell(line, column)
        reading = read_count(cell, codes.COUNT_UNREADABLE)
        if reading.value and instead is not None:
            options = "; ".join(instead)
            reading = Reading(problem=Problem(codes.ANSWER_OUT_OF_SCALE, {"item": item, "options": options}))
        return self.context.settle(reading, line, column, item, cell)

    def _check_total(self, line: Line, item: str, total: int) -> None:
        """A total that someone typed over the formula must agree with the counts."""
        cell = line.table.cell(line.row, TOTAL)
        typed = None if cell is None or cell.formula else read_number(cell, PEOPLE).value
        if typed is not None and typed != total:
            problem = Problem(codes.TOTAL_DIFFERS, {"total": format(typed, "f"), "sum": total})
            place = line.table.place(line.row, TOTAL)
            self.context.report.answer(problem, line.table.sheet, place, item, cell)
