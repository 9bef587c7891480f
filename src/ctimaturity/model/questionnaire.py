"""A questionnaire with nothing left to default: what its files say after they are read and merged.

This is the canonical form: its JSON (`model.canonical`) is what hashes, releases and
results carry. `definitions.document` describes what people write in YAML.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from ctimaturity.model.entity import ALCALDIA, GOBERNACION, EntityCodes
from ctimaturity.model.number import ANY_NUMBER, UNSAID, Expected, Number
from ctimaturity.model.rule import (
    Blanks,
    Collects,
    ConfirmBlank,
    CoverageThreshold,
    Direction,
    Gate,
    Goalposts,
    Levels,
    NodeId,
    Normalise,
    NotApplicable,
    Over,
    RespondentThresholds,
    ResultsBasis,
    Rule,
    UpperThreshold,
)
from ctimaturity.model.scale import Scale
from ctimaturity.model.strict import StrictModel
from ctimaturity.model.text import Language, Text

_HUNDRED = 100
YES_NO = "yes_no"
"""The unit of indicators whose values are 1 (yes) and 0 (no)."""

Edition = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]
Version = Annotated[str, StringConstraints(pattern=r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$")]


class Named(StrictModel):
    """Something with an id and a label: a segment, a reason, a type of entity."""

    id: NodeId
    label: Text


class Plausible(StrictModel):
    """Bounds outside which a value is doubted, never refused."""

    minimum: Number | None = None
    maximum: Number | None = None

    def admits(self, value: Decimal | Fraction) -> bool:
        """Whether a value lies within the bounds."""
        return Expected(self.minimum, self.maximum).admits(value)


class Unit(StrictModel):
    """A unit of indicators.

    Attributes:
        id: As items name it, such as `percent`.
        label: What people read.
        plausible: The lowest and highest value that is not doubted; either may be missing.
        derive: How a value follows from those of two years: `growth` is 100 (after - before) / before,
            `reduction` its negative.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_:. /-]{0,63}$")]
    label: Text
    plausible: Plausible | None = None
    derive: Literal["growth", "reduction"] | None = None


class Item(StrictModel):
    """One thing put to the respondent: a sub-capacity, a statement, an indicator.

    Attributes:
        id: Names the construct for ever.
        text: The statement, the question or the indicator's name.
        scale: Id of the scale whose points are the item's score.
        weight: Relative, not negative; under `points_share` the points it is worth.
        level: The maturity level it belongs to, for the staged level.
        reverse: The score is turned round within its scale.
        applies_to: Types of entity for which it can exist.
        definition: What exactly is meant or measured.
        evidence: What one would ask for as proof.
        unit: Id of the unit (indicators).
        direction: Which way it improves (indicators).
        plausible: Bounds of its own instead of its unit's.
    """

    id: NodeId
    text: Text
    scale: NodeId
    weight: Number
    level: int | None
    reverse: bool
    applies_to: Annotated[tuple[NodeId, ...], Field(strict=False)]
    definition: Text | None
    help: Text | None
    evidence: Text | None
    note: Text | None
    unit: str | None
    direction: Annotated[Direction, Field(strict=False)] | None
    plausible: Plausible | None


