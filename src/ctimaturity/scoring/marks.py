"""Which mark of an indicator counts: by reference range, by criterion, or the entity's own."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ctimaturity.model.response import State
from ctimaturity.model.rule import ResultsBasis

if TYPE_CHECKING:
    from ctimaturity.model.entity import Entity
    from ctimaturity.model.questionnaire import Item, Measurement, Questionnaire
    from ctimaturity.model.reference import Reference, ReferenceRange
    from ctimaturity.model.response import Response
    from ctimaturity.model.scale import Scale


class Mark(NamedTuple):
    """How an indicator is read.

    Attributes:
        state: Of the cell that the basis reads.
        basis: `range`, `criterion` or `self`.
        option: Code of the mark that counts; empty unless answered.
    """

    state: State
    basis: ResultsBasis
    option: str = ""


class Marks:
    """Reads the indicators of one measurement on one basis (method.md section 4).

    No data wins over every mark beside it. Under `auto` an indicator that the reference covers is
    marked by its value, any other by its criterion (by the entity's own range mark where the
    definition has no criterion scale). A value that the reference cannot mark is read like an
    indicator that it does not cover. Under `range` such an indicator has no mark: it counts as no data.

    Args:
        questionnaire: The definition.
        measurement: One that collects indicators.
        basis: None or empty for the definition's own.
        reference: The reference ranges; None without.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        measurement: Measurement,
        basis: str | None = None,
        reference: Reference | None = None,
    ) -> None:
        self._units = questionnaire.unit_by_id
        self._scales = questionnaire.scales
        self._measurement = measurement
        self._reference = reference
        self.basis = ResultsBasis(basis or measurement.results_basis or ResultsBasis.AUTO)
        self._fallback = self.basis
        if self.basis is ResultsBasis.AUTO:
            self._fallback = ResultsBasis.CRITERION if measurement.criterion_scale else ResultsBasis.SELF

    def scale(self, item: Item, basis: ResultsBasis) -> Scale:
        """The scale of the marks of a basis."""
        measurement = self._measurement
        named = measurement.criterion_scale if basis is ResultsBasis.CRITERION else measurement.range_scale
        return self._scales[named or item.scale]

    def of(self, item: Item, response: Response | None, entity: Entity) -> Mark:
        """How an entity's answer to an indicator is read; None is an answer that is not there."""
        by_range = self._by_range(item, response, entity)
        if by_range is not None:
            return by_range
        basis = self._fallback
        if response is not None and response.state in {State.NO_DATA, State.NOT_APPLICABLE}:
            return Mark(response.state, basis)
        if basis is ResultsBasis.RANGE:
            return Mark(State.NO_DATA, basis)  # also of a line left blank: nobody can have a mark here
        if response is None:
            return Mark(State.BLANK, basis)
        option = response.criterion if basis is ResultsBasis.CRITERION else response.own_mark
        return Mark(State.ANSWERED if option else State.BLANK, basis, option)

    def _by_range(self, item: Item, response: Response | None, entity: Entity) -> Mark | None:
        covered = self._range(item, entity)
        if covered is None:
            return None
        if response is not None and response.state in {State.NO_DATA, State.NOT_APPLICABLE}:
            return Mark(response.state, ResultsBasis.RANGE)
        if response is None or response.value is None:
            return Mark(State.BLANK, ResultsBasis.RANGE)
        value = self.value(item, response)
        options = sorted(self.scale(item, ResultsBasis.RANGE).options, key=lambda option: option.points)
        mark = None if value is None else covered.mark(value, len(options))
        return None if mark is None else Mark(State.ANSWERED, ResultsBasis.RANGE, options[mark].code)

    def covers(self, item: Item, entity: Entity) -> bool:
        """Whether the basis reads values and the reference has a range for this indicator of this entity."""
        return self._range(item, entity) is not None

    def _range(self, item: Item, entity: Entity) -> ReferenceRange | None:
        if self._reference is None or self.basis not in {ResultsBasis.AUTO, ResultsBasis.RANGE}:
            return None
        return self._reference.range_for(item.id, entity)

    def marked_by_value(self, item: Item, response: Response, entity: Entity) -> bool:
        """Whether the value of an indicator gives it a mark."""
        mark = self._by_range(item, response, entity)
        return mark is not None and mark.state is State.ANSWERED

    def value(self, item: Item, response: Response) -> Fraction | None:
        """The value of an indicator; with the values of both years, the growth or reduction they give.

        Growth is 100 (after - before) / before, reduction its negative; None on a base of 0.
        """
        if response.value is None:
            return None
        after = Fraction(response.value)
        unit = self._units.get(item.unit or "")
        if response.value_before is None or unit is None or unit.derive is None:
            return after
        before = Fraction(response.value_before)
        if not before:
            return None
        change = 100 * (after - before) / before
        return change if unit.derive == "growth" else -change
