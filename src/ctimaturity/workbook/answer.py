"""Typed cells: what a cell answers, or why that cannot be told for certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.quoting import LONGEST, quoted
from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.language.closed import ClosedList, Misfit, Possible
from ctimaturity.language.folding import folded, nearest
from ctimaturity.language.written import YEARS, NumberDoubt, Spelling, written_number, written_year
from ctimaturity.model.number import ANY_NUMBER, Expected, decimal_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ctimaturity.diagnostics.code import Code
    from ctimaturity.diagnostics.diagnostic import Parameter
    from ctimaturity.model.scale import Range
    from ctimaturity.workbook.choice import Choices, ClosedAnswer

T = TypeVar("T")

PEOPLE = Expected(Decimal(0), Decimal(10**9), whole=True)
"""More than any territory has; beyond it a count is a slip."""

_FIRST_DATE_OF_A_VALUE = 1950
"""A date before it is no date of a value: 1905-07-12 is the number 2020 in a cell shown as a date."""

_MOST_OFFERS = 500
"""Different wrong answers for which the nearest right one is looked for, which takes its time."""

# Zero-width and direction marks that pages and chats leave in what is copied from them.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))

_ERROR = re.compile(r"#[¡¿]?[A-ZÑÁÉÍÓÚ][A-ZÑÁÉÍÓÚ0-9/_ ]*[?!]?|#[¡¿]?DIV/0!|Err:[0-9]{3}")
"""An error that some program wrote out as text, in English or Spanish."""


class Problem(NamedTuple):
    """Why a cell is not what it should be; the reader of the sheet knows where it is."""

    code: Code
    parameters: Mapping[str, Parameter] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CellReading(Generic[T]):
    """What a cell says.

    Attributes:
        value: None for a blank cell, and for one that cannot be read.
        problem: The one thing to say about the cell; of severity error, there is no value.
    """

    value: T | None = None
    problem: Problem | None = None


def plain(cell: Cell) -> str:
    """The text of a cell without what cannot be seen; empty for a cell with spaces only."""
    text = cell.text
    return " ".join((text if text.isascii() else text.translate(_UNSEEN)).split())


def is_blank(cell: Cell | None) -> bool:
    """Whether nothing was written: no cell, nothing but spaces, or a formula that gives an empty text."""
    return cell is None or (cell.kind is CellKind.TEXT and not plain(cell))


def _unusable(cell: Cell, *, worded: bool = False) -> Problem | None:
    """What no answer may be, whatever is asked.

    Args:
        cell: The cell.
        worded: Words that its format shows beside it are looked at by the caller.
    """
    if cell.struck:
        return Problem(codes.ANSWER_STRUCK)
    if cell.kind is CellKind.EMPTY:
        return Problem(codes.FORMULA_WITHOUT_VALUE)
    if cell.kind is CellKind.TEXT and _ERROR.fullmatch(plain(cell)):
        return Problem(codes.ERROR_CELL)
    kinds = {
        CellKind.ERROR: codes.ERROR_CELL,
        CellKind.DATE: codes.DATE_ANSWER,
        CellKind.BOOLEAN: codes.BOOLEAN_ANSWER,
    }
    if cell.kind in kinds:
        return Problem(kinds[cell.kind])
    if cell.shown is not None and not cell.shown.same and not worded:
        return shown_otherwise(cell)
    return Problem(codes.PERCENTAGE_ANSWER) if cell.percent else None


def shown_otherwise(cell: Cell) -> Problem:
    """What is said of a cell whose number format shows something else than it holds."""
    shown = quoted(cell.shown.text) if cell.shown is not None else ""
    held = shortest(cell)[:LONGEST] if cell.kind is CellKind.NUMBER else quoted(plain(cell))
    return Problem(codes.ANSWER_SHOWN_OTHERWISE, {"shown": shown, "held": held})


def _settled(cell: Cell, value: T) -> CellReading[T]:
    return CellReading(value, Problem(codes.FORMULA_ANSWER) if cell.formula else None)


class ChoiceReader:
    """Reads cells that must hold one of a closed list of answers.

    The code decides (`3`, `3 - De acuerdo`, the number 3) where the words behind it say nothing else,
    else the exact words of a label in either language, case, accents, spaces and typographic marks aside.
    """

    def __init__(
        self,
        choices: Choices,
        language: str,
        unknown: Code = codes.ANSWER_OUT_OF_SCALE,
        others: Collection[str] = (),
    ) -> None:
        """Prepare for a list.

        Args:
            choices: The list.
            language: In which findings show its answers.
            unknown: What a cell is that holds none of them.
            others: The labels of all scales, which no answer of another one can bear.
        """
        self._choices = {choice.code: choice for choice in choices}
        self._list = ClosedList(
            [
                Possible(
                    code,
                    code,
                    choice.labels.values(),
                    choice.points,
                    choice.dont_know,
                    (choice.description or {}).values(),
                )
                for code, choice in self._choices.items()
            ],
            others,
            remarks=unknown is codes.REASON_UNKNOWN,
        )
        self._language = language
        self._offered: dict[str, str] = {}
        for choice in choices:
            shown = choice.shown(language)
            self._offered |= dict.fromkeys(map(folded, (*choice.labels.values(), shown)), shown)
        options = "; ".join(choice.shown(language) for choice in choices)
        self._parameters: Mapping[str, Parameter] = MappingProxyType({"options": options})
        self._unknown = unknown
        # A sheet has thousands of cells and a few different answers: each is read once.
        self._known: dict[Cell, CellReading[ClosedAnswer]] = {}
        self._offers = 0

    @property
    def options(self) -> str:
        """The answers of the list, as findings show them."""
        return str(self._parameters["options"])

    def read(self, cell: Cell | None) -> CellReading[ClosedAnswer]:
        """The answer of a cell; nothing for a blank one."""
        if cell is None:
            return CellReading()
        known = self._known.get(cell)
        if known is None:
            known = self._known[cell] = self._read(cell)
        return known

    def _read(self, cell: Cell) -> CellReading[ClosedAnswer]:
        if is_blank(cell):
            return CellReading()
        problem = _unusable(cell, worded=True)
        text = shortest(cell) if cell.kind is CellKind.NUMBER and problem is None else folded(plain(cell))
        if problem is not None and problem.code is codes.BOOLEAN_ANSWER:
            text = "true" if cell.value else "false"
        elif problem is not None:
            return CellReading(problem=problem)
        said = self._list.read(text)
        if isinstance(said, Misfit):
            return CellReading(problem=problem) if problem is not None else self._refused(text, said)
        seen = said if cell.shown is None else self._list.read(folded(cell.shown.text))
        if isinstance(seen, Misfit) or seen.key != said.key:
            return CellReading(problem=shown_otherwise(cell))
        choice = self._choices[said.key]
        if said.usual or cell.formula:
            return _settled(cell, choice)
        return CellReading(choice, Problem(codes.ANSWER_TAKEN_AS, {"taken": choice.shown(self._language)}))

    def _refused(self, text: str, why: Misfit) -> CellReading[ClosedAnswer]:
        if why is not Misfit.UNKNOWN:
            return self._problem(_MISFITS[why])
        self._offers += 1
        may_offer = self._unknown is codes.ANSWER_OUT_OF_SCALE and self._offers <= _MOST_OFFERS
        words = nearest(text, self._offered) if may_offer else ""
        if not words:
            return self._problem(self._unknown)
        near = {**self._parameters, "near": self._offered[words]}
        return CellReading(problem=Problem(codes.ANSWER_NEARLY, near))

    def _problem(self, code: Code) -> CellReading[ClosedAnswer]:
        return CellReading(problem=Problem(code, self._parameters))


_MISFITS = {
    Misfit.NOT_WHOLE: codes.ANSWER_NOT_WHOLE,
    Misfit.CONTRADICTION: codes.ANSWER_CONTRADICTS_ITSELF,
    Misfit.UNLIKE: codes.ANSWER_WORDS_UNLIKE,
}


def shortest(cell: Cell) -> str:
    """A number as a person would write it: 3 for 3.0, 3.9 for 3.8999999999999999."""
    return format(_decimal(cell).normalize() + 0, "f")


def _decimal(cell: Cell) -> Decimal:
    # Spreadsheets write 17 digits of a double; the shortest text of the same double is what was typed.
    number = float(cell.text)
    return Decimal(int(number)) if number.is_integer() else Decimal(repr(number))


def read_number(cell: Cell | None, expected: Expected = ANY_NUMBER) -> CellReading[Decimal]:
    """A number that was measured; in a text only when it can be read in one way.

    Args:
        cell: The cell.
        expected: What the number may be; of two readings the only one that it admits is taken.
    """
    if cell is None or is_blank(cell):
        return CellReading()
    problem = _unusable(cell)
    if problem is not None:
        shown = cell.percent and cell.kind is CellKind.NUMBER
        return _shown_per_cent(cell, expected) if shown else CellReading(problem=problem)
    if cell.kind is CellKind.NUMBER:
        return _settled(cell, _decimal(cell))
    written = written_number(cell.text, expected=expected)
    if isinstance(written, NumberDoubt):
        return CellReading(problem=Problem(_DOUBTS[written]))
    if written.spelling is Spelling.PLAIN:
        return _settled(cell, written.number)
    return _taken(
        written.number, codes.NUMBER_DRESSED if written.spelling in _DRESSED else codes.NUMBER_ON_SCALE
    )


_DOUBTS = {
    NumberDoubt.TWO_READINGS: codes.NUMBER_AMBIGUOUS,
    NumberDoubt.PERCENTAGE: codes.PERCENTAGE_ANSWER,
    NumberDoubt.UNREADABLE: codes.NUMBER_UNREADABLE,
}
_DRESSED = {Spelling.DRESSED, Spelling.EXPONENT}


def _taken(number: Decimal, code: Code) -> CellReading[Decimal]:
    return CellReading(number, Problem(code, {"number": decimal_text(number)}))


def _shown_per_cent(cell: Cell, expected: Expected) -> CellReading[Decimal]:
    """A number cell shown as a percentage: 0.85 may be meant, or 85 where a percentage is asked for."""
    number = _decimal(cell)
    if expected.of_percent is None:
        return CellReading(problem=Problem(codes.PERCENTAGE_ANSWER))
    readings = (number, number * 100 * expected.of_percent)
    meant = {reading for reading in readings if expected.admits(reading)}
    if len(meant) != 1:
        return CellReading(problem=Problem(codes.PERCENTAGE_ANSWER))
    return _taken(meant.pop(), codes.NUMBER_ON_SCALE)


def read_in_range(cell: Cell | None, allowed: Range) -> CellReading[Decimal]:
    """An answer on a scale that is a range of numbers."""
    reading = read_number(cell, allowed.expected)
    parameters: dict[str, Parameter] = {
        "minimum": format(allowed.minimum, "f"),
        "maximum": format(allowed.maximum, "f"),
    }
    if reading.value is None:
        unreadable = reading.problem is not None and reading.problem.code is codes.NUMBER_UNREADABLE
        return CellReading(problem=Problem(codes.ANSWER_NO_NUMBER, parameters)) if unreadable else reading
    if not allowed.minimum <= reading.value <= allowed.maximum:
        return CellReading(problem=Problem(codes.NUMBER_OUT_OF_RANGE, parameters))
    if allowed.whole and reading.value != reading.value.to_integral_value():
        options = f"{parameters['minimum']} – {parameters['maximum']}"
        return CellReading(problem=Problem(codes.ANSWER_NOT_WHOLE, {"options": options}))
    return reading


def read_count(cell: Cell | None, wrong: Code) -> CellReading[int]:
    """How many: a whole number from 0 upwards.

    Args:
        cell: The cell.
        wrong: What a cell is that holds anything else.
    """
    reading = read_number(cell, PEOPLE)
    if reading.value is None:
        known = reading.problem is None or reading.problem.code in {
            codes.ERROR_CELL,
            codes.FORMULA_WITHOUT_VALUE,
            codes.ANSWER_STRUCK,
            codes.ANSWER_SHOWN_OTHERWISE,
        }
        return CellReading(problem=reading.problem if known else Problem(wrong))
    if not PEOPLE.admits(reading.value):
        return CellReading(problem=Problem(wrong))
    return CellReading(int(reading.value), reading.problem)


def read_year(cell: Cell | None) -> CellReading[int]:
    """A year of four digits, alone or in a date."""
    if cell is None or is_blank(cell):
        return CellReading()
    if cell.kind is CellKind.DATE:
        year = _year_of_date(cell)
        known = None if year is None else Problem(codes.YEAR_IN_DATE, {"year": year})
        return CellReading(year, known or Problem(codes.YEAR_UNREADABLE))
    problem = _unusable(cell)
    if problem is not None:
        wrong = problem.code in {codes.BOOLEAN_ANSWER, codes.PERCENTAGE_ANSWER}
        return CellReading(problem=Problem(codes.YEAR_UNREADABLE) if wrong else problem)
    written = written_year(shortest(cell) if cell.kind is CellKind.NUMBER else cell.text)
    # of a number cell the marks are no marks for thousands: 2.019 is not 2019
    if written is None or (cell.kind is CellKind.NUMBER and written.spelling is not Spelling.PLAIN):
        return CellReading(problem=Problem(codes.YEAR_UNREADABLE))
    year = int(written.number)
    plain = written.spelling is Spelling.PLAIN
    return _settled(cell, year) if plain else CellReading(year, Problem(codes.YEAR_IN_DATE, {"year": year}))


def _year_of_date(cell: Cell) -> int | None:
    """The year of a date, or the year that was typed into a cell which shows dates."""
    serial = Decimal(cell.text)
    if YEARS.admits(serial):
        return int(serial)
    shown = cell.value.year if isinstance(cell.value, datetime) else 0
    return shown if _FIRST_DATE_OF_A_VALUE <= shown <= int(YEARS.maximum or 0) else None


def read_remark(cell: Cell | None) -> CellReading[str]:
    """Free text beside an answer: evidence, observation, source. Nothing in it decides anything."""
    if cell is None or is_blank(cell):
        return CellReading()
    if cell.kind in {CellKind.EMPTY, CellKind.ERROR}:
        return CellReading(problem=Problem(codes.REMARK_UNREADABLE))
    if cell.kind is CellKind.DATE and cell.value is not None:
        return CellReading(str(cell.value).removesuffix(" 00:00:00"))
    return CellReading(shortest(cell) if cell.kind is CellKind.NUMBER else cell.text.strip())
