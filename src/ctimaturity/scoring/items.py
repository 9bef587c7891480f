"""From the answers of all entities to numbers: the score of every item, and what it may become."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import Response, State
from ctimaturity.model.rule import Blanks, Collects, ResultsBasis
from ctimaturity.scoring.marks import Mark, Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import Reference
    from ctimaturity.model.response import EntityAnswers

    Wholes = NDArray[np.int64] | NDArray[np.object_]

SCORE, LOW, HIGH = range(3)
"""The three calculations: as answered, and with all that is not known at its worst and best."""
STATES = tuple(State)
NUMBER_OF = {state: number for number, state in enumerate(STATES)}
OWN_BASIS = ResultsBasis.SELF
"""What an answer that is no indicator is read by; it has but one reading."""
BIG = 2**53
"""Whole numbers below it are exact as doubles."""


def fits(value: Fraction) -> bool:
    """Whether the terms of a fraction are whole numbers that a double holds exactly."""
    return max(abs(value.numerator), value.denominator) < BIG


@dataclass
class ItemValues:
    """The items of one measurement, for all entities.

    All numbers are exact: quotients of whole numbers, a divisor of 0 standing for none.

    Attributes:
        number, divisor: Shape (items, 3, entities): score, low, high on the item's scale.
        odd: Values whose terms are too large for the arrays, by (item, calculation, entity).
        covered, asked: Shape (items, entities): coverage is their quotient.
        unsaid, told: Shape (items, entities): the excluded share is their quotient.
        dont_know: Shape (items, entities): the share of don't-know is its quotient with `told`.
        applicable: Shape (items, entities).
        state: Shape (items, entities): index into `STATES`; -1 for statements of a survey.
        n: Shape (items, entities): answers.
        respondents: Shape (entities,).
        bases: By entity, the bases on which its indicators were read.
        forbidden: Shape (entities,): an answer that the definition forbids was given.
    """

    number: NDArray[np.int64]
    divisor: NDArray[np.int64]
    covered: NDArray[np.int64]
    asked: NDArray[np.int64]
    unsaid: NDArray[np.int64]
    told: NDArray[np.int64]
    dont_know: NDArray[np.int64]
    applicable: NDArray[np.bool_]
    state: NDArray[np.int8]
    n: NDArray[np.int64]
    respondents: NDArray[np.int64]
    forbidden: NDArray[np.bool_]
    bases: list[frozenset[ResultsBasis]] = field(default_factory=list)
    odd: dict[tuple[int, int, int], Fraction] = field(default_factory=dict)

    @classmethod
    def empty(cls, items: int, entities: int) -> ItemValues:
        """Nothing known of any item."""
        flat = (items, entities)
        return cls(
            number=np.zeros((items, 3, entities), dtype=np.int64),
            divisor=np.zeros((items, 3, entities), dtype=np.int64),
            covered=np.zeros(flat, dtype=np.int64),
            asked=np.zeros(flat, dtype=np.int64),
            unsaid=np.zeros(flat, dtype=np.int64),
            told=np.zeros(flat, dtype=np.int64),
            dont_know=np.zeros(flat, dtype=np.int64),
            applicable=np.ones(flat, dtype=np.bool_),
            state=np.full(flat, -1, dtype=np.int8),
            n=np.zeros(flat, dtype=np.int64),
            respondents=np.zeros(entities, dtype=np.int64),
            forbidden=np.zeros(entities, dtype=np.bool_),
            bases=[frozenset()] * entities,
        )

    def values(self) -> NDArray[np.float64]:
        """Shape (items, 3, entities): the nearest doubles; NaN for none."""
        found = np.full(self.number.shape, np.nan)
        np.divide(self.number, self.divisor, out=found, where=self.divisor != 0)
        for place, value in self.odd.items():
            found[place] = float(value)
        return found

    @property
    def settled(self) -> NDArray[np.bool_]:
        """Shape (items, entities): score and bounds are one, or all are none."""
        top, bottom = self.number, self.divisor
        found: NDArray[np.bool_] = (top[:, LOW] == top[:, HIGH]) & (bottom[:, LOW] == bottom[:, HIGH])
        found &= (top[:, SCORE] == top[:, LOW]) & (bottom[:, SCORE] == bottom[:, LOW])
        for item, _, entity in self.odd:
            found[item, entity] = len({self.exact(item, each, entity) for each in (SCORE, LOW, HIGH)}) == 1
        return found

    def exact(self, item: int, calculation: int, entity: int) -> Fraction | None:
        """One value; None where there is none."""
        odd = self.odd.get((item, calculation, entity))
        if odd is not None:
            return odd
        divisor = int(self.divisor[item, calculation, entity])
        return Fraction(int(self.number[item, calculation, entity]), divisor) if divisor else None

    def put(self, item: int, calculation: int, entity: int, value: Fraction) -> None:
        """Set one value."""
        if fits(value):
            self.number[item, calculation, entity] = value.numerator
            self.divisor[item, calculation, entity] = value.denominator
        else:
            self.odd[item, calculation, entity] = value

    def put_all(
        self,
        item: int,
        calculation: int,
        top: NDArray[np.int64 | np.object_],
        bottom: NDArray[np.int64 | np.object_],
    ) -> None:
        """Set one value of one item for all entities, from numerators and denominators (0 for none)."""
        if top.dtype == np.int64:
            self.number[item, calculation], self.divisor[item, calculation] = top, bottom
            return
        for entity, (above, below) in enumerate(zip(top.tolist(), bottom.tolist(), strict=True)):
            if below:
                self.put(item, calculation, entity, Fraction(above, below))

    def fill(self, item: int, calculation: int, where: NDArray[np.bool_], value: Fraction) -> None:
        """Set one value of one item for some entities."""
        if fits(value):
            self.number[item, calculation, where] = value.numerator
            self.divisor[item, calculation, where] = value.denominator
        else:
            self.odd |= {(item, calculation, entity): value for entity in np.flatnonzero(where).tolist()}

    @property
    def left_out(self) -> NDArray[np.bool_]:
        """Shape (items, entities): what is not applicable, by the definition or because it was chosen."""
        chosen: NDArray[np.bool_] = self.state == NUMBER_OF[State.NOT_APPLICABLE]
        return ~self.applicable | chosen

    def credit(self, measurement: Measurement) -> None:
        """Give what is not applicable the score that the definition credits, if it does."""
        policy = measurement.not_applicable
        if policy.policy == "credit" and policy.credit is not None:
            for item, where in enumerate(self.left_out):
                for calculation in (SCORE, LOW, HIGH):
                    self.fill(item, calculation, where, Fraction(policy.credit))


def applicable_items(
    questionnaire: Questionnaire, measurement: Measurement, answers: Sequence[EntityAnswers]
) -> NDArray[np.bool_]:
    """Shape (items, entities): whether an item can exist for an entity."""
    special = set(questionnaire.every_type)
    kinds: dict[tuple[str, str], list[bool]] = {}
    columns = []
    for entity in (each.entity for each in answers):
        kind = (entity.type, entity.code if entity.code in special else "")
        if kind not in kinds:
            kinds[kind] = [
                questionnaire.applies(item, entity.type, entity.code) for item in measurement.items
            ]
        columns.append(kinds[kind])
    return np.array(columns, dtype=np.bool_).reshape(len(answers), len(measurement.items)).T


def read_answers(
    questionnaire: Questionnaire,
    measurement: Measurement,
    answers: Sequence[EntityAnswers],
    *,
    basis: ResultsBasis | None = None,
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
    return _Reader(questionnaire, measurement, basis, reference).read(answers)


class _Reader:
    """Reads what the entities answered, then fills the arrays for all at once."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        measurement: Measurement,
        basis: ResultsBasis | None,
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
        found = {}
        for basis, each in scales.items():
            for option in each.options:
                points = Fraction(option.points)
                found[str(basis), option.code] = len(self.scores)
                self.scores.append(scale.minimum + scale.maximum - points if item.reverse else points)
        return found

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
    if response.state is State.ANSWERED and not response.option and response.number is None:
        return _BLANK
    return Mark(response.state, OWN_BASIS, response.option)


_BLANK = Mark(State.BLANK, OWN_BASIS)
