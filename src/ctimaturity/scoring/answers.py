"""From the answers of all entities to numbers: capacities, and indicators by their marks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import Response, State
from ctimaturity.model.rule import Blanks, Collects, ResultsBasis
from ctimaturity.scoring.items import HIGH, LOW, NUMBER_OF, SCORE, ItemValues, applicable_items, fits
from ctimaturity.scoring.marks import Mark, Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers

OWN_BASIS = ResultsBasis.SELF
"""What an answer that is no indicator is read by; it has but one reading."""


def read_answers(
    questionnaire: Questionnaire,
    measurement: Measurement,
    answers: Sequence[EntityAnswers],
    *,
    basis: str | None = None,
    reference: Reference | None = None,
) -> ItemValues:
    """The items of a measurement answered by the entity itself, or of indicators (method.md sections 3 to 5).

    Args:
        questionnaire: The definition.
        measurement: One that collects answers or indicators.
        answers: One of each entity.
        basis: Which mark of an indicator counts; None for the definition's own.
        reference: Reference ranges of indicators.
    """
    return _AnswersReader(questionnaire, measurement, basis, reference).read(answers)


class _AnswersReader:
    """Reads what the entities answered, then fills the arrays for all at once."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        measurement: Measurement,
        basis: str | None,
        reference: Reference | None,
    ) -> None:
        self.questionnaire = questionnaire
        self.measurement = measurement
        self.indicators = measurement.collects is Collects.INDICATORS
        self.marks = Marks(questionnaire, measurement, basis, reference)
        self.scales = [questionnaire.scales[item.scale] for item in measurement.items]
        self.scores = [Fraction(0)]
        self.places = [self._points(item, questionnaire) for item in measurement.items]

    def _points(self, item: Item, questionnaire: Questionnaire) -> dict[tuple[str, str], int]:
        """Adds the scores of an item's options, reversed ones turned round; their places by (basis, code)."""
        scale = questionnaire.scales[item.scale]
        scales = {OWN_BASIS: scale}
        if self.indicators:
            scales = {basis: self.marks.scale(item, basis) for basis in ResultsBasis}
        places = {}
        for basis, each in scales.items():
            for option in each.options:
                points = Fraction(option.points)
                places[str(basis), option.code] = len(self.scores)
                self.scores.append(scale.minimum + scale.maximum - points if item.reverse else points)
        return places

    def read(self, answers: Sequence[EntityAnswers]) -> ItemValues:
        """All entities."""
        values = ItemValues.empty(len(self.measurement.items), len(answers))
        values.applicable = applicable_items(self.questionnaire, self.measurement, answers)
        states, chosen = [], []
        for entity, each in enumerate(answers):
            marks = self._marks(each)
            states.append([NUMBER_OF[mark.state] for mark in marks])
            chosen.append(
                [
                    0 if not mark.option else places[mark.basis, mark.option]
                    for mark, places in zip(marks, self.places, strict=True)
                ]
            )
            values.bases[entity] = frozenset(mark.basis for mark in marks) if self.indicators else frozenset()
        shape = values.applicable.shape[::-1]
        given = np.array(states, dtype=np.int8).reshape(shape).T
        values.state = np.where(values.applicable, given, NUMBER_OF[State.NOT_APPLICABLE]).astype(np.int8)
        place = np.array(chosen, dtype=np.int64).reshape(shape).T
        answered = values.state == NUMBER_OF[State.ANSWERED]
        scores = [score if fits(score) else Fraction(0) for score in self.scores]
        top = np.array([score.numerator for score in scores], dtype=np.int64)
        bottom = np.array([score.denominator for score in scores], dtype=np.int64)
        values.number[:] = np.where(answered, top[place], 0)[:, None]
        values.divisor[:] = np.where(answered, bottom[place], 0)[:, None]
        for index in (index for index, score in enumerate(self.scores) if not fits(score)):
            for number, entity in np.argwhere(answered & (place == index)).tolist():
                for calculation in (SCORE, LOW, HIGH):
                    values.put(number, calculation, entity, self.scores[index])
        self._written(values, answers, answered)
        self._finish(values)
        return values

    def _marks(self, answers: EntityAnswers) -> list[Mark]:
        responses, items = answers.responses, self.measurement.items
        if self.indicators:
            return [self.marks.of(item, responses.get(item.id), answers.entity) for item in items]
        return [_own(responses.get(item.id)) for item in items]

    def _written(
        self, values: ItemValues, answers: Sequence[EntityAnswers], answered: NDArray[np.bool_]
    ) -> None:
        """Answers on scales that are ranges: numbers as they were written."""
        for number, (item, scale) in enumerate(zip(self.measurement.items, self.scales, strict=True)):
            if scale.range is None:
                continue
            for entity in np.flatnonzero(answered[number]).tolist():
                written = answers[entity].responses[item.id].number
                value = Fraction(written if written is not None else 0)
                if item.reverse:
                    value = scale.minimum + scale.maximum - value
                for calculation in (SCORE, LOW, HIGH):
                    values.put(number, calculation, entity, value)

    def _finish(self, values: ItemValues) -> None:
        """What follows from the states alone, for all entities at once."""
        is_ = {state: values.state == NUMBER_OF[state] for state in State}
        blank, no_data = is_[State.BLANK], is_[State.NO_DATA]
        chosen = is_[State.NOT_APPLICABLE] & values.applicable
        if self.measurement.not_applicable.policy == "forbid":
            values.forbidden = chosen.any(axis=0)
        values.covered[is_[State.ANSWERED]] = 1
        values.n = values.covered.copy()
        values.asked[is_[State.ANSWERED] | blank | no_data] = 1
        values.told[is_[State.ANSWERED] | blank | no_data | is_[State.DONT_KNOW] | chosen] = 1
        values.unsaid[no_data | is_[State.DONT_KNOW] | chosen] = 1
        values.dont_know[is_[State.DONT_KNOW]] = 1
        policy = self.measurement.blanks
        for number, scale in enumerate(self.scales):
            unknown = blank[number] | no_data[number]
            values.fill(number, LOW, unknown, scale.minimum)
            values.fill(number, HIGH, unknown, scale.maximum)
            if policy is not Blanks.EXCLUDE:
                worst = scale.minimum if policy is Blanks.WORST else Fraction(0)
                values.fill(number, SCORE, blank[number], worst)
        values.credit(self.measurement)


def _own(response: Response | None) -> Mark:
    """An answer that is no indicator, in the same shape."""
    if response is None:
        return _BLANK
    if response.state is not State.ANSWERED:
        return Mark(response.state, OWN_BASIS)
    if not response.option and response.number is None:
        return _BLANK
    return Mark(State.ANSWERED, OWN_BASIS, response.option)


_BLANK = Mark(State.BLANK, OWN_BASIS)
