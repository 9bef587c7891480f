"""An answer as people write it outside a workbook: in a file of rulings, or after `--set`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded
from ctimaturity.model.response import Response, State
from ctimaturity.model.rule import Collects
from ctimaturity.model.ruling import PARTS, RuledPart
from ctimaturity.workbook.answer import CellReading, ChoiceReader, read_in_range, read_number
from ctimaturity.workbook.choice import scale_choices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.workbook.choice import Choice

SET_ASIDE = frozenset(
    map(folded, ("blank", "en blanco", "se anula", "anulada", "set aside", "rechazada", "rejected"))
)
"""What says that no answer counts."""
MARKS = (RuledPart.CRITERION, RuledPart.OWN_MARK)
NUMBERS = (RuledPart.VALUE, RuledPart.VALUE_BEFORE)
OF_INDICATORS = (*NUMBERS, *MARKS)
NOTHING = "–"


@dataclass(frozen=True)
class Entry:
    """What may be written of one item: its answer, or one part of an indicator.

    Attributes:
        questionnaire: The definition.
        item: The item.
        part: What of it; see `named_part`.
        language: Of what is shown.
    """

    questionnaire: Questionnaire
    item: Item
    part: str
    language: str

    @property
    def _measurement(self) -> Measurement:
        return self.questionnaire.measurement_of_item[self.item.id]

    @property
    def parts(self) -> tuple[RuledPart, ...]:
        """The parts that the item has."""
        measurement = self._measurement
        if measurement.collects is not Collects.INDICATORS:
            return (RuledPart.ANSWER,)
        scales = {
            RuledPart.CRITERION: measurement.criterion_scale,
            RuledPart.OWN_MARK: measurement.range_scale,
        }
        return tuple(part for part in OF_INDICATORS if part not in MARKS or scales[part])

    @property
    def options(self) -> str:
        """The answers there are, as findings show them."""
        if self.part in NUMBERS:
            return translate("a number", self.language)
        scale = self.questionnaire.scales[self._scale]
        if scale.range is not None:
            return f"{scale.range.minimum:f} {NOTHING} {scale.range.maximum:f}"
        return ChoiceReader(scale_choices(scale), self.language).options

    @property
    def _scale(self) -> str:
        if self.part == RuledPart.CRITERION:
            return self._measurement.criterion_scale or ""
        if self.part == RuledPart.OWN_MARK:
            return self._measurement.range_scale or ""
        return self.item.scale

    def read(self, text: str) -> Response | None:
        """An answer with only the part that a text says; None where it cannot be read."""
        return self.reading(text).value

    def reading(self, text: str) -> CellReading[Response]:
        """The same, with what is to be said of it."""
        cell = Cell(CellKind.TEXT, text, text)
        answered = Response(State.ANSWERED)
        scale = None if self.part in NUMBERS else self.questionnaire.scales[self._scale]
        if scale is None:
            before = self.part == RuledPart.VALUE_BEFORE
            number = read_number(cell, self.questionnaire.expected(self.item, of_two_years=before))
            value = None if number.value is None else with_entry(answered, self.part, number.value)
            return CellReading(value, number.problem)
        if self.part == RuledPart.ANSWER and scale.range is not None:
            number = read_in_range(cell, scale.range)
            value = None if number.value is None else replace(answered, number=number.value)
            return CellReading(value, number.problem)
        chosen = ChoiceReader(scale_choices(scale), self.language).read(cell)
        return CellReading(None if chosen.value is None else self._chosen(chosen.value), chosen.problem)

    def _chosen(self, choice: Choice) -> Response:
        if self.part != RuledPart.ANSWER:
            return with_entry(Response(State.ANSWERED), self.part, choice.code)
        if choice.not_applicable:
            return Response(State.NOT_APPLICABLE)
        state = State.DONT_KNOW if choice.dont_know else State.ANSWERED
        return Response(state, option=choice.code)

    def put(self, before: Response, given: Response | None, *, all_parts: bool = False) -> Response:
        """An answer with what was read in it, and with all that stands beside it.

        Args:
            before: The answer as it stands.
            given: What was read; None for nothing.
            all_parts: Of an indicator nothing is left, whichever part this is.
        """
        if self.part == RuledPart.ANSWER:
            new = given or Response(State.BLANK)
            return replace(before, state=new.state, option=new.option, number=new.number, reason="")
        after = replace(before, reason="")
        for part in OF_INDICATORS if all_parts else (RuledPart(self.part),):
            after = with_entry(after, part, _entry(given, part))
        filled = any(_entry(after, part) not in {None, ""} for part in OF_INDICATORS)
        return replace(after, state=State.ANSWERED if filled else State.BLANK)


def named_part(measurement: Measurement | None, written: str) -> str:
    """The part that is meant, by its name in either language; of an indicator the mark when none is named."""
    shown = folded(written)
    part = next((part for part in RuledPart if shown in {part, folded(PARTS[part])}), shown)
    if measurement is None or measurement.collects is not Collects.INDICATORS:
        return part or RuledPart.ANSWER
    if part in {"", RuledPart.ANSWER}:
        return RuledPart.CRITERION if measurement.criterion_scale else RuledPart.OWN_MARK
    return part


def said(response: Response | None, part: str, not_applicable: str = "") -> str:
    """What an answer, or one entry of an indicator, says: a code, a number, or nothing."""
    if response is None:
        return ""
    numbers: dict[str, Decimal | None] = {
        RuledPart.ANSWER: response.number,
        RuledPart.VALUE: response.value,
        RuledPart.VALUE_BEFORE: response.value_before,
    }
    number = numbers.get(part)
    if number is not None:
        return format(number.normalize() + 0, "f")
    if part == RuledPart.ANSWER and response.state is State.NOT_APPLICABLE:
        return not_applicable
    options = {
        RuledPart.ANSWER: response.option,
        RuledPart.CRITERION: response.criterion,
        RuledPart.OWN_MARK: response.own_mark,
    }
    return options.get(RuledPart(part), "")


def _entry(response: Response | None, part: str) -> Decimal | str | None:
    entries = {} if response is None else dict(_entries(response))
    return entries.get(part)


def _entries(response: Response) -> Iterator[tuple[str, Decimal | str | None]]:
    yield RuledPart.VALUE, response.value
    yield RuledPart.VALUE_BEFORE, response.value_before
    yield RuledPart.CRITERION, response.criterion
    yield RuledPart.OWN_MARK, response.own_mark


def with_entry(response: Response, part: str, entry: Decimal | str | None) -> Response:
    """The answer with another entry of an indicator; an empty one where there is none."""
    number = None if entry is None or isinstance(entry, str) else entry
    text = entry if isinstance(entry, str) else ""
    if part == RuledPart.VALUE:
        return replace(response, value=number)
    if part == RuledPart.VALUE_BEFORE:
        return replace(response, value_before=number)
    return (
        replace(response, criterion=text) if part == RuledPart.CRITERION else replace(response, own_mark=text)
    )
