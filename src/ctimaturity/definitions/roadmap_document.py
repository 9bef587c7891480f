"""What people write about roadmaps in YAML: targets, efforts, and the frame of an edition."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from ctimaturity.definitions.document import Document, schema_number
from ctimaturity.model.number import Number, Whole
from ctimaturity.model.rule import NodeId
from ctimaturity.model.text import Text

Schema = Annotated[Literal[1], BeforeValidator(schema_number), Field(alias="schema")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class TargetDocument(Document):
    """One target.

    Attributes:
        node: Id of a measurement, an axis, a capacity, a dimension; `index` for the index.
        measurement: Where the node is; without it the only one, else the dimension of both.
        level: Number or name of a level.
        score: A score instead.
        by: A date, as 2027-12-31.
        entity: Code of the only entity it is for.
    """

    node: NodeId
    measurement: NodeId | None = None
    level: Words | None = None
    score: Number | None = None
    by: Words | None = None
    entity: Words | None = None


class TargetsDocument(Document):
    """A file of targets.

    Attributes:
        schema: The version of this format: 1.
        targets: In any order.
    """

    schema_: Schema
    targets: Annotated[tuple[TargetDocument, ...], Field(strict=False)] = ()


class EffortDocument(Document):
    """Efforts of actions.

    Attributes:
        levels: By level of the item.
        items: By id of the item; these come before the levels.
        owners: A suggested owner by id of the item.
    """

    levels: dict[Whole, Whole] = Field(default_factory=dict)
    items: dict[NodeId, Whole] = Field(default_factory=dict)
    owners: dict[NodeId, Words] = Field(default_factory=dict)


class EffortFileDocument(EffortDocument):
    """A file of efforts.

    Attributes:
        schema: The version of this format: 1.
    """

    schema_: Schema


class RouteStepDocument(Document):
    """One step of the route of an edition."""

    step: Whole
    part: (
        Annotated[str, StringConstraints(pattern=r"^(dimensions|initiatives|actions|follow-up)$")] | None
    ) = None
    name: Text
    text: Text


class FrameDocument(Document):
    """The frame of roadmaps under an edition.

    Attributes:
        schema: The version of this format: 1.
        horizon: Ends of the phases, in months.
        effort: By level.
        route: The steps of applying the model.
    """

    schema_: Schema
    horizon: Annotated[tuple[Whole, ...], Field(strict=False)] = ()
    effort: EffortDocument = EffortDocument()
    route: Annotated[tuple[RouteStepDocument, ...], Field(strict=False)] = ()


class CheckEntryDocument(Document):
    """One entry of the technical checklist."""

    id: NodeId
    node: NodeId
    name: Text
    text: Text
    standards: Words | None = None


class ChecklistDocument(Document):
    """The technical checklist of an edition.

    Attributes:
        schema: The version of this format: 1.
        checklist: In the order in which it is read.
    """

    schema_: Schema
    checklist: Annotated[tuple[CheckEntryDocument, ...], Field(strict=False)] = ()
