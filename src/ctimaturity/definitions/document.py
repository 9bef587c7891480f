"""What people write in YAML: the same as a questionnaire, with defaults, kinds and shared titles.

`definitions.resolve` turns it into a `Questionnaire`, in which nothing is left to default. A key that is
None was not written (or written empty), and its default counts.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints

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


class Document(BaseModel):
    """Anything that people write in YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ItemDefaults(Document):
    """What the items of a measurement share; an item writes only what differs."""

    scale: NodeId | None = None
    weight: Annotated[Decimal | ItemWeight | None, PlainValidator(_item_weight)] = None
    reverse: Flag | None = None
    applies_to: Annotated[tuple[NodeId, ...] | None, Field(strict=False)] = None
    unit: str | None = None
    direction: Annotated[Direction | None, Field(strict=False)] = None


class ItemDocument(ItemDefaults):
    """One item.

    Attributes:
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


class NodeRules(Document):
    """How a node is scored; what a kind, a node and a measurement can say alike."""

    weight: Number | None = None
    rule: Annotated[Rule | None, Field(strict=False)] = None
    over: Annotated[Over | None, Field(strict=False)] = None
    out_of: Number | None = None
    exponent: Number | None = None
    met_at: Number | None = None
    staged: Flag | None = None
    normalise: Normalise | None = None
    gates: Annotated[tuple[Gate, ...] | None, Field(strict=False)] = None
    min_coverage: Annotated[tuple[CoverageThreshold, ...] | None, Field(strict=False)] = None
    max_excluded: UpperThreshold | None = None
    levels: Levels | None = None


class KindDocument(NodeRules):
    """A kind of nodes with its defaults; the first of the list is that of the first level of the tree."""

    id: NodeId


class SharedNode(Document):
    """Title and definition of a node that several measurements use."""

    title: Text
    definition: Text | None = None
    question: Text | None = None
    note: Text | None = None


class NodeDocument(NodeRules):
    """One node of the tree; a title that is missing comes from the questionnaire's table of nodes."""

    id: NodeId
    kind: NodeId | None = None
    title: Text | None = None
    definition: Text | None = None
    question: Text | None = None
    note: Text | None = None
    children: Annotated[tuple[NodeDocument, ...], Field(strict=False)] = ()
    items: Annotated[tuple[ItemDocument, ...], Field(strict=False)] = ()


class MeasurementDocument(NodeRules):
    """One measurement: the rules of its root, its policies, its kinds of nodes, and the tree.

    Its `levels` are the default of all its nodes.
    """

    id: NodeId
    title: Text
    description: Text | None = None
    note: Text | None = None
    collects: Annotated[Collects, Field(strict=False)]
    blanks: Annotated[Blanks, Field(strict=False)]
    not_applicable: NotApplicable = NotApplicable()
    confirm_blank: ConfirmBlank | None = None
    respondents: RespondentThresholds | None = None
    max_age: Whole | None = None
    range_scale: NodeId | None = None
    criterion_scale: NodeId | None = None
    results_basis: Annotated[ResultsBasis | None, Field(strict=False)] = None
    kinds: Annotated[tuple[KindDocument, ...], Field(strict=False)] = ()
    item_defaults: ItemDefaults = ItemDefaults()
    tree: Annotated[tuple[NodeDocument, ...], Field(strict=False)] = ()
    items: Annotated[tuple[ItemDocument, ...], Field(strict=False)] = ()


class ProfileDocument(Document):
    """Nodes that several measurements share, combined."""

    kind: NodeId
    measurements: Annotated[tuple[NodeId, ...], Field(strict=False)]
    rule: Annotated[Rule, Field(strict=False)]
    levels: Levels | None = None


class IndexDocument(Document):
    """How the overall index comes from the measurements."""

    title: Text
    rule: Annotated[Rule, Field(strict=False)]
    weights: dict[NodeId, Number]
    exponent: Number | None = None
    normalise: Normalise | None = None
    harmonised: Goalposts
    gates: Annotated[tuple[Gate, ...], Field(strict=False)] = ()
    levels: Levels | None = None


class AcceptanceDocument(Document):
    """Warnings that stand, and why: of a code, for what the ids name and all below them."""

    code: Annotated[str, StringConstraints(pattern=r"^Q[0-9]{3}$")]
    of: Annotated[tuple[Annotated[str, StringConstraints(max_length=64)], ...], Field(strict=False)] = ()
    reason: Text


def schema_number(value: object) -> object:
    """The version of the format, which YAML gives as text."""
    return 1 if value == "1" else value


class QuestionnaireDocument(Document):
    """A whole definition, its files merged."""

    schema_: Annotated[Literal[1], BeforeValidator(schema_number), Field(alias="schema")]
    id: NodeId
    edition: Edition
    version: Version
    title: Text
    description: Text | None = None
    source: Text | None = None
    notes: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    languages: Annotated[tuple[Language, ...], Field(strict=False)]
    scales: dict[NodeId, Scale]
    segments: Annotated[tuple[Named, ...], Field(strict=False)] = ()
    no_data_reasons: Annotated[tuple[Named, ...], Field(strict=False)] = ()
    entity_types: Annotated[tuple[Named, ...], Field(strict=False)] = ()
    every_type: Annotated[tuple[str, ...], Field(strict=False)] = ()
    units: Annotated[tuple[Unit, ...], Field(strict=False)] = ()
    nodes: dict[NodeId, SharedNode] = {}
    measurements: Annotated[tuple[MeasurementDocument, ...], Field(strict=False)]
    profile: ProfileDocument | None = None
    index: IndexDocument
    accepted: Annotated[tuple[AcceptanceDocument, ...], Field(strict=False)] = ()


def effective_weight(own: ItemWeight | Decimal | None, level: int | None) -> Decimal | None:
    """The weight of an item as a number; None when it should be its level and there is none."""
    if own is ItemWeight.LEVEL:
        return None if level is None else Decimal(level)
    return Decimal(1) if own is None else own
