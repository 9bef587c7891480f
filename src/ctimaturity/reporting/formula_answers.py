"""The answers of one entity as cells, and the formulas that make scores of them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ctimaturity.model.response import State
from ctimaturity.model.rule import Blanks, Collects
from ctimaturity.reporting.formula_rules import NOTHING, FormulaColumn, number
from ctimaturity.scoring.marks import Marks
from ctimaturity.scoring.moments import option_columns, option_points
from ctimaturity.scoring.tallies import design_weights

if TYPE_CHECKING:
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers, Tallies
    from ctimaturity.model.scale import Scale
    from ctimaturity.reporting.words import Words

_STATES = {
    State.ANSWERED: "answered",
    State.BLANK: "blank",
    State.NO_DATA: "no data",
    State.NOT_APPLICABLE: "not applicable",
    State.DONT_KNOW: "don't know",
}


@dataclass(frozen=True, slots=True)
class ItemCells:
    """The cells of one item; with counts where it is a statement of a survey."""

    answer: str
    state: str
    formula: str
    counts: tuple[int, ...] = ()


class AnswerCells:
    """Makes the cells of an entity's answers.

    Args:
        questionnaire: The definition.
        answers: Of the entity.
        basis: Which mark of an indicator counts; empty for the definition's own.
        reference: Ranges that mark indicators by their value.
        words: The language.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        answers: EntityAnswers,
        basis: str,
        reference: Reference | None,
        words: Words,
    ) -> None:
        self._questionnaire = questionnaire
        self._answers = answers
        self._words = words
        self._marks = {
            m.id: Marks(questionnaire, m, basis, reference)
            for m in questionnaire.measurements
            if m.collects is Collects.INDICATORS
        }

    def counts(self, measurement: Measurement) -> tuple[str, ...]:
        """What stands above the counts of a survey: a block for each segment, each with its options."""
        tallies = self._answers.tallies.get(measurement.id)
        if measurement.collects is not Collects.RESPONDENTS or tallies is None:
            return ()
        options = option_columns(self._questionnaire, measurement)[:-1]
        labels = {named.id: self._words.text(named.label) for named in self._questionnaire.segments}
        blank = self._words.say("blank")
        return tuple(
            f"{labels.get(segment, segment)}: {blank if option == options[-1] else option}"
            for segment in tallies.segments
            for option in options
        )

    def of(self, measurement: Measurement, item: Item, row: int) -> ItemCells:
        """The cells of an item in a row counted from 0."""
        if measurement.collects is Collects.RESPONDENTS:
            return self._statement(measurement, item, row)
        entity, response = self._answers.entity, self._answers.responses.get(item.id)
        scale, state, answer = self._questionnaire.scales[item.scale], State.BLANK, ""
        if measurement.id in self._marks:
            mark = self._marks[measurement.id].of(item, response, entity)
            state, answer = mark.state, mark.option
            scale = self._marks[measurement.id].scale(item, mark.basis)
        elif response is not None:
            state = response.state
            answer = response.option or ("" if response.number is None else format(response.number, "f"))
            state = State.BLANK if state is State.ANSWERED and not answer else state
        if not self._questionnaire.applies(item, entity.type, entity.code):
            state, answer = State.NOT_APPLICABLE, ""
        own = self._questionnaire.scales[item.scale]
        score = self._scored(item, scale, own, row)
        otherwise = self._otherwise(measurement, own, state)
        made = f'IF({FormulaColumn.ANSWER.cell(row)}="",{otherwise},{score})'
        return ItemCells(answer, self._words.say(_STATES[state]), made)

    def _scored(self, item: Item, scale: Scale, own: Scale, row: int) -> str:
        """The points of the answer, turned round where the item is reversed."""
        answer = FormulaColumn.ANSWER.cell(row)
        if scale.range is not None:
            points = f"VALUE({answer})"
        else:
            points = "+".join(
                f'EXACT({answer},"{option.code}")*{number(Fraction(option.points))}'
                for option in scale.options
            )
        return f"{number(own.minimum + own.maximum)}-({points})" if item.reverse else points

    def _otherwise(self, measurement: Measurement, own: Scale, state: State) -> str:
        """What an item without an answer counts as."""
        if state is State.BLANK and measurement.blanks is not Blanks.EXCLUDE:
            return number(own.minimum) if measurement.blanks is Blanks.WORST else "0"
        policy = measurement.not_applicable
        if state is State.NOT_APPLICABLE and policy.policy == "credit" and policy.credit is not None:
            return number(Fraction(policy.credit))
        return NOTHING

    def _statement(self, measurement: Measurement, item: Item, row: int) -> ItemCells:
        """The mean over respondents: all equal, or by the population of their segments."""
        tallies = self._answers.tallies.get(measurement.id)
        applies = self._questionnaire.applies(item, self._answers.entity.type, self._answers.entity.code)
        if tallies is None or not applies or item.id not in tallies.items:
            own = self._questionnaire.scales[item.scale]
            state = State.BLANK if applies else State.NOT_APPLICABLE
            return ItemCells("", self._words.say(_STATES[state]), self._otherwise(measurement, own, state))
        at = tallies.items.index(item.id)
        position = {option: number for number, option in enumerate(tallies.options)}
        counts = tuple(
            int(tallies.counts[segment, at, position[option]]) if option in position else 0
            for segment in range(len(tallies.segments))
            for option in option_columns(self._questionnaire, measurement)[:-1]
        )
        return ItemCells("", "", self._mean(measurement, item, row, tallies), counts)

    def _mean(self, measurement: Measurement, item: Item, row: int, tallies: Tallies) -> str:
        own, counted = self._questionnaire.scales[item.scale], measurement.blanks is not Blanks.EXCLUDE
        points = option_points(self._questionnaire, measurement, item)
        points.append(own.minimum if measurement.blanks is Blanks.WORST else Fraction(0))
        used = len(points) if counted else len(points) - 1  # the last column of a segment counts the blanks
        totals, numbers = [], []
        for segment in range(len(tallies.segments)):
            first = len(FormulaColumn) + segment * len(points)
            cells = [f"{_letters(first + option)}{row + 1}" for option in range(used)]
            totals.append(
                "+".join(f"{number(worth)}*{cell}" for worth, cell in zip(points, cells, strict=False))
            )
            numbers.append(f"SUM({cells[0]}:{cells[-1]})")
        weights = design_weights(self._answers, tallies)
        if weights:
            above = "+".join(
                f"IF({numbers[s]}>0,{people}*({totals[s]})/{numbers[s]},0)" for s, people in weights.items()
            )
            below = "+".join(f"IF({numbers[s]}>0,{people},0)" for s, people in weights.items())
        else:
            above, below = "+".join(totals), "+".join(numbers)
        return f"IF(({below})=0,{NOTHING},({above})/({below}))"


def _letters(column: int) -> str:
    """The letters of a column counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