class Node(StrictModel):
    """A place in the tree above the items, with the rule that makes its score from its parts.

    Attributes:
        id: Unique within its measurement; the root has the measurement's id.
        kind: What such nodes are called: `axis`, `capacity`, `dimension`. The root's is `measurement`.
        out_of: The score of full points (`points_share`).
        exponent: The exponent p of the power mean (`power`).
        met_at: The score from which a part counts as met (`staged`, and the staged level beside).
        met_below: What parts of the levels below must reach (`staged`); `met_at` without.
        met_share: The share of a level's parts that must be met (`staged`), or of the parts that must
            reach the score (`min`), in (0, 1]; all without.
        level: The maturity level it belongs to, as a part of a node with the rule `staged`.
        staged: Whether a staged level is given beside the score.
    """

    id: NodeId
    kind: NodeId
    title: Text
    definition: Text | None
    question: Text | None
    note: Text | None
    weight: Number
    rule: Annotated[Rule, Field(strict=False)]
    over: Annotated[Over, Field(strict=False)]
    out_of: Number | None
    exponent: Number | None
    met_at: Number | None
    met_below: Annotated[Number | None, UNSAID] = None
    met_share: Annotated[Number | None, UNSAID] = None
    level: Annotated[int | None, UNSAID] = None
    staged: bool
    normalise: Normalise | None
    gates: Annotated[tuple[Gate, ...], Field(strict=False)]
    min_coverage: Annotated[tuple[CoverageThreshold, ...], Field(strict=False)]
    max_excluded: UpperThreshold | None
    levels: Levels | None
    children: Annotated[tuple[Node, ...], Field(strict=False)]
    items: Annotated[tuple[Item, ...], Field(strict=False)]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_items(self) -> Iterator[Item]:
        """All items below it, in the order of the file: children's items first, then its own."""
        for child in self.children:
            yield from child.all_items()
        yield from self.items


class Measurement(StrictModel):
    """One tree of items, answered one way.

    Attributes:
        collects: Answers of the entity, tallies of respondents, or indicators.
        root: The tree; its id is the measurement's.
        kinds: What its kinds of nodes are called, where the definition says so.
        blanks: What an unanswered item counts as.
        not_applicable: What a not-applicable item counts as.
        confirm_blank: The cover's sentence that turns blanks into answers.
        respondents: What a survey needs (respondents).
        max_age: Years after which a value is warned of (indicators).
        range_scale, criterion_scale: Scales of the two marks (indicators).
        results_basis: Which mark counts (indicators).
    """

    id: NodeId
    collects: Annotated[Collects, Field(strict=False)]
    description: Text | None
    root: Node
    kinds: Annotated[dict[NodeId, Text], UNSAID] = {}  # noqa: RUF012  (pydantic copies it)
    blanks: Annotated[Blanks, Field(strict=False)]
    not_applicable: NotApplicable
    confirm_blank: ConfirmBlank | None
    respondents: RespondentThresholds | None
    max_age: int | None
    range_scale: NodeId | None
    criterion_scale: NodeId | None
    results_basis: Annotated[ResultsBasis, Field(strict=False)] | None

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order of the file."""
        return tuple(self.root.all_items())

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All nodes, parents first."""
        return tuple(self.root.walk())

    @property
    def title(self) -> dict[str, str]:
        """The measurement's name."""
        return self.root.title


class Profile(StrictModel):
    """Nodes that several measurements share, side by side and combined."""

    kind: NodeId
    measurements: Annotated[tuple[NodeId, ...], Field(strict=False)]
    rule: Annotated[Rule, Field(strict=False)]
    levels: Levels | None


class IndexRule(StrictModel):
    """How the overall index comes from the measurements.

    Attributes:
        weights: By measurement id; relative.
        harmonised: The ends of the scale of `index_harmonised`, each measurement rescaled to them.
    """

    title: Text
    rule: Annotated[Rule, Field(strict=False)]
    weights: dict[NodeId, Number]
    exponent: Number | None
    normalise: Normalise | None
    harmonised: Goalposts
    gates: Annotated[tuple[Gate, ...], Field(strict=False)]
    levels: Levels | None


