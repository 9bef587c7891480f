"""The `counts` form: how many respondents of a segment gave each answer, a sheet per segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctimaturity.diagnostics import codes
from ctimaturity.files.cell import column_letters
from ctimaturity.model.response import Source, Tallies
from ctimaturity.workbook.answer import PEOPLE, CellReading, Problem, is_blank, read_count, read_number
from ctimaturity.workbook.column import BLANK, DONT_KNOW, OPTION, TOTAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Item, Measurement
    from ctimaturity.workbook.reading.context import ReadingContext
    from ctimaturity.workbook.reading.lines import ItemLines
    from ctimaturity.workbook.reading.table import AnswerTable, ItemLine

_UNANSWERED = (BLANK, DONT_KNOW)


def read_counts(
    context: ReadingContext, measurement: Measurement, sheets: Mapping[str, tuple[AnswerTable, ItemLines]]
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

    from ctimaturity.scoring.moments import option_columns

    options = option_columns(context.questionnaire, measurement)
    segments = tuple(segment.id for segment in context.questionnaire.segments)
    counts = np.zeros((len(segments), len(measurement.items), len(options)), dtype=np.int64)
    for position, segment in enumerate(segments):
        if segment in sheets:
            table, lines = sheets[segment]
            _count(context, lines, measurement, options, counts[position])
            _fill_up(context, table, counts[position], options.index(BLANK))
    respondents = counts.sum(axis=2).max(axis=1)
    if not respondents.any():
        return None
    sheet = next(table.sheet.name for table, _ in sheets.values())
    return Tallies(
        measurement=measurement.id,
        segments=segments,
        items=tuple(item.id for item in measurement.items),
        options=options,
        counts=counts,
        respondents=respondents,
        source=Source(file=context.findings.file, sheet=sheet),
    )


def _fill_up(context: ReadingContext, table: AnswerTable, counts: NDArray[np.int64], blank: int) -> None:
    """Count as blank what a statement lacks of the largest total."""
    totals = counts.sum(axis=1)
    respondents = int(totals.max())
    short = int((totals < respondents).sum())
    if short:
        name = table.sheet.name
        context.findings.add(codes.COUNTS_FALL_SHORT, name, count=short, respondents=respondents)
        counts[:, blank] += respondents - totals


def _count(
    context: ReadingContext,
    lines: ItemLines,
    measurement: Measurement,
    options: tuple[str, ...],
    counts: NDArray[np.int64],
) -> None:
    """Read the sheet of one segment into counts of the shape (statements, options)."""
    columns = [option if option in _UNANSWERED else f"{OPTION}{option}" for option in options]
    for row, item in zip(counts, measurement.items, strict=True):
        line = lines.by_item.get(item.id)
        if line is not None:
            own = {option.code for option in context.questionnaire.scales[item.scale].options}
            row[:] = [
                _counted(context, lines, line, column, None if option in {*own, *_UNANSWERED} else item) or 0
                for option, column in zip(options, columns, strict=True)
            ]
            _check_total(context, line, int(row.sum()))
    _note_shifted(context, lines, columns)


def _counted(
    context: ReadingContext, lines: ItemLines, line: ItemLine, column: str, foreign: Item | None
) -> int | None:
    """How many gave an answer; nobody can have given one that the scale of the item does not have.

    Args:
        context: What all readers share.
        lines: The lines of the sheet.
        line: That of the item.
        column: Of the answer.
        foreign: The item, where its scale does not have the answer.
    """
    cell = lines.cell(line, column)
    reading = read_count(cell, codes.COUNT_UNREADABLE)
    if reading.value and foreign is not None:
        own = [option.code for option in context.questionnaire.scales[foreign.scale].options]
        about = {"item": line.item, "options": "; ".join([*own, *_UNANSWERED])}
        reading = CellReading(problem=Problem(codes.ANSWER_OUT_OF_SCALE, about))
    return context.settle(reading, line, column, cell)


def _check_total(context: ReadingContext, line: ItemLine, total: int) -> None:
    """A total that someone typed over the formula must agree with the counts."""
    cell = line.cell(TOTAL)
    typed = None if cell is None or cell.formula else read_number(cell, PEOPLE).value
    if typed is not None and typed != total:
        problem = Problem(codes.TOTAL_DIFFERS, {"total": format(typed, "f"), "sum": total})
        context.note(problem, line, TOTAL, cell)


def _note_shifted(context: ReadingContext, lines: ItemLines, columns: list[str]) -> None:
    """Find lines whose formula of the total stands in a column of counts, where cells were deleted.

    It would count everybody of the line once more.
    """
    for line in lines.by_item.values():
        if TOTAL not in line.table.columns or not is_blank(line.cell(TOTAL)):
            continue
        for column in columns:
            cell = line.cell(column)
            if cell is not None and cell.formula and not is_blank(cell):
                at = line.place(column)
                sheet, letters = line.table.sheet.name, column_letters(at[1])
                context.findings.add(codes.TOTAL_AMONG_COUNTS, sheet, at, column=letters)
                return
