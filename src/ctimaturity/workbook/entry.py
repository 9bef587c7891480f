"""An answer as people write it outside a workbook: in a file of rulings, or after `--set`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ctimaturity.files.cell import Cell, CellKind
from ctimaturity.language.catalogue import translate
from ctimaturity.language.folding import folded
from ctimaturity.model.response import Response, State
from ctimaturity.model.rule import Collects
from ctimaturity.model.ruling import PARTS, RuledPart
from ctimaturity.workbook.answer import CellReading, ChoiceReader, read_in_range, read_number
from ctimaturity.workbook.choice import scale_choices
from ctimaturity.workbook.column import mark_scales

if TYPE_CHECKING:
    from decimal import Decimal

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.scale import Scale
    from ctimaturity.workbook.choice import ClosedAnswer

SET_ASIDE = frozenset(
    map(folded, ("blank", "en blanco", "se anula", "anulada", "set aside", "rechazada", "rejected"))
)
"""What says that no answer counts."""
NUMBERS = (RuledPart.VALUE, RuledPart.VALUE_BEFORE)
OF_INDICATORS = (*NUMBERS, RuledPart.CRITERION, RuledPart.OWN_MARK)
"""The parts of an indicator; each is called as the attribute of the response that holds it."""
NOTHING = "–"


@dataclass(frozen=True)
class AnswerPart:
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
    def parts(self) -> tuple[RuledPart, ...]:
        """The parts that the item has."""
        measurement = self.questionnaire.measurement_of_item[self.item.id]
        if measurement.collects is not Collects.INDICATORS:
            return (RuledPart.ANSWER,)
        return tuple(part for part in OF_INDICATORS if part in {*NUMBERS, *mark_scales(measurement)})

    @property
    def options(self) -> str:
        """The answers there are, as findings show them."""
        scale = self._scale
        if scale is None:
            return translate("a number", self.language)
        if scale.range is not None:
            return f"{scale.range.minimum:f} {NOTHING} {scale.range.maximum:f}"
        return ChoiceReader(scale_choices(scale), self.language).options

    @property
    def _scale(self) -> Scale | None:
        """Of the answer or mark; a value has none."""
        if self.part in NUMBERS:
            return None
        marks = mark_scales(self.questionnaire.measurement_of_item[self.item.id])
        return self.questionnaire.scales[marks.get(self.part, self.item.scale)]

    def read(self, text: str) -> Response | None:
        """An answer with only the part that a text says; None where it cannot be read."""
        return self.reading(text).value

    def reading(self, text: str) -> CellReading[Response]:
        """The same, with what is to be said of it."""
        cell = Cell(CellKind.TEXT, text, text)
        scale = self._scale
        if scale is not None and (self.part != RuledPart.ANSWER or scale.range is None):
            chosen = ChoiceReader(scale_choices(scale), self.language).read(cell)
            return CellReading(None if chosen.value is None else self._chosen(chosen.value), chosen.problem)
        if scale is not None and scale.range is not None:
            part, number = "number", read_in_range(cell, scale.range)
        else:
            before = self.part == RuledPart.VALUE_BEFORE
            expected = self.questionnaire.expected(self.item, of_two_years=before)
            part, number = self.part, read_number(cell, expected)
        value = None if number.value is None else _answered(part, number.value)
        return CellReading(value, number.problem)

    def _chosen(self, choice: ClosedAnswer) -> Response:
        if self.part != RuledPart.ANSWER:
            return _answered(self.part, choice.code)
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
        new = given or Response(State.BLANK)
        if self.part == RuledPart.ANSWER:
            return replace(before, state=new.state, option=new.option, number=new.number, reason="")
        parts = OF_INDICATORS if all_parts else (self.part,)
        after = replace(before, reason="", **{part: getattr(new, part) for part in parts})
        filled = any(getattr(after, part) not in {None, ""} for part in OF_INDICATORS)
        return replace(after, state=State.ANSWERED if filled else State.BLANK)


def _answered(part: str, entry: Decimal | str) -> Response:
    fields: dict[str, Any] = {part: entry}
    return Response(State.ANSWERED, **fields)


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
    entry = getattr(response, part if part in OF_INDICATORS else "number")
    if entry is None and part == RuledPart.ANSWER:
        return not_applicable if response.state is State.NOT_APPLICABLE else response.option
    return entry or "" if isinstance(entry, str | None) else format(entry.normalize() + 0, "f")
