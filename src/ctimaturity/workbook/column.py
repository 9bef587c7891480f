"""The columns of answer sheets: their ids, headers, widths, and what may stand in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ctimaturity.language.catalogue import words
from ctimaturity.model.text import in_language
from ctimaturity.workbook.choice import REASONS, SEGMENTS, scale_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire

LIST_RESPONDENTS = 10
"""Respondents that the `list` form has room for."""

ITEM = "item"
TEXT = "text"
GROUP = "group"
DEFINITION = "definition"
UNIT = "unit"
ANSWER = "answer"
STATUS = "status"
EVIDENCE_SOUGHT = "evidence_sought"
EVIDENCE = "evidence"
OBSERVATION = "observation"
VALUE = "value"
VALUE_BEFORE = "value_before"
YEAR = "year"
SOURCE = "source"
NO_DATA = "no_data"
REASON = "reason"
"""Why an answer does not apply, where a scale lets respondents say so."""
CRITERION = "criterion"
OWN_MARK = "own_mark"
SEGMENT = "segment"
COUNT = "count"
DONT_KNOW = "dont_know"
BLANK = "blank"
TOTAL = "total"
PREVIOUS = "previous_"
"""Before the id of an entry, in the column that shows what was answered the round before."""
_OR = " / "
OPTION = "option:"
"""Before the code of an option, in the `counts` form."""


class Kind(StrEnum):
    """What stands in a column."""

    GIVEN = "given"
    """Text of ours: ids, statements, units."""
    FORMULA = "formula"
    CHOICE = "choice"
    """A closed answer from the list `AnswerColumn.choices`."""
    ANSWER = "answer"
    """An answer on the item's own scale: an option, or a number of its range."""
    NUMBER = "number"
    YEAR = "year"
    TALLY = "tally"
    """How many: a whole number from 0."""
    PROSE = "prose"


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of an answer sheet.

    Attributes:
        id: What the header-id row says; for the item column the sheet's marker stands there instead.
        header: The visible header by language.
        kind: What stands below it.
        width: In characters.
        choices: Name of its list of closed answers (`Kind.CHOICE`).
        bare: Closed answers are typed as bare codes.
    """

    id: str
    header: Mapping[str, str]
    kind: Kind
    width: float
    choices: str = ""
    bare: bool = False

    @property
    def is_entry(self) -> bool:
        """Whether people write into it."""
        return self.kind not in {Kind.GIVEN, Kind.FORMULA}

    @property
    def decides(self) -> bool:
        """Whether answers would be lost without it: all that people fill in, but remarks and years."""
        return self.kind in {Kind.ANSWER, Kind.CHOICE, Kind.NUMBER, Kind.TALLY}


def _given(name: str, header: str, width: float) -> AnswerColumn:
    return AnswerColumn(name, words(header), Kind.GIVEN, width)


def _status() -> AnswerColumn:
    return AnswerColumn(STATUS, words("Status"), Kind.FORMULA, 8)


def with_previous(columns: tuple[AnswerColumn, ...], label: str) -> tuple[AnswerColumn, ...]:
    """The columns with one before each answer, value and mark for what was answered the round before.

    Nobody writes into them, and they are never read.

    Args:
        columns: Of the `answers` or the `indicators` form.
        label: Of the round before; its header says "before" when it is empty.
    """
    shown: list[AnswerColumn] = []
    for column in columns:
        if column.id in {ANSWER, VALUE, CRITERION, OWN_MARK}:
            header = {
                language: f"{text}: {label}" if label else f"{text} ({words('before')[language]})"
                for language, text in column.header.items()
            }
            # A value stands there with its year, an answer only to be recognised.
            width = 15 if column.id == VALUE else min(column.width, 18)
            shown.append(AnswerColumn(f"{PREVIOUS}{column.id}", header, Kind.GIVEN, width))
        shown.append(column)
    return tuple(shown)


def answer_columns(*, with_reason: bool = True) -> tuple[AnswerColumn, ...]:
    """Columns of the `answers` form: one agreed answer per item.

    Args:
        with_reason: Some scale has the answer "not applicable", which asks for a reason.
    """
    reason = AnswerColumn(REASON, words("Does not apply: reason"), Kind.CHOICE, 21, REASONS)
    return (
        _given(ITEM, "Code", 10),
        _given(TEXT, "What is asked", 58),
        AnswerColumn(ANSWER, words("Answer"), Kind.ANSWER, 18),
        *((reason,) if with_reason else ()),
        _status(),
        _given(EVIDENCE_SOUGHT, "Evidence that would support it", 30),
        AnswerColumn(EVIDENCE, words("Evidence (text or link)"), Kind.PROSE, 36),
        AnswerColumn(OBSERVATION, words("Observations"), Kind.PROSE, 28),
    )


def mark_scales(measurement: Measurement) -> dict[str, str]:
    """The scales of the marks that the indicators of a measurement take, by the column of each mark."""
    scales = {CRITERION: measurement.criterion_scale, OWN_MARK: measurement.range_scale}
    return {column: scale for column, scale in scales.items() if scale is not None}


def indicator_columns(measurement: Measurement) -> tuple[AnswerColumn, ...]:
    """Columns of the `indicators` form; a mark that the measurement does not take has none."""
    looks = {CRITERION: ("Mark by criterion", 25), OWN_MARK: ("Own mark by range", 16)}
    marks = (
        AnswerColumn(mark, words(looks[mark][0]), Kind.CHOICE, looks[mark][1], scale_list(scale))
        for mark, scale in mark_scales(measurement).items()
    )
    return (
        _given(ITEM, "Code", 10),
        _given(TEXT, "Indicator", 25),
        _given(DEFINITION, "What is measured", 42),
        _given(UNIT, "Unit", 13),
        _status(),
        AnswerColumn(VALUE, words("Value"), Kind.NUMBER, 12),
        AnswerColumn(VALUE_BEFORE, words("Value of the base year"), Kind.NUMBER, 12),
        AnswerColumn(YEAR, words("Year"), Kind.YEAR, 8),
        AnswerColumn(SOURCE, words("Source"), Kind.PROSE, 22),
        AnswerColumn(NO_DATA, words("No data: reason"), Kind.CHOICE, 21, REASONS),
        *marks,
        AnswerColumn(EVIDENCE, words("Evidence (text or link)"), Kind.PROSE, 24),
        AnswerColumn(OBSERVATION, words("Observations"), Kind.PROSE, 24),
    )


def list_columns() -> tuple[AnswerColumn, ...]:
    """Columns of the `list` form: statements as rows, a column per respondent."""
    respondents = range(1, LIST_RESPONDENTS + 1)
    return (
        _given(ITEM, "Code", 10),
        _given(GROUP, "Topic", 20),
        _given(TEXT, "Statement", 50),
        *(AnswerColumn(f"R{number}", _numbered(number), Kind.ANSWER, 14) for number in respondents),
        AnswerColumn(COUNT, words("Answers given"), Kind.FORMULA, 14),
    )


def _numbered(number: int) -> dict[str, str]:
    return {language: text.format(number=number) for language, text in words("Respondent {number}").items()}


def grid_columns(items: tuple[Item, ...]) -> tuple[AnswerColumn, ...]:
    """Columns of the `grid` form: a row per respondent, a column per statement."""
    return (
        _given(ITEM, "Respondent no.", 10),
        AnswerColumn(SEGMENT, words("Segment"), Kind.CHOICE, 18, SEGMENTS),
        *(AnswerColumn(item.id, {"es": item.id, "en": item.id}, Kind.ANSWER, 5, bare=True) for item in items),
        AnswerColumn(COUNT, words("Answers given"), Kind.FORMULA, 14),
    )


def count_columns(questionnaire: Questionnaire, items: tuple[Item, ...]) -> tuple[AnswerColumn, ...]:
    """Columns of the `counts` form: a row per statement, a column per option of the statements' scales."""
    options: dict[str, AnswerColumn] = {}
    for scale in dict.fromkeys(item.scale for item in items):
        asked = questionnaire.scales[scale]
        for option in asked.options:
            _join(options, f"{OPTION}{option.code}", _coded(option.code, option.label))
        if asked.dont_know:
            _join(options, DONT_KNOW, _coded(asked.dont_know.code, asked.dont_know.label))
    unanswered = options.pop(DONT_KNOW, None)
    return (
        _given(ITEM, "Code", 10),
        _given(GROUP, "Topic", 20),
        _given(TEXT, "Statement", 50),
        *options.values(),
        *((unanswered,) if unanswered else ()),
        AnswerColumn(BLANK, words("Left blank"), Kind.TALLY, 14),
        AnswerColumn(TOTAL, words("Total"), Kind.FORMULA, 10),
    )


def _join(columns: dict[str, AnswerColumn], name: str, header: Mapping[str, str]) -> None:
    """Add a column of counts; one that another scale has too is named by the words of both."""
    known = columns.get(name)
    if known is None:
        columns[name] = AnswerColumn(name, header, Kind.TALLY, 14)
        return
    both = {
        language: known.header[language]
        if text in known.header[language].split(_OR)
        else f"{known.header[language]}{_OR}{text}"
        for language, text in header.items()
        if language in known.header
    }
    columns[name] = replace(known, header={**known.header, **both})


def _coded(code: str, label: Mapping[str, str]) -> dict[str, str]:
    return {language: f"{code} - {in_language(dict(label), language)}" for language in label}
