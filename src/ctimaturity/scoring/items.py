"""The score of every item of every entity, exactly, and what it may become."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from ctimaturity.model.response import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ctimaturity.model.questionnaire import Measurement, Questionnaire
    from ctimaturity.model.response import EntityAnswers
    from ctimaturity.model.rule import ResultsBasis

    Wholes = NDArray[np.int64] | NDArray[np.object_]

SCORE, LOW, HIGH = range(3)
"""The three calculations: as answered, and with all that is not known at its worst and best."""
STATES = tuple(State)
NUMBER_OF = {state: number for number, state in enumerate(STATES)}
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
        nearest = np.full(self.number.shape, np.nan)
        np.divide(self.number, self.divisor, out=nearest, where=self.divisor != 0)
        for place, value in self.odd.items():
            nearest[place] = float(value)
        return nearest

    @property
    def settled(self) -> NDArray[np.bool_]:
        """Shape (items, entities): score and bounds are one, or all are none."""
        top, bottom = self.number, self.divisor
        alike: NDArray[np.bool_] = (top[:, LOW] == top[:, HIGH]) & (bottom[:, LOW] == bottom[:, HIGH])
        alike &= (top[:, SCORE] == top[:, LOW]) & (bottom[:, SCORE] == bottom[:, LOW])
        for item, _, entity in self.odd:
            alike[item, entity] = len({self.exact(item, each, entity) for each in (SCORE, LOW, HIGH)}) == 1
        return alike

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
