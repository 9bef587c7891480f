"""What people write in YAML: the same as a questionnaire, with defaults, kinds and shared titles.

`definitions.resolve` turns it into a `Questionnaire`, in which nothing is left to default. A key that is
None was not written (or written empty), and its default counts.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from ctimaturity.model.entity import EntityCodes
from ctimaturity.model.number import Flag, Number, Whole, parse_decimal
from ctimaturity.model.questionnaire import Edition, Named, Plausible, Unit, Version
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
from ctimaturity.model.text import Language, Text


class ItemWeight(StrEnum):
    """A weight that is taken from elsewhere in the item."""

    LEVEL = "level"
    """The number of the level the item belongs to."""


def _item_weight(value: object) -> Decimal | ItemWeight | None:
    if value is None or isinstance(value, ItemWeight):
        return value
    return ItemWeight.LEVEL if value == ItemWeight.LEVEL.value else parse_decimal(value)


Weight = Annotated[
    Decimal | ItemWeight | None,
    PlainValidator(_item_weight),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"const": ItemWeight.LEVEL.value}]}),
]
"""A weight of an item, or the word that takes it from its level."""


_Entry = TypeVar("_Entry")
Listed = Annotated[tuple[_Entry, ...], Field(strict=False)]
"""A list of YAML, kept as a tuple: strictly read it would not pass for one."""
Chosen = Annotated[_Entry, Field(strict=False)]
"""One of the words of an enumeration, which strictly read a text is not."""
Schema = Annotated[
    Literal[1], BeforeValidator(lambda value: 1 if value == "1" else value), Field(alias="schema")
]
"""The version of a format, a number that YAML gives as text."""


class DefinitionDocument(BaseModel):
    """Anything that people write in YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ItemDefaults(DefinitionDocument):
    """What the items of a measurement share; an item writes only what differs.

    Attributes:
        scale: Id of its answer scale.
        weight: Relative to its siblings (1 without), or `level`: as much as its level.
        reverse: Whether the score is turned round within its scale.
        applies_to: Types of entity for which it can exist; all without.
        unit: Id of the unit (indicators).
        direction: Which way it improves (indicators).
    """

    scale: NodeId | None = None
    weight: Weight = None
    reverse: Flag | None = None
    applies_to: Listed[NodeId] | None = None
    unit: str | None = None
    direction: Chosen[Direction] | None = None


class ItemDocument(ItemDefaults):
    """One item.

    Attributes:
        id: Names the construct for ever, over the whole questionnaire.
        text: The statement, the question or the indicator's name.
        level: The maturity level it belongs to.
        definition: What exactly is meant or measured.
        help: How to answer.
        evidence: What one would ask for as proof.
        note: What a reviewer should know.
        plausible: Bounds of its own instead of its unit's.
        asked: false for an item that the source has and the questionnaire leaves out: its id and its
            text are on record, its note says why, and nothing else knows it.
    """

    id: NodeId
    text: Text
    asked: Flag = True
    level: Whole | None = None
    definition: Text | None = None
    help: Text | None = None
    evidence: Text | None = None
    note: Text | None = None
    plausible: Plausible | None = None


class NodeRules(DefinitionDocument):
    """How a node is scored; what a kind, a node and a measurement can say alike.

    Attributes:
        weight: Relative to its siblings; 1 without.
        rule: How its score comes from its parts.
        over: What its parts are: its children, or all items below it.
        out_of: The score of full points (points_share).
        exponent: Of the rule power.
        met_at: The score from which a part counts as met (staged, and the staged level).
        met_below: What parts of the levels below must reach; met_at without.
        met_share: The share of a level's parts that must be met (staged), or of the parts that must reach
            the score (min), such as 0.8; all without.
        staged: Whether the staged level stands beside the score.
        normalise: How parts on different scales are brought together.
        gates: Conditions on one part that limit the whole.
        min_coverage: What a coverage below a value does.
        max_excluded: What an excluded share above a value does.
        levels: The bands of its score.
    """

    weight: Number | None = None
    rule: Chosen[Rule] | None = None
    over: Chosen[Over] | None = None
    out_of: Number | None = None
    exponent: Number | None = None
    met_at: Number | None = None
    met_below: Number | None = None
    met_share: Number | None = None
    staged: Flag | None = None
    normalise: Normalise | None = None
    gates: Listed[Gate] | None = None
    min_coverage: Listed[CoverageThreshold] | None = None
    max_excluded: UpperThreshold | None = None
    levels: Levels | None = None


class KindDocument(NodeRules):
    """A kind of nodes with its defaults; the first of the list is that of the first level of the tree.

    Attributes:
        id: What such nodes are called, such as dimension.
        label: The word for one of them that people read, in the singular and in small letters.
    """

    id: NodeId
    label: Text | None = None


class SharedNode(DefinitionDocument):
    """Title and definition of a node that several measurements use."""

    title: Text
    definition: Text | None = None
    question: Text | None = None
    note: Text | None = None


class NodeDocument(NodeRules):
    """One node of the tree; a title that is missing comes from the questionnaire's table of nodes.

    Attributes:
        id: Its name, once in its measurement.
        kind: What such nodes are called; that of its depth in `kinds` without.
        level: The maturity level it belongs to, as a part of a node with the rule staged.
        children: The nodes below it.
        items: The items below it.
    """

    id: NodeId
    kind: NodeId | None = None
    level: Whole | None = None
    title: Text | None = None
    definition: Text | None = None
    question: Text | None = None
    note: Text | None = None
    children: Listed[NodeDocument] = ()
    items: Listed[ItemDocument] = ()