class Questionnaire(StrictModel):
    """A definition: everything that is asked, and every rule that turns answers into levels."""

    schema_: Literal[1] = Field(alias="schema")
    id: NodeId
    edition: Edition
    version: Version
    title: Text
    description: Text | None
    source: Text | None
    notes: Annotated[tuple[Text, ...], Field(strict=False)]
    languages: Annotated[tuple[Language, ...], Field(strict=False)]
    scales: dict[NodeId, Scale]
    segments: Annotated[tuple[Named, ...], Field(strict=False)]
    no_data_reasons: Annotated[tuple[Named, ...], Field(strict=False)]
    entity_types: Annotated[tuple[Named, ...], Field(strict=False)]
    entity_codes: Annotated[EntityCodes | None, Field(strict=False), UNSAID] = None
    every_type: Annotated[tuple[str, ...], Field(strict=False)]
    units: Annotated[tuple[Unit, ...], Field(strict=False)]
    measurements: Annotated[tuple[Measurement, ...], Field(strict=False)]
    profile: Profile | None
    index: IndexRule

    @cached_property
    def coding(self) -> EntityCodes:
        """What the codes of its entities are: as it says, else by the types of entity that it names.

        Where an alcaldía or a gobernación answers the codes are DIVIPOLA's; of others nothing is known, so
        they are taken as they are written.
        """
        types = {entity_type.id for entity_type in self.entity_types}
        told = EntityCodes.DIVIPOLA if types & {ALCALDIA, GOBERNACION} else EntityCodes.OWN
        return self.entity_codes or told

    @property
    def other_reason(self) -> str:
        """Id of the reason for no data that stands for any other: the last one; empty without reasons."""
        return self.no_data_reasons[-1].id if self.no_data_reasons else ""

    def plausible(self, item: Item) -> Plausible | None:
        """The bounds of an indicator's values: its own, else those of its unit."""
        unit = self.unit_by_id.get(item.unit or "")
        return item.plausible or (unit.plausible if unit else None)

    def expected(self, item: Item, *, of_two_years: bool = False) -> Expected:
        """What the value of an indicator may be, as far as that decides how its text is read.

        Args:
            item: The indicator.
            of_two_years: Whether both years' values are given, where the unit is the change between them.
        """
        bounds, unit = self.plausible(item), self.unit_by_id.get(item.unit or "")
        if of_two_years and unit is not None and unit.derive is not None:
            return ANY_NUMBER
        least, most = (bounds.minimum, bounds.maximum) if bounds else (None, None)
        # a unit of percentages has the sign in its label, or ends at 100
        signed = unit is not None and any("%" in label for label in unit.label.values())
        of_hundred = unit is not None and unit.plausible is not None and unit.plausible.maximum == _HUNDRED
        return Expected(least, most, percentage=signed or of_hundred)

    @cached_property
    def indicators(self) -> dict[str, Measurement]:
        """The measurement of every indicator, by the item's id, in the order of the file."""
        return {
            item: measurement
            for item, measurement in self.measurement_of_item.items()
            if measurement.collects is Collects.INDICATORS
        }

    @property
    def surveys(self) -> dict[str, Measurement]:
        """The measurements that collect respondents, by their id."""
        return {
            measurement.id: measurement
            for measurement in self.measurements
            if measurement.collects is Collects.RESPONDENTS
        }

    @property
    def key(self) -> str:
        """`id@edition`, as `-q` takes it."""
        return f"{self.id}@{self.edition}"

    @cached_property
    def measurement_by_id(self) -> dict[str, Measurement]:
        """The measurements by their id."""
        return {measurement.id: measurement for measurement in self.measurements}

    @cached_property
    def kinds(self) -> dict[str, Text]:
        """What kinds of nodes are called, where a measurement says so; the first one that does."""
        return {
            kind: label
            for measurement in reversed(self.measurements)
            for kind, label in measurement.kinds.items()
        }

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        """All items by their id; ids are unique over the measurements."""
        return {item.id: item for measurement in self.measurements for item in measurement.items}

    @cached_property
    def measurement_of_item(self) -> dict[str, Measurement]:
        """The measurement an item belongs to, by the item's id."""
        return {item.id: measurement for measurement in self.measurements for item in measurement.items}

    @cached_property
    def unit_by_id(self) -> dict[str, Unit]:
        """The units by their id."""
        return {unit.id: unit for unit in self.units}

    def applies(self, item: Item, entity_type: str, entity_code: str) -> bool:
        """Whether an item can exist for an entity.

        For a type that the definition does not name, and for the codes of `every_type`, everything applies.
        """
        known = {kind.id for kind in self.entity_types}
        return entity_type not in known or entity_code in self.every_type or entity_type in item.applies_to