class MeasurementDocument(NodeRules):
    """One measurement: the rules of its root, its policies, its kinds of nodes, and the tree.

    Its `levels` are the default of all its nodes.

    Attributes:
        collects: One agreed answer per item, a survey kept as counts, or indicators.
        blanks: What an unanswered item counts as.
        not_applicable: What a not-applicable item counts as.
        confirm_blank: A sentence of the cover; confirmed, a blank counts as the answer `option`.
        respondents: What a survey needs before it counts in full.
        max_age: Years after which a value is warned of (indicators).
        range_scale, criterion_scale: Ids of the scales of the two marks (indicators).
        results_basis: Which mark of an indicator counts.
        kinds: The kinds of nodes, in the order of depth, with what they have in common.
        item_defaults: What its items have in common.
        tree: The nodes at the top.
        items: Items without a node.
    """

    id: NodeId
    title: Text
    description: Text | None = None
    note: Text | None = None
    collects: Chosen[Collects]
    blanks: Chosen[Blanks]
    not_applicable: NotApplicable = NotApplicable()
    confirm_blank: ConfirmBlank | None = None
    respondents: RespondentThresholds | None = None
    max_age: Whole | None = None
    range_scale: NodeId | None = None
    criterion_scale: NodeId | None = None
    results_basis: Chosen[ResultsBasis] | None = None
    kinds: Listed[KindDocument] = ()
    item_defaults: ItemDefaults = ItemDefaults()
    tree: Listed[NodeDocument] = ()
    items: Listed[ItemDocument] = ()


class ProfileDocument(DefinitionDocument):
    """Nodes that several measurements share, combined.

    Attributes:
        kind: The kind of nodes put side by side, such as dimension.
        measurements: Ids of the measurements that have them.
        rule: How their scores are combined.
    """

    kind: NodeId
    measurements: Listed[NodeId]
    rule: Chosen[Rule]
    levels: Levels | None = None


class IndexDocument(DefinitionDocument):
    """How the overall index comes from the measurements.

    Attributes:
        rule: How it comes from the measurements.
        weights: Of every measurement, relative.
        normalise: How measurements on different scales are brought together.
        harmonised: The ends of the harmonised index, to which each measurement is rescaled.
        gates: Conditions on one measurement that limit the whole.
        levels: The bands of its score.
    """

    title: Text
    rule: Chosen[Rule]
    weights: dict[NodeId, Number]
    exponent: Number | None = None
    normalise: Normalise | None = None
    harmonised: Goalposts
    gates: Listed[Gate] = ()
    levels: Levels | None = None


class AcceptanceDocument(DefinitionDocument):
    """Warnings that stand, and why: of a code, for what the ids name and all below them."""

    code: Annotated[str, StringConstraints(pattern=r"^Q[0-9]{3}$")]
    of: Listed[Annotated[str, StringConstraints(max_length=64)]] = ()
    reason: Text


class QuestionnaireDocument(DefinitionDocument):
    """A whole definition, its files merged.

    Attributes:
        schema: The version of this format: 1.
        id: What the instrument is called; part of both hashes.
        edition: Of the instrument; part of both hashes.
        version: Three numbers, such as 1.0.0; a release never changes.
        notes: Texts that every report prints, such as the choices made.
        languages: Those of every text; the first is the fallback.
        scales: Answer scales by id.
        segments: Groups of respondents.
        no_data_reasons: Why an indicator may have no figure, or an answer may not apply.
        entity_types: Types of entity that items may be limited to.
        entity_codes: What the codes of entities are; divipola where a type is alcaldia or gobernacion, else
            own.
        every_type: Codes of entities for which everything applies.
        units: Units of indicators.
        nodes: Titles and definitions of nodes that several measurements use, by id.
        measurements: The files of the measurements, beside this one, or the measurements themselves.
        profile: Nodes that several measurements share, side by side.
        index: How the overall index is made.
        accepted: Warnings of the check that stand, each with a reason.
    """

    schema_: Schema
    id: NodeId
    edition: Edition
    version: Version
    title: Text
    description: Text | None = None
    source: Text | None = None
    notes: Listed[Text] = ()
    languages: Listed[Language]
    scales: dict[NodeId, Scale]
    segments: Listed[Named] = ()
    no_data_reasons: Listed[Named] = ()
    entity_types: Listed[Named] = ()
    entity_codes: Chosen[EntityCodes] | None = None
    every_type: Listed[str] = ()
    units: Listed[Unit] = ()
    nodes: dict[NodeId, SharedNode] = {}
    measurements: Listed[MeasurementDocument]
    profile: ProfileDocument | None = None
    index: IndexDocument
    accepted: Listed[AcceptanceDocument] = ()


def effective_weight(own: ItemWeight | Decimal | None, level: int | None) -> Decimal | None:
    """The weight of an item as a number; None when it should be its level and there is none."""
    if own is ItemWeight.LEVEL:
        return None if level is None else Decimal(level)
    return Decimal(1) if own is None else own
